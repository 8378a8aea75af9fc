/* checks.h - finds the statements of a testbench that compare, and writes copies
 * that count.
 *
 * Map of session/testbench: what a testbench checks, from its text. Pure; knows words and
 * statements, and no run.
 *
 *   checks           this: the passes over all sources, and what they found
 *   checks_cond      the normal form of a condition, which all rules about conditions ask
 *   checks_*         one pass, question or change of a copy each: see checks_inner.h
 *
 * PASS means that something was compared in this run. Whether a comparison is
 * reached cannot be seen in the text, so the text gets counters: this finds the
 * check sites, and the copy of a source that a tool builds records for each when
 * it was evaluated and when it failed. Line numbers do not change. A site is
 *
 *  - an `if`, `case` or `assert` with one failing branch: $error, $fatal, a print
 *    that says so, an increment of an error count, a fail flag being set, or a
 *    call of a task that does any of that without an `if` of its own;
 *  - an assignment of a comparison to an error count or a fail flag:
 *    err = (q === e) ? err : err + 1, n += a !== b, ok = ok && a === b;
 *  - an `if` with a branch that counts a success, that leaves before a failure, or
 *    that ends the run before the last word of the process, which is good;
 *  - an `if` with a print of any words in its bad branch, whose condition is one
 *    of: q !== expected, if neither is a constant or an earlier value of the
 *    other; q != expected_q, if the name says so or the design has a part in one of
 *    the two only; |(q ^ expected) and the like;
 *    several of these joined by && and ||; a net driven by such a condition, a
 *    variable that holds it, a function that returns it, a case that chooses by it;
 *    ^q === 1'bx. Except for the last one, rc = -1, $finish, -> event, disable or
 *    break count like a print, unless what is set goes to an instance: that is a
 *    stimulus;
 *  - a print, an assignment or a return that chooses between two words, however
 *    deeply nested: q === e ? "ok" : "ERROR"; if the words are unknown, the
 *    condition tells which is bad; and an `if` whose two prints end in such
 *    words;
 *  - a concurrent assertion (Verilator only);
 *  - if there is nothing else, a wait for the design that a watchdog may end, in a
 *    process that then says that all is well, or that has a limit of its own; and the
 *    report on a flag that the design sets.
 *
 * Error counts, success counts and fail flags are recognised by name and by what the
 * testbench does with them: printing them next to "errors", or comparing them with 0
 * to choose between two messages. An `if` whose condition uses only these is the
 * final report and no check, nor are its contents unless they are below another `if`.
 * Nor is an `if` that only asks when: variables which nothing of the design reaches,
 * such as a cycle counter or a flag set from one, are no part of a check
 * (checks_when.c). One comparison is one check: a call of a function that has a
 * check, or a print beside one, is not counted again (checks_repeat.c). A module of
 * which the testbench only reads what it found belongs to it (checks_checker.c).
 * Words of failure are known in some other languages, too. A file of vectors that is
 * opened for reading and never tested is a need.
 *
 * Which variables only say when is found by data flow (checks_when.c), and with it which
 * comparisons expect something: those of what the design has a part in with what it has none
 * in, unless that is a constant or a variable of constants: `if (q == limit) wraps++` counts
 * events. That ends at tasks, queues, mailboxes and files, and at modules whose source may be
 * missing, so words and roles stay beside it. Directions of ports are followed where they
 * decide: in checks_checker.c.
 *
 * Pure; knows only the text. Sites in dead code, below an `ifdef or after an
 * event that never comes, are identified by the counters.
 */
#ifndef POSEDGE_CHECKS_H
#define POSEDGE_CHECKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/testbench/checks_unset.h"

struct checks;
struct str;

#define CHECKS_MAX_SITES 20000u /* further ones are not counted */

enum check_kind {
	CHECK_IF,	/* if, case */
	CHECK_ASSERT,	/* immediate */
	CHECK_PROPERTY, /* concurrent */
	CHECK_ASSIGN,
	CHECK_AWAIT, /* a wait for the design, which a watchdog may end */
	/* a file that must open, a plusarg that must be given: not the design's fault */
	CHECK_NEEDS,
	CHECK_GUARD,  /* a watchdog: can fail, but compares nothing */
	CHECK_REPORT, /* the final report: the same */
};

struct check_site {
	enum check_kind kind;
	size_t source; /* index in the order of checks_add() */
	const char *path;
	int line;	  /* 1-based */
	const char *text; /* what is compared, in one line of at most 120 bytes */
	bool sums_up;	  /* of an ASSERT: only uses counts and flags of other sites */
	bool only_x;	  /* can only fail for x, so never in a two-state simulation */
	bool wants_x;	  /* can only pass for x, so it always fails in such a one */
	bool repeats;	  /* tells what another site compared: not counted, but may fail */
	bool starts_x;	  /* of a REPORT: asks for a count that nothing sets before it is raised */
};

enum checks_engine { CHECKS_ICARUS, CHECKS_VERILATOR };

struct checks *checks_new(void);
void checks_free(struct checks *c); /* NULL is fine */

/* path and text are borrowed until checks_free(). */
void checks_add(struct checks *c, const char *path, const char *text, size_t len);

