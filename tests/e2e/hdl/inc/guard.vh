`ifndef GUARD_VH
`define GUARD_VH
`define FROM_GUARD 5
wire guarded;
`endif // GUARD_VH
