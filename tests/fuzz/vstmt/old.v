module m(a, .b(c), {d,e}); input [3:0] a; output reg c; wire [1:0] c; parameter A=0, B={1,2}; localparam C=1;
foo #(.A(1)) u0[3:0] (.*), u1(.a, .b(c)); foo #1 (a); endmodule : m