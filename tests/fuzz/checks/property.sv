module tb; property p; @(posedge c) disable iff (r) a |-> b; endproperty
a1: assert property (p) else n++; assert property (@(posedge c) x);
initial begin err = (a === b) ? err : err + 1; if (err == 0) $display("PASS"); else $display("%0d errors", err); end
endmodule
