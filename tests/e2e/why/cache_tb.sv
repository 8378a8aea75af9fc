`timescale 1ns / 1ps

module cache_tb;
    reg clk = 0, rst = 1, req = 0, write = 0;
    reg [4:0] address = 0;
    reg [7:0] wdata = 0;
    wire [7:0] rdata, mem_wdata;
    wire ready, mem_req, mem_write;
    wire [4:0] mem_address;
    reg mem_ack = 0;
    reg [7:0] mem [0:31];
    reg [7:0] want [0:31];
    wire [7:0] mem_rdata = mem[mem_address];
    reg [15:0] lfsr = 16'h1d0f;
    integer i, n, failures = 0;

    cache dut (.clk(clk), .rst(rst), .req(req), .write(write), .address(address), .wdata(wdata),
               .rdata(rdata), .ready(ready), .mem_req(mem_req), .mem_write(mem_write),
               .mem_address(mem_address), .mem_wdata(mem_wdata), .mem_ack(mem_ack),
               .mem_rdata(mem_rdata));

    always #5 clk = ~clk;

    always @(posedge clk) begin
        mem_ack <= mem_req && !mem_ack;
        if (mem_req && mem_ack && mem_write)
            mem[mem_address] <= mem_wdata;
    end

    initial begin
        for (i = 0; i < 32; i = i + 1) begin
            mem[i] = i * 11 + 1;
            want[i] = i * 11 + 1;
        end
        repeat (3) @(negedge clk);
        rst = 0;
        for (i = 0; i < 120; i = i + 1) begin
            lfsr = {lfsr[14:0], lfsr[15] ^ lfsr[13] ^ lfsr[12] ^ lfsr[10]};
            req = 1;
            write = lfsr[7];
            address = i < 8 ? {i[1:0], 1'b0, 2'b01} : lfsr[4:0];
            wdata = lfsr[15:8];
            n = 0;
            #1;
            while (ready !== 1 && n < 12) begin
                @(negedge clk);
                n = n + 1;
            end
            if (ready !== 1) begin
                $error("ready is %b, not 1", ready);
                failures = failures + 1;
                i = 1000;
            end else if (!write && rdata !== want[address]) begin
                $error("rdata is %h, not %h", rdata, want[address]);
                failures = failures + 1;
            end
            if (write)
                want[address] = wdata;
            @(negedge clk);
            req = 0;
        end
        if (failures == 0)
            $display("PASS");
        $finish;
    end
endmodule
