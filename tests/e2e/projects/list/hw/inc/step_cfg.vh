`define STEP_WIDTH 8
