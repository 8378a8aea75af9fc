// nested
`include "guard.vh"
`define INNER (* keep *)
wire nested;
