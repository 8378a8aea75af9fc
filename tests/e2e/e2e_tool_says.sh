#!/usr/bin/env bash
# A tool's version is queried once, and again when its file changes.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog
export XDG_CACHE_HOME=$work/cache

mkdir "$work/bin" "$work/p" && cd "$work/p" || exit 1
real=$(command -v iverilog)
# Counts the queries, and prints what it is told to.
tool() { printf '#!/bin/sh\n[ "$*" != -V ] || { echo >>"%s/asked"; echo "%s"; exit 0; }\nexec "%s" "$@"\n' "$work" "$1" "$real" >"$work/bin/iverilog"; }
tool "Icarus Verilog version 11.0 (stable) ()"
chmod +x "$work/bin/iverilog"
export PATH=$work/bin:$PATH
printf 'module tb; reg q = 0; initial begin if (q !== 0) $error("no"); $finish; end endmodule\n' >tb.v
asked() { [ "$(wc -l <"$work/asked")" = "$1" ] || fail "it was asked $(wc -l <"$work/asked") times, not $1"; }
version() { cat .posedge/sessions/*/journal.jsonl | grep '"type":"verdict"' | tail -n 1 | grep -q "\"version\":\"$1\"" || fail "the verdict does not say $1"; }
for i in 1 2 3; do
	status 0 sim --engine icarus --one
	asked 1
	version "Icarus Verilog version 11.0 (stable)"
done
# Another program in its place.
tool "Icarus Verilog version 12.0 (devel) ()"
status 0 sim --engine icarus --one
asked 2
version "Icarus Verilog version 12.0 (devel)"
# A cache entry that does not match is ignored, and the cache is optional.
for text in "" "x" "$(printf 'a\nb\nc')"; do
	printf '%s' "$text" >"$XDG_CACHE_HOME/posedge/says-iverilog"
	status 0 sim --engine icarus --one
	version "Icarus Verilog version 12.0 (devel)"
done
asked 5
rm "$XDG_CACHE_HOME/posedge/says-iverilog" && mkdir "$XDG_CACHE_HOME/posedge/says-iverilog"
status 0 sim --engine icarus --one
version "Icarus Verilog version 12.0 (devel)"
asked 6
