// Four ports to four ports: a lane for each from a generate loop, an array of instances, a task
// and a function, packed arrays of two dimensions.
`timescale 1ns / 1ps

module slot (
    input  wire       clk,
    input  wire       rst,
    input  wire       load,
    input  wire       take,
    input  wire [5:0] in,
    output reg  [5:0] out,
    output reg        full
);
    always @(posedge clk) begin
        if (rst) begin
            full <= 1'b0;
        end else if (load && !full) begin
            full <= 1'b1;
            out <= in;
        end else if (take) begin
            full <= 1'b0;
        end
    end
endmodule

module parity (
    input  wire [3:0] data,
    output wire       odd
);
    assign odd = ^data;
endmodule

module router (
    input  wire            clk,
    input  wire            rst,
    input  wire [3:0]      in_valid,
    input  wire [3:0][5:0] in,
    output wire [3:0]      in_ready,
    output reg  [3:0]      out_valid,
    output wire [3:0][3:0] out,
    output wire [3:0]      odd,
    output wire [3:0][2:0] sent
);
    wire [3:0] full;
    wire [23:0]     held;
    reg  [3:0][1:0] turn;
    reg  [3:0]      take;

    // The first of the requests from `from` on, one hot.
    function automatic [3:0] first(input [3:0] req, input [1:0] from);
        reg [7:0] twice;
        integer k;
        begin
            twice = {req, req} >> from;
            first = 4'd0;
            for (k = 3; k >= 0; k = k - 1)
                if (twice[k])
                    first = 4'd1 << ((from + k) & 3);
        end
    endfunction

    task automatic select(input [3:0] g, output [3:0] data);
        begin
            data = 4'd0;
            if (g[0]) data = data | held[3:0];
            if (g[1]) data = data | held[9:6];
            if (g[2]) data = data | held[15:12];
            if (g[3]) data = data | held[21:18];
        end
    endtask

    slot u_slot [3:0] (
        .clk(clk),
        .rst(rst),
        .load(in_valid),
        .take(take),
        .in(in),
        .out(held),
        .full(full)
    );

    assign in_ready = ~full;

    genvar i;
    generate
        for (i = 0; i < 4; i = i + 1) begin : lane
            wire [3:0] wants;
            reg  [2:0] count;
            reg  [3:0] grant;
            reg  [3:0] data;

            assign wants[0] = full[0] && held[5:4] == i;
            assign wants[1] = full[1] && held[11:10] == i;
            assign wants[2] = full[2] && held[17:16] == i;
            assign wants[3] = full[3] && held[23:22] == i;

            always @* grant = first(wants, turn[i]);

            always @(posedge clk) begin
                if (rst)
                    turn[i] <= 2'd0;
                else if (|grant)
                    turn[i] <= turn[i] + 2'd1;
            end

            always @(posedge clk) begin
                out_valid[i] <= |grant && !rst;
                select(grant, data);
            end

            always @(posedge clk)
                if (rst)
                    count <= 3'd0;
                else if (|grant)
                    count <= count + 3'd1;

            assign out[i] = data;
            assign sent[i] = count;
            parity u_parity (.data(out[i]), .odd(odd[i]));
        end
    endgenerate

    always @* take = lane[0].grant | lane[1].grant | lane[2].grant | lane[3].grant;
endmodule
