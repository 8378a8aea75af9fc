#!/usr/bin/env bash
# bench: the files stored beside the rows, and that nothing is lost. A run killed at 50
# moments, parts of a run from several machines, the size limit of waves, links of the
# HTML page, and the figures of `report` against exact fractions in Python.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp

cd "$work" || exit 9
plain() { sed -E 's/"seconds":\{[^}]*\}//' "$1" | sort; }

# Killed 50 times in the middle of a write, it ends with the rows of a single run.
for i in $(seq 1500); do
	echo "{\"repo_name\":\"r\",\"context\":[],\"file_path\":\"a.v\",\"cropped_code\":\"module a;\",\"next_line\":\"wire q$((i % 7));\"}"
done >lines.jsonl
for i in $(seq 1500); do
	printf '{"problem":"lines-%06d","completion":"wire q%d;"}\n' "$i" $((i % 3))
done >said.jsonl
status 0 bench rtl-repo lines.jsonl --answers said.jsonl --out once.jsonl
plain once.jsonl >want
[ "$(wc -l <want)" = 1500 ] || fail "not each sample has a row"
RANDOM=18
: >killed.jsonl
mkdir scratch
for turn in $(seq 50); do
	got=0
	{
		ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0 LD_PRELOAD=$builddir/tests/lib/bad_disk.so \
			BAD_DISK=torn BAD_DISK_AT=$((RANDOM % 20 + 1)) TMPDIR=$work/scratch \
			"$posedge" bench rtl-repo lines.jsonl --answers said.jsonl --resume killed.jsonl || got=$?
	} >/dev/null 2>&1
	[ $got = 137 ] || fail "run $turn ended with $got and was not killed"
done
status 0 bench rtl-repo lines.jsonl --answers said.jsonl --resume killed.jsonl
plain killed.jsonl | cmp -s - want || fail "killed 50 times it has other rows"

