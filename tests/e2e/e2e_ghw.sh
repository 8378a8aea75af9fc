#!/usr/bin/env bash
# GHW files: a run that GHDL recorded as both GHW and VCD reads the same. What the VCD
# lacks (enums, records, arrays) is present; a cut or damaged file gives one sentence.
. "${srcdir:?}/tests/lib/lib.sh"
need ghdl
export LC_ALL=C
source=$(cd "$srcdir/tests/e2e/ghw" && pwd)
mkdir "$work/p" && cd "$work/p" || exit 1
ghdl -a --std=08 "$source/kinds.vhd" && ghdl -e --std=08 tb || fail "ghdl does not build it"
ghdl -r --std=08 tb --wave=tb.ghw --vcd=tb.vcd --stop-time=200ns >"$work/out" 2>&1 || fail "ghdl does not run it"

# Everything that both contain.
both=tb.clk,tb.rst,tb.q,tb.b,tb.ok,tb.i,tb.small,tb.r,tb.bv,tb.weak,tb.up,tb.dut.q,tb.dut.n,tb.gen\(1\).x,tb.gen\(2\).x
status 0 wave tb.vcd --text --signals "$both"
cp "$work/out" "$work/vcd"
[ "$(wc -l <"$work/vcd")" -gt 40 ] || fail "there is next to nothing to compare"
status 0 wave tb.ghw --text --signals "$both"
cmp "$work/vcd" "$work/out" || fail "GHW and VCD of one run differ"
status 0 wave diff tb.ghw tb.vcd
says "no difference in 17 signals"

# What GHDL's VCD lacks.
status 0 wave tb.ghw --text --signals tb.s,tb.p.valid,tb.p.data,tb.p.inner,tb.m[1],tb.m[2],tb.bs,tb.ch,tb.g[1],tb.t --from 27ns --to 27ns
says "         27 ns       run      1     9      5    a5    80   3       'z'     1        3000000000"
status 0 wave tb.ghw --eval "tb.m[2] == 8'h80" --rows 1
says "27 ns"
if command -v ghwdump >/dev/null; then
	names=$(ghwdump -h tb.ghw | grep -cE ' (signal|port-)')
	[ "$names" = 26 ] || fail "ghwdump finds $names signals"
fi

# Truncated anywhere: values up to there and a note; or nothing and a sentence; never
# both or neither.
size=$(wc -c <tb.ghw)
read_some=0
for ((n = 17; n < size; n += 61)); do
	head -c "$n" tb.ghw >cut.ghw
	"$posedge" wave cut.ghw --text --signals tb.clk >"$work/out" 2>"$work/err"
	code=$?
	[ "$code" = 0 ] || [ "$code" = 2 ] || fail "cut at $n: status $code"
	[ "$(grep -c '^posedge: ' "$work/err")" = 1 ] || fail "cut at $n: $(cat "$work/err")"
	[ "$code" = 2 ] || read_some=$((read_some + 1))
done
[ "$read_some" -gt 10 ] || fail "of the cut files only $read_some could be read"
# One byte changed.
for ((n = 9; n < 1500; n += 37)); do
	cp tb.ghw odd.ghw
	printf '\377' | dd of=odd.ghw bs=1 seek="$n" conv=notrunc status=none
	timeout 600 "$posedge" wave odd.ghw --text >"$work/out" 2>"$work/err"
	code=$?
	[ "$code" = 0 ] || { [ "$code" = 2 ] && [ "$(grep -c '^posedge: ' "$work/err")" = 1 ]; } || fail "byte $n: status $code"
done
# Nested arrays without elements, 2^48 of them, which would take forever to traverse.
python3 - >empty.ghw <<'P'
import struct, sys
def uleb(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])
def sub_array(base, last): # from 1 down to nothing, or 0 to last
    left = b"\x01" if last < 0 else b"\x00"
    right = b"\x00" if last < 0 else uleb(last) # bit 6 of its last byte is 0
    return b"\x23\x01" + uleb(base) + b"\x19" + left + right
def array(element):
    return b"\x1f\x01" + uleb(element) + b"\x01\x01"
w = lambda n: struct.pack("<I", n)
most = (1 << 24) - 1
types = [b"\x17\x01\x00", array(1), sub_array(2, -1), array(3), sub_array(4, most), array(5), sub_array(6, most)]
out = b"GHDLwave\n\x10\x00\x01\x01\x04\x01\x00"
out += b"STR\0" + w(0) + w(1) + w(1) + b"a\0EOS\0"
out += b"TYP\0" + w(0) + w(len(types)) + b"".join(types) + b"\0"
out += b"HIE\0" + w(0) + w(0) + w(0) + w(1) + b"\x10\x01" + uleb(len(types)) + b"\0" + b"EOH\0TAI\0"
sys.stdout.buffer.write(out)
P
timeout 600 "$posedge" wave empty.ghw --text >"$work/out" 2>"$work/err"
code=$?
[ "$code" = 0 ] && ! grep -q '^posedge: ' "$work/err" || fail "arrays without elements: status $code"
echo "ghw: all as it should be"
