`include "x"
module \e+ (output reg \y* );
assign \y* = `U;
always @(\y* ) case(1) 1:{\y* ,\y* }=2;default:;endcase