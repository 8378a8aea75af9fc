"""wave diff against a slow reading of the same dumps, time unit by time unit:
check_diff.py POSEDGE FOLDER PAIRS. Dumps are random: units, aliases, scopes, widths, x, z, reals,
values cut short, and a clock in half of them."""
import json
import random
import subprocess
import sys

posedge, folder, pairs = sys.argv[1], sys.argv[2], int(sys.argv[3])
dice = random.Random(16)
UNITS = [("1ns", 1000), ("100ps", 100), ("10 ps", 10), ("1ps", 1)]  # in ps


class Run:
    """Signals by full name: width (0: real), and the value at each time up to the end."""

    def __init__(self):
        self.unit, self.scale = dice.choice(UNITS)
        self.end = dice.randint(5, 60)
        self.signals = {}
        self.alias = {}


def value(width):
    if width == 0:
        return dice.choice(["0.5", "1.25", "-3", "1e3"])
    return "".join(dice.choice("0101010xz") for _ in range(width))


def fill(run, name, width, like):
    old = value(width) if dice.random() < 0.8 else None
    row = []
    for t in range(run.end + 1):
        if dice.random() < 0.2:
            old = value(width)
        if like and t < len(like) and like[t] is not None and dice.random() < 0.98:
            old = like[t]
        row.append(old)
    run.signals[name] = (width, row)


def clock(run, name):
    half = dice.randint(1, 4)
    run.signals[name] = (1, [str(t // half % 2) for t in range(run.end + 1)])


def make():
    a, b = Run(), Run()
    if dice.random() < 0.5:
        b.unit, b.scale = a.unit, a.scale
    clocked = dice.random() < 0.5
    for run in (a, b):
        if clocked:
            clock(run, "tb.clk")
    for i in range(dice.randint(1, 8)):
        name = dice.choice(["tb", "tb.dut", "tb.dut.u1"]) + ".s%d" % i
        width = dice.choice([0, 1, 1, 2, 5, 33])
        fill(a, name, width, None)
        if dice.random() < 0.9:
            other = width if dice.random() < 0.9 else 7
            fill(b, name, other, a.signals[name][1] if other == width else None)
    if dice.random() < 0.3:
        fill(b, "tb.extra", 3, None)
    for name in list(a.signals):  # a second name of the same nets in both
        if dice.random() < 0.2 and name != "tb.clk":
            for run in (a, b):
                if name in run.signals:
                    run.alias[name + "_too"] = name
    return a, b, clocked


def short(bits):
    """A VCD may leave out leading characters that the rule of extension gives back."""
    while len(bits) > 1 and dice.random() < 0.5 and (
            bits[0] == "0" and bits[1] in "01" or bits[0] in "xz" and bits[1] == bits[0]):
        bits = bits[1:]
    return bits


def write(run, path):
    ids, lines = {}, ["$timescale %s $end" % run.unit]
    names = {**{n: n for n in run.signals}, **run.alias}
    for name, net in names.items():
        ident = ids.setdefault(net, "!%d" % len(ids))
        width = run.signals[net][0]
        parts = name.split(".")
        lines += ["$scope module %s $end" % p for p in parts[:-1]]
        kind = ("real 64" if width == 0 else "wire %d" % width) + " %s %s" % (ident, parts[-1])
        lines.append("$var %s%s $end" % (kind, " [%d:0]" % (width - 1) if width > 1 else ""))
        lines += ["$upscope $end"] * (len(parts) - 1)
    lines.append("$enddefinitions $end")
    for t in range(run.end + 1):
        lines.append("#%d" % t)
        for name, (width, row) in run.signals.items():
            if row[t] is None or t > 0 and row[t] == row[t - 1]:
                continue
            if width == 0:
                lines.append("r%s %s" % (row[t], ids[name]))
            elif width == 1:
                lines.append(row[t] + ids[name])
            else:
                lines.append("b%s %s" % (short(row[t]), ids[name]))
    with open(path, "w", encoding="ascii") as f:
        f.write("\n".join(lines) + "\n")


def unlike(x, y, width):
    """0: alike; 1: one of them is not known; 2: they differ."""
    if x is None or y is None:
        return 0 if x is y else 1
    if width == 0:
        return 0 if float(x) == float(y) else 2
    if any(c != d and c in "01" and d in "01" for c, d in zip(x, y)):
        return 2
    return 0 if x == y else 1


def edges(row):
    return [t for t in range(1, len(row)) if row[t] == "1" and row[t - 1] != "1"]


def places(a, b, clocked):
    """The pairs of times whose values are compared."""
    if clocked:
        return [(s - 1, t - 1) for s, t in zip(edges(a.signals["tb.clk"][1]), edges(b.signals["tb.clk"][1]))]
    fine = 1000 if a.scale == b.scale == 1000 else 1  # the finer power of ten of the units
    last = min(a.end * a.scale, b.end * b.scale) // fine
    return [(k * fine // a.scale, k * fine // b.scale) for k in range(last + 1)]


def expect(a, b, at):
    found, same, other = {}, 0, 0
    for name in set(a.signals) & set(b.signals):
        width = a.signals[name][0]
        if width != b.signals[name][0]:
            other += 1 + sum(v == name for v in a.alias.values())
            continue
        same += len(at) > 0
        kinds = [unlike(a.signals[name][1][s], b.signals[name][1][t], width) for s, t in at]
        bad = [i for i, k in enumerate(kinds) if k]
        if bad:
            found[name] = (bad[0], len(bad), kinds.count(1))
    return found, same, other


def status(found, same, other):
    return 1 if found or other else 0 if same else 3


def check(n):
    a, b, clocked = make()
    files = ["%s/%s.vcd" % (folder, s) for s in "ab"]
    write(a, files[0])
    write(b, files[1])
    at = places(a, b, clocked)
    on = ["--on", "tb.clk"] if clocked else []
    r = subprocess.run([posedge, "--json", "wave", "diff", *files, *on], capture_output=True, text=True, check=False)
    rows = [json.loads(line) for line in r.stdout.splitlines()]
    got = {row["signal"]: (row["edge" if clocked else "place"], row["differs"], row["unknown"]) for row in rows[:-1]}
    found, same, other = expect(a, b, at)
    want = (found, same, len(at), other, status(found, same, other))
    total = rows[-1]
    have = (got, total["signals"], total["compared"], total["other_width"], r.returncode)
    assert have == want, "pair %d: %s\nwant %s\nhave %s\n%s" % (n, files, want, have, r.stderr)
    return have[-1]


ends = [check(n) for n in range(pairs)]
print("%d pairs: %s" % (pairs, ", ".join("%d with status %d" % (ends.count(s), s) for s in (0, 1, 3))))
