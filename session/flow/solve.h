/* solve.h - candidates for a module: their scores, and what to try next. Pure.
 *
 * A score has stages; a later stage counts only if all earlier ones are equal:
 *
 *	syntax		whether there is a module, and how many errors the linter reports
 *	function	whether the testbench passes, or which share of its checks
 *	strength	which share of the candidate's mutants the testbench notices, in tenths
 *	structure	latches, then risks reported by the linter
 *	size		cells, then the longest path, both from a synthesizer
 *
 * A value that no tool reported is unknown and ranks below any known one. Only in
 * strength and size an unknown value compares as equal. Sizes are compared only between
 * candidates that pass, because a smaller circuit that does something else is no gain.
 */
#ifndef POSEDGE_SOLVE_H
#define POSEDGE_SOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"

#define SOLVE_MAX	 12u /* candidates per flow */
#define SOLVE_BLOCKS_MAX 12u /* code blocks per answer; with more, none is taken */

struct solve_score {
	bool has_code; /* the answer has a whole module of that name */
	bool linted;
	size_t errors, risks;
	bool ran, passes;      /* the simulation reached a verdict; it is PASS */
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

/* True if it builds and passes without risks or latches: nothing is left to repair. */
bool solve_green(const struct solve_score *s);

/* Below 0: a is worse than b; 0: equal; above 0: better. */
int solve_compare(const struct solve_score *a, const struct solve_score *b);

enum solve_effort { SOLVE_PLAIN, SOLVE_REASON, SOLVE_ESCALATE };

enum solve_stop { SOLVE_ON, SOLVE_DONE, SOLVE_ALL_TRIED, SOLVE_STUCK };

/* Facts for planning the next pair of candidates. */
struct solve_history {
	unsigned tried, most;	/* candidates */
	bool all;		/* the user wants all candidates, even after a green one */
	bool green;		/* the best one is green */
	bool wrong;		/* the best one builds but does the wrong thing */
	bool raised;		/* the last pair contains a new best */
	bool can_escalate;	/* another backend is configured for that */
	enum solve_effort last; /* of the last pair */
};

/* Decides whether to go on and with which effort. Findings are repaired with plain
 * effort, wrong behaviour with reasoning. An effort is kept as long as it raises the
 * score, then replaced by the next one; after the last one the flow stops. */
enum solve_stop solve_next(const struct solve_history *h, enum solve_effort *effort);

/* The reason as a sentence without a full stop; constant. */
const char *solve_stop_text(enum solve_stop s);

const char *solve_effort_name(enum solve_effort e); /* "plain", "reasoning", "escalate" */

/* The next level above now, which is the value of `reasoning=` of a backend: low,
 * medium, high, or twice a number of tokens. now NULL: no level is configured, and
 * the model is known to reason. False: there is no higher level, or it is unknown. */
#define SOLVE_LEVEL_MAX 32000 /* tokens */
bool solve_level(const char *now, char out[24]);

/* Extracts the module from an answer. file: the current text that has the module;
 * NULL: none. Other modules of file stay. Modules of the answer that it instantiates
 * are taken too, except those in others and testbenches. *out: the file's new text.
 * note: a clause for the person, or "". False: why gets a clause. */
bool solve_code(const char *answer, size_t len, const char *module, const struct str *file,
		const struct strv *others, struct str *out, struct str *note, struct str *why);

/* The head and a row of the table, cells separated by blanks. name: the candidate.
 * small: sizes may be shown, see above. */
void solve_head(struct str *out);
void solve_row(const char *name, const char *how, const struct solve_score *s, bool small,
	       bool best, struct str *out);

/* A short form for a person who picks one: "PASS 41 checks, 12 cells". */
void solve_brief(const struct solve_score *s, bool small, struct str *out);

/* As members of a JSON object, each preceded by a comma. */
void solve_json(const struct solve_score *s, bool small, struct str *out);

#endif