# Leftovers of a killed run in the temporary folder are removed by a later run, unless
# they are in use.
mkdir -p temporary/posedge-bench.killed/0 temporary/posedge-bench.new temporary/posedge-bench.busy temporary/other
echo x >temporary/posedge-bench.killed/0/x.sv
mkdir elsewhere
ln -s "$work/elsewhere" temporary/posedge-bench.link
touch -h -d '2 hours ago' temporary/* elsewhere
if command -v flock >/dev/null; then
	touch temporary/posedge-bench.new
	TMPDIR=$work/temporary flock temporary/posedge-bench.busy \
		"$posedge" bench rtl-repo lines.jsonl --only 'lines-000001' --references >/dev/null || fail "a run with leftovers"
	[ "$(ls temporary | tr '\n' ' ')" = 'other posedge-bench.busy posedge-bench.link posedge-bench.new ' ] ||
		fail "of the leftovers there is $(ls temporary)"
	[ -d elsewhere ] || fail "a link was followed"
fi

# Parts from seven machines add up to the whole.
for i in 1 2 3 4 5 6 7; do
	status 0 bench rtl-repo lines.jsonl --answers said.jsonl --shard $i/7 --out part$i.jsonl
done
cat part[1-7].jsonl >parts.jsonl
plain parts.jsonl | cmp -s - want || fail "the parts are not the whole"

# A suite in which one fails, one does not build and one passes.
mkdir suite
for name in good wrong broken; do
	echo "Build TopModule: y is a and b." >suite/${name}_prompt.txt
	echo 'module RefModule(input a, b, output y); assign y = a & b; endmodule' >suite/${name}_ref.sv
	cat >suite/${name}_test.sv <<'V'
module tb;
  reg [1:0] v = 0; wire r, d; integer errors = 0, clocks = 0;
  RefModule good1 (.a(v[0]), .b(v[1]), .y(r));
  TopModule top_module1 (.a(v[0]), .b(v[1]), .y(d));
  always begin #5 clocks = clocks + 1; if (r !== d) errors = errors + 1; v = v + 1; end
  initial #100 $finish;
  final $display("Mismatches: %1d in %1d samples", errors, clocks);
endmodule
V
done
cat >ask.sh <<'S'
#!/bin/sh
n=$(cat n 2>/dev/null || echo 0)
echo $((n + 1)) >n
grep -o '"seed":[0-9]*' >>seeds
set -- 'y = a ;' 'y = a | b;' 'y = a \& b;'
shift $((n % 3))
printf '{"text":"[BEGIN]\\nmodule TopModule(input a, b, output y); assign %s endmodule\\n[DONE]\\n"}\n{"finish":"stop"}\n' "$(printf %s "$1" | sed 's/\\//')"
S
sed -i 's/y = a ;/y = a +;/' ask.sh
chmod +x ask.sh
printf 'backend add three exec cmd="%s/ask.sh"\nset backend three\n' "$work" >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 0 bench verilog-eval suite --jobs 1 --out kept.jsonl --waves 1
says "1 of 3 pass"
[ -s seeds ] && fail "a seed was sent"
row() { grep "\"problem\":\"$1\"" kept.jsonl; }
row wrong | grep -q '"class":"\."' || fail "the order of the answers is another: $(cat kept.jsonl)"
row broken | grep -q '"wave_path":""' || fail "what did not build has waves"
row good | grep -q '"question_path":"good_question.txt","wave_path":"good_sample01\.' || fail "no waves are told: $(row good)"
wave=kept.waves/$(row good | sed 's/.*"wave_path":"\([^"]*\)".*/\1/')
# shellcheck disable=SC2015
[ -s "$wave" ] && [ "$(find kept.waves -type f | wc -l)" = 1 ] || fail "the waves are $(ls kept.waves)"
grep -q 'y is a and b' kept.answers/good_question.txt || fail "the question is not kept"
status 0 bench verilog-eval suite --answers kept.answers --out again.jsonl
says "1 of 3 pass"
grep -q 'belong to no problem' "$work/out" && fail "questions are taken for answers"
# Each sample has a seed of its own, the same for each problem.
status 0 bench verilog-eval suite --jobs 1 --seed 41 --samples 2 --examples 0 --out seeded.jsonl
[ "$(sort seeds | uniq -c | tr -s ' ' | tr '\n' ,)" = ' 3 "seed":41, 3 "seed":42,' ] || fail "the seeds are $(cat seeds)"
[ "$(grep -o '"sample":.*"seed":[0-9]*' seeded.jsonl | sed 's/"sample":\([12]\).*:/\1 /' | sort | uniq -c | tr -s ' ' | tr '\n' ,)" = ' 3 1 41, 3 2 42,' ] ||
	fail "the rows' seeds are others: $(cat seeded.jsonl)"
grep -q '"setup":"extract=official seed=41"' seeded.jsonl || fail "the row lacks the first seed"
# The size limit includes the files of earlier runs.
mkdir full.waves
truncate -s 1M full.waves/other
status 0 bench verilog-eval suite --answers kept.answers --waves 1 --only good --out full.jsonl
grep -q '"wave_path":""' full.jsonl || fail "the limit of waves does not hold"
status 2 bench verilog-eval suite --answers kept.answers --waves 1
notes "--waves keeps them next to the rows: give --out"
status 2 bench rtl-repo lines.jsonl --references --waves 1 --out x.jsonl
notes "rtl-repo has no waves to keep"
status 2 bench rtl-repo lines.jsonl --references --engine icarus
notes "rtl-repo has no choice of an engine"
status 2 bench verilog-eval suite --tools on
notes "--tools is for tasks"

# Another engine: its verdict, in the same letters.
if command -v verilator_bin >/dev/null && command -v g++ >/dev/null; then
	status 0 bench verilog-eval suite --answers kept.answers --engine verilator --out other.jsonl
	letters=$(sed 's/.*"problem":"\([a-z]*\)".*"class":"\(.\)".*/\1 \2/' other.jsonl | sort | tr '\n' ',')
	[ "$letters" = "broken R,good C,wrong .," ] || [ "$letters" = "broken C,good R,wrong .," ] || fail "by Verilator the letters are $letters"
	grep -q '"setup":"extract=official engine=verilator".*"tools":"posedge [^"]*Verilator' other.jsonl || fail "the row lacks its engine"
fi

# The page's links lead to files, and its rows are words of one and of several files.
status 0 bench report kept.jsonl --html page.html --csv table.csv
says "kept: 3 samples of verilog-eval"
# shellcheck disable=SC2013
for link in $(grep -o 'href="[^"]*"' page.html | cut -d'"' -f2); do
	[ -f "$link" ] || fail "the page links to $link"
