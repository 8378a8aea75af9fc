// The receiving half of a USB device: bits from the line, bytes, packets, checks, and an
// endpoint that keeps what was sent to it. Names end in _i, _o, _q (registers), _w (wires)
// and _r (values of an always @*).
`define PID_OUT    8'hE1
`define PID_SETUP  8'h2D
`define PID_SOF    8'hA5
`define PID_DATA0  8'hC3
`define PID_DATA1  8'h4B

module usb_crc16 (
    input  [15:0] crc_i,
    input  [7:0]  data_i,
    output [15:0] crc_o
);
reg [15:0] crc_r;
integer    i;
always @*
begin
    crc_r = crc_i;
    for (i = 0; i < 8; i = i + 1)
        crc_r = (crc_r[0] ^ data_i[i]) ? (crc_r >> 1) ^ 16'hA001 : crc_r >> 1;
end
assign crc_o = crc_r;
endmodule

// One sample a bit: 10 is J, 01 is K, 00 the end of a packet. The
// synchronisation may lose its first bit, as one that follows six ones.
module usb_line (
    input        clk_i,
    input        rst_i,
    input        en_i,
    input  [1:0] line_i,
    output       valid_o,
    output [7:0] data_o,
    output       active_o,
    output       error_o
);
localparam J = 2'b10, K = 2'b01, SE0 = 2'b00;

reg [1:0] last_q;
reg [7:0] shift_q;
reg [2:0] ones_q;
reg [2:0] count_q;
reg       active_q;
reg       valid_q;
reg       error_q;

wire bit_w     = (line_i == last_q);
wire stuffed_w = (ones_q == 3'd6);
wire end_w     = (line_i == SE0);
wire sync_w    = ({bit_w, shift_q[7:2]} == 7'h40);
wire take_w    = en_i & !end_w & !stuffed_w;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    last_q <= J;
else if (en_i)
    last_q <= end_w ? J : line_i;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    ones_q <= 3'b0;
else if (en_i)
begin
    if (!bit_w || end_w || stuffed_w)
        ones_q <= 3'b0;
    else
        ones_q <= ones_q + 3'd1;
end

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    shift_q <= 8'hFF;
else if (en_i & end_w)
    shift_q <= 8'hFF;
else if (take_w)
    shift_q <= {bit_w, shift_q[7:1]};

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    active_q <= 1'b0;
else if (en_i & end_w)
    active_q <= 1'b0;
else if (take_w && sync_w)
    active_q <= 1'b1;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    count_q <= 3'b0;
else if (!active_q)
    count_q <= 3'b0;
else if (take_w)
    count_q <= count_q + 3'd1;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    valid_q <= 1'b0;
else
    valid_q <= active_q & take_w & (count_q == 3'd7);

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    error_q <= 1'b0;
else if (!active_q)
    error_q <= 1'b0;
else if (en_i & stuffed_w & bit_w & !end_w)
    error_q <= 1'b1;

assign valid_o  = valid_q;
assign data_o   = shift_q;
assign active_o = active_q;
assign error_o  = error_q;
endmodule

module usbdev (
    input         clk_i,
    input         rst_i,
    input         en_i,
    input  [1:0]  line_i,
    input  [6:0]  addr_i,
    input         pop_i,
    output [7:0]  data_o,
    output        ready_o,
    output        setup_o,
    output        ack_o,
    output [10:0] frame_o,
    output [3:0]  errors_o
);
localparam STATE_W       = 3;
localparam STATE_IDLE    = 3'd0;
localparam STATE_TOKEN2  = 3'd1;
localparam STATE_TOKEN3  = 3'd2;
localparam STATE_DATA    = 3'd3;
localparam STATE_END     = 3'd4;
localparam STATE_IGNORED = 3'd5;

wire       valid_w;
wire [7:0] data_w;
wire       active_w;
wire       line_error_w;

usb_line u_line (
    .clk_i(clk_i), .rst_i(rst_i), .en_i(en_i), .line_i(line_i),
    .valid_o(valid_w), .data_o(data_w), .active_o(active_w), .error_o(line_error_w)
);

reg [STATE_W-1:0] state_q;
reg [7:0]         pid_q;
reg [10:0]        token_q;
reg               setup_q;
reg               for_us_q;
reg               toggle_q;
reg [15:0]        crc_q;
reg [4:0]         wr_q;
reg [4:0]         kept_q;
reg [4:0]         rd_q;
reg               full_q;
reg               ack_q;
reg [10:0]        frame_q;
reg [3:0]         errors_q;
reg [7:0]         ram_q [0:15];

wire pid_ok_w  = (data_w[3:0] == ~data_w[7:4]);
wire is_data_w = (pid_q == `PID_DATA0) || (pid_q == `PID_DATA1);

function [4:0] crc5(input [10:0] data);
    integer k;
begin
    crc5 = 5'h1F;
    for (k = 0; k < 11; k = k + 1)
        crc5 = (crc5[0] ^ data[k]) ? (crc5 >> 1) ^ 5'h14 : crc5 >> 1;
    crc5 = ~crc5;
end
endfunction

wire [10:0] token_w    = {data_w[2:0], token_q[7:0]};
wire        crc5_ok_w  = (crc5(token_w) == data_w[7:3]);
wire        match_w    = (token_w[6:0] == addr_i) && (token_w[10:7] == 4'd0);

reg [STATE_W-1:0] next_state_r;
always @ *
begin
    next_state_r = state_q;

    case (state_q)
    STATE_IDLE :
        if (valid_w)
        begin
            if (!pid_ok_w)
                next_state_r = STATE_IGNORED;
            else case (data_w)
            `PID_OUT, `PID_SETUP, `PID_SOF : next_state_r = STATE_TOKEN2;
            `PID_DATA0, `PID_DATA1 :
                next_state_r = for_us_q && !full_q ? STATE_DATA : STATE_IGNORED;
            default : next_state_r = STATE_IGNORED;
            endcase
        end
    STATE_TOKEN2 :
        if (valid_w)
            next_state_r = STATE_TOKEN3;
        else if (!active_w)
            next_state_r = STATE_IDLE;
    STATE_TOKEN3 :
        if (valid_w || !active_w)
            next_state_r = STATE_IGNORED;
    STATE_DATA :
        if (!active_w)
            next_state_r = STATE_END;
    STATE_END :
        next_state_r = STATE_IDLE;
    STATE_IGNORED :
        if (!active_w)
            next_state_r = STATE_IDLE;
    default : ;
    endcase
end

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    state_q <= STATE_IDLE;
else
    state_q <= next_state_r;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    pid_q <= 8'b0;
else if (state_q == STATE_IDLE && valid_w)
    pid_q <= data_w;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    token_q <= 11'b0;
else if (state_q == STATE_TOKEN2 && valid_w)
    token_q[7:0] <= data_w;
else if (state_q == STATE_TOKEN3 && valid_w)
    token_q <= token_w;

wire token_end_w = (state_q == STATE_TOKEN3) && valid_w;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
begin
    for_us_q <= 1'b0;
    setup_q  <= 1'b0;
end
else if (token_end_w && pid_q != `PID_SOF)
begin
    for_us_q <= crc5_ok_w && match_w;
    setup_q  <= crc5_ok_w && match_w && pid_q == `PID_SETUP;
end
else if (state_q == STATE_END)
    for_us_q <= 1'b0;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    frame_q <= 11'b0;
else if (token_end_w && pid_q == `PID_SOF && crc5_ok_w)
    frame_q <= token_w;

wire [15:0] crc_next_w;
usb_crc16 u_crc (.crc_i(crc_q), .data_i(data_w), .crc_o(crc_next_w));

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    crc_q <= 16'hFFFF;
else if (state_q == STATE_IDLE)
    crc_q <= 16'hFFFF;
else if (state_q == STATE_DATA && valid_w)
    crc_q <= crc_next_w;

wire data_ok_w   = (crc_q == 16'hB001) && !line_error_w;
wire expected_w  = setup_q ? pid_q == `PID_DATA0 : pid_q == (toggle_q ? `PID_DATA1 : `PID_DATA0);
wire keep_w      = (state_q == STATE_END) && data_ok_w && expected_w;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    toggle_q <= 1'b0;
else if (keep_w)
    toggle_q <= setup_q ? 1'b1 : !toggle_q;

// What is received is written behind what is kept, and kept at the end.
always @ (posedge clk_i)
if (state_q == STATE_DATA && valid_w)
    ram_q[wr_q[3:0]] <= data_w;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    wr_q <= 5'b0;
else if (state_q == STATE_IDLE)
    wr_q <= 5'b0;
else if (state_q == STATE_DATA && valid_w && !wr_q[4])
    wr_q <= wr_q + 5'd1;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    kept_q <= 5'b0;
else if (keep_w)
    kept_q <= wr_q - 5'd2;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    full_q <= 1'b0;
else if (keep_w)
    full_q <= (wr_q != 5'd2);
else if (pop_i && rd_q + 5'd1 == kept_q)
    full_q <= 1'b0;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    rd_q <= 5'b0;
else if (keep_w)
    rd_q <= 5'b0;
else if (pop_i && full_q)
    rd_q <= rd_q + 5'd1;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    ack_q <= 1'b0;
else
    ack_q <= (state_q == STATE_END) && data_ok_w;

always @ (posedge clk_i or posedge rst_i)
if (rst_i)
    errors_q <= 4'b0;
else if ((token_end_w && !crc5_ok_w) || (state_q == STATE_END && !data_ok_w) ||
         (state_q == STATE_IDLE && valid_w && !pid_ok_w))
    errors_q <= errors_q + 4'd1;

assign data_o   = ram_q[rd_q[3:0]];
assign ready_o  = full_q;
assign setup_o  = setup_q;
assign ack_o    = ack_q;
assign frame_o  = frame_q;
assign errors_o = errors_q;
endmodule
