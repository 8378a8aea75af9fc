/* spec.h - a spec as numbered requirements, and what it leaves open. Pure.
 *
 * A requirement begins a line with its number, R1, REQ-12 or 3., after any list
 * mark, heading, bold or table mark, and goes on up to the next one, a blank line
 * or a heading. What stands outside is prose: it counts for the rules, and no
 * module can serve it.
 */
#ifndef POSEDGE_SPEC_H
#define POSEDGE_SPEC_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/text/slice.h"

#define SPEC_ITEMS_MAX 2000u /* requirements; later ones are not read, and full is set */
#define SPEC_OPEN_MAX  60u   /* what is left open */

struct spec_item {
	char *id;   /* "R1"; "" for prose */
	char *text; /* without the number, its lines joined by blanks */
	int line;   /* 1-based */
};

struct spec {		     /* a zeroed one is empty */
	struct spec_item *v; /* in order, prose too */
	size_t n, cap;
	bool full;
};

void spec_read(struct spec *s, const char *text, size_t len);
void spec_fini(struct spec *s);

const struct spec_item *spec_find(const struct spec *s, const char *id); /* NULL: none */
size_t spec_numbered(const struct spec *s); /* how many have a number */

/* Adds text with one more requirement for each of lines, numbered on from the highest and
 * placed after the last, in the way the spec writes its own. */
void spec_extend(const char *text, size_t len, const struct strv *lines, struct str *out);

/* A line of a spec without its marks and number, as spec_extend() takes it; within it. */
struct slice spec_sentence(struct slice line);

/* Whether one of the alternatives in words is in text: "reset|rst*|write*&full". A phrase
 * stands between word boundaries; * is any letters, # a number, a blank any blanks or a
 * hyphen, a * in front that it may stand within a word; & wants both. Case does not
 * count. found (may be NULL): what matched first. */
bool spec_says(const char *text, const char *words, struct str *found);

struct spec_open {		    /* something that is left open */
	const char *rule;	    /* "reset.kind"; constant */
	int line;		    /* 0: of the spec as a whole */
	char *what;		    /* a sentence */
	char *question;		    /* ""; nothing can be asked about it */
	const char *const *options; /* what could be answered, up to NULL; constant; NULL: none */
	char *requirement;	    /* what an answer becomes: ANSWER stands in it */
};

struct spec_opens { /* a zeroed one is empty */
	struct spec_open *v;
	size_t n, cap;
};

/* By rules; the most telling first. */
void spec_check(const struct spec *s, struct spec_opens *out);
void spec_opens_fini(struct spec_opens *o);

#endif
