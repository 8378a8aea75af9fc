/* theme.h - what a style looks like: colours for four themes, one table.
 *
 * A style says what a cell means, not how it looks. No style relies on its
 * colour: marks, letters and words carry the meaning too, and the monochrome
 * theme uses bold, underline and reverse alone.
 */
#ifndef POSEDGE_THEME_H
#define POSEDGE_THEME_H

#include <stdbool.h>

enum style {
	STYLE_TEXT,
	STYLE_DIM,   /* line numbers, folded things, hints */
	STYLE_TITLE, /* of a pane without the focus */
	STYLE_FOCUS, /* of the one that has it */
	STYLE_STATUS,
	STYLE_KEYWORD,
	STYLE_COMMENT,
	STYLE_STRING,
	STYLE_NUMBER,
	STYLE_DIRECTIVE,
	STYLE_SYSTEM,
	STYLE_HEADING,
	STYLE_CODE,
	STYLE_ERROR,
	STYLE_RISK,
	STYLE_GOOD,
	STYLE_ADDED,
	STYLE_REMOVED,
	STYLE_YOU,
	STYLE_MODEL,
	STYLE_ESCAPE, /* a byte shown by its name */
	STYLE_KEY,    /* a key to press */
	STYLE_CHOSEN, /* the chosen row of a list */
	STYLE_BADGE,  /* REVIEW, unsaved, FAIL in the status line */
	STYLES,
};

enum style_flags {
	STYLE_SELECTED = 1u << 8,
	STYLE_MATCH = 1u << 9, /* found by a search, or the other bracket */
	STYLE_BOLD = 1u << 10,
	STYLE_UNDERLINE = 1u << 11, /* a finding here */
	STYLE_BAR = 1u << 12,	    /* in the status line: on its background */
	STYLE_FLAGS = 0xff00,
};

enum look_flags {
	LOOK_BOLD = 1u << 0,
	LOOK_UNDERLINE = 1u << 1,
	LOOK_REVERSE = 1u << 2,
	LOOK_DIM = 1u << 3
};

struct look {
	short fg, bg;	/* of the 256-colour table; -1: the terminal's own */
	short fg8, bg8; /* for terminals of 8 colours */
	unsigned flags; /* enum look_flags */
};

enum theme { THEME_DARK, THEME_LIGHT, THEME_MONO, THEME_SAFE };

bool theme_parse(const char *name, enum theme *t);
struct look theme_look(enum theme t, unsigned style); /* with its flags applied */
char style_letter(unsigned style);		      /* for tests; ' ' is plain text */

#endif
