#!/usr/bin/env bash
# Odd files, full disks, two posedge in one folder, a project's rc file: each gives one
# sentence, and nothing is lost.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin
rc=$XDG_CONFIG_HOME/posedge/posedgerc
fresh() { cd "$work" && drop p "$POSEDGE_TEST_DIGESTS" && mkdir p && cd p; }
# answer TEXT: the model's answer.
answer() { printf '%s' "$1" >"$work/answer.md"; printf 'backend add m fake file=%s/answer.md\nset backend m\n' "$work" >"$rc"; }

# A change to a file preserves its line endings, its mode, its other bytes, a missing
# final newline, and the link that names it.
fresh
printf 'module a;\r\n  wire x;\r\n  wire y;\r\nendmodule' >a.sv
chmod 640 a.sv && mkdir real && mv a.sv real/a.sv && ln -s real/a.sv a.sv
answer $'```verilog a.sv\nmodule a;\n  wire x;\n  wire z;\nendmodule\n```\n'
status 0 ask "rename y" --file a.sv --apply
[ -L a.sv ] || fail "the link became a file"
[ "$(stat -c %a real/a.sv)" = 640 ] || fail "the mode was lost"
printf 'module a;\r\n  wire x;\r\n  wire z;\r\nendmodule' | cmp - real/a.sv || fail "line ends were changed"
fresh
printf 'module l;\n  wire x; // \xe4\xf6\n  wire y;\nendmodule\n' >l.sv
answer $'```\n<<<<<<< SEARCH\n  wire y;\n=======\n  wire z;\n>>>>>>> REPLACE\n```\n'
status 0 ask "rename y" --file l.sv --apply
printf 'module l;\n  wire x; // \xe4\xf6\n  wire z;\nendmodule\n' | cmp - l.sv || fail "bytes that are no UTF-8 were changed"

# Empty, read-only, gone, a folder, a device.
fresh
: >e.sv
answer $'```verilog e.sv\nmodule e;\nendmodule\n```\n'
status 0 ask "fill it" --file e.sv --apply
grep -q "^module e" e.sv || fail "an empty file was not filled"
if [ "$(id -u)" != 0 ]; then
	mkdir ro && : >ro/r.sv && chmod 444 ro/r.sv && chmod 555 ro
	status 2 ask "fill it" --file ro/r.sv --apply
	chmod 755 ro
fi
mkdir d.sv
status 2 lint d.sv
status 2 lint gone.sv
ln -s /dev/zero z.sv
status 2 lint z.sv
mkfifo pipe.sv
status 2 lint pipe.sv

# Changed by another program while a suggestion is open: refused, both are kept.
fresh
printf 'module c;\nendmodule\n' >c.sv
answer $'```verilog c.sv\nmodule c;\n  wire a;\nendmodule\n```\n'
status 0 ask "a wire" --file c.sv
printf 'module c;\n  wire mine;\nendmodule\n' >c.sv
status 0 ask "a wire" --file c.sv
grep -q mine c.sv || fail "asking wrote the file"
says "-  wire mine;"

# 73 MB and a line of 10 MB: read, linted or refused with a sentence, in time.
fresh
{ echo "module big;"; yes '  wire [7:0] a_rather_long_name_for_a_wire_in_a_big_file;' | head -c 73000000 | sed 's/^/\/\//'; echo "endmodule"; } >big.sv
status 2 instance big
notes "big.sv is unreadable or larger than 4 MB and was not looked into"
{ printf 'module longline; //'; head -c 10000000 /dev/zero | tr '\0' x; printf '\nendmodule\n'; } >long.sv
# (Verilator itself needs 44 s for such a line; a tenth of it is quick.)
{ printf "module shorter; //"; head -c 1000000 /dev/zero | tr "\0" x; printf "\nendmodule\n"; } >shorter.sv
status 0 lint shorter.sv
status 0 instance shorter

# A full disk while saving: the old file is intact, and an error is reported. A limit on
# file size fails like a full disk.
fresh
{ echo "module s;"; for i in $(seq 3000); do echo "  wire w$i; // some text that makes the file long enough"; done; echo "endmodule"; } >s.sv
cp s.sv s.before
# Only a part of it fits into a request, so the answer is an edit.
printf '`s.sv`\n```verilog\n<<<<<<< SEARCH\nendmodule\n=======\n  wire last;\nendmodule\n>>>>>>> REPLACE\n```\n' >"$work/answer.md"
status 0 ask "a wire" --file s.sv
(ulimit -f 100; "$posedge" ask "a wire" --file s.sv --apply >"$work/out" 2>"$work/err")
got=$?
[ $got = 2 ] || fail "on a full disk it ended with $got"
cmp s.sv s.before || fail "the old file was touched"
[ -z "$(find . -name '*.tmp*' -o -name '.s.sv*')" ] || fail "a part of a file was left: $(ls -A)"
notes "s.sv"
# While recording: the existing record can be read, and recording can continue later.
fresh
cp -r "$srcdir/docs/example/." .
answer $'```verilog rtl/other.sv\nmodule other;\nendmodule\n```\n'
status 0 ask one --file rtl/other.sv
{ printf '```verilog rtl/other.sv\nmodule other;\n'; for i in $(seq 3000); do echo "  wire w$i; // $i"; done; printf 'endmodule\n```\n'; } >"$work/answer.md"
(ulimit -f 20; "$posedge" ask two --file rtl/other.sv >"$work/out" 2>"$work/err")
got=$?
[ $got = 2 ] || fail "recording on a full disk ended with $got"
status 0 log
says "one"
answer $'```verilog rtl/other.sv\nmodule other;\nendmodule\n```\n'
status 0 ask three --file rtl/other.sv
status 0 log
says "three"

# Two posedge in one folder: the second has a session of its own beside it.
fresh
printf 'module t;\nendmodule\n' >t.sv
mkfifo "$work/keep"
"$posedge" --plain <"$work/keep" >"$work/first" 2>&1 &
first=$!
exec 8>"$work/keep"
echo "/lint" >&8
for _ in $(seq 3000); do grep -q "lint ok" "$work/first" && break; sleep 0.01; done # a condition with a limit
status 0 lint
status 0 lint
[ "$(find .posedge/sessions -name journal.jsonl | wc -l)" -ge 2 ] || fail "both wrote into one session"
echo "/lint" >&8
echo "/quit" >&8
exec 8>&-
wait $first || fail "the first posedge ended with $?"
status 0 log

# A project's rc: nothing in it has an effect until it is trusted, and forbidden
# settings never have; after a change it must be trusted again.
fresh
rm -f "$rc"
printf 'module t;\nendmodule\n' >t.sv
printf 'backend add evil fake text=hello\nset lint.style on\n' >.posedgerc
status 0 backends
notes "not trusted"
grep -q "^evil" "$work/out" && fail "an untrusted rc added a backend"
status 0 trust
status 0 backends
says "evil"
printf 'backend add evil2 fake text=hello\n' >>.posedgerc
status 0 backends
notes "not trusted"
silent_on evil2
rm .posedgerc && ln -s /etc/passwd .posedgerc
status 0 backends
silent_on "root:"
rm .posedgerc && head -c 2000000 /dev/zero >.posedgerc
status 0 backends
exit 0
