#!/usr/bin/env bash
# differ_pairs.sh FOLDER: writes sixty pairs N.a.v and N.b.v that differ in a rare
# state, and sixty pairs N.a.v and N.e.v that are equivalent but written differently.
# Generated from twelve designs, each with five conditions under which one statement
# goes wrong.
set -eu
out=$1
mkdir -p "$out"
n=0
# pair HEAD BODY OTHER: in BODY, RARE marks where the difference goes; OTHER has the
# same behaviour in different code, without RARE.
pair() {
	local head=$1 body=$2 other=$3 rare
	shift 3
	for rare in "$@"; do
		n=$((n + 1))
		printf '%s\n%s\nendmodule\n' "$head" "${body//RARE/"1'b0"}" >"$out/$n.a.v"
		printf '%s\n%s\nendmodule\n' "$head" "${body//RARE/"$rare"}" >"$out/$n.b.v"
		printf '%s\n%s\nendmodule\n' "$head" "$other" >"$out/$n.e.v"
	done
}

pair 'module m (input wire clk, input wire rst, input wire en, output reg [7:0] q);' \
	'always @(posedge clk) if (rst) q <= 0; else if (en) q <= (RARE) ? 0 : q + 1;' \
	'always @(posedge clk) begin if (en) q <= 8'"'"'d1 + q; if (rst) q <= {8{1'"'"'b0}}; end' \
	'q == 200' 'q == 255 - 12' 'q == 129' "q[6:0] == 7'h7f" 'q == 251'
pair 'module m (input wire clk, input wire rst_n, input wire load, input wire [7:0] d, output reg [7:0] q);' \
	'always @(posedge clk or negedge rst_n) if (!rst_n) q <= 0; else if (load) q <= d ^ {8{RARE}}; else q <= q - 1;' \
	'always @(negedge rst_n or posedge clk) if (rst_n) q <= load ? d : q + 8'"'"'hff; else q <= 0;' \
	"d == 8'h5a" 'd == q' "d == 8'hfe && q[0]" 'd == ~q' "d == 8'd99"
pair 'module m (input wire [7:0] a, input wire [7:0] b, output wire [8:0] y);' \
	"assign y = (RARE) ? a - b : {1'b0, a} + {1'b0, b};" \
	"assign y = {1'b0, b} + {1'b0, a};" \
	"a == b && a == 8'h80" "a == 8'd17 && b == 8'd4" '(&a) && (&b)' "a == 0 && b == 8'd255" \
	"a == b + 1 && a[7:4] == 9"
pair 'module m (input wire clk, input wire rst, input wire wr, input wire rd, input wire [7:0] d, output wire [7:0] q, output wire full, output wire empty);' \
	"reg [7:0] mem [0:7]; reg [2:0] w, r; reg [3:0] n;
assign full = n == 8; assign empty = n == 0; assign q = empty ? 0 : mem[r];
always @(posedge clk) if (rst) begin w <= 0; r <= 0; n <= 0; end else begin
  if (wr && (!full || (RARE))) begin mem[w] <= d; w <= w + 1; end
  if (rd && !empty) r <= r + 1;
  n <= n + (wr && !full) - (rd && !empty); end" \
	"reg [7:0] mem [7:0]; reg [2:0] w, r; reg [3:0] n; wire push = wr & ~full, pop = rd & ~empty;
assign full = n[3]; assign empty = ~|n; assign q = n == 0 ? 8'd0 : mem[r];
always @(posedge clk) begin if (push) mem[w] <= d; if (rst) begin w <= 0; r <= 0; n <= 0; end else begin
  w <= w + push; r <= r + pop; n <= push & ~pop ? n + 1 : pop & ~push ? n - 1 : n; end end" \
	'full && rd' 'full && !rd && w == 3' "full && d == 8'hff" 'full && w == 7' 'full'
pair 'module m (input wire clk, input wire rst, input wire in_valid, output wire in_ready, input wire [7:0] in_data, output reg out_valid, input wire out_ready, output reg [7:0] out_data);' \
	"assign in_ready = !out_valid || out_ready;
always @(posedge clk) if (rst) begin out_valid <= 0; out_data <= 0; end else if (in_ready) begin
  out_valid <= in_valid; if (in_valid) out_data <= (RARE) ? ~in_data : in_data; end" \
	"assign in_ready = out_ready | ~out_valid;
always @(posedge clk) begin if (in_ready) out_valid <= in_valid; if (in_ready & in_valid) out_data <= in_data;
  if (rst) begin out_valid <= 0; out_data <= 0; end end" \
	"in_data == 8'h7e" 'in_data == out_data && out_valid' "in_data == 8'd201" \
	'out_valid && in_data == out_data + 1' "in_data == 8'h00 && out_data == 8'hff"
