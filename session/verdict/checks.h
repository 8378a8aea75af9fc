/* checks.h - which statements of a testbench compare, and copies that count.
 *
 * PASS means that something was compared in this run. Whether a comparison is
 * reached cannot be read off the text, so the text is given counters: found
 * here are the check sites, and the copy of a source that a tool builds says
 * of each when it was evaluated and when it failed. Line numbers stay as they
 * are. A site is
 *
 *	- an `if`, `case` or `assert` of which one side fails: $error, $fatal, a
 *	  print that says so, an error count raised, a fail flag set, or a task
 *	  called that does any of that without an `if` of its own;
 *	- an assignment of a comparison to an error count or a fail flag:
 *	  err = (q === e) ? err : err + 1, n += a !== b, ok = ok && a === b;
 *	- an `if` of which one side counts what is right, or leaves before a failure;
 *	- an `if` over q !== expected, neither a constant nor what the other was, over
 *	  q != expected_q, which a name tells, over |(q ^ expected) and its like, over
 *	  several of them that && and || join, over a net that is driven by such a
 *	  question, or over ^q === 1'bx, with a print of any words on the bad side; but for the last also with rc = -1,
 *	  $finish, -> event, disable or break there, unless what is set goes to an
 *	  instance: that is a stimulus;
 *	- a print, an assignment or a return that chooses between two words, however
 *	  deep: q === e ? "ok" : "ERROR", of which the question tells which is bad when
 *	  the words do not; and an `if` whose two prints end in such words;
 *	- a concurrent assertion (Verilator only).
 *
 * What an error count, a pass count and a fail flag are is found out from the
 * names, and from what the testbench itself does with them: what it prints
 * beside "errors", or compares with 0 to choose between two messages. An `if`
 * over nothing but those is the report at the end and no check; what stands in it
 * below another `if` is that one's affair. Words of
 * failure are known in some other languages, too. A file of vectors that is
 * opened to be read, and never asked for, is a need.
 *
 * Pure; knows the text alone. Which of the sites is dead code, below an
 * `ifdef or after an event that never comes, the counters then tell.
 */
#ifndef POSEDGE_CHECKS_H
#define POSEDGE_CHECKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct checks;
struct str;

#define CHECKS_MAX_SITES 20000u /* the others are not counted */

enum check_kind {
	CHECK_IF,	/* if, case */
	CHECK_ASSERT,	/* immediate */
	CHECK_PROPERTY, /* concurrent */
	CHECK_ASSIGN,
	CHECK_NEEDS,  /* a file that must open, a plusarg that must be there: not the design's */
	CHECK_GUARD,  /* a watchdog: it can fail, but compares nothing */
	CHECK_REPORT, /* the report at the end: the same */
};

struct check_site {
	enum check_kind kind;
	size_t source; /* as added, from 0 */
	const char *path;
	int line;	  /* 1-based */
	const char *text; /* what is compared, in one line of at most 120 bytes */
	bool sums_up;	  /* of an ASSERT: only counts and flags of other sites */
};

enum checks_engine { CHECKS_ICARUS, CHECKS_VERILATOR };

struct checks *checks_new(void);
void checks_free(struct checks *c); /* NULL is fine */

/* path and text are borrowed until checks_free(). */
void checks_add(struct checks *c, const char *path, const char *text, size_t len);

/* Once, after the last source. top: the module that the run starts with; what
 * it holds is testbench code whatever it looks like. NULL: not known. */
void checks_find(struct checks *c, const char *top);

size_t checks_len(const struct checks *c);
const struct check_site *checks_at(const struct checks *c, size_t i);

/* What else the text tells. */
struct checks_facts {
	size_t sites;	  /* without those that compare nothing */
	const char *path; /* of the first site, NULL: none */
	bool same_path;	  /* all sites are in that file */
	bool ends;	  /* $finish, $stop or $fatal stands somewhere */
	bool says_count;  /* a print holds a count of checks or errors that it is given */
	bool sums_up;	  /* and it stands below no condition */
	bool reports;	  /* a message that all is well is chosen by a count or a flag */
};
void checks_facts(const struct checks *c, struct checks_facts *out);

/* The copy of a source for a tool: false when it holds no site and may be used
 * as it is. The copy refers to checks_support(). That for Verilator says some
 * things in other words, too, see checks_mend.c. */
bool checks_instrument(const struct checks *c, size_t source, enum checks_engine e,
		       struct str *out);

/* Given as "+posedge_hurry" to a simulation of copies: it ends at the moment at
 * which the first check has failed and what was to be printed of it is. */
#define CHECKS_HURRY "posedge_hurry"

/* For Icarus: the text of a file posedge_checks.sv with one more top module,
 * posedge_checks, to come last and to be read as SystemVerilog. For Verilator:
 * C++ to stand before the generated code; there
 * posedge_checks_context must be set to the VerilatedContext before the first
 * eval(), no other follow once posedge_checks_over(), and posedge_checks_write() be
 * called at the end. Both write the
 * counts into the file of that name, which must need no quoting. POSEDGE_MARKED is
 * defined when each $stop and $fatal sets posedge_stop before. */
void checks_support(const struct checks *c, enum checks_engine e, const char *file,
		    struct str *out);

struct checks_counted {
	bool known; /* the counts were written */
	uint64_t made,
		failed;	  /* sums; what compares nothing is not among made, needs are in neither;
				 * nor is among failed what was not counted as right, when the
				 * report on that count says that all is well, and what was not
				 * printed as right each time, when it was once */
	uint64_t reached; /* sites that were evaluated at least once */
	bool reported;	  /* an `if` that reports on counts or flags was evaluated */
	const struct check_site *first; /* that failed, NULL: none; borrowed */
	/* Of those failed: of sites that print when all was seen, and of those in final
	 * blocks, which is no failure of a run that was cut; and the first of the others,
	 * where there are such. at_end: those in final blocks alone. */
	uint64_t unseen, at_end;
	const struct check_site *first_other;
	const struct check_site
		*needs; /* nothing had failed when that was missing; NULL: it was not */
	uint64_t time;	/* of it, in the precision unit of the simulation */
	const struct checks *checks; /* that it is of; borrowed */
};

/* Does a printed line tell of a failure in another language? Its first 4096 bytes
 * are read. It proves nothing; when a check has failed, it says what. */
bool checks_line_abroad(const char *line, size_t len);

/* What the site's bad side prints, as Verilog text whose print statements vprint.h reads:
 * what stands there and in the tasks, functions and macros that it calls, however deep
 * (20000 of them in all). Into shared goes what others call as well, so that a line of it
 * may have been printed before. */
void checks_said(const struct checks *c, const struct check_site *site, struct str *sure,
		 struct str *shared);

/* Reads that file; a text that does not fit leaves known false. */
void checks_counted(const struct checks *c, const char *text, size_t len,
		    struct checks_counted *out);

#endif
