#!/usr/bin/env bash
# bench: extracting code from an answer by the published rules. Sixty answers, composed
# of marks, fences and modules in random order, are compared with a slow Python version
# of the rules, using the hash of the code that each row stores.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp python3

mkdir -p "$work/data" "$work/answers" && cd "$work" || exit 9
echo "Write a wire." >data/Prob1_prompt.txt
printf 'module RefModule(input a, output b);\n  assign b = a;\nendmodule\n' >data/Prob1_ref.sv
# shellcheck disable=SC2016 # it is Verilog
printf 'module tb;\n  initial $display("Mismatches: 0 in 1 samples");\nendmodule\n' >data/Prob1_test.sv

cat >rules.py <<'P'
import hashlib, json, random, sys

def taken(answer):
    """The lines of the code that an answer to spec-to-rtl has."""
    lines = answer.splitlines()  # Python's ends of lines, of which there are many
    begun = [i for i, l in enumerate(lines) if l.lstrip().startswith("[BEGIN]")]
    if begun:
        first = begun[0]
        code = [] if lines[first].strip() == "[BEGIN]" else [lines[first].lstrip().replace("[BEGIN]", "")]
        for l in lines[first + 1:]:
            if l.strip() == "[DONE]":
                return code
            if l.rstrip().endswith("[DONE]"):
                return code + [l.rstrip().replace("[DONE]", "")]
            code.append(l)
        return []
    fences = [i for i, l in enumerate(lines) if l.startswith("```")]
    if len(fences) >= 2:
        return lines[fences[0] + 1:fences[1]]
    starts = [i for i, l in enumerate(lines) if l.startswith("module TopModule")]
    ends = [i for i, l in enumerate(lines) if l.startswith("endmodule")]
    if starts and not (ends and ends[0] < starts[0]):
        heads = [i for i, l in enumerate(lines) if l.strip().startswith("module TopModule")]
        lines = lines[heads[0]:]
        before = [l for l in answer.splitlines()[:heads[0]] if l.strip().startswith("endmodule")]
        if before:
            return []
    last = [i for i, l in enumerate(lines) if l.strip().startswith("endmodule")]
    lines = lines[:last[0] + 1] if last else lines
    return [l for l in lines if not l.startswith("```")]

PARTS = ["Here it is.", "[BEGIN]", "  [BEGIN]  ", "[BEGIN] wire x;", "[DONE]", " [DONE] ", "wire y; [DONE]", "say [BEGIN] twice",
         "```verilog", "```", " ```", "module TopModule(input a, output b);", "  module TopModule(input a);", "module Other;",
         "  assign b = a;", "endmodule", "  endmodule // of it", "endmodules", "", "a\vb", "a\fendmodule", "a\u2028endmodule", "a\x85b",
         "a\x1cmodule TopModule;", "tab\t[DONE]", "\u00a0[BEGIN]", "caf\u00e9", "[BEGIN][DONE]", "[BEGIN] [BEGIN] q", "``` code", "a\rb"]
whole = ["module TopModule(input a, output b);", "  assign b = a;", "endmodule"]
random.seed(2024)
answers = [[], whole, ["[BEGIN]"] + whole + ["[DONE]"], ["```verilog"] + whole + ["```"], ["```"] + whole,
           whole + ["```", "x", "```"], ["endmodule"] + whole, ["[BEGIN]"] + whole]
while len(answers) < 60:
    body = [random.choice(PARTS) for _ in range(random.randrange(1, 9))]
    if random.random() < 0.5:
        at = random.randrange(len(body) + 1)
        body[at:at] = whole
    answers.append(body)
texts = [random.choice(["\n", "\r\n"]).join(a) + random.choice(["", "\n"]) for a in answers]
if sys.argv[1] == "make":
    for i, t in enumerate(texts):
        open("answers/Prob1_sample%02d_response.txt" % (i + 1), "wb").write(t.encode())
    sys.exit(0)
rows = {r["sample"]: r for r in map(json.loads, open("rows.jsonl", encoding="utf-8"))}
assert len(rows) == 60, len(rows)
wrong = 0
for i, t in enumerate(texts):
    code = "\n" + "".join(l + "\n" for l in taken(t))
    if rows[i + 1]["code_hash"] != hashlib.sha256(code.encode()).hexdigest():
        print("answer", i + 1, repr(t), "should give", repr(code))
        wrong += 1
assert len({r["code_hash"] for r in rows.values()}) > 25
sys.exit(wrong > 0)
P
python3 rules.py make || fail "no answers were made"
timeout 600 "$posedge" bench verilog-eval data --task spec-to-rtl --answers answers --jobs 2 --out rows.jsonl >out 2>&1 </dev/null
[ "$(wc -l <rows.jsonl)" = 60 ] || fail "not each answer has a row: $(tail -2 out)"
python3 rules.py check || fail "other code was taken"

# An answer that was cut while reasoning has no code, although the published rules would
# use its text.
mkdir "$work/cut" && cd "$work/cut" || exit 9
cat >model.sh <<'S'
#!/bin/sh
cat >/dev/null
echo >>"$0.asked"
[ $(($(wc -l <"$0.asked") % 2)) = 1 ] && text='I think' || text='module TopModule(input a, output b); assign b ='
printf '{"text":"%s"}\n{"finish":"length"}\n' "$text"
S
chmod +x model.sh
printf 'backend add one exec cmd="%s/model.sh"\nset backend one\n' "$PWD" >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 0 bench verilog-eval ../data --samples 2 --jobs 1 --out cut.jsonl
status 0 bench report cut.jsonl
says "cut by length          2, 1 of them without code"
exit 0
