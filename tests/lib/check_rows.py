"""Rows for training against the journal, read by itself: check_rows.py JOURNAL ROWS..."""
import json
import sys

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
    assert r["consent"] is True and "licence" in r and isinstance(r["seeds"], int), r
    assert r["tools"]["posedge"] == start["version"], r["tools"]


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


for path in sys.argv[2:]:
    rows = [json.loads(l) for l in open(path, encoding="utf-8")]
    assert rows, path + " has no rows"
    for r in rows:
        check_from(r)
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
