package zz_base;
  localparam int WIDTH = 8;
endpackage
