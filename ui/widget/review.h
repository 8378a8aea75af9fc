/* review.h - a suggestion laid out as rows of an inline diff, and the cursor in it.
 * Decisions are in the session; this is view state only. */
#ifndef POSEDGE_REVIEW_H
#define POSEDGE_REVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct state;
#include "session/base/str.h"

struct suggestion;

struct review_row {
	char kind;	    /* ' ' unchanged, '-' removed, '+' added, '>' file renamed */
	size_t base, fresh; /* line in the base and in the proposal, from 0 */
	long unit;	    /* unit whose decision it shows; -1: none */
	bool mark;	    /* row that shows the unit's mark */
	int height;	    /* height in screen lines; see review_fit() */
};

struct lint_preview { /* lint result for a text that is not written */
	bool known;
	size_t errors, risks;
};

/* Is what would be written equivalent to the file? */
enum review_equal {
	REVIEW_NOT_ASKED,
	REVIEW_ASKED, /* being computed */
	REVIEW_EQUAL, /* proved */
	REVIEW_DIFFERS,
	REVIEW_NOT_PROVED,
};

struct badge {		    /* how taking this alone changes the lint result of the base */
	bool known, failed; /* failed: the tool gave no result */
	bool asked;	    /* being computed */
	size_t errors, errors_gone, risks, risks_gone;
	enum review_equal equal; /* of it alone; never ASKED */
	bool needed;		 /* the testbench passes only with it; see flow_smallest.h */
};

struct review {
	uint64_t suggestion; /* 0: no review */
	size_t unit;	     /* the cursor */
	size_t top;	     /* first row shown */
	int lines;	     /* screen lines available at the last drawing */
	bool scrolled;	     /* the user scrolled top away; holds while unit is scrolled_unit */
	size_t scrolled_unit;
	struct review_row *rows;
	size_t n, cap;
	bool crlf;			/* how the file's lines end, or most of them */
	int cols;			/* width that the heights are for; 0: none yet */
	bool stale;			/* a decision was made since here and rest were computed */
	struct lint_preview here, rest; /* lint if applied now; if the rest is taken too */
	bool hardware_stale;		/* likewise for hardware */
	/* what changes as hardware, or why that is not known; n 0: not computed yet */
	struct strv hardware;
	bool hardware_all;	 /* for all units taken; else for the decisions so far */
	bool hardware_failed;	 /* hardware holds the reason of a failure */
	enum review_equal equal; /* of the whole; a decision resets it to REVIEW_NOT_ASKED */
	struct badge *badges;	 /* one per hunk */
	size_t n_badges;
	/* Bumped on every edit; pending lint results with an older value are stale. */
	unsigned changes;
	bool *asked;	   /* per unit: it has a thread of questions */
	struct badge line; /* of the unit line_unit */
	size_t line_unit;
};

#define REVIEW_GUTTER 11 /* columns left of the text */

void review_open(struct review *r, uint64_t number, const struct suggestion *s);
void review_close(struct review *r);

/* The first and last unit of the hunk that contains unit. */
void review_hunk(const struct suggestion *s, size_t unit, size_t *first, size_t *last);

/* Moves to the next (1) or previous (-1) hunk, or unit; false: none. */
bool review_step(struct review *r, const struct suggestion *s, int by);
bool review_step_unit(struct review *r, const struct suggestion *s, int by);

/* Lays out the rows again after units were split or rewritten. */
void review_relayout(struct review *r, const struct suggestion *s);

/* Updates asked[]; call after the units or the questions changed. */
void review_threads(struct review *r, const struct state *st, const struct suggestion *s);

size_t review_base_line(const struct review *r); /* the base line that the cursor is at */

/* Moves to the unit nearest to that base line. */
void review_go_to(struct review *r, const struct suggestion *s, size_t base_line);

/* Moves to the next open unit from the current one on, wrapping around. */
bool review_next_open(struct review *r, const struct suggestion *s);

/* End of the row that starts at from, on a screen of cols columns. Breaks at the
 * last column instead of between words, so that every blank is shown in its place. */
size_t review_wrap(const char *line, size_t len, size_t from, int cols);

/* How a line of a review is shown: its bytes without a line end that is the file's. */
enum review_end {
	REVIEW_END_SAME,  /* as the file's; not shown */
	REVIEW_END_OTHER, /* LF in a file with CR LF. CR LF in one with LF shows its CR */
	REVIEW_END_NONE,
};

/* Takes the line end off *len. */
enum review_end review_line_end(const struct review *r, const char *line, size_t *len);

#define REVIEW_NO_LF 7 /* width of the sign for a missing last line end */

/* Computes the heights with lines wrapped to cols columns, gutter included. */
void review_fit(struct review *r, const struct suggestion *s, int cols);

/* Scrolls to the unit unless the user scrolled; call after review_fit(). */
void review_follow(struct review *r, int rows);

/* Scrolls by screen lines. If the unit leaves the screen, moves to the first unit in
 * view, if any. */
void review_scroll(struct review *r, int by);

bool review_in_sight(const struct review *r); /* a line of the unit is on the screen */

size_t review_last_row(const struct review *r); /* last row that is completely on the screen */

#endif
