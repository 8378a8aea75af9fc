/* spec.h - a spec as numbered requirements, and what it leaves open. Pure.
 *
 * A requirement begins a line with its number, R1, REQ-12 or 3., after an optional
 * list, heading, bold or table mark. It ends before the next one, a blank line or a
 * heading. Everything else is prose: the rules look at it, but no module can serve it.
 * Each item of a list without a number is prose of its own.
 */
#ifndef POSEDGE_SPEC_H
#define POSEDGE_SPEC_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/text/slice.h"

#define SPEC_ITEMS_MAX 2000u /* requirements; later ones are not read, and full is set */
#define SPEC_OPEN_MAX  60u   /* open points */

struct spec_item {
	char *id;   /* "R1"; "" for prose */
	char *text; /* without the number, lines joined by blanks */
	int line;   /* 1-based */
};

struct spec {		     /* a zeroed one is empty */
	struct spec_item *v; /* in order, including prose */
	size_t n, cap;
	bool full;
};

void spec_read(struct spec *s, const char *text, size_t len);
void spec_fini(struct spec *s);

const struct spec_item *spec_find(const struct spec *s, const char *id); /* NULL: none */
size_t spec_numbered(const struct spec *s); /* number of numbered requirements */

/* Appends text with one more requirement for each of lines, numbered after the
 * highest, placed after the last, and formatted as the spec's own. */
void spec_extend(const char *text, size_t len, const struct strv *lines, struct str *out);

/* A line of a spec without marks and number, as spec_extend() takes it; points into line. */
struct slice spec_sentence(struct slice line);

/* True if text contains one of the alternatives in words: "reset|rst*|write*&full". A
 * phrase matches between word boundaries. * matches any letters, # a number, a blank
 * matches blanks or a hyphen; a leading * allows a match within a word; & requires
 * both sides. Case is ignored. found (may be NULL): the first match. */
bool spec_says(const char *text, const char *words, struct str *found);

/* True if text has the name, not as a part of a longer one. Case counts. An escaped name is given
 * without its backslash. */
bool spec_names(const char *text, const char *name);

struct spec_open {		    /* one open point */
	const char *rule;	    /* "reset.kind"; constant */
	int line;		    /* 0: about the spec as a whole */
	char *what;		    /* a sentence */
	char *question;		    /* "": there is nothing to ask */
	const char *const *options; /* possible answers, NULL-terminated, constant; NULL: none */
	char *requirement;	    /* sentence for an answer; contains ANSWER */
};

struct spec_opens { /* a zeroed one is empty */
	struct spec_open *v;
	size_t n, cap;
};

/* Applies the rules; the most important points first. */
void spec_check(const struct spec *s, struct spec_opens *out);
void spec_opens_fini(struct spec_opens *o);

#endif
