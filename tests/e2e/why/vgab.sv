// Video timing with a bouncing box and a border.
module vgab #(parameter HV = 40, HF = 2, HS = 6, HB = 4, VV = 30, VF = 1, VS = 2, VB = 3, SZ = 5) (
  input  logic clk, rst,
  output logic hsync, vsync, de,
  output logic [5:0] rgb,
  output logic [7:0] frame
);
  localparam HT = HV + HF + HS + HB, VT = VV + VF + VS + VB;
  logic [6:0] h; logic [5:0] v;
  wire h_end = h == HT - 1;
  wire v_end = v == VT - 1;
  always_ff @(posedge clk)
    if (rst) begin h <= '0; v <= '0; frame <= '0; end
    else begin
      h <= h_end ? '0 : h + 1'b1;
      if (h_end) v <= v_end ? '0 : v + 1'b1;
      if (h_end && v_end) frame <= frame + 1'b1;
    end
  wire visible = h < HV && v < VV;
  logic [6:0] bx; logic [5:0] by; logic dx, dy;
  wire tick = h_end && v == VV - 1;
  always_ff @(posedge clk)
    if (rst) begin bx <= 7'd3; by <= 6'd5; dx <= 1'b1; dy <= 1'b1; end
    else if (tick) begin
      if (dx) begin
        if (bx == HV - SZ - 1) dx <= 1'b0;
        bx <= bx + 1'b1;
      end else begin
        if (bx == 1) dx <= 1'b1;
        bx <= bx - 1'b1;
      end
      if (dy) begin
        if (by == VV - SZ - 1) dy <= 1'b0;
        by <= by + 1'b1;
      end else begin
        if (by == 1) dy <= 1'b1;
        by <= by - 1'b1;
      end
    end
  wire in_x = h >= bx && h < bx + SZ;
  wire in_y = v >= by && v < by + SZ;
  wire box = in_x && in_y;
  wire border = h == 0 || h == HV - 1 || v == 0 || v == VV - 1;
  always_ff @(posedge clk)
    if (rst) begin hsync <= 1'b1; vsync <= 1'b1; de <= 1'b0; rgb <= '0; end
    else begin
      hsync <= ~(h >= HV + HF && h < HV + HF + HS);
      vsync <= ~(v >= VV + VF && v < VV + VF + VS);
      de <= visible;
      rgb <= !visible ? 6'h00 : border ? 6'h3f : box ? {frame[1:0], 4'b1100} : {2'b00, h[3:2], v[3:2]};
    end
endmodule
