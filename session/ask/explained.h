/* explained.h - explanations of a file, and which lines they apply to now.
 *
 * The flow `explain` keeps the explained lines with each answer. They are searched
 * for in the current text: an explanation moves with its lines and becomes stale when
 * they change. Knows the journal's state; pure otherwise.
 */
#ifndef POSEDGE_EXPLAINED_H
#define POSEDGE_EXPLAINED_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct state;

#define EXPLAINED_MAX	    100u   /* per file, the newest */
#define EXPLAINED_LINES_MAX 100000 /* later lines are ignored */

struct explained {
	int line, end_line; /* 1-based; the original lines if stale */
	bool stale;
	char *grain; /* "line", "block", "module" */
	char *text;
};

struct explained_list { /* a zeroed one is empty */
	struct explained *v;
	size_t n, cap;
};

/* Number of explanations of all files. Cheap. */
size_t explained_count(const struct state *s);

/* Fills out, the newest first. */
void explained_of(const struct state *s, const char *path, const char *text, size_t len,
		  struct explained_list *out);
void explained_fini(struct explained_list *l);

/* The explanation with the fewest lines that covers line; one that is not stale is preferred. */
const struct explained *explained_at(const struct explained_list *l, int line); /* NULL: none */

/* The record that the flow keeps: "12-14 block PATH", then the lines. many: the
 * explanation consists of notes, each about some of the lines (answer_note.h, numbered
 * from line 1 of the file); the grain is then written as "blocks". */
void explained_keep(const char *path, int line, int end_line, const char *grain, bool many,
		    const struct str *code, struct str *out);

#endif
