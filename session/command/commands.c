/* Only rows: a command's arguments and their number, where it can be used, one line
 * of help, its options and its function. The shell, rc files, help, completion, the
 * manual page and the screen's palette read them through a struct cmd_table.
 */
#include "config.h"

#include "session/command/commands.h"

#include <stddef.h>
#include <stdint.h>

#include "session/workbench/cmd_design.h"

#define ANY SIZE_MAX

static const struct cmd_opt backends_opts[] = {
	{ "--find", NULL, "look for model servers on the usual ports of this machine" },
	{ "--test", NULL, "ask each, or NAME, a tiny question and say what failed" },
	{ NULL, NULL, NULL },
};

#define SUGGEST_OPTS                                                                        \
	{ "--apply", NULL, "write the whole suggestion; the journal says so" },             \
		{ "--backend", "NAME", "use this backend instead of the one that is set" }, \
		{ "--file", "PATH", "the file that code without a name belongs to" },       \
	{                                                                                   \
		"--fresh", NULL, "send no earlier question and answer of the session"       \
	}

static const struct cmd_opt ask_opts[] = {
	SUGGEST_OPTS,
	{ "--role", "ROLE",
	  "use the backend of a role: fix, plan or judge (see `set backend.fix`)" },
	{ "--show", NULL, "send nothing; list what would be sent, with tokens" },
	{ "--whole", NULL, "with --show: print the whole text" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt btw_opts[] = {
	{ "--backend", "NAME", "use this backend instead of the one that is set" },
	{ "--show", NULL, "send nothing; list what would be sent, with tokens" },
	{ "--whole", NULL, "with --show: print the whole text" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt critique_opts[] = {
	{ "--backend", "NAME", "use this backend instead of backend.judge" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt suggest_opts[] = {
	SUGGEST_OPTS,
	{ NULL, NULL, NULL },
};

static const struct cmd_opt context_opts[] = {
	{ "--whole", NULL, "print the whole text" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt waive_opts[] = {
	{ "--apply", NULL, "write it; the journal says so" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt lint_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--style", NULL, "count style findings, and print them one by one" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt sim_opts[] = {
	CMD_DESIGN_OPTS,
	CMD_RUN_OPTS,
	{ "--engine", "NAME", "auto, verilator or icarus" },
	{ "--one", NULL, "with engine auto, do not confirm the verdict with the other simulator" },
	{ "--no-trace", NULL, "write no waves" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt coverage_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--bits", NULL, "also list the bits that never change" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt mutants_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--max", "N", "at most N mutants, chosen evenly (100)" },
	{ "--no-proof", NULL, "do not ask yosys which survivors are equivalent" },
	{ "--seconds", "N", "time for all runs after the build (60)" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt bench_opts[] = {
	{ "--answers", "PATH", "judge stored completions: a folder, or JSON lines" },
	{ "--backend", "NAME", "use this backend instead of the one that is set" },
	{ "--csv", "FILE", "report: write a row for each problem" },
	{ "--engine", "NAME", "simulate with this engine instead of Icarus" },
	{ "--examples", "N", "show N examples with each question (0)" },
	{ "--extract", "RULES", "how code is taken from an answer: official, or posedge" },
	{ "--flow", "NAME", "tasks: which command answers: ask, fix or solve" },
	{ "--html", "FILE", "report: write a page" },
	{ "--jobs", "N", "judge N at a time (2)" },
	{ "--only", "GLOB", "only the problems whose names match" },
	{ "--out", "FILE", "append a JSON row for each sample" },
	{ "--rate", "N", "send at most N requests a minute" },
	{ "--references", NULL, "judge the suite's own solutions: the score that can be reached" },
	{ "--resume", "FILE", "continue this file of rows, and skip what is judged there" },
	{ "--rounds", "N", "let the model correct a failure, up to N answers in all" },
	{ "--samples", "N", "samples of each problem (1)" },
	{ "--seconds", "N", "start no sample after N seconds" },
	{ "--seed", "N", "ask sample 1 of each problem with seed N, sample 2 with N+1, ..." },
	{ "--shard", "I/N", "do part I of N, for one machine of several" },
	{ "--temperature", "T", "temperature of the backend" },
	{ "--tools", "on|off", "tasks: give the model tools or not" },
	{ "--task", "NAME", "the suite's task: spec-to-rtl or code-complete-iccad2023" },
	{ "--waves", "MB", "keep the waves of failures next to the rows, up to MB in all" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt wave_opts[] = {
	{ "--add", "NAME,...",
	  "add signals to the viewer's window (`dut.q` where `q` is ambiguous)" },
	{ "--after", NULL, "with --eval: values after the edge instead of before it" },
	{ "--at", "TIME", "put the cursor there: 30ns, #12 (a cycle), 30 (units of the dump)" },
	{ "--draw", NULL, "print the waves as a picture" },
	{ "--eval", "EXPR",
	  "print SystemVerilog expressions ($past, $rose, ...), separated by `;`" },
	{ "--from", "TIME", "begin there: 30ns, 1.5us, #12 (a cycle), 30 (units of the dump)" },
	{ "--on", "EDGE",
	  "with --eval: sample at each posedge clk instead of each change; with diff: the clock to "
	  "align by" },
	{ "--plain", NULL, "print what changes when, in words" },
	{ "--rows", "N", "with --eval: at most N rows (1000)" },
	{ "--signals", "NAME,...", "only these signals (`dut.q` where `q` is ambiguous)" },
	{ "--source", NULL, "let GTKWave show the source with the values at its marker" },
	{ "--svg", NULL, "print the waves as SVG" },
	{ "--text", NULL, "print the waves as a table, a line for each time" },
	{ "--to", "TIME", "end there" },
	{ "--tui", NULL, "show the waves on this terminal even if there is a display" },
	{ "--wavejson", NULL, "print the waves as WaveJSON, for WaveDrom" },
	{ "--when", "EXPR", "with --eval: only rows where this holds" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt equiv_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--depth", "N", "without a proof, check N steps after the reset (20)" },
	{ "--reset", "NAME,...", "the reset inputs, NAME=0 for active low; none: drive no reset" },
	{ "--seconds", "N", "time limit for each module (60)" },
	{ "--suggestion", "N", "compare the file with what suggestion N would make of it" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt prove_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--depth", "N", "without a proof, check N steps after the reset (20)" },
	{ "--reset", "NAME,...", "the reset inputs, NAME=0 for active low; none: drive no reset" },
	{ "--seconds", "N", "time limit for all assertions of a module (60)" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt files_opts[] = {
	CMD_DESIGN_OPTS,
	CMD_RUN_OPTS,
	{ NULL, NULL, NULL },
};

static const struct cmd_opt new_opts[] = {
	{ "--language", "NAME", "verilog2001, verilog2005 or sv2017" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt apply_opts[] = {
	{ "--apply", NULL, "write all of it at once; the journal says so" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt assert_opts[] = {
	{ "--bind", NULL, "in a module of their own, in a new file, bound to MODULE" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt explain_opts[] = {
	{ "--grain", "GRAIN", "line, block or module (the default, which is also rebuilt)" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt solve_opts[] = {
	{ "--best", "NUMBER", "at most this many candidates, up to 12 (4)" },
	{ "--all", NULL, "ask for all candidates even after one passes" },
	{ "--testbench", "NAME", "the testbench that judges the candidates" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt replay_opts[] = {
	{ "--speed", "NUMBER", "play this many times faster (on the screen)" },
	{ "--plain", NULL, "print the timeline, with pauses left out, also on a terminal" },
	{ "--rerun", NULL, "lint and simulate again with today's tools and say where they differ" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt find_opts[] = {
	{ "--digest", NULL, "describe a module: ports, blocks, instances and data flow" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt why_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--steps", "NUMBER",
	  "print at most this many steps (12); 1: the signal's own driver only" },
	{ "--wave", "FILE", "use these waves instead of the last run's" },
	{ "--try", NULL,
	  "first run the testbench with small changes of the design, at most 30 s, and list those "
	  "with which it passes" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt review_opts[] = {
	{ "--suggestion", "NUMBER", "review this one instead of the first that waits" },
	{ "--git", NULL, "review what differs from REV (HEAD) in the work tree" },
	{ "--hardware", NULL, "show which hardware changes: by what was taken, or by all of it" },
	{ "--take", "UNITS", "take these lines: 1,3-5, all or rest" },
	{ "--refuse", "UNITS", "refuse these lines" },
	{ "--smallest", NULL, "find the fewest hunks with which the testbench passes" },
	{ "--undecide", "UNITS", "take the decision on these lines back" },
	{ "--apply", NULL, "write what was taken, close what was refused" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt export_opts[] = {
	{ "--html", NULL, "one self-contained page, to read, print and show" },
	{ "--markdown", NULL, "a report" },
	{ "--cast", NULL, "asciicast v2, for asciinema and its player" },
	{ "--pairs", NULL, "JSON lines: what you wrote and what was proposed (needs consent)" },
	{ "--sft", NULL, "JSON lines: what was taken unchanged and passed (needs consent)" },
	{ "--explanations", NULL, "JSON lines: explanations with their code (needs consent)" },
	{ "--repairs", NULL,
	  "JSON lines: how a file came to pass, each step scored (needs consent)" },
	{ "--triples", NULL,
	  "JSON lines: spec, design and tests that pass now; runs them (needs consent)" },
	{ "--as", "NAME", "use the exporter of a loaded plugin" },
	{ "-o", "FILE", "write to FILE instead of printing" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt handin_opts[] = {
	{ "--anyway", NULL, "also if a file seems to hold a secret" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt sessions_opts[] = {
	{ "--rename", NULL, "give session ID a NAME" },
	{ "--archive", NULL, "pack session ID into .posedge/archive/ID.tar.zst" },
	{ "--delete", NULL, "move session ID to the trash; asks first" },
	{ "--restore", NULL, "bring session ID back from the trash or the archive" },
	{ "--adopt", NULL, "continue session ID, which somebody else recorded; asks first" },
	{ "--empty", NULL, "empty the trash for good; asks first" },
	{ "--yes", NULL, "do not ask" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt verify_opts[] = {
	{ "--code", "CODE", "compare with a code that was noted elsewhere" },
	{ "--csv", NULL, "print one CSV row each" },
	{ "--report", "FILE", "write a hand-in's session as a page" },
	{ "--rerun", NULL, "run a hand-in's lints and simulations again, in the sandbox" },
	{ NULL, NULL, NULL },
};

const struct cmd commands[] = {
	{ "apply", "FILE.diff", 1, 1, CMD_SHELL, "bring a diff into review", apply_opts, cmd_apply,
	  NULL,
	  "Any unified diff, as git, diff or a model prints it. Nothing is written before you "
	  "decide." },
	{ "ask", "QUESTION...", 1, ANY, CMD_BOTH | CMD_TEXT,
	  "ask the backend; code in its answer becomes a suggestion", ask_opts, cmd_ask, NULL,
	  "@FILE, @FILE:10-40 and @lint in QUESTION go along with it, and so does an image." },
	{ "assert", "[MODULE]", 0, 1, CMD_SHELL,
	  "generate assertions from the requirements, and prove them", assert_opts, cmd_flow, NULL,
	  "A model writes them from spec.md. Each one is parsed and proved, or shown to fail; "
	  "those that hold are suggested." },
	{ "backend", "add NAME PROTOCOL [KEY=VALUE...]", 3, ANY, CMD_RC, "configure a backend",
	  NULL, cmd_backend, NULL },
	{ "backends", "[NAME]", 0, 1, CMD_SHELL,
	  "list the backends, test them, find servers on this machine", backends_opts, cmd_backends,
	  NULL },
	{ "bench", "SUITE DIR | report FILE... | compare FILE", 1, ANY, CMD_SHELL,
	  "judge models, stored answers or a suite's references", bench_opts, cmd_bench, NULL,
	  "The suites and their layouts, the rows and the reports are described in "
	  "docs/bench.md." },
	{ "blame", "FILE", 1, 1, CMD_SHELL, "show who wrote each line: you, a model, or both", NULL,
	  cmd_blame, NULL },
	{ "btw", "QUESTION...", 1, ANY, CMD_BOTH | CMD_TEXT, "ask outside the conversation",
	  btw_opts, cmd_btw, NULL,
	  "Later questions do not include this one, and nothing is proposed." },
	{ "changed", "[PATH...]", 0, ANY, CMD_SHELL,
	  "show what a working agent has changed in its copy so far", NULL, cmd_changed, NULL },
	{ "clarify", "[ANSWER...]", 0, 5, CMD_SHELL,
	  "ask what spec.md leaves open; answers become requirements", NULL, cmd_flow, NULL },
	{ "compact", "", 0, 0, CMD_SHELL,
	  "send a summary instead of all but the last two exchanges", NULL, cmd_compact, NULL },
	{ "complete", "[FILE:LINE[:COLUMN]]", 0, 1, CMD_BOTH,
	  "have a model continue the code at a place", NULL, cmd_flow, NULL,
	  "The result is a suggestion. On the screen, without an argument: at the cursor." },
	{ "completion", "", 0, 0, CMD_SHELL, "print a script that completes commands in bash", NULL,
	  cmd_completion, NULL,
	  "`make install` installs it; elsewhere: source <(posedge completion)" },
	{ "consent", "[yes|no]", 0, 1, CMD_SHELL,
	  "allow or forbid exporting this session as training data", NULL, cmd_consent, NULL,
	  "It is forbidden until you say yes." },
	{ "context", "[on NAME | off NAME]", 0, 2, CMD_BOTH, "list what the last request contained",
	  context_opts, cmd_context, NULL,
	  "`context off NAME` leaves an entry out of later requests, `context on NAME` sends it "
	  "again." },
	{ "coverage", "[TESTBENCH...]", 0, ANY, CMD_SHELL,
	  "show which lines, branches and states testbenches reach", coverage_opts, cmd_coverage,
	  NULL, "Needs Verilator. Without an argument: with the testbench that `sim` takes." },
	{ "critique", "[FILE]", 0, 1, CMD_BOTH,
	  "have a model review a file: findings by line, P0 to P3", critique_opts, cmd_critique,
	  NULL,
	  "Writes nothing. FILE may be left out where the design has one; on the screen it is the "
	  "file in front." },
	{ "differ", "[OLD NEW]", 0, 2, CMD_SHELL,
	  "find an input on which two versions of a module differ", NULL, cmd_flow, NULL,
	  "Without arguments: the module in a file, and what is suggested for it." },
	{ "doctor", "", 0, 0, CMD_SHELL, "check the tools, the sandbox and the terminal", NULL,
	  cmd_doctor, NULL },
	{ "equiv", "[FILE [REV|FILE2|MOMENT]]", 0, 2, CMD_SHELL,
	  "prove that a file does what an earlier version did", equiv_opts, cmd_equiv, NULL,
	  "Compares with HEAD, a git revision, another file, or a moment of the session. Where "
	  "they differ, prints an input that shows it." },
	{ "evidence", "[STEP...]", 0, ANY, CMD_SHELL,
	  "list the causes of the last failure, as `fix` sends them", NULL, cmd_evidence, NULL,
	  "Each STEP is left out of what `fix` and `@why` send or, named again, taken back in." },
	{ "explain", "[MODULE|FILE:LINE]", 0, 1, CMD_SHELL,
	  "have a model explain a module, a block or a line", explain_opts, cmd_flow, NULL,
	  "From the explanation of a module alone the module is rebuilt and compared, which shows "
	  "whether the explanation is complete." },
	{ "explained", "[FILE[:LINE]]", 0, 1, CMD_BOTH,
	  "show stored explanations, and whether they are stale", NULL, cmd_explained, NULL,
	  "On the screen, without an argument: those of the line at the cursor." },
	{ "export", "[SESSION]", 0, 1, CMD_SHELL,
	  "export a session as a page, a report or training data", export_opts, cmd_export, NULL,
	  "Without an argument: the newest session." },
	{ "files", "[TOP|FILE...]", 0, ANY, CMD_SHELL,
	  "show which files belong to which design, and why", files_opts, cmd_files, NULL,
	  "Also what was guessed, and which files are not read." },
	{ "find", "[driven|loads|reset|module|signal] [NAME|PATH|WORD...]", 0, ANY, CMD_BOTH,
	  "find a module or signal, and what drives or reads it", find_opts, cmd_find_in_design,
	  NULL,
	  "By name, path, or words (\"the write pointer of the fifo\"). On the screen a single "
	  "word is a regular expression, searched in this file." },
	{ "fix", "", 0, 0, CMD_BOTH, "have the backend repair the findings or the failing run",
	  suggest_opts, cmd_fix, NULL,
	  "Sends the findings or the failing cycles; the answer is a suggestion." },
	{ "flows", "", 0, 0, CMD_SHELL, "list the design flows, their steps and what each needs",
	  NULL, cmd_flows, NULL },
	{ "fork", "[MOMENT [here|then]]", 0, 2, CMD_BOTH,
	  "start a new session from a moment of this one", NULL, cmd_fork, NULL,
	  "MOMENT is the number of an event, or a mark; without it, the end. Files stay as they "
	  "are; on the screen `fork MOMENT then` restores those of that moment, too." },
	{ "handin", "[NAME]", 0, 1, CMD_SHELL,
	  "seal the session and pack it with the design into one file", handin_opts, cmd_handin,
	  NULL },
	{ "help", "[COMMAND]", 0, 1, CMD_BOTH, "explain a command, or list them", NULL,
	  cmd_help_about, NULL, "`help screen` lists the commands of the screen." },
	{ "instance", "[MODULE]", 0, 1, CMD_BOTH, "print an instance of a module", NULL,
	  cmd_instance, NULL, "On the screen it is suggested at the cursor." },
	{ "lint", "[FILE...]", 0, ANY, CMD_BOTH, "check files, or the whole design", lint_opts,
	  cmd_lint, NULL },
	{ "log", "[TAB]", 0, 1, CMD_BOTH, "show the session so far", NULL, cmd_log, NULL,
	  "On the screen: choose the log's tab, which is lint, sim, wave, trace or history." },
	{ "manual", "", 0, 0, CMD_SHELL, "print the manual page (troff)", NULL, cmd_manual_page,
	  NULL },
	{ "mark", "NAME", 1, 1, CMD_SHELL | CMD_TEXT, "name this moment of the session", NULL,
	  cmd_mark, NULL },
	{ "mcp", "[add|list|trust|remove|call|prompt|read [NAME ...]]", 0, ANY, CMD_SHELL | CMD_RC,
	  "serve posedge's tools over MCP, or add servers of tools", NULL, cmd_mcp, NULL,
	  "Alone: offers lint, simulation and waves to another program by the Model Context "
	  "Protocol, on stdin and stdout. With a word: servers whose tools are offered to models "
	  "here." },
	{ "mutants", "[TESTBENCH]", 0, 1, CMD_SHELL,
	  "show which small changes a testbench would notice", mutants_opts, cmd_mutants, NULL },
	{ "new", "NAME", 1, 1, CMD_SHELL, "create a project: a spec, a module, a testbench",
	  new_opts, cmd_new, NULL },
	{ "note", "TEXT...", 1, ANY, CMD_SHELL | CMD_TEXT, "add a note to the session", NULL,
	  cmd_note, NULL },
	{ "plan", "", 0, 0, CMD_SHELL,
	  "plan the modules of spec.md, check the plan, write the code", NULL, cmd_flow, NULL },
	{ "plugin", "NAME", 1, 1, CMD_RC, "load a plugin from your own or the installed folder",
	  NULL, cmd_plugin, NULL },
	{ "prove", "FILE|MODULE", 1, 1, CMD_SHELL,
	  "prove a module's assertions, or show where one fails", prove_opts, cmd_prove, NULL },
	{ "replay", "[SESSION]", 0, 1, CMD_SHELL,
	  "play a recorded session, on the screen or as text", replay_opts, cmd_replay, NULL },
	{ "review", "[REV]", 0, 1, CMD_BOTH, "decide on pending changes, line by line", review_opts,
	  cmd_review, NULL },
	{ "rewind", "MOMENT", 1, 1, CMD_SHELL | CMD_TEXT,
	  "restore files and suggestions to an earlier moment", NULL, cmd_rewind, NULL,
	  "MOMENT is the number of an event, a mark, or `back`, which undoes the last rewind." },
	{ "seal", "", 0, 0, CMD_SHELL, "sign the session, and print a code to note on paper", NULL,
	  cmd_seal, NULL },
	{ "sessions", "[ID [NAME]]", 0, 2, CMD_SHELL,
	  "list, name, archive, delete or restore sessions", sessions_opts, cmd_sessions, NULL },
	{ "set", "[NAME [VALUE...]]", 0, ANY, CMD_SHELL | CMD_RC | CMD_SAFE, "show or set options",
	  NULL, cmd_set, NULL, "Without a value the option is shown; without a name all are." },
	{ "sim", "[TESTBENCH]", 0, 1, CMD_BOTH, "build and run a testbench, and give its verdict",
	  sim_opts, cmd_sim, NULL },
	{ "solve", "[MODULE]", 0, 1, CMD_SHELL,
	  "generate candidates for a module, judge them, pick one", solve_opts, cmd_flow, NULL,
	  "Tools judge them; the one you pick goes into review." },
	{ "testbench", "[MODULE | add NAME cmd:COMMAND [results=FILE] [waves=FILE]]", 0, 5,
	  CMD_BOTH | CMD_RC, "print a testbench skeleton for a module", NULL, cmd_testbench, NULL,
	  "It has one check to fill in. On the screen it is suggested as a file. `add` registers a "
	  "command that tests the design, such as a cocotb run." },
	{ "tests", "[MODULE|TESTBENCH]", 0, 1, CMD_SHELL,
	  "generate a testbench from spec.md, and test the testbench", NULL, cmd_flow, NULL,
	  "With the name of a testbench: test that one." },
	{ "trust", "", 0, 0, CMD_SHELL, "trust the project's .posedgerc as it is now", NULL,
	  cmd_trust, NULL },
	{ "verify", "[SESSION...]", 0, ANY, CMD_SHELL,
	  "check that a session or hand-in is as it was recorded", verify_opts, cmd_verify, NULL },
	{ "version", "", 0, 0, CMD_SHELL, "print the version", NULL, cmd_version, NULL },
	{ "waive", "FILE:LINE CODE", 2, 2, CMD_SHELL, "propose a pragma that silences one finding",
	  waive_opts, cmd_waive, NULL },
	{ "walk", "[TESTBENCH]", 0, 1, CMD_SHELL, "compare values stated before a run with the run",
	  NULL, cmd_flow, NULL, "They are those of walk.md, or the model's." },
	{ "wave", "[FILE | diff FILE FILE]", 0, 3, CMD_BOTH, "open, print or query waveforms",
	  wave_opts, cmd_wave, NULL,
	  "Reads FILE (VCD, FST or GHW, compressed or not), or the waves of the last run. Opens "
	  "the viewer where there is a display, or reloads its window; else shows them on this "
	  "terminal. `diff` shows where two dumps differ first." },
	{ "why", "[SIGNAL | x] [@TIME]", 0, 2, CMD_SHELL,
	  "trace a signal's value back to its cause", why_opts, cmd_why, NULL,
	  "Prints which statement gave the signal its value, under which conditions and from which "
	  "values, step by step back through registers and modules. Without SIGNAL: what the last "
	  "failing check compared; `x`: where an x comes from." },
	{ NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
