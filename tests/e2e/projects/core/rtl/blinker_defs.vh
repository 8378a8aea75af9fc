`define BLINK_EVERY 2