/* Call once, after the last source. top: the top module of the run; its contents
 * are testbench code, whatever they look like. NULL: unknown. */
void checks_find(struct checks *c, const char *top);

size_t checks_len(const struct checks *c);
const struct check_site *checks_at(const struct checks *c, size_t i);

/* Further facts from the text. */
struct checks_facts {
	size_t sites;	  /* without sites that compare nothing, or again */
	const char *path; /* of the first site; NULL: none */
	bool same_path;	  /* all sites are in that file */
	bool ends;	  /* it has a $finish, $stop or $fatal */
	bool says_count;  /* a print shows a count of checks or errors passed to it */
	bool sums_up;	  /* and that print is unconditional */
	bool reports;	  /* a count or a flag selects the message that all is well */
	/* the first wait or loop, else the first `if` that ends the run, else the first
	 * `if`, on x; NULL: none; borrowed from the checks */
	const char *x_path, *x_text;
	int x_line;
	const char *gate; /* when the only site compares; NULL: always, or several; borrowed */
	bool x_ends;	  /* that is a wait, a loop, or an `if` that ends the run */
	enum checks_unset unset;
	const struct checks *checks; /* these; borrowed */
};
void checks_facts(const struct checks *c, struct checks_facts *out);

/* Writes the copy of a source for a tool. False if it has no site and may be used
 * as it is. The copy refers to checks_support(). For Verilator, some constructs
 * are replaced as well, see checks_mend.c. */
bool checks_instrument(const struct checks *c, size_t source, enum checks_engine e,
		       struct str *out);

/* Passed as "+posedge_hurry" to a simulation of copies: ends it as soon as the
 * first check has failed and printed its message. */
#define CHECKS_HURRY "posedge_hurry"

/* For Icarus: text of a file posedge_checks.sv with an additional top module
 * posedge_checks, to be read last and as SystemVerilog. For Verilator: C++ to be
 * placed before the generated code. There, posedge_checks_context must be set to
 * the VerilatedContext before the first eval(), no eval() may follow once
 * posedge_checks_over() is true, and posedge_checks_write() must be called at the
 * end. Both write the counts to the file of that name, which must not need
 * quoting. POSEDGE_MARKED is defined if each $stop and $fatal sets posedge_stop
 * first. */
void checks_support(const struct checks *c, enum checks_engine e, const char *file,
		    struct str *out);

struct checks_counted {
	bool known; /* the counts were written */
	/* Sums. made excludes sites that compare nothing, or again; needs are in neither.
	 * failed excludes what was only not counted as a success if the report on
	 * that count says that all is well, and checks that only print a success
	 * when they see it, if they did at least once. */
	uint64_t made, failed;
	/* wrong: of those made, failed; failed also counts watchdogs and final
	 * reports. every: no site was evaluated whose failures have no counter. */
	uint64_t wrong;
	bool every;
	uint64_t only_x; /* of those made, at sites that only ask for x */
	/* of failed, at sites that something else than x can pass; reports do not count */
	uint64_t not_x;
	uint64_t lost;	  /* of wrong, at sites whose result is overwritten before the report */
	uint64_t blind;	  /* of those made, at sites that compared nothing but x each time */
	uint64_t reached; /* sites evaluated at least once */
	bool reported;	  /* an `if` that reports on counts or flags was evaluated */
	const struct check_site *first; /* the first one that failed; NULL: none; borrowed */
	const char *used_path; /* if first is in a macro: where that was used; NULL: unknown */
	int used_line;
	/* unseen: the failures at sites that print once everything was seen, and
	 * at sites in final blocks, which are not failures if the run was cut
	 * short; first_other: the first of the other failed sites, if any.
	 * at_end: those in final blocks only. */
	uint64_t unseen, at_end;
	const struct check_site *first_other;
	const struct check_site
		*needs; /* a missing need, if nothing had failed before; else NULL */
	uint64_t time;	/* of the first failure, in the simulation's precision unit */
	bool has_ended;
	uint64_t ended;		     /* the time at which the run ended, likewise */
	const struct checks *checks; /* the checks these counts are for; borrowed */
};

/* True if a printed line reports a failure in another language, judging by its
 * first 4096 bytes. This proves nothing; after a failed check it says what
 * failed. */
bool checks_line_abroad(const char *line, size_t len);

/* True if a statement printed the line that is reached in every run, right or wrong, such
 * as a heading "Mismatch table". */
bool checks_line_is_heading(const struct checks *c, const char *line, size_t len);

/* True if a check printed the line about its own comparison, such as "Test 9 passed", or it
 * came before all of them, and no report can have. */
bool checks_line_is_of_one(const struct checks *c, const char *line, size_t len);

/* What the site's bad branch can print, as Verilog text with print statements for
 * vprint.h: those in the branch and in the tasks, functions and macros that it
 * calls, at any depth (20000 of these in all). Routines that are also called from
 * elsewhere go into shared, as their lines may have been printed earlier. */
void checks_said(const struct checks *c, const struct check_site *site, struct str *sure,
		 struct str *shared);

/* Reads that file; sets known to false if the text does not match. */
void checks_counted(const struct checks *c, const char *text, size_t len,
		    struct checks_counted *out);

#endif
