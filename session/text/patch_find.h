/* patch_find.h - where quoted lines stand in a text. For session/text/patch.c only.
 *
 * The problem is the same for every form of an edit: a run of quoted lines,
 * looked for in the lines of the base. Lines are compared without their ending,
 * then also without blanks at their end. If the quote then stands nowhere, one
 * change is made to the whole of it, and it must stand in exactly one place:
 * line numbers taken off, another indentation, look-alike characters; then another
 * indentation together with one of the others. What the edit adds is changed in
 * the same way. Everything takes linear time. Pure.
 */
#ifndef POSEDGE_PATCH_FIND_H
#define POSEDGE_PATCH_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/text/patch.h"
#include "session/text/patch_number.h"
#include "session/text/slice.h"

struct line {
	struct slice all; /* with its ending */
	size_t bare;	  /* bytes without the ending */
	size_t solid;	  /* also without blanks at the end */
	uint64_t hash;	  /* of the solid bytes */
};

struct run {
	struct line *v;
	size_t n, cap;
};

struct finder {
	struct slice text; /* borrowed */
	struct run lines;
	struct str bare,
		plain;	  /* text without indentation, without look-alikes; made when needed */
	struct str level; /* and without both */
	struct run bare_lines, plain_lines, level_lines;
};

void finder_init(struct finder *f, struct slice text); /* text must outlive it */
void finder_fini(struct finder *f);

enum shift_kind { SHIFT_ADD, SHIFT_CUT, SHIFT_TO_TABS, SHIFT_TO_BLANKS };

struct found {
	enum patch_how how;
	size_t at, n; /* lines of the text */
	struct numbering numbering;
	enum shift_kind shift;
	struct slice prefix;	/* ADD, CUT: what is put in front or taken off */
	size_t unit;		/* TO_...: blanks for a tab */
	long levels;		/* TO_...: tabs more, or blanks more */
	bool fold_added;	/* look-alikes in what is added are replaced too */
	struct str plain;	/* LOOKS: the quote without them */
	struct run quote, kept; /* LOOKS: its lines, and those of the text */
};

/* quote has lines; what names it in sentences. ERR_CONFLICT when it stands
 * nowhere or more than once. found is to be finished in either case; it
 * borrows from f and quote. */
bool finder_find(struct finder *f, struct slice quote, const char *what, struct found *out,
		 struct err *err);
void found_fini(struct found *x);

/* Whether the lines stand at that place, as they are quoted. */
bool finder_stands(const struct finder *f, struct slice quote, size_t at);

/* Lines that the edit adds, changed as the quote was; their endings stay.
 * ERR_CONFLICT when they cannot be. */
bool found_add(const struct found *x, struct slice lines, struct str *out, struct err *err);

#endif
