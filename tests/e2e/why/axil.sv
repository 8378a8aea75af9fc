// An AXI-lite slave: write address and data may come in either order; four registers with
// byte strobes, one of them a counter that is cleared by writing, one read only.
module axil_regs (
    input  logic        aclk,
    input  logic        aresetn,
    input  logic        we,
    input  logic [1:0]  waddr,
    input  logic [31:0] wdata,
    input  logic [3:0]  wstrb,
    input  logic [1:0]  raddr,
    input  logic        event_i,
    output logic [31:0] rdata,
    output logic        irq
);
  logic [31:0] ctrl, limit, count;
  logic        pending;

  function automatic logic [31:0] merge(input logic [31:0] old, input logic [31:0] data,
                                        input logic [3:0] strb);
    for (int b = 0; b < 4; b++)
      merge[8*b +: 8] = strb[b] ? data[8*b +: 8] : old[8*b +: 8];
  endfunction

  always_ff @(posedge aclk or negedge aresetn) begin
    if (!aresetn) begin
      ctrl    <= '0;
      limit   <= 32'd3;
      count   <= '0;
      pending <= 1'b0;
    end else begin
      if (event_i && ctrl[0]) count <= count + 1'b1;
      if (count >= limit) pending <= 1'b1;
      if (we) begin
        case (waddr)
          2'd0: ctrl  <= merge(ctrl, wdata, wstrb);
          2'd1: limit <= merge(limit, wdata, wstrb);
          2'd2: count <= '0;
          2'd3: if (wdata[0]) pending <= 1'b0;
        endcase
      end
    end
  end

  always_comb begin
    unique case (raddr)
      2'd0: rdata = ctrl;
      2'd1: rdata = limit;
      2'd2: rdata = count;
      default: rdata = {31'd0, pending};
    endcase
  end
  assign irq = pending & ctrl[1];
endmodule

module axil (
    input  logic        aclk,
    input  logic        aresetn,
    input  logic        awvalid,
    output logic        awready,
    input  logic [3:0]  awaddr,
    input  logic        wvalid,
    output logic        wready,
    input  logic [31:0] wdata,
    input  logic [3:0]  wstrb,
    output logic        bvalid,
    input  logic        bready,
    output logic [1:0]  bresp,
    input  logic        arvalid,
    output logic        arready,
    input  logic [3:0]  araddr,
    output logic        rvalid,
    input  logic        rready,
    output logic [31:0] rdata,
    input  logic        event_i,
    output logic        irq
);
  logic        have_aw, have_w;
  logic [3:0]  aw_q;
  logic [31:0] w_q;
  logic [3:0]  strb_q;
  logic [31:0] reg_data;
  logic        aligned;

  assign awready = !have_aw;
  assign wready  = !have_w;
  assign aligned = aw_q[1:0] == 2'b00;

  wire commit = have_aw && have_w && (!bvalid || bready);
  wire we     = commit && aligned;

  always_ff @(posedge aclk or negedge aresetn) begin
    if (!aresetn) begin
      have_aw <= 1'b0;
      have_w  <= 1'b0;
      bvalid  <= 1'b0;
      bresp   <= 2'b00;
    end else begin
      if (awvalid && awready) begin
        have_aw <= 1'b1;
        aw_q    <= awaddr;
      end else if (commit) have_aw <= 1'b0;
      if (wvalid && wready) begin
        have_w <= 1'b1;
        w_q    <= wdata;
        strb_q <= wstrb;
      end else if (commit) have_w <= 1'b0;
      if (commit) begin
        bvalid <= 1'b1;
        bresp  <= aligned ? 2'b00 : 2'b10;
      end else if (bready) bvalid <= 1'b0;
    end
  end

  assign arready = !rvalid || rready;
  always_ff @(posedge aclk or negedge aresetn) begin
    if (!aresetn) rvalid <= 1'b0;
    else if (arready) begin
      rvalid <= arvalid;
      if (arvalid) rdata <= reg_data;
    end
  end

  axil_regs u_regs (
      .aclk(aclk), .aresetn(aresetn), .we(we), .waddr(aw_q[3:2]), .wdata(w_q), .wstrb(strb_q),
      .raddr(araddr[3:2]), .event_i(event_i), .rdata(reg_data), .irq(irq)
  );
endmodule
