module a(input x, output [3:0
module b(input y);
 c u(.z(
endmodule
module d(input w; e v(); endmodule (* keep ; class q; "