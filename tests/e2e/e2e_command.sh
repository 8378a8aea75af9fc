#!/usr/bin/env bash
# A testbench that is not Verilog: a command run in the sandbox and judged by its exit
# status and its test report.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need make verilator g++
mkdir -p "$work/p/test" "$work/p/rtl" && cd "$work/p"
echo 'module inv(input a, output y); assign y = ~a; endmodule' >rtl/inv.v
cat >test/run.sh <<'EOT'
#!/bin/sh
# run.sh WHAT: writes a report of that kind.
cd "$(dirname "$0")" || exit 9
echo "the design has $(wc -l <../rtl/inv.v) line"
touch ../rtl/made_by_the_test
case $1 in
good) echo '<testsuite><testcase name="a"/><testcase name="b"/><testcase name="c"><skipped/></testcase></testsuite>' >results.xml ;;
bad) echo "<testsuite><testcase name=\"a\"/><testcase classname=\"t\" name=\"b\" file=\"$PWD/run.sh\" lineno=\"3\"><failure message=\"y is 1, not 0\"/></testcase></testsuite>" >results.xml; exit 1 ;;
odd) echo '<testsuite><testcase name="a"/></testsuite>' >results.xml; exit 4 ;;
empty) echo '<testsuite/>' >results.xml ;;
broken) echo '<testsuite>' >results.xml ;;
none) exit 2 ;;
endless) while :; do :; done ;;
words) echo 'FAIL: y is 1' ; exit 1 ;;
pass) echo 'PASS 3 checks' ;;
escape) cat "$HOME/secret" 2>/dev/null; echo '<testsuite><testcase name="a"/></testsuite>' >results.xml ;;
esac
EOT
chmod +x test/run.sh
echo 'the secret of the home folder' >"$HOME/secret"
echo '<testsuite><testcase name="old"/></testsuite>' >test/results.xml
for what in good bad odd empty broken none endless escape; do
	echo "testbench add $what cmd:\"./test/run.sh $what\" results=test/results.xml"
done >.posedgerc
printf 'testbench add words cmd:"./test/run.sh words"\ntestbench add pass cmd:"./test/run.sh pass"\ntestbench add nothing cmd:"no_such_program"\n' >>.posedgerc
cp -r . "$work/before"

# The file is untrusted, and a command is not one of the safe settings.
status 2 sim good
notes "not trusted"
silent_on "the design has"
status 0 trust
status 0 sim good
says "PASS 2 checks"
says "1 test was skipped"
says "the design has 1 line"
status 1 sim bad
says "FAIL test/run.sh:3 t.b: y is 1, not 0"
status 2 sim odd
says "did not run: all 1 tests in test/results.xml passed, but \`./test/run.sh odd\` ended with status 4"
status 3 sim empty
says "no verdict: test/results.xml holds no test that ran"
status 2 sim broken
says "test/results.xml is no report of tests: line 2"
# The report of an earlier run in the project does not count.
status 2 sim none
says "did not run: \`./test/run.sh none\` ended with status 2 and wrote no test/results.xml"
status 2 sim nothing
says "could not be run (status 127)"
status 1 sim words
says "FAIL"
status 0 sim pass
says "PASS 3 checks"
# All of them again, with the texts of that time; a changed script is reported.
status 0 replay --rerun
says "9 lints and simulations run again: 0 differ"
cp test/run.sh "$work/run.sh"
sed -i "s/^pass) echo 'PASS 3/pass) echo 'PASS 4/" test/run.sh
status 1 replay --rerun
says "PASS 4 checks"
cp "$work/run.sh" test/run.sh
# Only commands in a trusted posedgerc are run, whatever the session contains.
mv .posedgerc "$work/rc"
status 3 replay --rerun
notes "was a command of the project's own: such are run again where a trusted posedgerc has its line"
silent_on "the design has"
mv "$work/rc" .posedgerc
printf 'set sim.run_seconds 1\nset sim.build_seconds 1\n' >>"$XDG_CONFIG_HOME/posedge/posedgerc"
status 2 sim endless
says "stopped by the time limit of 2 s"
rm "$XDG_CONFIG_HOME/posedge/posedgerc"
look_for_isolation >/dev/null
if [ $isolated = yes ]; then
	status 0 sim escape
	silent_on "the secret of the home folder"
fi
# Their output is stored with the runs, not in the project.
diff -r -x .posedge "$work/before" . || fail "a testbench wrote into the project"
[ -n "$(find .posedge/sessions -path '*/written/rtl/made_by_the_test')" ] || fail "what it wrote is not kept"
grep -q '"engine":"command"' .posedge/sessions/*/journal.jsonl || fail "the runs are not recorded"

# Mistakes in the option.
status 2 testbench add x cmd:ls
notes "put this line into the project's .posedgerc"
rc() {
	echo "$1" >"$XDG_CONFIG_HOME/posedge/posedgerc"
	status 0 backends
	notes "$2"
	rm "$XDG_CONFIG_HOME/posedge/posedgerc"
}
rc 'testbench add x results=r.xml' 'testbench x: no command'
rc 'testbench add x cmd:ls results=../r.xml' "it leaves the project"
rc 'testbench add x cmd:ls report=r.xml' "results=FILE or waves=FILE was expected"
rc 'testbench add a/b cmd:ls' "a name of letters, digits and _ was expected"
rc 'testbench inv' "only \`testbench add\` is allowed in a file"

# Verilator with a custom main program; its waves open like any others.
cp -r "$srcdir/tests/e2e/projects/cpp" "$work/cpp" && chmod -R u+w "$work/cpp" && cd "$work/cpp"
mv .posedgerc rc
status 2 sim
notes "test/main.cpp is a C++ testbench for Verilator of gray: \`testbench add NAME cmd:\"make -C test\"\`"
mv rc .posedgerc
status 0 trust
status 0 sim
says "PASS 16 checks"
grep -q 'enddefinitions' .posedge/waves/steps.vcd || fail "there are no waves"
[ ! -e test/obj_dir ] || fail "it was built in the project"
sed -i 's/bin >> 1/bin >> 2/' rtl/gray.v
status 1 sim steps
says "FAIL gray.step2: test/main.cpp:32 1 and 2 differ in more than one bit"
says "4'h4"
