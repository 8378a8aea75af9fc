module rom_tb;
  wire [7:0] a, b, c, d;
  rom #(.FILE("root.hex")) u_root (.q(a));
  rom #(.FILE("beside_tb.hex")) u_beside (.q(b));
  rom u_source (.q(c));
  rom #(.FILE("../data/words.hex")) u_data (.q(d));
  initial begin
    #1;
    if (a !== 8'h11) $error("root.hex: %h", a);
    if (b !== 8'h22) $error("beside_tb.hex: %h", b);
    if (c !== 8'h33) $error("rom.hex: %h", c);
    if (d !== 8'h44) $error("../data/words.hex: %h", d);
    $finish;
  end
endmodule
