#!/usr/bin/env bash
# The program is built with the compiler's and linker's hardening options; see
# configure.ac.
. "${srcdir:?}/tests/lib/lib.sh"
need readelf
readelf -W -h -l -d "$builddir/posedge" >"$work/out" 2>"$work/err" || fail "readelf does not read the program"
readelf -W --dyn-syms "$builddir/posedge" >"$work/symbols"

grep -Eq 'Type: +DYN' "$work/out" || fail "the program is at the same address each time (-pie)"
grep -q GNU_RELRO "$work/out" || fail "its tables of addresses can be written (-z relro)"
grep -Eq 'BIND_NOW|Flags:.*NOW' "$work/out" || fail "its tables of addresses are filled later (-z now)"
grep -E 'GNU_STACK .* RWE' "$work/out" && fail "its stack can be executed"
grep -q TEXTREL "$work/out" && fail "its code is written to at the start"
grep -q '__stack_chk_fail' "$work/symbols" || fail "nothing guards its stack (-fstack-protector-strong)"
# A sanitizer build does without: it checks the same calls. An unoptimised one, as for
# coverage, cannot: the C library checks only what the optimiser has analysed.
if ! grep -qE '__(asan|ubsan)_' "$work/symbols" && ! grep -qE "^CFLAGS='.*-O0" "$builddir/config.log"; then
	for name in memcpy snprintf; do
		grep -qE "__${name}[a-z_]*_chk" "$work/symbols" || grep -qE "__v?${name}_chk" "$work/symbols" ||
			fail "$name is not checked (-D_FORTIFY_SOURCE=2)"
	done
fi
exit 0
