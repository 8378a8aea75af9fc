/* Every value is a list of strings; a plain string is a list of one. A loop `for
 * f in files` makes f stand for all files at once, so that `rtl / f` is a list of
 * paths: the body is read only once, and a comprehension is the same in one line.
 *
 * Lists multiply, so their items and all bytes ever created are limited
 * (PYTHON_MAX_ITEMS, PYTHON_MAX_MADE); the excess is dropped.
 */
#include "config.h"

#include "session/manifest/python_vars.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

void python_value_fini(struct python_value *v)
{
	strv_free(&v->items);
	*v = (struct python_value){ .items = STRV_INIT };
}

void python_give(struct python *p, struct python_value *v, char *s)
{
	size_t len = strlen(s) + 1;

	p->made += len;
	if (v->items.n < PYTHON_MAX_ITEMS && len <= PYTHON_TEXT_MAX && p->made < PYTHON_MAX_MADE)
		strv_give(&v->items, s);
	else
		free(s);
}

bool python_has_room(const struct python *p, const struct python_value *v)
{
	return v->items.n < PYTHON_MAX_ITEMS && p->made < PYTHON_MAX_MADE;
}

void python_add_all(struct python *p, struct python_value *v, const struct python_value *from)
{
	for (size_t i = 0; i < from->items.n && python_has_room(p, v); i++)
		python_give(p, v, mem_strdup(from->items.v[i]));
}

struct python_value *python_find_var(const struct python *p, const struct python_token *name)
{
	size_t at;

	return name_map_get(&p->names, name->at, name->len, &at) ? &p->vars[at] : NULL;
}

void python_set(struct python *p, const struct python_token *name, struct python_value *v,
		bool more)
{
	struct python_value *var = python_find_var(p, name);
	size_t held = 0;

	for (size_t i = 0; i < p->n_vars; i++)
		held += 1 + p->vars[i].items.n;
	if (held + v->items.n > PYTHON_MAX_ITEMS) {
		python_value_fini(v);
		return;
	}
	if (!var) {
		p->cap_vars =
			mem_grow((void **)&p->vars, p->cap_vars, p->n_vars + 1, sizeof(*p->vars));
		name_map_put(&p->names, name->at, name->len, p->n_vars);
		var = &p->vars[p->n_vars++];
		*var = (struct python_value){ .items = STRV_INIT };
		more = false;
	}
	if (more) {
		python_add_all(p, var, v);
		python_value_fini(v);
		return;
	}
	python_value_fini(var);
	*var = *v;
	*v = (struct python_value){ .items = STRV_INIT };
}

void python_fini(struct python *p)
{
	for (size_t i = 0; i < p->n_vars; i++)
		python_value_fini(&p->vars[i]);
	free(p->vars);
	name_map_fini(&p->names);
	free(p->v);
	*p = (struct python){ .file = NULL };
}

/* The variable in "{name}", "{name!r}" or "{name:4}"; NULL if it is unknown. */
static const struct python_value *var_in(const struct python *p, const char *s,
					 struct python_token *name)
{
	const struct python_value *var;

	*name = (struct python_token){ PYTHON_NAME, s + 1, 0, false, false, 0, 0 };
	while (python_name_char(name->at[name->len]))
		name->len++;
	var = python_find_var(p, name);
	return var && var->items.n > 0 && strchr("}!:", name->at[name->len]) &&
			       (var->items.n == 1 || var->each)
		       ? var
		       : NULL;
}

size_t python_times(const struct python *p, const struct python_token *t)
{
	struct python_token name;
	size_t n = 1;

	for (size_t i = 0; t->formatted && i < t->len; i++) {
		const struct python_value *var =
			t->at[i] == '{' ? var_in(p, t->at + i, &name) : NULL;

		if (var && var->each && var->items.n > n)
			n = var->items.n;
	}
	return n;
}

/* Replaces "{name}" in an f-string by item number pick; returns the number of
 * bytes consumed. */
static size_t replaced(const struct python *p, const char *s, size_t len, size_t pick,
		       struct str *out)
{
	const char *end = memchr(s, '}', len);
	struct python_token name;
	const struct python_value *var;

	if (!end)
		return len;
	var = var_in(p, s, &name);
	if (var)
		str_adds(out, var->items.v[pick % var->items.n]);
	else
		str_addf(out, "${%.*s}", name.len ? (int)name.len : 1, name.len ? name.at : "x");
	return (size_t)(end - s) + 1;
}

void python_add_text(const struct python *p, const struct python_token *t, size_t pick,
		     struct str *out)
{
	for (size_t i = 0; i < t->len && !out->full;) {
		const char *s = t->at + i;
		size_t left = t->len - i;

		if (*s == '\\' && !t->raw && left > 1) {
			str_addc(out, s[1] == 'n' || s[1] == 't' ? ' ' : s[1]);
			i += 2;
		} else if (t->formatted && left > 1 && (*s == '{' || *s == '}') && s[1] == *s) {
			str_addc(out, *s);
			i += 2;
		} else if (t->formatted && *s == '{') {
			i += replaced(p, s, left, pick, out);
		} else {
			str_addc(out, *s);
			i++;
		}
	}
}

void python_combine(struct python *p, struct python_value *a, const struct python_value *b,
		    char *fn(const char *, const char *))
{
	struct python_value all = { .items = STRV_INIT,
				    .list = a->list || b->list,
				    .each = a->each || b->each };

	for (size_t i = 0; i < a->items.n && python_has_room(p, &all); i++)
		for (size_t k = 0; k < b->items.n && python_has_room(p, &all); k++)
			python_give(p, &all, fn(a->items.v[i], b->items.v[k]));
	python_value_fini(a);
	*a = all;
}

void python_change_each(struct python *p, struct python_value *v, char *fn(const char *))
{
	struct python_value all = { STRV_INIT, v->list, v->each, v->dict };

	for (size_t i = 0; i < v->items.n && python_has_room(p, &all); i++)
		python_give(p, &all, fn(v->items.v[i]));
	python_value_fini(v);
	*v = all;
}
