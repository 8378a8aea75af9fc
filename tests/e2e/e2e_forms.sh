#!/usr/bin/env bash
# Ordinary projects with a project file of some tool: the files that the author gives to
# the tools are used, however close a leftover copy is.
# shellcheck disable=SC2015,SC2016
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need verilator iverilog

# fresh NAME: a project in which the design is rtl/not1.v; the copy beside the testbench
# would be nearer to it and is wrong.
fresh() {
	mkdir -p "$work/$1/rtl" "$work/$1/tb" && cd "$work/$1" || fail "no folder"
	printf 'module not1(input a, output y);\n  assign y = ~a;\nendmodule\n' >rtl/not1.v
	printf 'module not1(input a, output y);\n  assign y = a;\nendmodule\n' >tb/not1.v
	bench tb/not1_tb.v
}
# bench FILE [DUMP]: its testbench.
bench() {
	cat >"$1" <<-V
	\`define STRING(x) \`"x.vcd\`"
	module not1_tb;
	  reg a; wire y; integer errors = 0, n;
	  not1 dut(.a(a), .y(y));
	  initial begin
	    ${2:-}
	    for (n = 0; n < 2; n = n + 1) begin
	      a = n[0]; #1 if (y !== ~a) errors = errors + 1;
	    end
	    if (errors == 0) \$display("all passed"); else \$display("%0d errors", errors);
	    \$finish;
	  end
	endmodule
	V
}
# right: what the author means is taken, with both engines.
right() {
	local engine
	status 0 lint
	says "lint ok"
	for engine in icarus verilator; do
		status 0 sim --one --engine $engine
		says "PASS 2 checks"
	done
}

fresh none
status 1 sim --one --engine icarus # the oracle: without a description the copy is taken
for form in 'files.f' 'sources.txt' 'sim/rtl.lst' 'file_list.txt'; do
	fresh "list-${form//\//-}"
	mkdir -p sim
	printf '// for iverilog -c\nrtl/not1.v\ntb/not1_tb.v\n' >"$form"
	right
done
fresh prose
printf 'Sources are rtl/not1.v and tb/not1_tb.v\n' >sources.txt
status 1 sim --one --engine icarus
status 0 files
silent_on "sources.txt"

fresh library
printf -- '-y rtl +libext+.v\ntb/not1_tb.v\n' >files.f
right

fresh modelsim
mkdir sim
printf '[Library]\nwork = work\n[Project]\nProject_Files_Count = 2\nProject_File_0 = D:/ann/lab/%s\nProject_File_1 = ../tb/not1_tb.v\n' \
	rtl/not1.v >sim/lab.mpf
right
cd "$work" && mkdir elsewhere && cd elsewhere || fail "no folder"
status 0 sim --one --engine icarus ../modelsim/tb/not1_tb.v # an option's value stands before
says "PASS 2 checks"

# apio: all sources beside apio.ini, with the macro that names the waves; another exercise
# has modules of the same names.
for lab in one two; do
	fresh labs-$lab && mkdir -p "$work/labs/$lab" && cd "$work/labs/$lab" || fail "no folder"
	mv "$work/labs-$lab/rtl/not1.v" .
	printf '[env]\nboard = icezum\ntop-module = not1\n' >apio.ini
	bench not1_tb.v '$dumpfile(`STRING(`VCD_OUTPUT)); $dumpvars(0, not1_tb);'
done
cd "$work/labs" && sed -i 's/~a;/a;/' two/not1.v || fail "no labs"
cd one && status 0 sim --one --engine icarus
says "PASS 2 checks"
silent_on "VCD_OUTPUT"
cd ../two && status 1 sim --one --engine icarus
says "FAIL"

# A Makefile names the waves by what only make knows, and passes a plusarg.
fresh macros
bench tb/not1_tb.v '$dumpfile(`WAVES); if (!$value$plusargs("n=%d", n)) begin $display("no n"); $finish; end'
cat >Makefile <<'M'
T ?= not1_tb
sim:
	iverilog -o s -DWAVES=\"$(shell date).vcd\" rtl/not1.v tb/$(T).v
	vvp s +n=2
M
right
silent_on "WAVES"

# The list of an exercise defines nothing: what the Makefile of all of them does counts.
fresh shared
mkdir two && cp rtl/not1.v two/not2.v && cp tb/not1_tb.v two/not2_tb.v
sed -i 's/not1/not2/g' two/*.v && sed -i 's/n = 0; n < 2/n = 0; n < `TIMES/' two/not2_tb.v
printf 'two/not2.v\ntwo/not2_tb.v\n' >two/two.f
printf 'sim:\n\tiverilog -o s -DTIMES=2 rtl/not1.v tb/not1_tb.v\n' >Makefile
for engine in icarus verilator; do
	status 0 sim --one --engine $engine two/not2_tb.v
	says "PASS 2 checks"
done

# Settings with a name that has a blank, and one that reaches nothing.
fresh blanks
mkdir one "two boards"
printf 'broken\n' >one/board.vh
printf '`define NOT ~\n' >"two boards/board.vh"
printf '`include "board.vh"\nmodule not1(input a, output y);\n  assign y = `NOT a;\nendmodule\n' | tee rtl/not1.v >tb/not1.v
status 0 set include "two boards"
right
status 0 lint -G DEPTH=3
notes "no top module here has a parameter DEPTH: its value reaches nothing"

# A list takes variables from what gives it to the tool.
for form in Makefile run.sh; do
	fresh "variables-$form"
	mkdir -p sim
	printf '${RTL}/${CHOSEN}_impl.v\n$(TB)/not1_tb.v\n' >sim/files.f
	mv rtl/not1.v rtl/slow_impl.v
	cp tb/not1.v rtl/fast_impl.v # what would be taken by its name
	if [ $form = Makefile ]; then
		printf 'kind ?= slow\nexport RTL := $(CURDIR)/rtl\nifndef CHOSEN\n\texport CHOSEN = $(kind)\nendif\nsim:\n\tTB=tb iverilog -c sim/files.f -o s\n' >Makefile
	else
		printf 'export RTL=$PWD/rtl\nexport CHOSEN=${CHOSEN:-slow} TB="./tb"\nvcs -f sim/files.f -svinputport=compat\n' >run.sh
	fi
	right
	status 0 files
	silent_on "not known"
	silent_on "not a module's name"
done

# Prose is a hint where nothing else says anything, and Perl is a script.
fresh readme
cat >README.md <<'E2'
# not1

The design; tb/not1.v is an old copy.

```verilog
// iverilog tb/not1.v
```

~~~console
$ cd sim
$ iverilog -g2012 -DSTEPS=2 \
    -o not1 rtl/not1.v tb/not1_tb.v missing.v
iverilog: tb/not1.v: this is output
~~~
E2
right
status 0 files
says "named in README.md:11"
says "defines: STEPS=2"
silent_on "missing.v"
printf 'all:\n\tiverilog tb/not1.v tb/not1_tb.v\n' >Makefile # it knows better
status 1 sim --one --engine icarus
printf 'The command is iverilog rtl/not1.v.\n\n    verilator --lint-only rtl/not1.v tb/not1_tb.v\n' >README.md
rm Makefile
right

fresh perl
cat >run.pl <<'E2'
#!/usr/bin/perl
# system("iverilog tb/not1.v tb/not1_tb.v");
my ($rtl, $seed) = @ARGV;
my $rtl = 'rtl';
my @files = ("$rtl/not1.v");
push(@files, qw(tb/not1_tb.v));
my $options = "-DA=1" . " -DB"; $options .= " -o 'a b'";
foreach my $n (1, 2) {
  system("iverilog $options " . join(' ', @files)) == 0 or die "no: $!";
}
__END__
system("iverilog tb/not1.v tb/not1_tb.v");
E2
right
status 0 files
says "named in run.pl:9"
says "defines: A=1 B"
for call in '`iverilog rtl/not1.v @{files}`;' 'qx{iverilog $files[0] rtl/not1.v tb/not1_tb.v};' 'exec "iverilog", "rtl/not1.v", "tb/not1_tb.v";'; do
	printf 'my @files = ("tb/not1_tb.v");\nmy $out = 1;\n%s\n' "$call" >run.pl
	right
done
