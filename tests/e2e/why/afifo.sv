// A FIFO between two clocks: Gray pointers, two stages of synchronisation.
module graysync #(parameter W = 4) (
  input  logic         clk, rst_n,
  input  logic [W-1:0] gray_i,
  output logic [W-1:0] gray_o
);
  logic [W-1:0] meta;
  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) begin
      meta   <= '0;
      gray_o <= '0;
    end else begin
      meta   <= gray_i;
      gray_o <= meta;
    end
endmodule

module afifo_wr #(parameter A = 3) (
  input  logic         clk, rst_n, wr_en,
  input  logic [A:0]   rgray,
  output logic [A:0]   wgray,
  output logic [A-1:0] waddr,
  output logic         full, almost_full, we
);
  logic [A:0] wbin, wbin_next, wgray_next, rbin;
  logic [A:0] used;

  assign we         = wr_en & ~full;
  assign wbin_next  = wbin + we;
  assign wgray_next = (wbin_next >> 1) ^ wbin_next;
  assign waddr      = wbin[A-1:0];

  always_comb
    for (int i = 0; i <= A; i++)
      rbin[i] = ^(rgray >> i);
  assign used = wbin_next - rbin;

  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) begin
      wbin        <= '0;
      wgray       <= '0;
      full        <= 1'b0;
      almost_full <= 1'b0;
    end else begin
      wbin        <= wbin_next;
      wgray       <= wgray_next;
      full        <= wgray_next == {~rgray[A:A-1], rgray[A-2:0]};
      almost_full <= used >= (1 << A) - 2;
    end
endmodule

module afifo_rd #(parameter A = 3) (
  input  logic         clk, rst_n, rd_en,
  input  logic [A:0]   wgray,
  output logic [A:0]   rgray,
  output logic [A-1:0] raddr,
  output logic         empty, underflow
);
  logic [A:0] rbin, rbin_next, rgray_next;

  assign rbin_next  = rbin + (rd_en & ~empty);
  assign rgray_next = (rbin_next >> 1) ^ rbin_next;
  assign raddr      = rbin[A-1:0];

  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) begin
      rbin      <= '0;
      rgray     <= '0;
      empty     <= 1'b1;
      underflow <= 1'b0;
    end else begin
      rbin  <= rbin_next;
      rgray <= rgray_next;
      empty <= rgray_next == wgray;
      if (rd_en & empty) underflow <= 1'b1;
    end
endmodule

module afifo #(parameter W = 8, A = 3) (
  input  logic         wclk, wrst_n, wr_en,
  input  logic [W-1:0] din,
  output logic         full, almost_full,
  input  logic         rclk, rrst_n, rd_en,
  output logic [W-1:0] dout,
  output logic         empty, underflow
);
  logic [A:0]   wgray, rgray, wgray_s, rgray_s;
  logic [A-1:0] waddr, raddr;
  logic         we;
  logic [W-1:0] mem [0:(1<<A)-1];

  afifo_wr #(.A(A)) u_wr (.clk(wclk), .rst_n(wrst_n), .wr_en, .rgray(rgray_s), .wgray, .waddr,
                          .full, .almost_full, .we);
  afifo_rd #(.A(A)) u_rd (.clk(rclk), .rst_n(rrst_n), .rd_en, .wgray(wgray_s), .rgray, .raddr,
                          .empty, .underflow);
  graysync #(.W(A+1)) u_r2w (.clk(wclk), .rst_n(wrst_n), .gray_i(rgray), .gray_o(rgray_s));
  graysync #(.W(A+1)) u_w2r (.clk(rclk), .rst_n(rrst_n), .gray_i(wgray), .gray_o(wgray_s));

  always_ff @(posedge wclk)
    if (we) mem[waddr] <= din;
  assign dout = mem[raddr];
endmodule
