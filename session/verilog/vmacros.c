/* Macros by name. Each entry is a separate block, since the map borrows its name
 * and tokens point into its body. Entries are never removed: `undef leaves one
 * that says "not defined" and hides a macro of the table below.
 */
#include "config.h"

#include "session/verilog/vmacros.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/name_map.h"

struct vmacros {
	struct vmacro **v;
	size_t n, cap;
	struct name_map by_name;
	bool cleared;
};

static void drop_meaning(struct vmacro *m)
{
	for (size_t i = 0; i < m->n_args; i++) {
		free(m->args[i].name);
		free(m->args[i].value);
	}
	free(m->args);
	free(m->body);
	*m = (struct vmacro){ .name = m->name };
}

void vmacro_fini(struct vmacro *macro)
{
	drop_meaning(macro);
	free(macro->name);
	*macro = (struct vmacro){ 0 };
}

struct vmacros *vmacros_new(void)
{
	return mem_zalloc(sizeof(struct vmacros));
}

void vmacros_free(struct vmacros *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->n; i++) {
		vmacro_fini(m->v[i]);
		free(m->v[i]);
	}
	name_map_fini(&m->by_name);
	free(m->v);
	free(m);
}

/* The entry of that name, created if needed; NULL if the table is full. */
static struct vmacro *entry(struct vmacros *m, const char *name, size_t len)
{
	struct vmacro *e;
	size_t i;

	if (name_map_get(&m->by_name, name, len, &i))
		return m->v[i];
	if (m->n >= VMACROS_MAX)
		return NULL;
	MEM_ROOM(m->v, m->n, m->cap);
	e = m->v[m->n] = mem_zalloc(sizeof(*e));
	e->name = mem_strndup(name, len);
	name_map_put(&m->by_name, e->name, len, m->n++);
	return e;
}

void vmacros_take(struct vmacros *m, struct vmacro *macro)
{
	struct vmacro *e = entry(m, macro->name, strlen(macro->name));

	if (e) {
		char *name = e->name;

		drop_meaning(e);
		free(macro->name);
		*e = *macro;
		e->name = name;
		e->defined = true;
		*macro = (struct vmacro){ 0 };
	}
	vmacro_fini(macro);
}

static bool is_name(const char *s, size_t len)
{
	if (len == 0 || (s[0] >= '0' && s[0] <= '9') || s[0] == '$')
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = s[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '_' || c == '$'))
			return false;
	}
	return true;
}

bool vmacros_define(struct vmacros *m, const char *text, struct err *err)
{
	size_t len = strcspn(text, "=");
	const char *value = text[len] ? text + len + 1 : "";
	struct vmacro macro = { 0 };

	if (!is_name(text, len))
		return err_set(
			err, ERR_USAGE,
			"define %s: write NAME or NAME=VALUE; a name has letters, digits, _ and $",
			text);
	if (m->n >= VMACROS_MAX && !vmacros_find(m, text, len))
		return err_set(err, ERR_LIMIT, "define %s: there are %u defines already", text,
			       VMACROS_MAX);
	macro.name = mem_strndup(text, len);
	macro.body = mem_strdup(value);
	macro.len = strlen(value);
	vmacros_take(m, &macro);
	return true;
}

void vmacros_undef(struct vmacros *m, const char *name, size_t len)
{
	struct vmacro *e = entry(m, name, len);

	if (e)
		drop_meaning(e);
}

void vmacros_undef_all(struct vmacros *m)
{
	for (size_t i = 0; i < m->n; i++)
		drop_meaning(m->v[i]);
	m->cleared = true;
}

const struct vmacro *vmacros_find(const struct vmacros *m, const char *name, size_t len)
{
	size_t i;

	return m && name_map_get(&m->by_name, name, len, &i) ? m->v[i] : NULL;
}

size_t vmacros_count(const struct vmacros *m)
{
	return m ? m->n : 0;
}

const struct vmacro *vmacros_at(const struct vmacros *m, size_t i)
{
	assert(i < m->n);
	return m->v[i];
}

bool vmacros_cleared(const struct vmacros *m)
{
	return m && m->cleared;
}

static void take_copy(struct vmacros *m, const struct vmacro *e)
{
	struct vmacro copy = { .name = mem_strdup(e->name),
			       .len = e->len,
			       .function = e->function,
			       .n_args = e->n_args,
			       .line = e->line,
			       .fallback = e->fallback };

	copy.body = mem_strndup(e->body, e->len);
	copy.args = mem_calloc(e->n_args + 1, sizeof(*copy.args));
	for (size_t i = 0; i < e->n_args; i++) {
		copy.args[i].name = mem_strdup(e->args[i].name);
		copy.args[i].value = mem_strdup(e->args[i].value);
	}
	vmacros_take(m, &copy);
}

void vmacros_merge(struct vmacros *m, const struct vmacros *over)
{
	if (!over)
		return;
	if (over->cleared)
		vmacros_undef_all(m);
	for (size_t i = 0; i < over->n; i++) {
		const struct vmacro *e = over->v[i];

		if (e->defined)
			take_copy(m, e);
		else
			vmacros_undef(m, e->name, strlen(e->name));
	}
}

struct vmacros *vmacros_copy(const struct vmacros *m)
{
	struct vmacros *copy = vmacros_new();

	vmacros_merge(copy, m);
	return copy;
}
