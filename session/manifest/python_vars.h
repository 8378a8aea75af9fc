/* python_vars.h - values of a script in Python, and what names stand for. For python_*.c only. */
#ifndef POSEDGE_PYTHON_VARS_H
#define POSEDGE_PYTHON_VARS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/manifest/python_value.h"

#define PYTHON_TEXT_MAX 4096u /* bytes of one string */

/* Takes s over, unless it is too long, or one too many: then it is freed. */
void python_give(struct python *p, struct python_value *v, char *s);
bool python_has_room(const struct python *p, const struct python_value *v);
void python_add_all(struct python *p, struct python_value *v, const struct python_value *from);

/* NULL: nothing is known of that name. Borrowed until the next python_set(). */
struct python_value *python_find_var(const struct python *p, const struct python_token *name);

/* For how many of the things that a loop's name stands for the f-string has to be read. */
size_t python_times(const struct python *p, const struct python_token *t);

/* The text of a literal, of an f-string for the pick-th time. */
void python_add_text(const struct python *p, const struct python_token *t, size_t pick,
		     struct str *out);

/* Puts fn() of each of a with each of b into a. */
void python_combine(struct python *p, struct python_value *a, const struct python_value *b,
		    char *fn(const char *, const char *));
void python_change_each(struct python *p, struct python_value *v, char *fn(const char *));

#endif
