// Verilog-95: a serial receiver that takes sixteen samples a bit and votes over three of
// them, with parity, and a small buffer behind it that a host empties.
module vote3(a, b, c, y);
  input a, b, c;
  output y;
  assign y = (a & b) | (a & c) | (b & c);
endmodule

module sample_rx(clk, reset, line, tick, data, valid, bad);
  input clk, reset, line, tick;
  output [7:0] data;
  output valid, bad;
  parameter WAIT = 4'b0001, BITS = 4'b0010, PARITY = 4'b0100, STOP = 4'b1000;
  reg [3:0] state, phase;
  reg [2:0] number;
  reg [7:0] data;
  reg [1:0] sync;
  reg early, middle, valid, bad, odd;
  wire level;

  vote3 vote(early, middle, sync[1], level);

  always @(posedge clk)
    sync <= {sync[0], line};

  always @(posedge clk)
    if (reset) begin
      early <= 1;
      middle <= 1;
    end else if (tick) begin
      if (phase == 4'd7) early <= sync[1];
      if (phase == 4'd8) middle <= sync[1];
    end

  always @(posedge clk)
    if (reset) begin
      state <= WAIT;
      phase <= 0;
      number <= 0;
      valid <= 0;
      bad <= 0;
      odd <= 0;
    end else begin
      valid <= 0;
      if (tick) begin
        phase <= phase + 1;
        case (state)
          WAIT: begin
            number <= 0;
            odd <= 0;
            if (sync[1])
              phase <= 0;
            else if (phase == 4'd15)
              state <= BITS;
            else if (phase == 4'd9 && level)
              phase <= 0;
          end
          BITS: begin
            if (phase == 4'd9) begin
              data <= {level, data[7:1]};
              odd <= odd ^ level;
            end
            if (phase == 4'd15) begin
              number <= number + 1;
              if (number == 3'd7) state <= PARITY;
            end
          end
          PARITY: begin
            if (phase == 4'd9) bad <= odd ^ level;
            if (phase == 4'd15) state <= STOP;
          end
          STOP:
            if (phase == 4'd9) begin
              valid <= level & ~bad;
              state <= WAIT;
              phase <= 0;
            end
          default: state <= WAIT;
        endcase
      end
    end
endmodule

module keeper(clk, reset, put, in, get, out, empty, lost);
  input clk, reset, put, get;
  input [7:0] in;
  output [7:0] out;
  output empty, lost;
  reg [7:0] store [0:3];
  reg [2:0] head, tail;
  reg lost;
  wire full;

  assign empty = head == tail;
  assign full = head[1:0] == tail[1:0] && head[2] != tail[2];
  assign out = store[tail[1:0]];

  always @(posedge clk)
    if (reset) begin
      head <= 0;
      tail <= 0;
      lost <= 0;
    end else begin
      if (put && !full) begin
        store[head[1:0]] <= in;
        head <= head + 1;
      end
      if (put && full) lost <= 1;
      if (get && !empty) tail <= tail + 1;
    end
endmodule

module sampler(clk, reset, line, get, out, empty, lost, bad);
  input clk, reset, line, get;
  output [7:0] out;
  output empty, lost, bad;
  reg [1:0] prescale;
  wire tick, valid;
  wire [7:0] data;

  assign tick = prescale == 2'd2;
  always @(posedge clk)
    if (reset) prescale <= 0;
    else if (tick) prescale <= 0;
    else prescale <= prescale + 1;

  sample_rx rx(clk, reset, line, tick, data, valid, bad);
  keeper fifo(clk, reset, valid, data, get, out, empty, lost);
endmodule
