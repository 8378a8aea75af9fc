`timescale 1ns / 1ns

// Compares what retires, and what is stored, with a list that an instruction-set model
// in the testbench writes as it goes.
module stages_tb;
  reg clk = 0, rst = 1;
  wire [7:0] fetch_pc;
  reg [15:0] rom [0:255];
  wire [15:0] fetch_ir = rom[fetch_pc];
  wire retire, store_we;
  wire [2:0] retire_rd;
  wire [15:0] retire_data, store_data;
  wire [5:0] store_addr;
  integer errors = 0, i, retired = 0, stored = 0;

  stages dut (.*);
  always #5 clk = ~clk;

  // The model.
  reg [15:0] r [0:7];
  reg [15:0] m [0:63];
  reg [18:0] due [0:127];
  reg [21:0] due_store [0:31];
  integer n_due = 0, n_store = 0, steps;
  reg [7:0] mpc;
  reg [15:0] ir, value, offset;

  task model_step;
    begin
      ir = rom[mpc];
      offset = {{10{ir[5]}}, ir[5:0]};
      mpc = mpc + 1;
      value = 0;
      case (ir[15:12])
        1: value = r[ir[8:6]] + r[ir[5:3]];
        2: value = r[ir[8:6]] - r[ir[5:3]];
        3: value = r[ir[8:6]] & r[ir[5:3]];
        4: value = r[ir[8:6]] + offset;
        5: begin offset = r[ir[8:6]] + offset; value = m[offset[5:0]]; end
        6: begin
          offset = r[ir[8:6]] + offset;
          m[offset[5:0]] = r[ir[11:9]];
          due_store[n_store] = {offset[5:0], r[ir[11:9]]};
          n_store = n_store + 1;
        end
        7: if (r[ir[8:6]] == r[ir[5:3]]) mpc = mpc - 1 + {{5{ir[11]}}, ir[11:9]};
        8: mpc = ir[5:0];
      endcase
      if (ir[15:12] >= 1 && ir[15:12] <= 5) begin
        if (ir[11:9] != 0) r[ir[11:9]] = value;
        due[n_due] = {ir[11:9], value};
        n_due = n_due + 1;
      end
    end
  endtask

  initial begin
    for (i = 0; i < 256; i = i + 1) rom[i] = 0;
    for (i = 0; i < 8; i = i + 1) r[i] = 0;
    rom[0]  = 16'b0100_001_000_000101;  // addi r1, r0, 5
    rom[1]  = 16'b0100_010_000_111101;  // addi r2, r0, -3
    rom[2]  = 16'b0001_011_001_010_000; // add r3, r1, r2
    rom[3]  = 16'b0010_100_011_001_000; // sub r4, r3, r1
    rom[4]  = 16'b0011_101_100_001_000; // and r5, r4, r1
    rom[5]  = 16'b0110_100_001_000011;  // sw r4, 3(r1)
    rom[6]  = 16'b0101_110_001_000011;  // lw r6, 3(r1)
    rom[7]  = 16'b0001_111_110_110_000; // add r7, r6, r6
    rom[8]  = 16'b0110_111_000_000010;  // sw r7, 2(r0)
    rom[9]  = 16'b0111_011_001_001_000; // beq r1, r1, +3
    rom[10] = 16'b0100_001_001_000001;  // skipped
    rom[11] = 16'b0100_001_001_000001;  // skipped
    rom[12] = 16'b0111_010_001_010_000; // beq r1, r2, +2: not taken
    rom[13] = 16'b0100_000_001_000001;  // addi r0, r1, 1
    rom[14] = 16'b0001_001_000_011_000; // add r1, r0, r3
    rom[15] = 16'b0101_010_000_000010;  // lw r2, 2(r0)
    rom[16] = 16'b0110_010_000_000111;  // sw r2, 7(r0)
    rom[17] = 16'b0010_010_010_011_000; // sub r2, r2, r3
    rom[18] = 16'b1000_000_000_010110;  // jump 22
    rom[19] = 16'b0100_001_001_000001;  // skipped
    rom[22] = 16'b0011_110_010_111_000; // and r6, r2, r7
    rom[23] = 16'b0001_110_110_110_000; // add r6, r6, r6
    rom[24] = 16'b0110_110_011_000100;  // sw r6, 4(r3)
    rom[25] = 16'b0100_011_011_111111;  // addi r3, r3, -1
    rom[26] = 16'b0111_010_011_000_000; // beq r3, r0, +2
    rom[27] = 16'b1000_000_000_011000;  // jump 24
    rom[28] = 16'b0001_001_011_110_000; // add r1, r3, r6
    rom[29] = 16'b1000_000_000_011101;  // jump 29
    mpc = 0;
    for (steps = 0; steps < 50; steps = steps + 1) model_step;
    repeat (3) @(negedge clk);
    rst = 0;
    repeat (90) @(negedge clk);
    if (retired !== n_due) begin
      $display("ERROR: %0d retired, expected %0d, fetch_pc is %0d", retired, n_due, fetch_pc);
      errors = errors + 1;
    end
    if (stored !== n_store) begin
      $display("ERROR: %0d stored, expected %0d, store_we is %b", stored, n_store, store_we);
      errors = errors + 1;
    end
    if (errors == 0) $display("PASS");
    $finish;
  end

  always @(negedge clk) if (!rst) begin
    if (retire) begin
      if ({retire_rd, retire_data} !== due[retired]) begin
        $display("ERROR: retired %0d %h, expected %0d %h", retire_rd, retire_data,
                 due[retired][18:16], due[retired][15:0]);
        errors = errors + 1;
      end
      retired = retired + 1;
    end
    if (store_we) begin
      if ({store_addr, store_data} !== due_store[stored]) begin
        $display("ERROR: stored %h at %0d, expected %h at %0d", store_data, store_addr,
                 due_store[stored][15:0], due_store[stored][21:16]);
        errors = errors + 1;
      end
      stored = stored + 1;
    end
  end
endmodule
