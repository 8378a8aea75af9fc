#!/usr/bin/env bash
# The preprocessor is compared with those of the tools token by token, and the outline
# with what Verilator elaborates port by port.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin iverilog

corpus=$(cd "$srcdir/tests/e2e/hdl" && pwd) dump=$(cd "$builddir" && pwd)/tests/lib/hdl_dump
cd "$corpus" || fail "no corpus"

# same WHAT: $work/ours and $work/theirs have the same characters but for blanks.
same() {
	tr -d ' \t\r\n' <"$work/theirs" >"$work/theirs.flat"
	tr -d ' \t\r\n' <"$work/ours" >"$work/ours.flat"
	[ -s "$work/theirs.flat" ] || fail "$1: the tool gave nothing"
	cmp -s "$work/ours.flat" "$work/theirs.flat" ||
		fail "$1: $(diff "$work/ours" "$work/theirs" | head -n 4 | tr '\n' ' ')"
}

tokens() { "$dump" tokens "$@" || fail "hdl_dump tokens $*"; }

for file in conditions.v macros.v quotes.sv includes.v; do
	verilator_bin -E -P -Wno-fatal -Iinc -DGIVEN=1 "$file" >"$work/raw" 2>"$work/err" || fail "verilator -E $file"
	tokens "$work/raw" >"$work/theirs"
	tokens "$file" -Iinc -DGIVEN=1 >"$work/ours"
	same "$file, Verilator"
done

for file in conditions.v macros.v includes.v; do
	iverilog -g2012 -E -Iinc -DGIVEN=1 -o "$work/raw" "$file" 2>"$work/err" || fail "iverilog -E $file"
	tokens "$work/raw" >"$work/theirs"
	tokens "$file" -Iinc -DGIVEN=1 >"$work/ours"
	same "$file, Icarus"
done

# From Verilator's XML the lines of hdl_dump: a module's name there has its
# parameters in it, its origName is the one in the source.
elaborated() {
	awk -F'"' '
	function value(key,  i) {
		for (i = 1; i < NF; i += 2)
			if ($i ~ "[ <]" key "=$") return $(i + 1)
		return ""
	}
	/<(module|iface|package) / {
		cur = value("origName"); source[value("name")] = cur; in_module = /<module /
		if (in_module) print "module " cur
	}
	in_module && /<var / && value("dir") && value("pinIndex") {
		print "port " cur " " value("pinIndex") " " value("origName") " " value("dir")
	}
	in_module && /<instance / { n++; owner[n] = cur; of[n] = value("defName"); name[n] = value("origName") }
	END { for (i = 1; i <= n; i++) print "instance " owner[i] " " source[of[i]] " " name[i] }
	' "$1" | sort -u
}

for file in headers.v headers.sv; do
	verilator_bin --xml-only --xml-output "$work/xml" -Wno-fatal -Wno-lint -Wno-style --top-module headers "$file" \
		>"$work/out" 2>"$work/err" || fail "verilator --xml-only $file"
	elaborated "$work/xml" >"$work/theirs"
	[ "$(grep -c port "$work/theirs")" -ge 7 ] || fail "$file: the XML was not understood"
	"$dump" outline "$file" | sort -u >"$work/ours"
	same "$file"
done

# With TRACE both see the other port.
"$dump" outline headers.v -DTRACE | grep -q "port by_macro 3 trace output" || fail "TRACE does not show"
exit 0