pair 'module m (input wire clk, input wire rst, input wire bit_in, output wire hit);' \
	"reg [7:0] s; assign hit = s == 8'b10110011 && !(RARE);
always @(posedge clk) if (rst) s <= 0; else s <= {s[6:0], bit_in};" \
	"reg [7:0] s; assign hit = ~|(s ^ 8'hb3);
always @(posedge clk) s <= rst ? 8'd0 : (s << 1) | bit_in;" \
	'bit_in' '!bit_in' "s == 8'b10110011" 'bit_in && !rst' 'bit_in || rst'
pair 'module m (input wire clk, input wire rst, input wire go, input wire [15:0] limit, output reg done);' \
	"reg [15:0] c; always @(posedge clk) if (rst || !go) begin c <= 0; done <= 0; end else begin
  c <= c + 1; done <= c >= limit && !(RARE); end" \
	"reg [15:0] c; always @(posedge clk) begin c <= c + 16'd1; done <= ~(c < limit);
  if (!go || rst) begin c <= 0; done <= 1'b0; end end" \
	"limit == 16'd1000" 'c == 100' 'limit == 0' "limit == 16'hffff - 1 || limit == 16'd12" 'limit == c'
pair 'module m (input wire clk, input wire arst_n, input wire [3:0] op, input wire [7:0] a, output reg [7:0] acc);' \
	"always @(posedge clk or negedge arst_n) if (!arst_n) acc <= 0; else case (op)
  0: acc <= a; 1: acc <= acc + a; 2: acc <= acc - a; 3: acc <= acc & a; 4: acc <= acc ^ {8{RARE}}; 9: acc <= ~acc; default: acc <= acc; endcase" \
	"always @(posedge clk or negedge arst_n) if (!arst_n) acc <= 0;
else if (op == 0) acc <= a; else if (op == 1) acc <= a + acc; else if (op == 2) acc <= acc + ~a + 1; else if (op == 3) acc <= a & acc; else if (op == 9) acc <= acc ^ 8'hff;" \
	"acc == 8'h3c" 'acc == a' "acc == 8'd128" 'acc == 0 && a == 0' "acc == 8'hff"
pair 'module m (input wire clk, input wire rst, input wire up, input wire down, output reg [5:0] level);' \
	"always @(posedge clk) if (rst) level <= 32; else if (up && !down && level != 63) level <= level + 1;
else if (down && !up && level != (RARE ? 1 : 0)) level <= level - 1;" \
	"always @(posedge clk) if (rst) level <= 6'b100000; else case ({up, down})
2'b10: level <= &level ? level : level + 6'd1; 2'b01: level <= |level ? level - 6'd1 : level; default: ; endcase" \
	'level == 1' 'level[5:1] == 0' 'level < 2' 'level == 1 && down' 'level == 1 && !up'
pair 'module m (input wire [31:0] addr, output wire hit);' \
	"assign hit = (addr >= 32'h40001000 && addr < 32'h40002000) ^ (RARE);" \
	"assign hit = addr[31:12] == 20'h40001;" \
	"addr == 32'h40001ffc" "addr == 32'h40002000" "addr == 32'h40000fff" "addr == 32'hdeadbeef" 'addr == 1'
pair 'module m (input wire clk, input wire rst, input wire tick, output reg [5:0] sec, output reg [5:0] min);' \
	"always @(posedge clk) if (rst) begin sec <= 0; min <= 0; end else if (tick) begin
  if (sec == 59) begin sec <= 0; min <= min == 59 ? 0 : min + 1 + (RARE); end else sec <= sec + 1; end" \
	"wire last = sec == 59; always @(posedge clk) begin if (tick) begin sec <= last ? 6'd0 : sec + 6'd1;
  if (last) min <= min < 59 ? min + 6'd1 : 6'd0; end if (rst) begin sec <= 0; min <= 0; end end" \
	'min == 3' 'min == 2' 'min == 1' 'min == 0' 'min == 4'
pair 'module m (input wire clk, input wire rst, input wire [7:0] a, input wire [7:0] b, input wire start, output reg [15:0] p, output reg ready);' \
	"always @(posedge clk) if (rst) begin p <= 0; ready <= 0; end else begin ready <= start; if (start) p <= a * b + (RARE); end" \
	"always @(posedge clk) begin ready <= start & ~rst; if (rst) p <= 0; else if (start) p <= b * a; end" \
	"a == 8'd255 && b == 8'd255" 'a == b' "a == 0 && b == 8'd128" "a == 8'd13" "a[7:4] == 4'hf && b == 8'd1"
echo "$n pairs"