done
grep -q 'href="kept.waves/good_sample01' page.html || fail "the page lacks the waves"
grep -q 'href="kept.answers/wrong_question.txt"' page.html || fail "the page lacks the question"
grep -q '<th>first failure' page.html && grep -q '</span>.*<td>does not pass: ' page.html || fail "the page lacks the reasons"

# A page elsewhere leads to the same files, also from a name that means something in a link,
# and two files about different problems are not compared.
mkdir 'pages' 'runs #1'
cp -r kept.jsonl kept.answers kept.waves 'runs #1'
grep '"problem":"good"' kept.jsonl >'runs #1/good.jsonl'
grep '"problem":"wrong"' kept.jsonl >'runs #1/wrong.jsonl'
status 0 bench report 'runs #1/kept.jsonl' --html pages/page.html
# shellcheck disable=SC2013
for link in $(grep -o 'href="[^"]*"' pages/page.html | cut -d'"' -f2); do
	link=${link//%20/ }
	[ -f "pages/${link//%23/#}" ] || fail "pages/page.html leads to $link"
done
grep -q 'href="../runs%20%231/kept.answers/' pages/page.html || fail "the page elsewhere has no links"
status 0 bench report 'runs #1/good.jsonl' 'runs #1/wrong.jsonl' --html pages/two.html
grep -q '<th>first failure' pages/two.html && fail "with two files it is not clear whose failure it is"
says 'wrong against good: they have no problem in common'
grep -q 'they have no problem in common' pages/two.html || fail "the page compares different problems"
head -1 kept.jsonl >one.jsonl
status 0 bench report one.jsonl
says "one: 1 sample of verilog-eval"

# A file without rows, such as an empty part, is reported as one and gives no score; nor
# does one in which nothing could be judged.
: >none.jsonl
status 3 bench report none.jsonl --html none.html --csv none.csv
says "none: no rows"
printf '{"suite":"rtl-repo","problem":"a\\u202eb\\u0007c<","sample":1,"class":".","verdict":"pass"}\n' >turned.jsonl
status 0 bench report turned.jsonl --html turned.html
grep -qF '<td>a\u202eb\x07c&lt;' turned.html || fail "a name turns the page: $(tail -n 3 turned.html)"
grep -q '<h2>none</h2><p>No rows' none.html || fail "the page does not say that there are no rows"
[ "$(wc -l <none.csv)" = 1 ] || fail "the table of no rows has rows"
status 3 --json bench report none.jsonl
says '"mean":null'
status 3 bench compare none.jsonl
says "no rows"
status 0 bench report none.jsonl one.jsonl --html none.html
says "none: no rows" "one: 1 sample of verilog-eval" "one against none: they have no problem in common"
sed 's/"class":"."/"class":"?"/' one.jsonl >grey.jsonl
status 0 bench report grey.jsonl --html grey.html
says "pass@1                 unknown: no sample was judged"
grep -q '0\.0&nbsp;%' grey.html && fail "the page has a score of what was not judged"
: >pieces.jsonl
for part in 1 2 3 4; do
	status 0 bench rtl-repo lines.jsonl --only 'lines-00000[12]' --references --shard $part/4 --out piece$part.jsonl
	cat piece$part.jsonl >>pieces.jsonl
done
says "rtl-repo: part 4 of 4 has no samples"
status 0 bench rtl-repo lines.jsonl --only 'lines-00000[12]' --references --resume pieces.jsonl
says "rtl-repo: nothing is left to judge" "2 were judged before"
sed 's/"class":"."/"class":"?"/' pieces.jsonl >grey.jsonl
status 0 bench report grey.jsonl none.jsonl
says "by the same judge: unknown, none was judged"
status 0 bench rtl-repo lines.jsonl --only 'lines-00000[12]' --references --resume none.jsonl
says "2 of 2 pass"
status 0 bench report none.jsonl --html none.html
says "by the same judge: 2 of 2 (100.0 %)"
grep -q 'own solutions reach 100.0' none.html || fail "the page of solutions alone is empty"
status 2 bench report none.jsonl pieces.jsonl
notes "none and pieces are both of the suite's own solutions"
status 0 bench compare none.jsonl
says "differ on 0 of 2"

command -v python3 >/dev/null || exit 0
python3 - <<'P' || fail "the table is no CSV"
import csv
rows = list(csv.DictReader(open("table.csv")))
assert sorted(r["problem"] for r in rows) == ["broken", "good", "wrong"], rows
assert sum(int(r["passed"]) for r in rows) == 1, rows
P

# Letters on the page are readable on white and on black: a contrast of 4.5 to 1, as
# WCAG 2.1 requires.
python3 - <<'P' || fail "the page's letters are faint"
import re
def light(c):
    v = [int(c[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    v = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in v]
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]
def contrast(a, b):
    a, b = sorted((light(a), light(b)))
    return (b + 0.05) / (a + 0.05)
css = open("page.html", encoding="utf-8").read().split("</style>")[0]
themes = re.findall(r":root\{[^}]*\}", css)
assert len(themes) == 2, themes
for theme, ground in zip(themes, ("ffffff", "121212")):
    for name in ("pass", "fail", "grey"):
        color = re.search(r"--%s:#([0-9a-f]{6})[;}]" % name, theme).group(1)
        assert contrast(color, ground) >= 4.5, (name, color, ground, contrast(color, ground))
P

# pass@k, and the paired test with one sample each, as exact fractions.
python3 - <<'P' || fail "could not make rows"
import json, random
random.seed(18)
def rows(name, n, p):
    with open(name, "w") as f:
        for i in range(40):
            for s in range(1, n + 1):
                f.write(json.dumps({"suite": "verilog-eval", "task": "", "problem": "p%02d" % i, "sample": s,
                    "class": "." if random.random() < p[i % len(p)] else "R", "verdict": "pass", "backend": "b", "setup": ""}) + "\n")
rows("many.jsonl", 20, [0.05, 0.5, 0.9, 0.1])
rows("a.jsonl", 1, [0.4])
rows("b.jsonl", 1, [0.5])
# Few enough problems to enumerate: each choice of six out of six, each swap of ten.
def few(name, passed):
    with open(name, "w") as f:
        for i, c in enumerate(passed):
            for s in range(3):
                f.write(json.dumps({"suite": "verilog-eval", "task": "", "problem": "p%02d" % i, "sample": s + 1,
                    "class": "." if s < c else "R", "verdict": "pass", "backend": "b", "setup": ""}) + "\n")
few("six.jsonl", [0, 1, 1, 2, 3, 3])
few("c.jsonl", [0, 1, 1, 2, 3, 1, 0, 2, 1, 0])
few("d.jsonl", [1, 3, 1, 3, 3, 2, 2, 1, 3, 1])
rows("never.jsonl", 1, [0])
rows("always.jsonl", 1, [1.1])
P
status 0 --json bench report six.jsonl
cp "$work/out" six.json
status 0 bench report c.jsonl d.jsonl
cp "$work/out" swaps.txt
status 0 --json bench report many.jsonl
cp "$work/out" many.json
status 0 bench report b.jsonl a.jsonl
cp "$work/out" pair.txt
status 0 bench report never.jsonl always.jsonl --html sure.html
says '; p < 0.001 (McNemar'
grep -q '; p < 0.001 (McNemar' sure.html || fail "the page has another p"
python3 - <<'P' || fail "the statistics are others"
import json, re
from fractions import Fraction
from math import comb
def read(name):
    all = {}
    for line in open(name):
        r = json.loads(line)
        all.setdefault(r["problem"], []).append(r["class"] == ".")
    return all
got = json.loads(open("many.json").read().strip().splitlines()[-1])
s = (got.get("sets") or [got])[0]
for key in ("pass", "pass_at_k"):
    k = s[key]["k"]
    exact = [1 - Fraction(comb(len(v) - sum(v), k), comb(len(v), k)) for v in read("many.jsonl").values()]
    mean = sum(exact) / len(exact)
    assert abs(float(mean) - s[key]["mean"]) < 1e-6, (key, float(mean), s[key])
assert s["pass_at_k"]["k"] == 20, s
a, b = read("a.jsonl"), read("b.jsonl")
gain = sum(a[p][0] > b[p][0] for p in a)
loss = sum(a[p][0] < b[p][0] for p in a)
n = gain + loss
p = min(Fraction(1), 2 * sum(Fraction(comb(n, i), 2 ** n) for i in range(min(gain, loss) + 1)))
m = re.search(r"a against b: .* points; better on (\d+) problems?, worse on (\d+), .* p = ([0-9.]+) \(McNemar", open("pair.txt").read())
assert m and (int(m[1]), int(m[2])) == (gain, loss), (open("pair.txt").read(), gain, loss)
assert abs(float(m[3]) - float(p)) <= 0.0005, (m[3], float(p))

# The percentile bootstrap tries 4000 of 6^6 choices: its ends are where 2.5 % of all are below
# and above, as near as so many trials come to it (five of their standard deviations).
from itertools import product
rates = [Fraction(sum(v), 3) for v in read("six.jsonl").values()]
means = [sum(c) / 6 for c in product(rates, repeat=6)]
s = json.loads(open("six.json").read().strip().splitlines()[-1])
s = (s.get("sets") or [s])[0]["pass"]
near = 5 * (0.025 * 0.975 / 4000) ** 0.5
below = lambda x: sum(m < x - 1e-5 for m in means) / len(means)
upto = lambda x: sum(m <= x + 1e-5 for m in means) / len(means)
assert abs(s["mean"] - float(sum(rates) / 6)) < 1e-6, s
assert below(s["low"]) - near <= 0.025 <= upto(s["low"]) + near, (s, below(s["low"]), upto(s["low"]))
assert below(s["high"]) - near <= 0.975 <= upto(s["high"]) + near, (s, below(s["high"]), upto(s["high"]))

# The randomization test tries 4000 of 2^10 swaps.
c, d = read("c.jsonl"), read("d.jsonl")
diff = [Fraction(sum(d[p]) - sum(c[p]), 3) for p in c]
seen = abs(sum(diff))
exact = sum(abs(sum(x * y for x, y in zip(diff, signs))) >= seen for signs in product((1, -1), repeat=10)) / 1024
m = re.search(r"d against c: .* p = ([0-9.]+)", open("swaps.txt").read())
assert m and 0.005 < exact < 0.5, (open("swaps.txt").read(), exact)
assert abs(float(m[1]) - exact) <= 5 * (exact * (1 - exact) / 4000) ** 0.5 + 0.001, (m[1], exact)
P

# A busy server is left alone by all jobs: of two questions asked together the first is refused,
# with a second to wait, and the other answered; no further one comes within that second.
cat >busy.py <<'P'
import http.server, itertools, os, threading, time
number, second, refused = itertools.count(1), threading.Event(), threading.Event()
at = [0.0]
class Busy(http.server.BaseHTTPRequestHandler):
    def log_message(self, *a):
        pass
    def do_POST(self):
        n = next(number)
        self.rfile.read(int(self.headers["Content-Length"]))
        if n == 1:
            second.wait(60)
            at[0] = time.monotonic()
            self.send_response(429)
            self.send_header("Retry-After", "1")
            self.end_headers()
            refused.set()
            return
        if n == 2:
            second.set()
            refused.wait(60)
            time.sleep(0.3)  # the refusal arrives before this answer
        elif n == 3:
            open("third", "w").write("early" if time.monotonic() - at[0] < 1 else "late")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"choices":[{"message":{"content":"wire q1;"},"finish_reason":"stop"}]}')
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Busy)
threading.Thread(target=lambda: (time.sleep(120), server.shutdown()), daemon=True).start()
open("port.new", "w").write(str(server.server_port))
os.rename("port.new", "port")
server.serve_forever()
P
python3 busy.py &
server=$!
for _ in $(seq 1000); do
	[ -f port ] && break
	sleep 0.01 # a condition with a limit, looked at again
done
printf 'backend add busy openai url=http://127.0.0.1:%s/v1 model=m\n' "$(cat port)" >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 0 bench rtl-repo lines.jsonl --only 'lines-00000[0-3]' --backend busy --jobs 2 --out busy.jsonl
kill $server
says "of 3 pass"
[ "$(cat third)" = late ] || fail "the third question came while the server was busy"
exit 0
