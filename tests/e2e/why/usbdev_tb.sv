`timescale 1ns / 1ns
module usbdev_tb;

reg         clk = 0, rst = 1, pop = 0;
reg  [1:0]  line = 2'b10;
reg  [6:0]  addr = 7'h15;
wire [7:0]  data;
wire        ready, setup, ack;
wire [10:0] frame;
wire [3:0]  errors_w;
integer     failures = 0, acks = 0, ones = 0, k, b;
reg  [7:0]  bytes [0:19];
integer     length;

usbdev u_dut (
    .clk_i(clk), .rst_i(rst), .en_i(1'b1), .line_i(line), .addr_i(addr), .pop_i(pop),
    .data_o(data), .ready_o(ready), .setup_o(setup), .ack_o(ack), .frame_o(frame),
    .errors_o(errors_w)
);

always #5 clk = ~clk;
always @ (posedge clk) if (ack) acks = acks + 1;

task send_bit(input value);
begin
    if (!value) line = ~line;
    @(negedge clk);
    ones = value ? ones + 1 : 0;
    if (ones == 6) begin
        line = ~line;
        @(negedge clk);
        ones = 0;
    end
end
endtask

task send_byte(input [7:0] value);
    integer n;
    for (n = 0; n < 8; n = n + 1) send_bit(value[n]);
endtask

task begin_packet;
begin
    ones = 0;
    send_byte(8'h80);
end
endtask

task end_packet;
begin
    line = 2'b00;
    repeat (2) @(negedge clk);
    line = 2'b10;
    repeat (4) @(negedge clk);
end
endtask

function [4:0] crc5(input [10:0] value);
    integer n;
    reg     top;
begin
    crc5 = 5'h1f;
    for (n = 0; n < 11; n = n + 1) begin
        top  = crc5[4] ^ value[n];
        crc5 = {crc5[3:0], 1'b0} ^ (top ? 5'h05 : 5'h00);
    end
    crc5 = ~{crc5[0], crc5[1], crc5[2], crc5[3], crc5[4]};
end
endfunction

task token(input [7:0] pid, input [10:0] value, input [4:0] wrong);
begin
    begin_packet;
    send_byte(pid);
    send_byte(value[7:0]);
    send_byte({crc5(value) ^ wrong, value[10:8]});
    end_packet;
end
endtask

task data_packet(input [7:0] pid, input [15:0] wrong);
    reg [15:0] crc;
begin
    begin_packet;
    send_byte(pid);
    crc = 16'hffff;
    for (k = 0; k < length; k = k + 1) begin
        send_byte(bytes[k]);
        for (b = 0; b < 8; b = b + 1)
            crc = {1'b0, crc[15:1]} ^ (crc[0] ^ bytes[k][b] ? 16'ha001 : 16'h0);
    end
    crc = ~crc ^ wrong;
    send_byte(crc[7:0]);
    send_byte(crc[15:8]);
    end_packet;
end
endtask

task check(input [8*12-1:0] what, input [15:0] is, input [15:0] wanted);
    if (is !== wanted) begin
        failures = failures + 1;
        $display("%0t %0s: got %0h, expected %0h", $time, what, is, wanted);
    end
endtask

task read_back;
begin
    check("ready", ready, 1);
    for (k = 0; k < length; k = k + 1) begin
        check("data", data, bytes[k]);
        pop = 1;
        @(negedge clk);
        pop = 0;
    end
    check("ready", ready, 0);
end
endtask

initial begin
    repeat (3) @(negedge clk);
    rst = 0;
    repeat (3) @(negedge clk);
    token(8'ha5, 11'h2ab, 0);
    check("frame", frame, 11'h2ab);
    token(8'ha5, 11'h7ff, 5'h04);
    check("frame", frame, 11'h2ab);
    check("errors", errors_w, 1);
    // To another device, then to this one.
    length = 3; bytes[0] = 8'h11; bytes[1] = 8'hff; bytes[2] = 8'h7e;
    token(8'h2d, {4'd0, 7'h16}, 0);
    data_packet(8'hc3, 0);
    check("ready", ready, 0);
    check("acks", acks, 0);
    token(8'h2d, {4'd0, 7'h15}, 0);
    check("setup", setup, 1);
    data_packet(8'hc3, 0);
    check("acks", acks, 1);
    read_back;
    // Nothing: no data without a token, with another endpoint, or a wrong check.
    data_packet(8'h4b, 0);
    check("acks", acks, 1);
    token(8'he1, {4'd2, 7'h15}, 0);
    data_packet(8'h4b, 0);
    check("acks", acks, 1);
    token(8'he1, {4'd0, 7'h15}, 0);
    data_packet(8'h4b, 16'h0100);
    check("acks", acks, 1);
    check("errors", errors_w, 2);
    // Data 1 follows a setup; sent again, it is acknowledged and not kept.
    length = 8;
    for (k = 0; k < 8; k = k + 1) bytes[k] = 8'hf8 + k * 3;
    token(8'he1, {4'd0, 7'h15}, 0);
    check("setup", setup, 0);
    data_packet(8'h4b, 0);
    check("acks", acks, 2);
    read_back;
    token(8'he1, {4'd0, 7'h15}, 0);
    data_packet(8'h4b, 0);
    check("acks", acks, 3);
    check("ready", ready, 0);
    bytes[0] = 8'h00; length = 1;
    token(8'he1, {4'd0, 7'h15}, 0);
    data_packet(8'hc3, 0);
    check("acks", acks, 4);
    read_back;
    token(8'he4, {4'd0, 7'h15}, 0);
    check("errors", errors_w, 3);
    // Full: what comes meanwhile is neither kept nor acknowledged.
    length = 2; bytes[0] = 8'h3f; bytes[1] = 8'h80;
    token(8'he1, {4'd0, 7'h15}, 0);
    data_packet(8'h4b, 0);
    check("acks", acks, 5);
    token(8'he1, {4'd0, 7'h15}, 0);
    data_packet(8'hc3, 0);
    check("acks", acks, 5);
    read_back;
    token(8'ha5, 11'h001, 0);
    check("frame", frame, 11'h001);
    if (failures == 0) $display("PASS");
    else $display("FAIL: %0d", failures);
    $finish;
end

endmodule
