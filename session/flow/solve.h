/* solve.h - candidates for a module: what each is worth, and what is tried next. Pure.
 *
 * A score has stages, of which a later one counts only where the earlier ones are equal:
 *
 *	syntax		whether there is a module, and how many errors the linter has
 *	function	whether the testbench passes, or which share of its checks
 *	strength	which share of the candidate's mutants the testbench notices, in tenths
 *	structure	latches, then risks of the linter
 *	size		cells, then the longest path, as a synthesizer has them
 *
 * What no tool said is not known, which counts as less than anything known, but for
 * strength and size: these are known of candidates whose function is right, and a
 * smaller circuit that does something else is not smaller.
 */
#ifndef POSEDGE_SOLVE_H
#define POSEDGE_SOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"

#define SOLVE_MAX	 12u /* candidates of one flow */
#define SOLVE_BLOCKS_MAX 12u /* blocks of code in one answer; of more none is taken */

struct solve_score {
	bool has_code; /* a whole module of that name */
	bool linted;
	size_t errors, risks;
	bool ran, passes;      /* the simulation came to a verdict; which is PASS */
	long checks, failures; /* -1: not counted */
	bool hunted;	       /* mutants were run */
	size_t mutants, noticed;
	bool elaborated;
	uint64_t registers; /* bits */
	size_t latches;
	bool sized;
	unsigned long cells, flip_flops;
	long path; /* gates; -1: not known */
};

/* Whether it builds, passes, and the linter has no risk: nothing is left to mend. */
bool solve_green(const struct solve_score *s);

/* Below 0: a is worse than b; 0: as good. */
int solve_compare(const struct solve_score *a, const struct solve_score *b);

enum solve_effort { SOLVE_PLAIN, SOLVE_REASON, SOLVE_ESCALATE };

enum solve_stop { SOLVE_ON, SOLVE_DONE, SOLVE_ALL_TRIED, SOLVE_STUCK };

/* What is known when the next pair is decided on. */
struct solve_history {
	unsigned tried, most;	/* candidates */
	bool all;		/* asks for all, also when one is green */
	bool green;		/* the best is */
	bool wrong;		/* the best builds, and does the wrong thing */
	bool raised;		/* the last pair has a new best */
	bool can_escalate;	/* there is another backend for that */
	enum solve_effort last; /* of the last pair */
};

/* Whether it goes on, and with which effort. What has findings is mended plainly, what
 * does the wrong thing with reasoning; as long as the score rises the same effort is enough;
 * one that does not raise it gives way to the next; after the last it stops. */
enum solve_stop solve_next(const struct solve_history *h, enum solve_effort *effort);

/* What a stop is, as a sentence without a full stop; constant. */
const char *solve_stop_text(enum solve_stop s);

const char *solve_effort_name(enum solve_effort e); /* "plain", "reasoning", "escalate" */

/* The level of reasoning above one that `reasoning=` of a backend names: low, medium, high, or
 * twice a number of tokens. now NULL: it says none, and the model is known to reason. False:
 * there is none above, or nobody knows which. */
#define SOLVE_LEVEL_MAX 32000 /* tokens */
bool solve_level(const char *now, char out[24]);

/* Takes the module out of an answer. file: the text that has it now; NULL: none. Other
 * modules of file stay; those of the answer that it instantiates come along, but none that is
 * in others, and no testbench. *out: the file's new text. False: why, a clause. note: what a
 * person should know, a clause; "". */
bool solve_code(const char *answer, size_t len, const char *module, const struct str *file,
		const struct strv *others, struct str *out, struct str *note, struct str *why);

/* A row of the table: cells with blanks between. name: whose it is. small: sizes may be
 * shown, see above. */
void solve_head(struct str *out);
void solve_row(const char *name, const char *how, const struct solve_score *s, bool small,
	       bool best, struct str *out);

/* The same for a person who picks: "PASS 41 checks, 12 cells". */
void solve_brief(const struct solve_score *s, bool small, struct str *out);

/* As members of a JSON object, each with a comma in front. */
void solve_json(const struct solve_score *s, bool small, struct str *out);

#endif
