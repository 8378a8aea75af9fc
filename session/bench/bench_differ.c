/* The published rules search a log for words. They accept a design that ends the run
 * at once, because no mismatch was printed, and they take a warning that quotes a
 * name with "error" in it for an error. */
#include "config.h"

#include "session/bench/bench_differ.h"

#include "session/verdict/run.h"

static const char *passes_only_there(const struct bench_row *r)
{
	if (verdict_is(r->verdict, VERDICT_FAIL))
		return "a line that all matched was printed, but checks failed";
	if (verdict_is(r->verdict, VERDICT_NONE))
		return r->samples == 0 || r->checks <= 0
			       ? "a line that all matched was printed, but nothing was compared: "
				 "the run was ended before"
			       : "a line that all matched was printed, but the testbench did not "
				 "come to its report";
	if (verdict_is(r->verdict, VERDICT_LIMIT))
		return "a line that all matched was printed, but a limit ended the run";
	if (verdict_is(r->verdict, VERDICT_TOOL))
		return "a line that all matched was printed, but it was no whole run";
	return "a line that all matched was printed";
}

static const char *passes_only_here(const struct bench_row *r)
{
	switch (r->class_) {
	case 'S':
		return "it built and passed; a line has the words `syntax error`";
	case 'T':
		return "it passed; a line has the word TIMEOUT";
	case 'n':
		return "it passed; a process without sensitivities is only a warning";
	case 'C':
		return "it built and passed; a line has the word error, in a warning or printed by "
		       "the design";
	case 'R':
	case 'r':
		return "it passed; the line with the mismatches has another form";
	case '?':
		return NULL;
	default:
		return "it built and passed; a line has words of an error";
	}
}

const char *bench_differ(const struct bench_row *r)
{
	bool there = bench_row_passes(r), here = bench_row_strict(r);

	if (there && !here)
		return passes_only_there(r);
	if (here && !there)
		return passes_only_here(r);
	if ((r->class_ == 'R' || r->class_ == 'r') && verdict_is(r->verdict, VERDICT_BUILD))
		return "it did not build: the simulator lacks what it uses; taken for mismatches";
	if ((r->class_ == 'R' || r->class_ == 'r') && verdict_is(r->verdict, VERDICT_LIMIT))
		return "a limit ended the run; taken for mismatches";
	return NULL;
}
