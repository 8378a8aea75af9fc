`timescale 1ns / 1ps

module link_tb;
    reg aclk = 0, bclk = 0, rst = 1, send = 0;
    reg [7:0] adata = 0;
    wire [7:0] bdata;
    wire bvalid, ready;
    reg [1:0] others = 0;
    wire [2:0] grant;
    reg [2:0] want_grant = 0, asked = 0;
    reg [1:0] last = 2;
    integer i, waited, failures = 0;

    link dut (.aclk(aclk), .bclk(bclk), .rst(rst), .send(send), .adata(adata), .bdata(bdata),
              .bvalid(bvalid), .ready(ready), .others(others), .grant(grant));

    always #5 aclk = ~aclk;
    always #7 bclk = ~bclk;

    // A second opinion on the arbiter: the first that asks, behind the last one.
    always @(posedge bclk) if (!rst) begin : model
        integer k, who;
        asked = {others, bvalid};
        want_grant = 0;
        for (k = 3; k > 0; k = k - 1) begin
            who = (last + k) % 3;
            if (asked[who])
                want_grant = 3'b001 << who;
        end
        if (want_grant[0]) last = 0;
        if (want_grant[1]) last = 1;
        if (want_grant[2]) last = 2;
        #1;
        if (grant !== want_grant) begin
            $error("grant is %b, not %b", grant, want_grant);
            failures = failures + 1;
        end
    end

    initial begin
        repeat (4) @(negedge bclk);
        @(negedge bclk) #1 rst = 0;
        for (i = 0; i < 12; i = i + 1) begin
            @(negedge aclk);
            waited = 0;
            while (ready !== 1'b1 && waited < 20) begin
                @(negedge aclk);
                waited = waited + 1;
            end
            if (ready !== 1'b1) begin
                $error("ready is %b", ready);
                failures = failures + 1;
            end
            adata = i * 11 + 5;
            send = 1;
            @(negedge aclk);
            send = 0;
            adata = 8'hee;
            if (ready !== 1'b0) begin
                $error("ready is %b after send", ready);
                failures = failures + 1;
            end
            waited = 0;
            while (bvalid !== 1'b1 && waited < 12) begin
                @(posedge bclk) #1 waited = waited + 1;
            end
            if (bvalid !== 1'b1) begin
                $error("bvalid is %b", bvalid);
                failures = failures + 1;
            end
            if (waited < 3) begin
                $error("bvalid is %b after %0d cycles", bvalid, waited);
                failures = failures + 1;
            end
            if (bdata !== ((i * 11 + 5) & 255)) begin
                $error("bdata is %h", bdata);
                failures = failures + 1;
            end
            @(posedge bclk) #1;
            if (bvalid !== 1'b0) begin
                $error("bvalid is %b, longer than a cycle", bvalid);
                failures = failures + 1;
            end
            @(negedge bclk) #1 others = i;
        end
        if (failures == 0)
            $display("PASS");
        $finish;
    end
endmodule
