#!/usr/bin/env bash
# A real session exported in each format and read back by its consumer: Python for JSON
# lines, asciinema and Chromium if installed.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ python3

cd "$work" && cp -R "$srcdir/docs/example" ex && cd ex && rm -f tour.sh
status 2 export --html
notes "there is no session"
status 1 lint
status 0 ask "8-bit up counter with enable and synchronous reset"
status 0 review --take 1-12 --refuse rest --apply
status 1 lint
status 0 ask "8-bit up counter with enable and synchronous reset, and a testbench" --apply
status 0 lint
status 0 sim --engine verilator
status 0 note "a <img src=x onerror=alert(1)> </script> note"
id=$(basename .posedge/sessions/*)

# Invalid arguments.
status 2 export
notes "--html, --markdown, --cast, --pairs, --sft, --repairs, --explanations, --triples or --as NAME"
status 2 export --html --cast
notes "one at a time"
status 2 export no-such-session --html
notes "there is no session no-such-session"
status 2 export ../.. --html
status 0 export --html -o "$work/s.html"
[ ! -s "$work/out" ] || fail "with -o it prints, too"
[ "$(stat -c %a "$work/s.html")" = 600 ] || fail "what may hold a design is open to all"
status 0 export "$id" --html
cmp -s "$work/out" "$work/s.html" || fail "-o and standard output differ"
status 2 export --html -o "$work/no/such/folder.html"

# The page.
grep -q "PASS 666 checks" "$work/s.html" || fail "the page lacks the verdict"
grep -q "<small>[^<]*edited since" "$work/s.html" && fail "the last lint and run are out of date"
grep -q "<svg viewBox" "$work/s.html" || fail "the page lacks the waves"
grep -q "model cookbook #" "$work/s.html" || fail "the page lacks the authors"
grep -q "<img" "$work/s.html" && fail "a note became markup"
grep -qE "(src|href)=\"[^#d]" "$work/s.html" && fail "the page asks for something"
rm -rf .posedge/sessions/*/runs
status 0 export --html
says "The waves of this run are missing"

# The report.
status 0 export --markdown
says '## Question 1'
# shellcheck disable=SC2016
says '### `rtl/counter.sv`'
says 'refused   + '
# shellcheck disable=SC2016
says 'simulation of `counter_tb` with `verilator`: `PASS 666 checks`'

# The recording.
status 0 export --cast -o "$work/s.cast"
python3 - "$work/s.cast" <<'END' || fail "the cast is none"
import json, sys
lines = [json.loads(l) for l in open(sys.argv[1], encoding="utf-8")]
head, events = lines[0], lines[1:]
assert head["version"] == 2 and head["width"] > 0 and head["height"] > 0 and head["timestamp"] > 0
times = [e[0] for e in events]
assert times == sorted(times) and all(b - a <= 2.001 for a, b in zip(times, times[1:]))
assert {e[1] for e in events} == {"o", "m"}
assert [e[2].split(":")[0] for e in events if e[1] == "m"] == ["asked", "asked", "counter_tb", "note"]
END
if command -v asciinema >/dev/null && command -v script >/dev/null; then
	timeout 60 script -qec "asciinema cat $work/s.cast" /dev/null >"$work/out" 2>&1 </dev/null || fail "asciinema does not take it"
	says "PASS 666 checks"
fi

# For training: nothing without consent.
status 2 export --pairs
notes "posedge --session $id consent yes"
status 2 export --sft
status 2 consent maybe
status 0 consent
says "no: session $id may not"
status 0 consent yes
status 0 consent
says "yes: session $id may be"
status 0 export --pairs -o "$work/pairs"
status 0 export --sft -o "$work/sft"
python3 - "$work/pairs" "$work/sft" rtl/counter.sv <<'END' || fail "the records are wrong"
import json, sys
pairs, sft = ([json.loads(l) for l in open(p, encoding="utf-8")] for p in sys.argv[1:3])
assert len(pairs) == 1
p = pairs[0]
assert p["taken"] == 12 and p["refused"] == 9 and p["lint"]["errors"] == 1 and p["consent"] is True
assert "module counter #(" in p["chosen"] and "always_comb" in p["chosen"]
assert "always_comb" not in p["rejected"] and "reset" in p["prompt"]
assert {l["decision"] for l in p["lines"]} == {"taken", "refused"}
assert sorted(r["path"] for r in sft) == ["counter_tb.sv", "rtl/counter.sv"]
for r in sft:
    assert r["because"] == "simulation passed" and r["simulation"]["checks"] == 666
    assert r["completion"] == open(r["path"]).read()
END
# Every row is checked against the journal, which the script reads by itself.
status 0 export --repairs -o "$work/repairs"
python3 "$srcdir/tests/lib/check_rows.py" "$srcdir/docs/flows.md" .posedge/sessions/*/journal.jsonl \
	"pairs=$work/pairs" "sft=$work/sft" "repairs=$work/repairs" ||
	fail "the rows are not what the journal says"
sed 's/"refused":9/"refused":8/' "$work/pairs" >"$work/wrong"
python3 "$srcdir/tests/lib/check_rows.py" "$srcdir/docs/flows.md" .posedge/sessions/*/journal.jsonl "pairs=$work/wrong" 2>/dev/null &&
	fail "the script sees nothing"
python3 - "$(verilator_bin --version)" "$work/sft" "$work/repairs" <<'END' || fail "the versions are not the tool's"
import json, sys
for path in sys.argv[2:]:
    for r in map(json.loads, open(path, encoding="utf-8")):
        t = r["tools"]
        assert t["lint_version"] == t["simulator_version"] == sys.argv[1], t
        assert r["seeds"] == 2, r["seeds"]
END
status 0 export --triples -o "$work/triples"
python3 - "$work/triples" rtl/counter.sv counter_tb.sv <<'END' || fail "the triples are wrong"
import json, sys
rows = [json.loads(l) for l in open(sys.argv[1], encoding="utf-8")]
assert len(rows) == 1, rows
r = rows[0]
assert [(f["path"], f["text"]) for f in r["rtl"]] == [(sys.argv[2], open(sys.argv[2]).read())]
assert [f["path"] for f in r["tests"]] == [sys.argv[3]]
assert r["simulation"] == {"verdict": "pass", "checks": 666} and r["spec"] and r["consent"] is True
assert "licence" in r and r["tools"]["simulator"] and isinstance(r["seeds"], int)
END
# Their licence is that of all the files.
cp rtl/counter.sv "$work/counter.kept" && cp counter_tb.sv "$work/tb.kept"
echo '// SPDX-License-Identifier: MIT' >>rtl/counter.sv
echo '// SPDX-License-Identifier: Apache-2.0' >>counter_tb.sv
status 0 export --triples -o "$work/licensed"
grep -q '"licence":"MIT AND Apache-2.0"' "$work/licensed" || fail "the licences of the files are not the row's"
cp "$work/counter.kept" rtl/counter.sv && cp "$work/tb.kept" counter_tb.sv
python3 "$srcdir/tests/lib/check_rows.py" "$srcdir/docs/flows.md" .posedge/sessions/*/journal.jsonl "triples=$work/triples" ||
	fail "the triples have other members than the manual says"
# It no longer passes: the earlier verdict is not the current one.
cp rtl/counter.sv "$work/kept.sv"
sed -i "s/count + WIDTH'(1)/count + WIDTH'(2)/" rtl/counter.sv
status 0 export --triples
notes "counter_tb passed then and does not now"
[ ! -s "$work/out" ] || fail "what fails is a triple"
cp "$work/kept.sv" rtl/counter.sv
status 0 consent no
status 2 export --pairs
status 2 export --triples

# In a browser: the script runs under the policy, the note is text.
if command -v chromium >/dev/null; then
	timeout 120 chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
		--user-data-dir="$work/chromium" --enable-logging=stderr --dump-dom "file://$work/s.html" \
		>"$work/out" 2>"$work/err" </dev/null || fail "chromium does not take the page"
	says 'note: a &lt;img src=x onerror=alert(1)&gt; &lt;/script&gt; note</p>'
	grep -q '<div class="replay" id="replay">' "$work/out" || fail "the replay did not start"
	grep -q '<tr class="am' "$work/out" || fail "the replay shows no lines"
	grep -qE "CONSOLE|Refused|Uncaught" "$work/err" && fail "the page was refused something"
	timeout 300 python3 "$srcdir/tests/lib/browser.py" "$work/s.html" rtl/counter.sv "$work/chromium2" >"$work/out" 2>&1 ||
		fail "the page in a browser"
fi

# A result for a text that has changed since does not have the colour of a verdict.
status 0 sim --one
status 0 ask "2-bit down counter" --apply
status 0 export --html
for tile in '"><dt>Last lint' 'none"><dt>Last simulation'; do
	grep -q "class=\"tile $tile</dt><dd>[^<]*<small>[^<]*, edited since" "$work/out" ||
		fail "not called out of date: $tile"
done

# One check is not "1 checks".
in_new one
echo 'module t(input a, output y); assign y = a; endmodule' >t.v
cat >t_tb.v <<'END'
module t_tb;
  reg a = 1;
  wire y;
  t dut(a, y);
  initial begin
    #1 if (y !== 1) $display("FAIL"); else $display("PASS 1 check");
    $finish;
  end
endmodule
END
status 0 sim --engine verilator --one
status 0 export --html
says '<small>1 check, 1 run'

# What another program made of a suggestion's file is not the suggestion's result.
in_new changed
cat >t_tb.v <<'END'
module t_tb;
  wire y;
  t dut(y);
  initial #1 if (y !== 1) $display("FAIL y is %b", y); else $display("PASS 1 check");
endmodule
END
printf '%s\n' '--- /dev/null' '+++ b/t.v' '@@ -0,0 +1 @@' "+module t(output y); assign y = 1'b1; endmodule" >t.diff
status 0 apply t.diff
status 0 review --take all --apply
status 0 sim --engine verilator --one
sed -i "s/1'b1/1'b0/" t.v
status 1 sim --engine verilator --one
status 0 export --markdown
says 'Then: `PASS 1 check`.'
silent_on 'Then: `FAIL'
status 1 sim --engine verilator --one
status 3 replay --rerun
says "1 lints and simulations run again: 0 differ"
notes "2 could not be run again: t.v had another text then, which is not in the session"
exit 0
