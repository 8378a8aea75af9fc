/* python_value.h - what an expression in a build script in Python stands for.
 *
 * Strings and lists of strings, as far as the text tells: literals, f-strings,
 * names that the script itself sets, `+`, `/` of paths, lists, loops and
 * comprehensions over lists, dictionaries, and the usual calls of os.path, pathlib and
 * glob. Nothing is run. What is not told becomes "${NAME}", which a reading takes
 * for any folder. Owns its values, borrows the text.
 */
#ifndef POSEDGE_PYTHON_VALUE_H
#define POSEDGE_PYTHON_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/text/name_map.h"

#define PYTHON_MAX_TOKENS 200000u    /* of one script; what follows is not read */
#define PYTHON_MAX_ITEMS  5000u	     /* of one value, and of all that a script's names stand for */
#define PYTHON_MAX_MADE	  (8u << 20) /* bytes of values, all that were ever made */
#define PYTHON_MAX_DEEP	  30	     /* brackets in brackets */

enum python_kind { PYTHON_NAME, PYTHON_TEXT, PYTHON_NUMBER, PYTHON_MARK, PYTHON_LINE };

struct python_token {
	enum python_kind kind;
	const char *at; /* of a text: after its quote */
	size_t len;
	bool formatted; /* f"..." */
	bool raw;	/* r"..." */
	int line;	/* 1-based */
	size_t behind;	/* of a bracket: one past the one that closes it */
};

struct python_value {
	struct strv items; /* of a dictionary "KEY=VALUE" each */
	bool list;
	bool each; /* a loop's name: stands for one of these after the other */
	bool dict;
};

struct python {
	struct python_token *v; /* a PYTHON_LINE is the last, and none stands in brackets */
	size_t n, cap;
	struct python_value *vars; /* what names stand for */
	size_t n_vars, cap_vars;
	struct name_map names; /* to vars; borrows the text */
	const char *file;      /* what __file__ stands for; borrowed */
	size_t made;	       /* counted against PYTHON_MAX_MADE */
};

void python_read(struct python *p, const char *text, size_t len, const char *file);
void python_fini(struct python *p);

bool python_name_char(char c);
bool python_is(const struct python *p, size_t i, const char *mark_or_name);
int python_bracket(const struct python *p, size_t i); /* 1 opens, -1 closes, 0 is none */
/* One past the bracket that closes the one at i, or p->n. */
size_t python_behind(const struct python *p, size_t i);
/* Where the expression that begins at i ends: before a comma, a bracket that it did
 * not open, `for`, `=`, `:` or the end of the line. */
size_t python_end(const struct python *p, size_t i);

/* Of the tokens from..to; out is overwritten. */
void python_eval(struct python *p, size_t from, size_t to, struct python_value *out);
void python_value_fini(struct python_value *v);

/* The name stands for the value from now on, or for more than before. Takes v over. */
void python_set(struct python *p, const struct python_token *name, struct python_value *v,
		bool more);

#endif
