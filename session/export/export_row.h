/* export_row.h - what rows for training have in common; for export_*.c and the
 * command export. */
#ifndef POSEDGE_EXPORT_ROW_H
#define POSEDGE_EXPORT_ROW_H

#include <stdbool.h>
#include <stddef.h>

struct export_context;
struct story;
struct story_suggestion;
struct str;

/* A suggestion of which a part was decided on and the rest left open goes on as
 * another one: such a chain is one record, from what the model proposed to what was
 * written in the end. Suggestions that came from no answer (a diff from elsewhere)
 * have no prompt and make none. */
struct row_chain {
	const struct story_suggestion *first, *last;
	size_t taken, refused, edited; /* units; edited ones are taken */
};

/* Whether the last decision of a chain was made in suggestion i; the chain then. */
bool row_chain(const struct story *s, size_t i, struct row_chain *c);

/* In thousandths; -1: nothing is known of it. */
struct row_reward {
	int syntax;   /* no error of the linter */
	int lint;     /* a tenth less for each risk, down to 0 */
	int function; /* PASS, or the share of checks that held */
	int taken;    /* the share of units that the person took as they were */
	int score;    /* 0.2 syntax + 0.1 lint + 0.7 function; what is not known counts 0 */
};

struct row_reward row_reward(const struct story *s, const struct row_chain *x);

/* Members of a row; each but row_head() and row_number() begins with a comma. */
void row_head(const struct story *s, const struct export_context *c, const struct row_chain *x,
	      struct str *out); /* opens it: whom it is from, and what was asked */
void row_str(struct str *out, const char *name, const struct str *value);
void row_text(struct str *out, const char *name, const char *value);
void row_number(struct str *out, const char *name, int thousandths);
void row_verdicts(const struct story *s, const struct story_suggestion *x, struct str *out);
void row_rewards(const struct story *s, const struct row_chain *x, struct str *out);
void row_from(const struct story *s, const struct export_context *c,
	      const struct story_suggestion *x, struct str *out); /* licence, and: */
/* The tools that judged x, by name and version ("unknown" in old sessions), and the seeds
 * of the simulation; null for what was not asked. */
void row_judged(const struct story *s, const struct story_suggestion *x, struct str *out);
/* The licence, posedge's version, and no seeds: of a text that no tool has looked at. */
void row_source(const struct story *s, const struct export_context *c, const struct str *text,
		struct str *out);

#endif
