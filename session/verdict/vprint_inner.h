/* vprint_inner.h - what the reading and the matching of statements share. */
#ifndef POSEDGE_VPRINT_INNER_H
#define POSEDGE_VPRINT_INNER_H

#include "session/base/str.h"
#include "session/verdict/vprint.h"

#define VPRINT_PIECES 64
#define VPRINT_UNITS  16
#define NO_UNIT	      100 /* in place of an exponent */

enum piece_kind {
	LITERAL,
	ANY,	   /* %s, %m, whatever */
	NUMBER,	   /* %d, %h, %b, %f and their like of something else than a time */
	TIME,	   /* $time as a number: in the module's unit */
	FORMATTED, /* %t */
};

struct piece {
	enum piece_kind kind;
	size_t off, len; /* LITERAL: in the texts */
	int scale;	 /* $time/1000 is printed: 3 */
	bool exact;	 /* $time or $realtime themselves, no variable */
};

struct statement {
	struct piece pieces[VPRINT_PIECES];
	int n;
	int unit; /* exponent of the module's; NO_UNIT */
};

struct file {
	const char *path, *text;
	size_t len;
	bool included;
};

struct vprint {
	struct file *files;
	size_t n_files, cap_files;
	struct statement *all;
	size_t n, cap;
	struct str texts; /* of the literals */
	size_t read;	  /* bytes */
	size_t tokens;	  /* of arguments: those of calls inside calls are read again */
	/* What holds where the reading is. */
	int unit, step; /* of `timescale; NO_UNIT */
	int module_unit;
	/* What was found. */
	int finest;	   /* NO_UNIT: nothing said */
	bool some_without; /* a module without a timescale */
	int units[VPRINT_UNITS];
	int n_units;
	int format;	    /* exponent of $timeformat; NO_UNIT: none */
	bool format_unsure; /* several, or one of names */
	char suffix[16];    /* what $timeformat prints after the number */
};

#endif
