// Round-robin arbiter: grants one of N requests in each cycle, and whoever was
// served last comes last next time.
module arbiter_rr #(
    parameter int N = 4
) (
    input  logic         clk,
    input  logic         rst,
    input  logic [N-1:0] request,
    output logic [N-1:0] grant
);
    // Ones at the positions above the one that was granted last.
    logic [N-1:0] above_last;
    logic [N-1:0] requests_above;
    logic [N-1:0] candidates;

    // First those above the last winner; if there are none, start over from 0.
    assign requests_above = request & above_last;
    assign candidates = (requests_above != '0) ? requests_above : request;

    // x & -x leaves the lowest one of x.
    assign grant = candidates & (~candidates + 1'b1);

    // Without a grant nobody was served, and the order stays.
    always_ff @(posedge clk) begin
        if (rst)
            above_last <= '0;
        else if (grant != '0)
            above_last <= ~(grant | (grant - 1'b1));
    end
endmodule
