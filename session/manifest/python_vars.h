/* python_vars.h - variables of a Python script and their values. For python_*.c only. */
#ifndef POSEDGE_PYTHON_VARS_H
#define POSEDGE_PYTHON_VARS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/manifest/python_value.h"

#define PYTHON_TEXT_MAX 4096u /* bytes per string */

/* Takes ownership of s; frees it if it is too long or there are too many. */
void python_give(struct python *p, struct python_value *v, char *s);
bool python_has_room(const struct python *p, const struct python_value *v);
void python_add_all(struct python *p, struct python_value *v, const struct python_value *from);

/* NULL if the name is unknown. Borrowed until the next python_set(). */
struct python_value *python_find_var(const struct python *p, const struct python_token *name);

/* How many strings an f-string yields, one per item of the loop variable in it. */
size_t python_times(const struct python *p, const struct python_token *t);

/* Adds the text of a literal, for an f-string that of iteration pick. */
void python_add_text(const struct python *p, const struct python_token *t, size_t pick,
		     struct str *out);

/* Sets a to fn(x, y) for each x of a and each y of b. */
void python_combine(struct python *p, struct python_value *a, const struct python_value *b,
		    char *fn(const char *, const char *));
void python_change_each(struct python *p, struct python_value *v, char *fn(const char *));

#endif
