module l2c_tb;
  logic clk = 0, rst = 1, req = 0, we = 0, ack, m_req, m_we, m_ack = 0; logic [7:0] addr = 0, m_addr; logic [15:0] wdata = 0, rdata, m_wdata, m_rdata = 0, hits, misses;
  l2c dut (.*);
  always #5 clk = ~clk;
  logic [15:0] mem [0:255], gold [0:255]; int seed = 5, errors = 0, accesses = 0, wait_n;
  initial for (int i = 0; i < 256; i++) begin mem[i] = i * 257; gold[i] = i * 257; end
  always @(negedge clk) begin
    m_ack = 0;
    if (m_req && ($random(seed) & 1)) begin m_ack = 1; if (m_we) mem[m_addr] = m_wdata; m_rdata = mem[m_addr]; end
  end
  task access(input logic w, input logic [7:0] ad, input logic [15:0] d);
    @(posedge clk); #1 req = 1; we = w; addr = ad; wdata = d; accesses++; wait_n = 0;
    do begin @(posedge clk); #1 wait_n++; end while (!ack && wait_n < 60);
    req = 0;
    if (!ack) begin errors++; $display("FAILED: no answer for %h", ad); end
    else if (!w && rdata !== gold[ad]) begin errors++; $display("FAILED: read %h gave %h, expected %h at %0t", ad, rdata, gold[ad], $time); end
    if (w) gold[ad] = d;
  endtask
  initial begin
    repeat (3) @(posedge clk); #1 rst = 0;
    access(0, 8'h10, 0); access(0, 8'h10, 0); access(1, 8'h18, 16'hbeef); access(0, 8'h20, 0); access(0, 8'h18, 0); access(0, 8'h10, 0); access(0, 8'h18, 0);
    if (hits !== 3) begin errors++; $display("FAILED: hits %0d, expected 3", hits); end
    for (int i = 0; i < 400; i++) access($random(seed), ($random(seed) & 8'h3b), $random(seed));
    if (hits + misses !== accesses) begin errors++; $display("FAILED: %0d hits and %0d misses of %0d", hits, misses, accesses); end
    if (errors == 0) $display("PASSED"); else $display("%0d errors", errors);
    $finish;
  end
endmodule
