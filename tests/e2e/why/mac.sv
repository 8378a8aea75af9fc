// A keyed hash of 32-bit words: registers with _new and _we, one process that updates
// them all, a data path whose mode the control chooses, a table of round constants.
module mac_rounds(
  input wire  [3 : 0]  index,
  output wire [31 : 0] constant
);
  reg [31 : 0] rom [0 : 15];
  assign constant = rom[index];

  initial
    begin
      rom[0]  = 32'h428a2f98;  rom[1]  = 32'h71374491;
      rom[2]  = 32'hb5c0fbcf;
      rom[3]  = 32'he9b5dba5;
      rom[4]  = 32'h3956c25b;  rom[5]  = 32'h59f111f1;
      rom[6]  = 32'h923f82a4;
      rom[7]  = 32'hab1c5ed5;
      rom[8]  = 32'hd807aa98;  rom[9]  = 32'h12835b01;
      rom[10] = 32'h243185be;  rom[11] = 32'h550c7dc3;
      rom[12] = 32'h72be5d74;  rom[13] = 32'h80deb1fe;
      rom[14] = 32'h9bdc06a7;  rom[15] = 32'hc19bf174;
    end
endmodule

module mac_core(
  input wire           clk,
  input wire           reset_n,
  input wire           init,
  input wire           next,
  input wire           finalize,
  input wire  [63 : 0] key,
  input wire  [31 : 0] block,
  output wire          ready,
  output wire          valid,
  output wire [31 : 0] digest
);
  localparam DP_NONE  = 3'h0;
  localparam DP_INIT  = 3'h1;
  localparam DP_START = 3'h2;
  localparam DP_ROUND = 3'h3;
  localparam DP_END   = 3'h4;
  localparam DP_FINAL = 3'h5;

  localparam CTRL_IDLE  = 3'h0;
  localparam CTRL_LOOP  = 3'h1;
  localparam CTRL_END   = 3'h2;
  localparam CTRL_FINAL = 3'h3;
  localparam CTRL_DONE  = 3'h4;

  localparam ROUNDS       = 4'd3;
  localparam FINAL_ROUNDS = 4'd7;

  reg [31 : 0] a_reg, a_new, b_reg, b_new, c_reg, c_new;
  reg          a_we, b_we, c_we;
  reg [31 : 0] block_reg;
  reg          block_we;
  reg [3 : 0]  round_reg, round_new;
  reg          round_we, round_rst, round_inc;
  reg [7 : 0]  length_reg, length_new;
  reg          length_we, length_rst, length_inc;
  reg          ready_reg, ready_new, ready_we;
  reg          valid_reg, valid_new, valid_we;
  reg [31 : 0] digest_reg, digest_new;
  reg          digest_we;
  reg [2 : 0]  ctrl_reg, ctrl_new;
  reg          ctrl_we;
  reg [2 : 0]  dp_mode;
  wire [31 : 0] constant;

  mac_rounds rounds(.index(round_reg), .constant(constant));

  assign ready  = ready_reg;
  assign valid  = valid_reg;
  assign digest = digest_reg;

  always @ (posedge clk)
    begin : reg_update
      if (!reset_n)
        begin
          a_reg      <= 32'h0;
          b_reg      <= 32'h0;
          c_reg      <= 32'h0;
          block_reg  <= 32'h0;
          round_reg  <= 4'h0;
          length_reg <= 8'h0;
          ready_reg  <= 1'b1;
          valid_reg  <= 1'b0;
          digest_reg <= 32'h0;
          ctrl_reg   <= CTRL_IDLE;
        end
      else
        begin
          if (a_we)
            a_reg <= a_new;
          if (b_we)
            b_reg <= b_new;
          if (c_we)
            c_reg <= c_new;
          if (block_we)
            block_reg <= block;
          if (round_we)
            round_reg <= round_new;
          if (length_we)
            length_reg <= length_new;
          if (ready_we)
            ready_reg <= ready_new;
          if (valid_we)
            valid_reg <= valid_new;
          if (digest_we)
            digest_reg <= digest_new;
          if (ctrl_we)
            ctrl_reg <= ctrl_new;
        end
    end

  always @*
    begin : datapath
      reg [31 : 0] sum, turned, mixed;
      sum    = a_reg + b_reg + constant;
      turned = {b_reg[24 : 0], b_reg[31 : 25]};
      mixed  = c_reg ^ sum;

      a_new = 32'h0;
      a_we  = 1'b0;
      b_new = 32'h0;
      b_we  = 1'b0;
      c_new = 32'h0;
      c_we  = 1'b0;
      digest_new = a_reg ^ b_reg ^ c_reg;

      case (dp_mode)
        DP_INIT:
          begin
            a_new = key[31 : 0] ^ 32'h736f6d65;
            a_we  = 1'b1;
            b_new = key[63 : 32] ^ 32'h646f7261;
            b_we  = 1'b1;
            c_new = 32'h6c796765;
            c_we  = 1'b1;
          end

        DP_START:
          begin
            c_new = c_reg ^ block;
            c_we  = 1'b1;
          end

        DP_ROUND:
          begin
            a_new = sum;
            a_we  = 1'b1;
            b_new = turned ^ mixed;
            b_we  = 1'b1;
            c_new = {mixed[15 : 0], mixed[31 : 16]};
            c_we  = 1'b1;
          end

        DP_END:
          begin
            a_new = a_reg ^ block_reg;
            a_we  = 1'b1;
          end

        DP_FINAL:
          begin
            b_new = b_reg ^ {24'h0, length_reg};
            b_we  = 1'b1;
          end

        default:
          begin
          end
      endcase
    end

  always @*
    begin : counters
      round_new  = 4'h0;
      round_we   = round_rst;
      length_new = 8'h0;
      length_we  = length_rst;
      if (round_inc)
        begin
          round_new = round_reg + 4'h1;
          round_we  = 1'b1;
        end
      if (length_inc)
        begin
          length_new = length_reg + 8'd4;
          length_we  = 1'b1;
        end
    end

  always @*
    begin : control
      dp_mode    = DP_NONE;
      block_we   = 1'b0;
      round_rst  = 1'b0;
      round_inc  = 1'b0;
      length_rst = 1'b0;
      length_inc = 1'b0;
      ready_new  = 1'b0;
      ready_we   = 1'b0;
      valid_new  = 1'b0;
      valid_we   = 1'b0;
      digest_we  = 1'b0;
      ctrl_new   = CTRL_IDLE;
      ctrl_we    = 1'b0;

      case (ctrl_reg)
        CTRL_IDLE:
          begin
            if (init)
              begin
                dp_mode    = DP_INIT;
                length_rst = 1'b1;
                valid_new  = 1'b0;
                valid_we   = 1'b1;
              end
            else if (next)
              begin
                dp_mode    = DP_START;
                block_we   = 1'b1;
                round_rst  = 1'b1;
                length_inc = 1'b1;
                ready_we   = 1'b1;
                ctrl_new   = CTRL_LOOP;
                ctrl_we    = 1'b1;
              end
            else if (finalize)
              begin
                dp_mode   = DP_FINAL;
                round_rst = 1'b1;
                ready_we  = 1'b1;
                ctrl_new  = CTRL_FINAL;
                ctrl_we   = 1'b1;
              end
          end

        CTRL_LOOP:
          begin
            dp_mode   = DP_ROUND;
            round_inc = 1'b1;
            if (round_reg == ROUNDS)
              begin
                ctrl_new = CTRL_END;
                ctrl_we  = 1'b1;
              end
          end

        CTRL_END:
          begin
            dp_mode   = DP_END;
            ready_new = 1'b1;
            ready_we  = 1'b1;
            ctrl_new  = CTRL_IDLE;
            ctrl_we   = 1'b1;
          end

        CTRL_FINAL:
          begin
            dp_mode   = DP_ROUND;
            round_inc = 1'b1;
            if (round_reg == FINAL_ROUNDS)
              begin
                ctrl_new = CTRL_DONE;
                ctrl_we  = 1'b1;
              end
          end

        CTRL_DONE:
          begin
            digest_we = 1'b1;
            valid_new = 1'b1;
            valid_we  = 1'b1;
            ready_new = 1'b1;
            ready_we  = 1'b1;
            ctrl_new  = CTRL_IDLE;
            ctrl_we   = 1'b1;
          end

        default:
          begin
          end
      endcase
    end
endmodule
