`timescale 1 ns / 1 ps
module tiny_tb;
	reg clk = 1, resetn = 0;
	always #5 clk = ~clk;

	wire trap, mem_valid, mem_instr, mem_wstrb;
	wire [15:0] mem_addr, mem_wdata;
	reg mem_ready = 0;
	reg [15:0] mem_rdata;
	reg [15:0] memory [0:127];
	integer outputs = 0, errors = 0;

	tiny uut (
		.clk(clk), .resetn(resetn), .trap(trap),
		.mem_valid(mem_valid), .mem_instr(mem_instr), .mem_ready(mem_ready),
		.mem_addr(mem_addr), .mem_wdata(mem_wdata), .mem_wstrb(mem_wstrb), .mem_rdata(mem_rdata)
	);

	// What the program is to write to address 0x100, one after the other.
	function [15:0] expected(input integer n);
		case (n)
			0:  expected = 16'd12;     // 5 + 7
			1:  expected = 16'hfffe;   // 5 - 7
			2:  expected = 16'd1;      // -2 < 5
			3:  expected = 16'd0;      // the same without a sign
			4:  expected = 16'd2;      // 5 ^ 7
			5:  expected = 16'd640;    // 5 << 7
			6:  expected = 16'h01ff;   // -2 >> 7
			7:  expected = 16'hffff;   // -2 >>> 7
			8:  expected = 16'd12;     // read back
			9:  expected = 16'd15;     // the sum of a loop
			10: expected = 16'd46;     // instructions until here
			11: expected = 16'h004c;   // where it was called from
			default: expected = 16'hdead;
		endcase
	endfunction

	localparam ALU = 4'd0, SH = 4'd1, ADDI = 4'd2, LW = 4'd3, SW = 4'd4, BEQ = 4'd5, BLT = 4'd6,
		JAL = 4'd7;

	function [15:0] r(input [3:0] op, input [2:0] rd, rs1, rs2, f);
		r = {op, rd, rs1, rs2, f};
	endfunction
	function [15:0] i(input [3:0] op, input [2:0] rd, rs1, input [5:0] imm);
		i = {op, rd, rs1, imm};
	endfunction
	integer at = 0;
	task put(input [15:0] insn);
		begin memory[at] = insn; at = at + 1; end
	endtask
	task out(input [2:0] rs); // store at r7
		put(i(SW, rs, 3'd7, 6'd0));
	endtask

	initial begin
		put(i(ADDI, 1, 0, 6'd8));       // r1 = 8, r7 = 0x100
		put(i(ADDI, 2, 0, 6'd5));
		put(r(SH, 7, 1, 2, 0));         // 8 << 5 = 0x100
		put(i(ADDI, 1, 0, 6'd5));
		put(i(ADDI, 2, 0, 6'd7));
		put(r(ALU, 3, 1, 2, 0)); out(3);
		put(r(ALU, 4, 1, 2, 1)); out(4);
		put(r(ALU, 5, 4, 1, 3)); out(5);
		put(r(ALU, 5, 4, 1, 4)); out(5);
		put(r(ALU, 5, 1, 2, 2)); out(5);
		put(r(SH, 5, 1, 2, 0)); out(5);
		put(r(SH, 5, 4, 2, 1)); out(5);
		put(r(SH, 5, 4, 2, 2)); out(5);
		put(i(SW, 3, 1, 6'h1b));        // to 5 + 27, over the program's past
		put(i(ADDI, 6, 0, 6'h10));
		put(i(LW, 5, 6, 6'h10)); out(5);
		put(i(ADDI, 3, 0, 6'd0));       // the sum 5 + 4 + .. + 1
		put(r(ALU, 3, 3, 1, 0));
		put(i(ADDI, 1, 1, 6'h3f));
		put(i(BEQ, 1, 0, 6'd2));
		put({JAL, 3'd0, 9'h1fd});
		out(3);
		put(r(SH, 5, 0, 0, 7)); out(5);
		put(i(ADDI, 2, 0, 6'h3c));
		put(i(BLT, 1, 2, 6'd2));        // -4 < 0: over the next
		put(16'hffff);
		put(16'h2000);
		put({JAL, 3'd6, 9'd2});
		put(16'hffff);
		out(6);
		put(16'hffff);                  // not an instruction: the end
		repeat (10) @(posedge clk);
		resetn <= 1;
		repeat (3000) @(posedge clk);
		$display("ERROR: timeout after %0d outputs", outputs);
		$finish;
	end

	always @(posedge clk) begin
		mem_ready <= 0;
		if (mem_valid && !mem_ready) begin
			mem_ready <= 1;
			mem_rdata <= 16'bx;
			if (!mem_wstrb)
				mem_rdata <= memory[mem_addr[7:1]];
			else if (mem_addr < 16'h100)
				memory[mem_addr[7:1]] <= mem_wdata;
			else begin
				if (mem_wdata !== expected(outputs)) begin
					$display("ERROR: output %0d is %04x, expected %04x", outputs, mem_wdata,
						expected(outputs));
					errors = errors + 1;
					$finish;
				end
				outputs = outputs + 1;
			end
		end
		if (resetn && trap) begin
			if (outputs !== 12) begin
				$display("ERROR: trap after %0d outputs, expected 12", outputs);
				errors = errors + 1;
			end
			if (errors == 0) $display("ALL TESTS PASSED");
			$finish;
		end
	end
endmodule
