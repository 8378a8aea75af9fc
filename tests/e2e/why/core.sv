// A small processor: two stages, eight registers, an accumulator of flags.
`timescale 1ns / 1ps

module alu (
    input  wire [2:0]  op,
    input  wire [15:0] a,
    input  wire [15:0] b,
    output reg  [15:0] y,
    output wire        zero
);
    wire [15:0] sum = a + b;
    wire [15:0] diff = a - b;

    always @* begin
        case (op)
            3'd0: y = sum;
            3'd1: y = diff;
            3'd2: y = a & b;
            3'd3: y = a | b;
            3'd4: y = a ^ b;
            3'd5: y = {15'd0, a < b};
            3'd6: y = a << b[3:0];
            default: y = a >> b[3:0];
        endcase
    end

    assign zero = y == 16'd0;
endmodule

module regs (
    input  wire        clk,
    input  wire        we,
    input  wire [2:0]  waddr,
    input  wire [15:0] wdata,
    input  wire [2:0]  ra,
    input  wire [2:0]  rb,
    output wire [15:0] a,
    output wire [15:0] b
);
    reg [15:0] r [0:7];

    assign a = ra == 3'd0 ? 16'd0 : r[ra];
    assign b = rb == 3'd0 ? 16'd0 : r[rb];

    always @(posedge clk)
        if (we)
            r[waddr] <= wdata;
endmodule

module core (
    input  wire        clk,
    input  wire        rst,
    output reg  [5:0]  pc,
    input  wire [15:0] instr,
    output wire [15:0] result,
    output wire        wrote,
    output reg         halted
);
    // instr: op[15:13] rd[12:10] ra[9:7] rb[6:4] imm[3:0]; rb 7 is the immediate
    reg [15:0] ir;
    reg        valid;
    wire [2:0] op = ir[15:13];
    wire [2:0] rd = ir[12:10];
    wire [2:0] ra = ir[9:7];
    wire [2:0] rb = ir[6:4];
    wire       is_imm = rb == 3'd7;
    wire       is_halt = ir == 16'hffff;
    wire [15:0] a;
    wire [15:0] rb_value;
    wire [15:0] b = is_imm ? {12'd0, ir[3:0]} : rb_value;
    wire [15:0] y;
    wire       zero;
    reg        zflag;
    wire       write = valid && !is_halt && !halted;

    assign result = y;
    assign wrote = write;

    always @(posedge clk) begin
        if (rst) begin
            pc <= 6'd0;
            ir <= 16'd0;
            valid <= 1'b0;
        end else if (!halted) begin
            pc <= pc + 6'd1;
            ir <= instr;
            valid <= 1'b1;
        end
    end

    always @(posedge clk) begin
        if (rst)
            halted <= 1'b0;
        else if (valid && is_halt)
            halted <= 1'b1;
    end

    always @(posedge clk) begin
        if (rst)
            zflag <= 1'b0;
        else if (write)
            zflag <= zero;
    end

    regs u_regs (
        .clk(clk),
        .we(write),
        .waddr(rd),
        .wdata(y),
        .ra(ra),
        .rb(rb),
        .a(a),
        .b(rb_value)
    );

    alu u_alu (
        .op(op),
        .a(a),
        .b(b),
        .y(y),
        .zero(zero)
    );
endmodule
