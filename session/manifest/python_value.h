/* python_value.h - values of expressions in a Python build script.
 *
 * Strings and lists of strings, as far as the text determines them: literals,
 * f-strings, variables the script sets, `+`, `%`, `/` on paths, lists, loops and
 * comprehensions over lists, dictionaries, join(), format(), and the usual calls of
 * os.path, pathlib and glob. Nothing is run. An unknown value becomes "${NAME}", which the
 * manifest reader matches with any folder. Owns its values, borrows the text.
 */
#ifndef POSEDGE_PYTHON_VALUE_H
#define POSEDGE_PYTHON_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/text/name_map.h"

#define PYTHON_MAX_TOKENS 200000u    /* per script; the rest is not read */
#define PYTHON_MAX_ITEMS  5000u	     /* per value, and over all variables of a script */
#define PYTHON_MAX_MADE	  (8u << 20) /* bytes of all values ever created */
#define PYTHON_MAX_DEEP	  30	     /* nesting of brackets */

enum python_kind { PYTHON_NAME, PYTHON_TEXT, PYTHON_NUMBER, PYTHON_MARK, PYTHON_LINE };

struct python_token {
	enum python_kind kind;
	const char *at; /* of a string: after its quote */
	size_t len;
	bool formatted; /* f"..." */
	bool raw;	/* r"..." */
	int line;	/* 1-based */
	size_t after;	/* of an opening bracket: one past the closing one */
};

struct python_value {
	struct strv items; /* of a dictionary: "KEY=VALUE" each */
	bool list;
	bool each; /* a loop variable: takes each of the items in turn */
	bool dict;
};

struct python {
	struct python_token *v; /* the last one is a PYTHON_LINE; there is none inside brackets */
	size_t n, cap;
	struct python_value *vars; /* values of variables */
	size_t n_vars, cap_vars;
	struct name_map names; /* to index in vars; borrows the text */
	const char *file;      /* value of __file__; borrowed */
	size_t made;	       /* counted against PYTHON_MAX_MADE */
	bool inside;	       /* this is an expression inside an f-string */
};

void python_read(struct python *p, const char *text, size_t len, const char *file);
void python_fini(struct python *p);

bool python_name_char(char c);
bool python_is(const struct python *p, size_t i, const char *mark_or_name);
int python_bracket(const struct python *p, size_t i); /* 1 opens, -1 closes, 0: no bracket */
/* One past the bracket that closes the one at i, or p->n. */
size_t python_skip(const struct python *p, size_t i);
/* The end of the expression that starts at i: a comma, a bracket it did not open,
 * `for`, `=`, `:` or the end of the line. */
size_t python_end(const struct python *p, size_t i);

/* Evaluates the tokens in [from, to); out is overwritten. */
void python_eval(struct python *p, size_t from, size_t to, struct python_value *out);
void python_value_fini(struct python_value *v);

/* Assigns v to the name, or adds it to its value if more is set. Takes ownership of v. */
void python_set(struct python *p, const struct python_token *name, struct python_value *v,
		bool more);

#endif
