/* export_row.h - common parts of training rows; for export_*.c and the command export. */
#ifndef POSEDGE_EXPORT_ROW_H
#define POSEDGE_EXPORT_ROW_H

#include <stdbool.h>
#include <stddef.h>

struct export_context;
struct story;
struct story_suggestion;
struct str;

/* When only a part of a suggestion is decided, its open units continue as another
 * suggestion: such a chain is one record, from the model's proposal to the text
 * that was finally written. Suggestions without an answer (a diff from elsewhere,
 * a text that a flow made by rule) have no prompt and make no record. */
struct row_chain {
	const struct story_suggestion *first, *last;
	const struct story_ask *ask;   /* whose answer has the proposal: of a suggestion by a
				      * flow, the flow's question to the model */
	size_t taken, refused, edited; /* units; edited ones count as taken */
};

/* True if the last decision of a chain was made in suggestion i; *c is that chain. */
bool row_chain(const struct story *s, size_t i, struct row_chain *c);

const char *row_model(const struct row_chain *c); /* who answered; borrowed */

/* In thousandths; -1: unknown. */
struct row_reward {
	int syntax;   /* 1000 if the linter reports no error, or a later run was built */
	int lint;     /* minus a tenth for each risk, at least 0 */
	int function; /* 1000 for PASS, otherwise the share of checks that passed */
	int taken;    /* the share of units that the user took unchanged */
	int score;    /* 0.2 syntax + 0.1 lint + 0.7 function; unknown values count as 0 */
};

struct row_reward row_reward(const struct story *s, const struct row_chain *x);

/* Members of a row; each except row_head() and row_number() begins with a comma. */
void row_head(const struct story *s, const struct export_context *c, const struct row_chain *x,
	      struct str *out); /* opens the row: its origin, and the question */
void row_str(struct str *out, const char *name, const struct str *value);
void row_number(struct str *out, const char *name, int thousandths);
void row_verdicts(const struct story *s, const struct story_suggestion *x, struct str *out);
void row_rewards(const struct story *s, const struct row_chain *x, struct str *out);
void row_from(const struct story *s, const struct export_context *c,
	      const struct story_suggestion *x, struct str *out); /* the licence, and
								   * row_judged() */
/* The tools that judged x, by name and version ("unknown" in old sessions), and the
 * seeds of the simulation; null for what was not used. */
void row_judged(const struct story *s, const struct story_suggestion *x, struct str *out);
/* The licence, posedge's version, and null seeds: for a text that no tool has checked. */
void row_source(const struct story *s, const struct export_context *c, const struct str *text,
		struct str *out);

#endif
