/* theme.h - the looks of each style: colours for four themes, one table.
 *
 * A style says what a cell means. None relies on its colour: marks, letters and words
 * carry the meaning too, and the monochrome theme uses bold, underline and reverse
 * alone.
 */
#ifndef POSEDGE_THEME_H
#define POSEDGE_THEME_H

#include <stdbool.h>

enum style {
	STYLE_TEXT,
	STYLE_DIM,   /* line numbers, folded text, hints */
	STYLE_TITLE, /* of a pane without focus */
	STYLE_FOCUS, /* of the focused pane */
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
	STYLE_ESCAPE, /* a byte shown as an escape */
	STYLE_KEY,    /* a key to press */
	STYLE_CHOSEN, /* the chosen row of a list */
	STYLE_BADGE,  /* REVIEW, unsaved, FAIL in the status line */
	STYLES,
};

enum style_flags {
	STYLE_SELECTED = 1u << 8,
	STYLE_MATCH = 1u << 9, /* search hit, or matching bracket */
	STYLE_BOLD = 1u << 10,
	STYLE_UNDERLINE = 1u << 11, /* has a finding */
	STYLE_BAR = 1u << 12,	    /* in the status line: uses its background */
	STYLE_FLAGS = 0x1f00,
};
#define STYLE_FLAG_SETS 32 /* values of (style & STYLE_FLAGS) >> 8 */

enum look_flags {
	LOOK_BOLD = 1u << 0,
	LOOK_UNDERLINE = 1u << 1,
	LOOK_REVERSE = 1u << 2,
	LOOK_DIM = 1u << 3
};

struct look {
	short fg, bg;	/* index into the 256 colours; -1: terminal default */
	short fg8, bg8; /* for terminals with 8 colours */
	unsigned flags; /* enum look_flags */
};

enum theme { THEME_DARK, THEME_LIGHT, THEME_MONO, THEME_SAFE };

bool theme_parse(const char *name, enum theme *t);
struct look theme_look(enum theme t, unsigned style); /* with the flags of style applied */
char style_letter(unsigned style);		      /* for tests; ' ' is plain text */

#endif
