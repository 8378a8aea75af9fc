/* python_vars.h - variables of a Python script and their values. For python_*.c only. */
#ifndef POSEDGE_PYTHON_VARS_H
#define POSEDGE_PYTHON_VARS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/manifest/python_value.h"

#define PYTHON_TEXT_MAX 65536u /* bytes per string; a command may name many files */

/* Takes ownership of s; frees it if it is too long or there are too many. */
void python_give(struct python *p, struct python_value *v, char *s);
bool python_has_room(const struct python *p, const struct python_value *v);
void python_add_all(struct python *p, struct python_value *v, const struct python_value *from);

/* NULL if the name is unknown. Borrowed until the next python_set(). */
struct python_value *python_find_var(const struct python *p, const struct python_token *name);

/* How many strings an f-string yields, one per item of the loop variable in it. */
size_t python_times(const struct python *p, const struct python_token *t);

/* The variable in "{name}", "{name!r}" or "{name:4}" at s; NULL if it is unknown. */
const struct python_value *python_var_in(const struct python *p, const char *s,
					 struct python_token *name);

/* Sets a to fn(x, y) for each x of a and each y of b. */
void python_combine(struct python *p, struct python_value *a, const struct python_value *b,
		    char *fn(const char *, const char *));
void python_change_each(struct python *p, struct python_value *v, char *fn(const char *));

/* Sets v to one string of its items with sep between them. */
void python_glue(struct python *p, struct python_value *v, const char *sep);

/* Replaces, as "..." % values and "...".format(values) do, the marks in each string of
 * v by the values: `%s` and its like, `{}` and `{0}`. A mark without a value becomes
 * "${x}". */
void python_fill(struct python *p, struct python_value *v, const struct python_value *values,
		 char mark);

#endif
