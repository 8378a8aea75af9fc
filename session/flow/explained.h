/* explained.h - what was explained of a file, and where it stands now.
 *
 * The flow `explain` keeps with each answer the lines that it is about. They are looked for
 * in the text as it is: an explanation moves along with them, and is stale as soon as they
 * are others. Knows the journal's state; pure otherwise.
 */
#ifndef POSEDGE_EXPLAINED_H
#define POSEDGE_EXPLAINED_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct state;

#define EXPLAINED_MAX	    100u   /* of a file, the newest */
#define EXPLAINED_LINES_MAX 100000 /* a later line is not looked at */

struct explained {
	int line, end_line; /* from 1; of a stale one where it stood */
	bool stale;
	char *grain; /* "line", "block", "module" */
	char *text;
};

struct explained_list { /* a zeroed one is empty */
	struct explained *v;
	size_t n, cap;
};

/* How many explanations of any file there are, at little cost. */
size_t explained_count(const struct state *s);

/* The newest first. */
void explained_of(const struct state *s, const char *path, const char *text, size_t len,
		  struct explained_list *out);
void explained_fini(struct explained_list *l);

/* The one of the fewest lines with that line in it, one that is not stale before others. */
const struct explained *explained_at(const struct explained_list *l, int line); /* NULL: none */

/* What the flow keeps: "12-14 block PATH", then the lines. many: they are explained in several
 * answers, each of some of them (answer_note.h, numbered from line 1 of the file): "blocks". */
void explained_keep(const char *path, int line, int end_line, const char *grain, bool many,
		    const struct str *code, struct str *out);

#endif
