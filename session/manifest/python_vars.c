/* Every value is a list of strings; a plain string is a list of one. A loop `for
 * f in files` makes f stand for all files at once, so that `rtl / f` is a list of
 * paths: the body is read only once, and a comprehension is the same in one line.
 *
 * Lists multiply, so their items and all bytes ever created are limited
 * (PYTHON_MAX_ITEMS, PYTHON_MAX_MADE); the excess is dropped.
 */
#include "config.h"

#include "session/manifest/python_vars.h"

#include <stdint.h>
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
		MEM_ROOM(p->vars, p->n_vars, p->cap_vars);
		name_map_put(&p->names, name->at, name->len, p->n_vars);
		var = &p->vars[p->n_vars++];
		*var = (struct python_value){ .items = STRV_INIT };
		more = false;
	}
	if (more) {
		bool text = !var->list && !var->dict && (v->each || !v->list) && var->items.n == 1;

		python_add_all(p, var, v);
		if (text) /* of a loop, all that it adds */
			python_glue(p, var, "");
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

const struct python_value *python_var_in(const struct python *p, const char *s,
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
			t->at[i] == '{' ? python_var_in(p, t->at + i, &name) : NULL;

		if (var && var->each && var->items.n > n)
			n = var->items.n;
	}
	return n;
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

void python_glue(struct python *p, struct python_value *v, const char *sep)
{
	struct str all = STR_LIMIT(PYTHON_TEXT_MAX);

	for (size_t i = 0; i < v->items.n; i++)
		str_addf(&all, "%s%s", i ? sep : "", v->items.v[i]);
	python_value_fini(v);
	if (!all.full) /* part of a command would be another command */
		python_give(p, v, mem_strdup(str_cstr(&all)));
	str_free(&all);
}

/* Length of the mark at s: "%s", "%04d", or "{}", "{0}", "{name:>4}"; 0: it is not one.
 * *at: which value it takes, SIZE_MAX for the next one. */
static size_t mark_at(const char *s, char mark, size_t *at)
{
	size_t n;

	*at = SIZE_MAX;
	if (*s != mark)
		return 0;
	if (mark == '%') {
		n = 1 + strspn(s + 1, "0123456789.-+# ");
		return s[n] && strchr("sdrixXofg", s[n]) ? n + 1 : 0;
	}
	n = 1 + strcspn(s + 1, "{}");
	if (s[n] != '}')
		return 0;
	if (s[1] >= '0' && s[1] <= '9')
		*at = strtoul(s + 1, NULL, 10);
	else if (s[1] != '}' && s[1] != ':' && s[1] != '!') /* by name */
		*at = SIZE_MAX - 1;
	return n + 1;
}

static char *filled(const char *s, const struct python_value *values, char mark)
{
	struct str out = STR_LIMIT(PYTHON_TEXT_MAX);
	size_t next = 0, at, n;

	for (; *s; s += n ? n : 1) {
		n = mark_at(s, mark, &at);
		if (!n) {
			str_addc(&out, *s);
			n = (*s == mark || *s == '}') && s[1] == *s ? 2 : 1; /* `%%`, `{{`, `}}` */
			continue;
		}
		at = at == SIZE_MAX ? next++ : at;
		str_adds(&out, at < values->items.n ? values->items.v[at] : "${x}");
	}
	return str_take(&out);
}

void python_fill(struct python *p, struct python_value *v, const struct python_value *values,
		 char mark)
{
	struct python_value all = { STRV_INIT, v->list, v->each, v->dict };

	for (size_t i = 0; i < v->items.n && python_has_room(p, &all); i++)
		python_give(p, &all, filled(v->items.v[i], values, mark));
	python_value_fini(v);
	*v = all;
}
