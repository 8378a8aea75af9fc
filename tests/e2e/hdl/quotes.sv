// On these Icarus differs: strings that macros make, comments in macros.
`define NAME(x) `"x`"
`define SAY(x) $display(`"x is `\`"%0d`\`"`", x)
`define VALUE 12
`define PATH(d, f) `"d/f.hex`"
`define PLAIN(x) "x" x
`ifdef NONE
no "`endif"
`endif
`define LINES(n) wire n; // one \
  wire n``_2;
`LINES(w)
module t;
  initial begin
    $display(`NAME(abc)); $display(`PLAIN(y));
    $display(`NAME(a + b));
    $display(`NAME(`VALUE));
    `SAY(count);
    $readmemh(`PATH(data, rom), mem);
    $display("`VALUE // not a comment", /* "nor a string */ "x");
  end
endmodule
