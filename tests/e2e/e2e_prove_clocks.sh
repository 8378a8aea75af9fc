#!/usr/bin/env bash
# prove: several clocks, both edges, clock gates and dividers, with known outcomes given
# in prove_clocks.sv. What is proved also holds in Icarus with random clocks.
. "${srcdir:?}/tests/lib/lib.sh"
need yosys iverilog vvp
data=$srcdir
case $data in /*) ;; *) data=$PWD/$data ;; esac

mkdir "$work/known" && cd "$work/known" || exit 9
cp "$data/tests/e2e/prove_clocks.sv" k.sv
sed -n 's|.*// \([a-z]*\)$|\1|p;s|.*||' k.sv | sort -u | tr '\n' ' ' >kinds
[ "$(cat kinds)" = "fails proved undecided vacuous " ] || fail "kinds: $(cat kinds)"
awk 'match($0, /\/\/ (proved|fails|vacuous|undecided)$/) { print "k.sv:" NR, substr($0, RSTART + 3) }' k.sv >want
got=0
timeout 1800 "$posedge" --json prove k.sv --seconds 300 >"$work/out" 2>"$work/err" || got=$?
[ $got = 1 ] || fail "prove ended with $got"
sed -n 's/.*"assertion":"\([^"]*\)","verdict":"\([^"]*\)".*/\1 \2/p' "$work/out" | sort -t: -k2n >said
cmp -s said want || fail "wrong: $(diff said want)"
says 'q is clocked by a register and takes what changes at the same moment'
says 'q takes a clock as data'
says 'q has a clock from logic'

# random_bench MODULE PORTS: resets while each clock ticks by itself, then each input changes
# when it likes, several at once as it happens. Clocks change before other inputs.
random_bench() {
	local p keep clocks=() others=() reset='' level=1
	for p in $2; do
		case $p in
		clk | a | b) clocks+=("$p") ;;
		rst) reset=rst ;;
		rst_n) reset=rst_n level=0 ;;
		*) others+=("$p") ;;
		esac
	done
	echo "module bench;"
	for p in $2; do echo "reg $p = 0;"; done
	echo "integer i; $1 u ($(for p in $2; do printf '.%s(%s),' "$p" "$p"; done | sed 's/,$//'));"
	echo "initial begin"
	[ -z "$reset" ] || echo "$reset = !$level; #1 $reset = $level;"
	[ -z "$reset" ] || for p in "${clocks[@]}"; do echo "repeat (4) begin #1 $p = 1; #1 $p = 0; end"; done
	# shellcheck disable=SC2016 # Verilog
	[ -z "$reset" ] || others+=("$reset")
	echo "for (i = 0; i < 3000; i = i + 1) begin"
	for p in "${clocks[@]}"; do
		[ "$1" != apart ] && keep='' || keep="&& !(a || b)"
		echo "if (\$urandom % 3 == 0) $p = !$p $keep;"
	done
	echo "#1;"
	for p in "${others[@]}"; do
		if [ "$p" = "$reset" ]; then
			echo "$p = \$urandom % 16 ? !$level : $level;"
		else
			echo "if (\$urandom % 3 == 0) $p = !$p;"
		fi
	done
	echo "#1; end \$finish; end endmodule"
}

grep '^module' k.sv | sed 's/module \([a-z_]*\)(input \(.*\), output.*/\1 \2/;s/,//g' >modules
[ "$(wc -l <modules)" -ge 12 ] || fail "these are not all"
while read -r name ports; do
	[ "$(awk -v m="$name" '/^module/ { on = index($2, m "(") == 1 } on && /\/\/ proved$/' k.sv)" ] || continue
	awk -v m="$name" '/^module/ { on = index($2, m "(") == 1 } on' k.sv | grep -q past && continue # not in Icarus
	random_bench "$name" "$ports" >"$name.v"
	iverilog -g2012 -s bench -o "$name.vvp" "$name.v" k.sv 2>"$name.log" || fail "$name is not built: $(cat "$name.log")"
	timeout 600 vvp -n "$name.vvp" >"$name.out" 2>&1 || fail "$name does not run"
	sed -n 's/^ERROR: \(k.sv:[0-9]*\):.*/\1/p' "$name.out" | sort -u >broken
	grep ' proved$' said | cut -d' ' -f1 | grep -xFf - broken >liars && fail "Icarus breaks what is proved: $(cat liars)"
	cat broken >>all_broken
done <modules
# The same runs must break what fails, or they could break nothing.
[ "$(sort -u all_broken | wc -l)" -ge 5 ] || fail "the runs show nothing"
exit 0
