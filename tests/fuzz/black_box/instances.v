module t; Acell #(.P(1), .Q("x")) u (.a(b[3:0]), .c({d, ~e}), .f), v [1:0] (.a());
Bcell #(8, 3) (1, , y);
Ccell #5 w ();
endmodule
