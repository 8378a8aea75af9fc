/* terminfo.h - what a terminal understands, by its name in TERM.
 *
 * Sequences are appended to a string. terminfo knows one terminal per process, so there
 * is one of these at a time. Delays ($<5>) are left out: terminals that need them use
 * flow control by now.
 */
#ifndef POSEDGE_TERMINFO_H
#define POSEDGE_TERMINFO_H

#include <stdbool.h>

#include "session/base/err.h"
#include "ui/look/theme.h"

struct str;

enum cap {
	CAP_BOLD,
	CAP_CLEAR,
	CAP_DIM,
	CAP_ENTER,
	CAP_ERASE, /* to the end of the row */
	CAP_HIDE,
	CAP_INDEX, /* scrolls up by a row */
	CAP_INDEX_N,
	CAP_LEAVE,
	CAP_MOVE,
	CAP_PAIR, /* the default colours */
	CAP_REGION,
	CAP_REVERSE,
	CAP_REVERSE_INDEX, /* scrolls down */
	CAP_REVERSE_INDEX_N,
	CAP_PLAIN,
	CAP_SET_BG,
	CAP_SET_FG,
	CAP_SHOW,
	CAP_UNDERLINE,
	CAPS
};

struct terminfo {
	char *cap[CAPS]; /* without parameters filled in; NULL: it has none */
	int colours;
	int not_with_colours; /* attributes: bits of terminfo's ncv */
	bool ansi_move;	      /* CAP_MOVE is the usual one */
	bool keeps_style;     /* the cursor may be moved in any style */
	bool last_scrolls;    /* a character in the last cell scrolls the screen */
};

/* name may be NULL. ERR_TOOL: it is not known, or cannot move the cursor. */
struct terminfo *terminfo_open(const char *name, struct err *err);
void terminfo_close(struct terminfo *t); /* NULL is fine */

void terminfo_add(const struct terminfo *t, enum cap c,
		  struct str *out); /* nothing if it has none */

/* With its parameters; it must have c. */
void terminfo_add_with(const struct terminfo *t, enum cap c, int a, int b, struct str *out);

/* Resets the attributes and the colours, then sets all that style has. */
void terminfo_add_look(const struct terminfo *t, enum theme theme, unsigned style, struct str *out);

#endif
