"""Rows for training against the journal, read by itself, and against the table of members in
docs/flows.md: check_rows.py FLOWS.md JOURNAL FORMAT=ROWS..."""
import json
import re
import sys


def documented(form, text):
    names = set()
    for line in text[text.index("## Rows for training"):].splitlines():
        cells = [c.strip() for c in line.split("|")]
        if len(cells) == 5 and (cells[2] == "all" or form in cells[2].split(", ")):
            names |= set(re.findall(r"`(\w+)`", cells[1]))
    return names


def step_members(text):
    return set(re.findall(r"`(\w+)`", re.search(r"a step has ([^|]*)", text).group(1)))


flows = open(sys.argv.pop(1), encoding="utf-8").read()

events = [json.loads(l) for l in open(sys.argv[1], encoding="utf-8")]
by_n = {e["n"]: e for e in events}
start = events[0]
of = lambda kind, **want: [e for e in events if e["type"] == kind and all(e.get(k) == v for k, v in want.items())]
consent = [e["value"] for e in of("set", name="consent")]
assert consent and consent[-1] == "yes", "no consent in the journal"


def score(r):
    known = lambda name: r[name] or 0
    return 0.2 * known("syntax") + 0.1 * known("lint") + 0.7 * known("function")


def check_from(r):
    assert r["consent"] is True and "licence" in r, r
    assert r["tools"]["posedge"] == start["version"], r["tools"]


def check_tools(r):
    linted = {(e["tool"], e["version"]) for e in of("lint")} | {(None, None)}
    ran = {(by_n[e["run"]]["engine"], e["version"], e["seeds"] - 1) for e in of("verdict")} | {(None, None, None)}
    t = r["tools"]
    assert (t["lint"], t["lint_version"]) in linted, t
    assert (t["simulator"], t["simulator_version"], r["seeds"]) in ran, (t, r["seeds"])


def check_suggestion(r):
    s = by_n[r["suggestion"]]
    ask = by_n[s["ask"]]
    assert s["type"] == "suggest" and s["path"] == r["path"], s
    assert ask["backend"] == r["backend"] and ask["question"] == r["question"], ask
    return s


def check_rewards(w, s):
    units = sum(e["last"] - e["first"] + 1 for e in of("decide", suggestion=s["n"]))
    taken = sum(e["last"] - e["first"] + 1 for e in of("decide", suggestion=s["n"], decision="take"))
    assert abs(w["score"] - score(w)) < 0.002, w
    assert units and abs(w["taken"] - taken / units) < 0.002, (w, taken, units)


def check_run(r, s):
    if not r["simulation"]:
        return
    applied = of("apply", suggestion=s["n"])[-1]["n"]
    runs = [e for e in of("verdict") if by_n[e["run"]]["n"] > applied and s["path"] in by_n[e["run"]]["files"].split("\n")]
    assert any(e["verdict"] == r["simulation"]["verdict"] and e["checks"] == r["simulation"]["checks"] for e in runs), r
    assert r["tools"]["simulator"] in {by_n[e["run"]]["engine"] for e in runs}, r["tools"]
    assert r["tools"]["simulator_version"] in {e["version"] for e in runs}, r["tools"]


for form, path in (a.split("=", 1) for a in sys.argv[2:]):
    rows = [json.loads(l) for l in open(path, encoding="utf-8")]
    assert rows, path + " has no rows"
    for r in rows:
        check_from(r)
        extra = set(r) ^ documented(form, flows)
        assert extra <= ({"lines"} if form == "explanations" else set()), (form, extra)
        if form in ("triples", "explanations"):
            continue
        check_tools(r)
        s = check_suggestion(r)
        if "chosen" in r:
            applied = of("apply", suggestion=s["n"])[-1]
            assert (r["taken"], r["refused"]) == (applied["taken"], applied["refused"]), r["suggestion"]
            assert r["base"] == s["base"]
        if "completion" in r:
            assert not of("decide", suggestion=s["n"], decision="refuse") and r["completion"] == s["proposed"]
        if "rewards" in r:
            check_rewards(r["rewards"], s)
            check_run(r, s)
        behind = None
        for step in reversed(r.get("steps", [])):
            behind = step["score"] if behind is None else (step["score"] + behind) / 2
            assert abs(step["traced"] - behind) < 0.003, (step["score"], step["traced"], behind)
            check_rewards(step["rewards"], by_n[step["suggestion"]])
            check_tools(step)
            assert set(step) == step_members(flows), set(step) ^ step_members(flows)
