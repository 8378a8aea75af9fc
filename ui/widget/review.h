/* review.h - a suggestion laid out as rows of an inline diff, and the place in
 * it. Decisions are the session's; here is only what is looked at. */
#ifndef POSEDGE_REVIEW_H
#define POSEDGE_REVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct state;
#include "session/base/str.h"

struct suggestion;

struct review_row {
	char kind;	    /* ' ' as it is, '-' goes, '+' comes, '>' the file gets another name */
	size_t base, fresh; /* line of the base and of the proposal, from 0 */
	long unit;	    /* whose decision it shows; -1: none */
	bool mark;	    /* the row that shows the unit's mark */
	int height;	    /* lines of the screen it takes; see review_fit() */
};

struct lint_preview { /* what the linter says of a text that could be */
	bool known;
	size_t errors, risks;
};

/* Whether what it would write does what the file does. */
enum review_equal {
	REVIEW_NOT_ASKED,
	REVIEW_ASKED, /* it is being found out */
	REVIEW_EQUAL, /* proved */
	REVIEW_DIFFERS,
	REVIEW_NOT_PROVED,
};

struct badge {		    /* what taking it alone changes in what the linter says of the base */
	bool known, failed; /* failed: the tool could not say */
	bool asked;	    /* it is being found out */
	size_t errors, errors_gone, risks, risks_gone;
	enum review_equal equal; /* of it alone; ASKED is not used */
	bool needed;		 /* the testbench passes only with it; see flow_smallest.h */
};

struct review {
	uint64_t suggestion; /* 0: no review */
	size_t unit;	     /* the one the cursor is on */
	size_t top;	     /* first row shown */
	int lines;	     /* of the screen that there were for it */
	bool scrolled;	     /* top is where the person looks, as long as unit is this one: */
	size_t scrolled_unit;
	struct review_row *rows;
	size_t n, cap;
	int cols;			/* what the heights are for; 0: none yet */
	bool stale;			/* a decision was made since these two: */
	struct lint_preview here, rest; /* if it were applied now; if the rest were taken, too */
	bool hardware_stale;		/* the same of this: */
	/* what changes as hardware, or why that cannot be said; n 0: not known yet */
	struct strv hardware;
	bool hardware_all;	 /* if all is taken; else by what was decided */
	bool hardware_failed;	 /* it is the reason why not */
	enum review_equal equal; /* of all of it; a decision makes it REVIEW_NOT_ASKED */
	struct badge *badges;	 /* of each hunk */
	size_t n_badges;
	unsigned
		changes; /* Bumped on every edit; pending lint results with an older value are stale. */
	bool *asked;	 /* of each unit: something was asked about it */
	struct badge line; /* of the unit line_unit */
	size_t line_unit;
};

#define REVIEW_GUTTER 11 /* columns before the text */

void review_open(struct review *r, uint64_t number, const struct suggestion *s);
void review_close(struct review *r);

/* The units of the hunk that unit is in. */
void review_hunk(const struct suggestion *s, size_t unit, size_t *first, size_t *last);

/* To the next (1) or previous (-1) hunk, or unit; false: there is none. */
bool review_step(struct review *r, const struct suggestion *s, int by);
bool review_step_unit(struct review *r, const struct suggestion *s, int by);

/* Lays the rows out again after units were split or rewritten. */
void review_again(struct review *r, const struct suggestion *s);

/* Which units have a thread; after the units or the questions changed. */
void review_threads(struct review *r, const struct state *st, const struct suggestion *s);

size_t review_base_line(const struct review *r); /* where the cursor is, in the base */

/* To the unit nearest to that line of the base. */
void review_go_to(struct review *r, const struct suggestion *s, size_t base_line);

/* To the next open unit, from the current one on and around. */
bool review_next_open(struct review *r, const struct suggestion *s);

/* Where the part of a line that begins at from ends on a row of cols columns:
 * at the last column, not between words, so that each blank has its place. */
size_t review_wrap(const char *line, size_t len, size_t from, int cols);

#define REVIEW_NO_LF 7 /* columns of the sign for a last line without an end */

/* Long lines are wrapped to cols columns, gutter included. */
void review_fit(struct review *r, const struct suggestion *s, int cols);

/* Scrolls to the unit, unless the person scrolled; after review_fit(). */
void review_follow(struct review *r, int rows);

/* By lines of the screen; the unit becomes the first one in sight, if there is
 * any and it was not in sight. */
void review_scroll(struct review *r, int by);

bool review_in_sight(const struct review *r); /* the unit: a line of it */

size_t review_last_row(const struct review *r); /* that is there to its end, from top on */

#endif
