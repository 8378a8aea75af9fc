// Binary to Gray code.
module gray #(parameter W = 4) (
	input  [W-1:0] bin,
	output [W-1:0] code
);
	assign code = bin ^ (bin >> 1);
endmodule
