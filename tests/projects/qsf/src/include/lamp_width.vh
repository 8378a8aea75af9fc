localparam WIDTH = 4;
