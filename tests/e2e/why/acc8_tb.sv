module acc8_tb;
  import acc8_pkg::*;
  logic clk = 0, rst = 1;
  logic [7:0] iaddr, daddr, dwdata, drdata;
  logic [11:0] idata;
  logic dwe, halted;
  logic [11:0] rom [0:255];
  logic [7:0]  ram [0:255];
  int errors = 0, cycles = 0;

  acc8 dut (.*);
  always #5 clk = ~clk;
  assign idata  = rom[iaddr];
  assign drdata = ram[daddr];
  always @(posedge clk) if (dwe) ram[daddr] <= dwdata;

  task check(input int at, input int want);
    if (ram[at] !== want[7:0]) begin
      $display("FAIL: ram[%0d] is %0d, expected %0d", at, ram[at], want);
      errors++;
    end
  endtask

  initial begin
    for (int i = 0; i < 256; i++) begin
      rom[i] = {HLT, 8'd0};
      ram[i] = 8'd0;
    end
    ram[8'h20] = 8'd13;
    ram[8'h21] = 8'd11;
    // 13 times 11 by shift and add: result at 30.
    rom[0]  = {CALL, 8'd40};
    // The sum of 1..9 at 31, counting down at 32.
    rom[1]  = {LDI, 8'd9};
    rom[2]  = {STA, 8'h32};
    rom[3]  = {LDA, 8'h31};
    rom[4]  = {ADD, 8'h32};
    rom[5]  = {STA, 8'h31};
    rom[6]  = {LDI, 8'd1};
    rom[7]  = {STA, 8'h33};
    rom[8]  = {LDA, 8'h32};
    rom[9]  = {SUB, 8'h33};
    rom[10] = {STA, 8'h32};
    rom[11] = {JZ, 8'd13};
    rom[12] = {JMP, 8'd3};
    // A borrow, kept by a load; and and xor.
    rom[13] = {LDI, 8'd5};
    rom[14] = {SUB, 8'h30};
    rom[15] = {STA, 8'h34};
    rom[16] = {LDI, 8'hf3};
    rom[17] = {JC, 8'd19};
    rom[18] = {HLT, 8'd0};
    rom[19] = {STA, 8'h35};
    rom[20] = {AND, 8'h34};
    rom[21] = {STA, 8'h36};
    rom[22] = {XOR, 8'h35};
    rom[23] = {STA, 8'h37};
    rom[24] = {CALL, 8'd60};
    rom[25] = {CALL, 8'd60};
    rom[26] = {STA, 8'h38};
    rom[27] = {HLT, 8'd0};
    // multiply
    rom[40] = {LDA, 8'h20};
    rom[41] = {JZ, 8'd54};
    rom[42] = {SHR, 8'd0};
    rom[43] = {STA, 8'h20};
    rom[44] = {JC, 8'd46};
    rom[45] = {JMP, 8'd49};
    rom[46] = {LDA, 8'h30};
    rom[47] = {ADD, 8'h21};
    rom[48] = {STA, 8'h30};
    rom[49] = {LDA, 8'h21};
    rom[50] = {ADD, 8'h21};
    rom[51] = {STA, 8'h21};
    rom[52] = {LDA, 8'h20};
    rom[53] = {JMP, 8'd41};
    rom[54] = {RET, 8'd0};
    // twice plus one, in a call of a call
    rom[60] = {CALL, 8'd63};
    rom[61] = {INC, 8'd0};
    rom[62] = {RET, 8'd0};
    rom[63] = {STA, 8'h39};
    rom[64] = {ADD, 8'h39};
    rom[65] = {RET, 8'd0};
    repeat (2) @(negedge clk);
    rst = 0;
    while (!halted && cycles < 2000) begin
      @(negedge clk);
      cycles++;
    end
    if (cycles == 2000) begin
      $display("FAIL: it does not halt");
      errors++;
    end
    check(8'h20, 0);
    check(8'h30, 143);
    check(8'h31, 45);
    check(8'h32, 0);
    check(8'h34, (5 - 143) & 255);
    check(8'h35, 8'hf3);
    check(8'h36, 8'hf3 & ((5 - 143) & 255));
    check(8'h37, 8'hf3 ^ (8'hf3 & ((5 - 143) & 255)));
    check(8'h38, ((8'hf3 ^ (8'hf3 & ((5 - 143) & 255))) * 4 + 3) & 255);
    if (errors == 0) $display("PASS: all results are right");
    $finish;
  end
endmodule
