module rom #(parameter FILE = "rom.hex") (output [7:0] q);
  reg [7:0] mem [0:0];
  initial $readmemh(FILE, mem);
  assign q = mem[0];
endmodule
