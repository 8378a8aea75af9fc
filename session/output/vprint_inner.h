/* vprint_inner.h - shared by the reading and the matching of statements. */
#ifndef POSEDGE_VPRINT_INNER_H
#define POSEDGE_VPRINT_INNER_H

#include "session/base/str.h"

#define VPRINT_PIECES 64
#define VPRINT_UNITS  16
#define NO_UNIT	      100 /* value of an exponent that is unknown */

enum piece_kind {
	LITERAL,
	ANY,	   /* %s, %m, anything */
	NUMBER,	   /* %d, %h, %b, %f and the like, of something other than a time */
	TIME,	   /* $time as a number, in the module's unit */
	FORMATTED, /* %t */
};

struct piece {
	enum piece_kind kind;
	size_t off, len; /* LITERAL: span in texts */
	int scale;	 /* 3 if $time/1000 is printed */
	bool exact;	 /* $time or $realtime itself, not a variable */
};

struct statement {
	struct piece pieces[VPRINT_PIECES];
	int n;
	int unit;    /* exponent of the module's unit; NO_UNIT */
	size_t file; /* index in files */
	int line;
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
	struct str texts; /* text of the literals */
	size_t read;	  /* in bytes */
	size_t tokens;	  /* in arguments; those of nested calls are counted again */
	/* State at the current position: */
	size_t file;
	int line;
	int unit, step; /* of `timescale; NO_UNIT */
	int module_unit;
	/* Results: */
	int finest;	   /* NO_UNIT: none given */
	bool some_without; /* a module without a timescale */
	int units[VPRINT_UNITS];
	int n_units;
	int format;	    /* exponent of $timeformat; NO_UNIT: none */
	bool format_unsure; /* several, or one with variables */
	char suffix[16];    /* printed after the number by $timeformat */
};

#endif
