/* Rows alone: a command's arguments, how many they may be, where it can be typed, one line of
 * help, its options and its function. The shell, rc files, help, completion, the manual page
 * and the screen's palette read them through a struct cmd_table.
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

#define SUGGEST_OPTS                                                                  \
	{ "--apply", NULL, "write the whole suggestion; the journal says so" },       \
		{ "--backend", "NAME", "instead of the one that is set" },            \
		{ "--file", "PATH", "the file that code without a name is for" },     \
	{                                                                             \
		"--fresh", NULL, "send no earlier question and answer of the session" \
	}

static const struct cmd_opt ask_opts[] = {
	SUGGEST_OPTS,
	{ "--role", "ROLE", "whom to ask: fix, plan or judge, as backend.ROLE says" },
	{ "--show", NULL, "ask nothing: list what would be sent, with tokens" },
	{ "--whole", NULL, "with --show: all of its text" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt btw_opts[] = {
	{ "--backend", "NAME", "instead of the one that is set" },
	{ "--show", NULL, "ask nothing: list what would be sent, with tokens" },
	{ "--whole", NULL, "with --show: all of its text" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt critique_opts[] = {
	{ "--backend", "NAME", "instead of backend.judge, or the one that is set" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt suggest_opts[] = {
	SUGGEST_OPTS,
	{ NULL, NULL, NULL },
};

static const struct cmd_opt context_opts[] = {
	{ "--whole", NULL, "all of its text" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt waive_opts[] = {
	{ "--apply", NULL, "write it; the journal says so" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt lint_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--style", NULL, "style findings count and are shown one by one" },
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
	{ "--bits", NULL, "list the bits that never change, too" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt mutants_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--max", "N", "at most so many, 100; of more they are chosen evenly" },
	{ "--no-proof", NULL, "do not let yosys tell which of those that survive mean the same" },
	{ "--seconds", "N", "for all of them, once they are built, 60" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt bench_opts[] = {
	{ "--answers", "PATH", "judge completions that lie there: a folder, or lines of JSON" },
	{ "--backend", "NAME", "ask this one, not the one that is set" },
	{ "--csv", "FILE", "report: write a line for each problem" },
	{ "--engine", "NAME", "run with this one, not with Icarus" },
	{ "--examples", "N", "show so many examples with each question, 0" },
	{ "--extract", "RULES", "how an answer becomes code: official, or posedge" },
	{ "--flow", "NAME", "tasks: ask, fix, or solve, as the commands of that name" },
	{ "--html", "FILE", "report: write a page" },
	{ "--jobs", "N", "judge so many at a time, 2" },
	{ "--only", "GLOB", "problems of that name" },
	{ "--out", "FILE", "append a row for each sample, JSON" },
	{ "--rate", "N", "send at most so many requests a minute" },
	{ "--references", NULL, "judge the suite's own solutions: what can be reached at all" },
	{ "--resume", "FILE", "the same file again: what is judged there is left out" },
	{ "--rounds", "N", "let it correct what does not pass, N answers at most" },
	{ "--samples", "N", "ask so often for each problem, 1" },
	{ "--seconds", "N", "begin no sample after that" },
	{ "--shard", "I/N", "this machine's part of N" },
	{ "--temperature", "T", "of the backend" },
	{ "--tools", "on|off", "tasks: whether the model gets tools" },
	{ "--task", "NAME", "where a suite has several: spec-to-rtl, code-complete-iccad2023" },
	{ "--waves", "MB", "keep the waves of what fails beside the rows, so much in all" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt wave_opts[] = {
	{ "--add", "NAME,...", "add these to the viewer's window; `dut.q` where `q` is several" },
	{ "--after", NULL, "with --eval: the values after the edge, not those it sees" },
	{ "--at", "TIME", "stand there: 30ns, #12 (a cycle), 30 (its own units)" },
	{ "--draw", NULL, "print a picture of it" },
	{ "--eval", "EXPR",
	  "print what it is: SystemVerilog, with $past, $rose, ...; several with ;" },
	{ "--from", "TIME", "print from there on: 30ns, 1.5us, #12 (a cycle), 30 (its own units)" },
	{ "--on", "EDGE",
	  "--eval: at each posedge clk, else at each change; diff: its clock, else what looks like "
	  "one" },
	{ "--plain", NULL, "print what changes when, in words" },
	{ "--rows", "N", "with --eval: at most so many, 1000" },
	{ "--signals", "NAME,...", "print these; `dut.q` where `q` is several" },
	{ "--source", NULL, "GTKWave shows the source, too, with the values at the marker" },
	{ "--svg", NULL, "print a picture as SVG" },
	{ "--text", NULL, "print a table, one line for each time" },
	{ "--to", "TIME", "print up to there" },
	{ "--tui", NULL, "on this terminal, also where there is a display" },
	{ "--wavejson", NULL, "print it as WaveJSON, for WaveDrom" },
	{ "--when", "EXPR", "with --eval: only where this holds" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt equiv_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--depth", "N", "without a proof look at so many steps behind the reset, 20" },
	{ "--reset", "NAME,...",
	  "drive these at the start, NAME=0 where 0 resets; none: nothing is driven" },
	{ "--seconds", "N", "at most, for each module, 60" },
	{ "--suggestion", "N", "compare what suggestion N would make of its file with the file" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt prove_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--depth", "N", "without a proof look at so many steps behind the reset, 20" },
	{ "--reset", "NAME,...",
	  "drive these at the start, NAME=0 where 0 resets; none: nothing is driven" },
	{ "--seconds", "N", "at most, for the assertions of each module together, 60" },
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
	{ "--grain", "GRAIN", "line, block or module (the usual one, which is also rebuilt)" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt solve_opts[] = {
	{ "--best", "NUMBER", "at most so many candidates, up to 12 (4)" },
	{ "--all", NULL, "ask for all of them, also when one passes" },
	{ "--testbench", "NAME", "which testbench judges them" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt replay_opts[] = {
	{ "--speed", "NUMBER", "so many times faster; on the screen" },
	{ "--plain", NULL, "print the timeline, with pauses left out, also on a terminal" },
	{ "--rerun", NULL, "lint and simulate again with today's tools and say where they differ" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt find_opts[] = {
	{ "--digest", NULL, "a module's ports, blocks and instances, and how data goes" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt why_opts[] = {
	CMD_DESIGN_OPTS,
	{ "--steps", "NUMBER", "show so many steps (12); 1: only the signal's own" },
	{ "--wave", "FILE", "in these waves, not in those of the last run" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt review_opts[] = {
	{ "--suggestion", "NUMBER", "instead of the first that waits" },
	{ "--git", NULL,
	  "first make what differs from REV (HEAD) in the working tree a suggestion" },
	{ "--hardware", NULL,
	  "what changes as hardware: by what was taken, or by all while nothing is decided" },
	{ "--take", "UNITS", "take these: 1,3-5, all or rest" },
	{ "--refuse", "UNITS", "refuse these" },
	{ "--smallest", NULL, "find the fewest places with which the testbench passes" },
	{ "--undecide", "UNITS", "take back the decision on these" },
	{ "--apply", NULL, "write what was taken, close what was refused" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt export_opts[] = {
	{ "--html", NULL, "one page with everything in it, to read, print and show" },
	{ "--markdown", NULL, "a report" },
	{ "--cast", NULL, "asciicast v2, for asciinema and its player" },
	{ "--pairs", NULL,
	  "JSON lines: what was written against what was proposed; needs consent" },
	{ "--sft", NULL, "JSON lines: what was taken whole and passed; needs consent" },
	{ "--explanations", NULL,
	  "what `explain` was told of modules, blocks and lines, each with its code, for "
	  "training" },
	{ "--repairs", NULL,
	  "JSON lines: how a file was brought to pass, each step scored; needs consent" },
	{ "--triples", NULL,
	  "JSON lines: spec, design and tests that pass here and now; runs them; needs consent" },
	{ "--as", "NAME", "what a plugin makes of it: an exporter of one that is loaded" },
	{ "-o", "FILE", "write it there instead of printing it" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt handin_opts[] = {
	{ "--anyway", NULL, "also when a file holds what looks like a secret" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt sessions_opts[] = {
	{ "--rename", NULL, "give session ID a NAME" },
	{ "--archive", NULL, "pack session ID into .posedge/archive/ID.tar.zst" },
	{ "--delete", NULL, "move session ID to the trash; asks first" },
	{ "--restore", NULL, "bring session ID back from the trash or the archive" },
	{ "--adopt", NULL, "go on in session ID, which somebody else made; asks first" },
	{ "--empty", NULL, "remove what is in the trash for good; asks first" },
	{ "--yes", NULL, "do not ask" },
	{ NULL, NULL, NULL },
};

static const struct cmd_opt verify_opts[] = {
	{ "--code", "CODE", "compare with a code that was noted elsewhere" },
	{ "--csv", NULL, "one row each, for a spreadsheet" },
	{ "--rerun", NULL, "run a hand-in's lints and simulations again, in the sandbox" },
	{ NULL, NULL, NULL },
};

const struct cmd commands[] = {
	{ "apply", "FILE.diff", 1, 1, CMD_SHELL, "bring a diff from anywhere into review",
	  apply_opts, cmd_apply, NULL },
	{ "ask", "QUESTION...", 1, ANY, CMD_BOTH,
	  "ask the backend; what it proposes is a suggestion", ask_opts, cmd_ask, NULL },
	{ "backend", "add NAME PROTOCOL [KEY=VALUE...]", 3, ANY, CMD_RC,
	  "configure a backend: `posedge help backend` lists the protocols and their options", NULL,
	  cmd_backend, NULL },
	{ "backends", "[NAME]", 0, 1, CMD_SHELL, "list the backends, and how to add one",
	  backends_opts, cmd_backends, NULL },
	{ "assert", "[MODULE]", 0, 1, CMD_SHELL,
	  "let the model write assertions from the requirements, prove each, suggest those that "
	  "hold",
	  assert_opts, cmd_flow, NULL },
	{ "bench", "SUITE DIR | report FILE... | compare FILE", 1, ANY, CMD_SHELL,
	  "judge models, stored answers or a suite's own on published problems", bench_opts,
	  cmd_bench, NULL },
	{ "blame", "FILE", 1, 1, CMD_SHELL,
	  "say of each line who wrote it: you, a model, a model and then you", NULL, cmd_blame,
	  NULL },
	{ "btw", "QUESTION...", 1, ANY, CMD_BOTH,
	  "ask beside the conversation: later questions know nothing of it, and nothing is "
	  "proposed",
	  btw_opts, cmd_btw, NULL },
	{ "changed", "[PATH...]", 0, ANY, CMD_SHELL,
	  "while a coding agent works: what it has changed so far in its copy, as a diff", NULL,
	  cmd_changed, NULL },
	{ "clarify", "[ANSWER...]", 0, 5, CMD_SHELL,
	  "ask what spec.md leaves open, before any code is written; answers become requirements",
	  NULL, cmd_flow, NULL },
	{ "compact", "", 0, 0, CMD_SHELL,
	  "send all but the last two exchanges of this session in short from now on", NULL,
	  cmd_compact, NULL },
	{ "consent", "[yes|no]", 0, 1, CMD_SHELL,
	  "say whether this session may be exported as training data (no, until you say yes)", NULL,
	  cmd_consent, NULL },
	{ "context", "[on NAME | off NAME]", 0, 2, CMD_BOTH,
	  "list what the last question sent; send something of it no more, or again", context_opts,
	  cmd_context, NULL },
	{ "coverage", "[TESTBENCH...]", 0, ANY, CMD_SHELL,
	  "say which lines, branches and states of the design testbenches reach (needs Verilator)",
	  coverage_opts, cmd_coverage, NULL },
	{ "critique", "[FILE]", 0, 1, CMD_BOTH,
	  "let a model name what is wrong in a file, by line, P0 to P3; writes nothing",
	  critique_opts, cmd_critique, NULL },
	{ "complete", "[FILE:LINE[:COLUMN]]", 0, 1, CMD_BOTH,
	  "let the model write what stands at a place of a file; on the screen that of the cursor",
	  NULL, cmd_flow, NULL },
	{ "differ", "[OLD NEW]", 0, 2, CMD_SHELL,
	  "find an input on which two files' modules differ, or a file and what is suggested for "
	  "it",
	  NULL, cmd_flow, NULL },
	{ "doctor", "", 0, 0, CMD_SHELL, "say which tools are here and which protection works",
	  NULL, cmd_doctor, NULL },
	{ "equiv", "[FILE [REV|FILE2|MOMENT]]", 0, 2, CMD_SHELL,
	  "prove that a file does what an earlier version did (HEAD), or show where it does not",
	  equiv_opts, cmd_equiv, NULL },
	{ "evidence", "[STEP...]", 0, ANY, CMD_SHELL,
	  "list what drove the signals of the last failure, step by step, as `fix` and `@why` send "
	  "it; each STEP named is left out, or taken again",
	  NULL, cmd_evidence, NULL },
	{ "explain", "[MODULE|FILE:LINE]", 0, 1, CMD_SHELL,
	  "let the model say what a module, or a line or block of a file does; a module is rebuilt "
	  "from these words to see whether they are enough",
	  explain_opts, cmd_flow, NULL },
	{ "explained", "[FILE[:LINE]]", 0, 1, CMD_BOTH,
	  "show what was explained of a file or at a line (on the screen the cursor's), and "
	  "whether "
	  "the code changed since",
	  NULL, cmd_explained, NULL },
	{ "export", "[SESSION]", 0, 1, CMD_SHELL,
	  "tell a session to others: the newest, or the one named", export_opts, cmd_export, NULL },
	{ "files", "[TOP|FILE...]", 0, ANY, CMD_SHELL,
	  "say which files belong to which design, why, and what is not read", files_opts,
	  cmd_files, NULL },
	{ "find", "[driven|loads|reset|module|signal] [NAME|PATH|WORD...]", 0, ANY, CMD_BOTH,
	  "say where a module, a signal or something in words is, and what drives, reads or resets "
	  "it; on the screen one word alone is a regular expression, found in this file",
	  find_opts, cmd_find_in_design, NULL },
	{ "fix", "", 0, 0, CMD_BOTH,
	  "send the findings, or the failing cycles; the answer is a suggestion", suggest_opts,
	  cmd_fix, NULL },
	{ "flows", "", 0, 0, CMD_SHELL, "list the design flows, their steps and what each needs",
	  NULL, cmd_flows, NULL },
	{ "fork", "[MOMENT [here|then]]", 0, 2, CMD_BOTH,
	  "begin a new session from an event or mark of this one, or from its end", NULL, cmd_fork,
	  NULL },
	{ "handin", "[NAME]", 0, 1, CMD_SHELL,
	  "seal the session and put it and the design into one file NAME.posedge", handin_opts,
	  cmd_handin, NULL },
	{ "help", "[COMMAND]", 0, 1, CMD_BOTH, "explain a command, or list them all", NULL,
	  cmd_help_about, NULL },
	{ "instance", "[MODULE]", 0, 1, CMD_BOTH,
	  "an instance of a module: printed, or suggested at the cursor", NULL, cmd_instance,
	  NULL },
	{ "lint", "[FILE...]", 0, ANY, CMD_BOTH, "check files, or the whole design", lint_opts,
	  cmd_lint, NULL },
	{ "log", "[TAB]", 0, 1, CMD_BOTH,
	  "show the session so far; on the screen: lint, sim, wave, trace or history", NULL,
	  cmd_log, NULL },
	{ "manual", "", 0, 0, CMD_SHELL, "print the manual page (troff)", NULL, cmd_manual_page,
	  NULL },
	{ "mark", "NAME", 1, 1, CMD_SHELL, "give this moment of the session a name", NULL, cmd_mark,
	  NULL },
	{ "mcp", "[add|list|trust|remove|call|prompt|read [NAME ...]]", 0, ANY, CMD_SHELL | CMD_RC,
	  "offer lint, simulation and waves to another program, by the Model Context Protocol; "
	  "with "
	  "a word: servers that offer tools to models here",
	  NULL, cmd_mcp, NULL },
	{ "mutants", "[TESTBENCH]", 0, 1, CMD_SHELL,
	  "say which small changes of the design a testbench would notice", mutants_opts,
	  cmd_mutants, NULL },
	{ "new", "NAME", 1, 1, CMD_SHELL, "make a project: a spec, a module, a testbench", new_opts,
	  cmd_new, NULL },
	{ "note", "TEXT...", 1, ANY, CMD_SHELL, "add a note to the session", NULL, cmd_note, NULL },
	{ "plan", "", 0, 0, CMD_SHELL,
	  "plan spec.md's modules; check plan.md, and make code from it that is as planned", NULL,
	  cmd_flow, NULL },
	{ "plugin", "NAME", 1, 1, CMD_RC, "load a plugin from your own or the installed folder",
	  NULL, cmd_plugin, NULL },
	{ "prove", "FILE|MODULE", 1, 1, CMD_SHELL,
	  "prove that a module's assertions hold for all inputs, or show where one fails",
	  prove_opts, cmd_prove, NULL },
	{ "replay", "[SESSION]", 0, 1, CMD_SHELL,
	  "play a recorded session on the screen, or print it", replay_opts, cmd_replay, NULL },
	{ "review", "[REV]", 0, 1, CMD_BOTH,
	  "decide on what waits, line by line; --git: on what changed since REV", review_opts,
	  cmd_review, NULL },
	{ "rewind", "MOMENT", 1, 1, CMD_SHELL,
	  "bring files and suggestions back to a moment: an event's number, a mark, or back "
	  "(undoes a rewind)",
	  NULL, cmd_rewind, NULL },
	{ "seal", "", 0, 0, CMD_SHELL,
	  "sign the session as it is, and print a code to note on paper", NULL, cmd_seal, NULL },
	{ "sessions", "[ID [NAME]]", 0, 2, CMD_SHELL,
	  "list the sessions of the project; name, archive, delete, restore one", sessions_opts,
	  cmd_sessions, NULL },
	{ "set", "[NAME [VALUE...]]", 0, ANY, CMD_SHELL | CMD_RC | CMD_SAFE,
	  "set an option; without a value show it; without a name show all", NULL, cmd_set, NULL },
	{ "sim", "[TESTBENCH]", 0, 1, CMD_BOTH, "build and run a testbench and give its verdict",
	  sim_opts, cmd_sim, NULL },
	{ "solve", "[MODULE]", 0, 1, CMD_SHELL,
	  "let a model write candidates for a module, judge them by tools, pick one for review",
	  solve_opts, cmd_flow, NULL },
	{ "testbench", "[MODULE | add NAME cmd:COMMAND [results=FILE] [waves=FILE]]", 0, 5,
	  CMD_BOTH | CMD_RC,
	  "a testbench for a module, with one check to fill in: printed, or suggested; add: name a "
	  "command that tests",
	  NULL, cmd_testbench, NULL },
	{ "tests", "[MODULE|TESTBENCH]", 0, 1, CMD_SHELL,
	  "let a model write a testbench from spec.md, tested itself before it is trusted; or test "
	  "one",
	  NULL, cmd_flow, NULL },
	{ "trust", "", 0, 0, CMD_SHELL, "trust the project's .posedgerc as it is now", NULL,
	  cmd_trust, NULL },
	{ "verify", "[SESSION...]", 0, ANY, CMD_SHELL,
	  "say whether a session or a hand-in is as it was recorded", verify_opts, cmd_verify,
	  NULL },
	{ "version", "", 0, 0, CMD_SHELL, "print the version", NULL, cmd_version, NULL },
	{ "waive", "FILE:LINE CODE", 2, 2, CMD_SHELL, "propose a pragma that silences one finding",
	  waive_opts, cmd_waive, NULL },
	{ "walk", "[TESTBENCH]", 0, 1, CMD_SHELL,
	  "compare values that walk.md, or the model, states before a run with what the run has",
	  NULL, cmd_flow, NULL },
	{ "wave", "[FILE | diff FILE FILE]", 0, 3, CMD_BOTH,
	  "open the last waves, or a dump, in the viewer, or reload it there; print or question "
	  "them",
	  wave_opts, cmd_wave, NULL },
	{ "why", "[SIGNAL | x] [@TIME]", 0, 2, CMD_SHELL,
	  "say which statement gave a signal its value, and where that came from; without a "
	  "signal: what the last failing check compared; x: the root of an x",
	  why_opts, cmd_why, NULL },
	{ NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL },
};
