  input clk, // no newline after the last
  input [`FROM_GUARD:0] d,