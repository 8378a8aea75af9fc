/* patch_find.h - finds quoted lines in a text. For session/text/patch*.c only.
 *
 * Every form of an edit needs this: look for a run of quoted lines among the lines
 * of the base. Lines are compared without their ending, then also without trailing
 * blanks. If the quote is not found, it is changed as a whole and must then occur
 * in exactly one place: without line numbers, with another indentation, without
 * look-alike characters and with one blank for several; then with another indentation
 * together with one of the other changes. The lines that the edit adds are changed in
 * the same way. Takes linear time. Pure.
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
	struct slice all; /* with its line ending */
	size_t bare;	  /* bytes without the line ending */
	size_t solid;	  /* bytes without the ending and trailing blanks */
	uint64_t hash;	  /* of the first `solid` bytes */
};

struct run {
	struct line *v;
	size_t n, cap;
};

struct finder {
	struct slice text; /* borrowed */
	struct run lines;
	struct str bare,
		plain;	  /* text without indentation; without look-alikes; made when needed */
	struct str level; /* text without both */
	struct run bare_lines, plain_lines, level_lines;
};

void finder_init(struct finder *f, struct slice text); /* text must outlive it */
void finder_fini(struct finder *f);

enum shift_kind { SHIFT_ADD, SHIFT_CUT, SHIFT_TO_TABS, SHIFT_TO_BLANKS, SHIFT_SCALE };

/* Numbers of blanks in the quote and in the text. */
struct widths {
	long quoted, real;
};

struct found {
	enum patch_how how;
	size_t at, n; /* range of lines in the text */
	struct numbering numbering;
	enum shift_kind shift;
	struct slice prefix;	 /* ADD, CUT: prefix that is added or removed */
	size_t unit;		 /* TO_...: number of blanks per tab */
	long levels;		 /* TO_...: tabs or blanks to add */
	struct widths one, step; /* SCALE: of one line, and from there to another one */
	bool fold_added;	 /* also replace look-alikes in added lines */
	struct str plain;	 /* LOOKS: the quote without look-alikes */
	struct run quote;	 /* the lines of the quote */
	/* those of the text at at, if they differ in a blank or the like; NULL: they do not. Added
	 * lines that the quote has, too, are added as the text has them. */
	const struct line *lines;
	size_t next; /* after the last of these that was added or kept */
};

/* quote must not be empty; what names it in error sentences. ERR_CONFLICT when it
 * occurs nowhere or more than once. Call found_fini() in either case; *out borrows
 * from f and quote. */
bool finder_find(struct finder *f, struct slice quote, const char *what, struct found *out,
		 struct err *err);
void found_fini(struct found *x);

/* True if the lines of the text at line `at` are those of quote. */
bool finder_matches(const struct finder *f, struct slice quote, size_t at);

/* Appends lines that the edit adds, changed as the quote was; their endings stay.
 * ERR_CONFLICT when the change is not possible. */
bool found_add(struct found *x, struct slice lines, struct str *out, struct err *err);

#endif
