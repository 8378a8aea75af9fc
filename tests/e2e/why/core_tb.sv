`timescale 1ns / 1ps

module core_tb;
    reg clk = 0, rst = 1;
    wire [5:0] pc;
    wire [15:0] result;
    wire wrote, halted;
    reg [15:0] rom [0:63];
    reg [15:0] want [0:63];
    integer n = 0, i, failures = 0;

    core dut (.clk(clk), .rst(rst), .pc(pc), .instr(rom[pc]), .result(result), .wrote(wrote),
              .halted(halted));

    always #5 clk = ~clk;

    function [15:0] enc(input [2:0] op, input [2:0] rd, input [2:0] ra, input [2:0] rb,
                        input [3:0] imm);
        enc = {op, rd, ra, rb, imm};
    endfunction

    initial begin
        for (i = 0; i < 64; i = i + 1)
            rom[i] = 16'hffff;
        rom[0] = enc(0, 1, 0, 7, 5);   want[0] = 16'd5;
        rom[1] = enc(0, 2, 0, 7, 3);   want[1] = 16'd3;
        rom[2] = enc(0, 3, 1, 2, 0);   want[2] = 16'd8;
        rom[3] = enc(1, 4, 1, 2, 0);   want[3] = 16'd2;
        rom[4] = enc(2, 5, 1, 2, 0);   want[4] = 16'd1;
        rom[5] = enc(3, 5, 3, 2, 0);   want[5] = 16'd11;
        rom[6] = enc(4, 6, 5, 1, 0);   want[6] = 16'd14;
        rom[7] = enc(5, 6, 2, 1, 0);   want[7] = 16'd1;
        rom[8] = enc(6, 4, 3, 2, 0);   want[8] = 16'd64;
        rom[9] = enc(7, 4, 4, 7, 4);   want[9] = 16'd4;
        rom[10] = enc(1, 4, 4, 7, 4);  want[10] = 16'd0;
        rom[11] = enc(0, 1, 0, 3, 0);  want[11] = 16'd8;
        rom[12] = enc(6, 1, 1, 7, 12); want[12] = 16'h8000;
        rom[13] = enc(7, 1, 1, 7, 15); want[13] = 16'd1;
        repeat (2) @(negedge clk);
        rst = 0;
        for (i = 0; i < 30; i = i + 1) begin
            @(negedge clk);
            if (pc !== (i < 15 ? i + 1 : 16)) begin
                $error("pc is %0d at %0d", pc, i);
                failures = failures + 1;
            end
            if (wrote !== (i < 14)) begin
                $error("wrote is %b at %0d", wrote, i);
                failures = failures + 1;
            end
            if (i < 14 && result !== want[i]) begin
                $error("result is %h, not %h", result, want[i]);
                failures = failures + 1;
            end
            if (i < 14 && i > 0 && dut.zflag !== (i == 11)) begin
                $error("zflag is %b", dut.zflag);
                failures = failures + 1;
            end
            if (halted !== (i > 14)) begin
                $error("halted is %b", halted);
                failures = failures + 1;
            end
        end
        if (failures == 0)
            $display("PASS");
        $finish;
    end
endmodule
