/* Parameter overrides are found in the tokens of each file that instantiates the
 * module:
 *
 *     MODULE #( .NAME ( VALUE ) , ... )      by name
 *     MODULE #( VALUE , ... )                by position, not counting localparams
 *     MODULE # VALUE
 *
 * Values are compared as texts without blanks. A name is followed to the
 * localparam of the enclosing module, or to the parameter of a testbench, which
 * nobody instantiates. If it ends in another name, nothing is known, since the
 * name may mean different things in the two modules. Different texts count as
 * different values, even if an expression would give the same: an error in that
 * direction costs a proof, one in the other is a false proof.
 */
#include "config.h"

#include "session/formal/first_values.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/project/project.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vpp.h"

#define FILE_MOST   (4u << 20) /* bytes; a larger file gives no answer */
#define FOLLOW_MOST 8	       /* length of a chain of names */

#define VALUES_MOST 8u /* shown to the user */

enum where { OUTSIDE, MODULE_WORD, NAME_SEEN, HASH_SEEN, IN_LIST };

struct scan {
	const struct project *p;
	const struct vmodule *m;
	enum where where;
	char *unit; /* the module being read; NULL: none */
	struct str item;
	size_t position;
	int depth;
	bool others;
};

static bool has_parameters(const struct vmodule *m)
{
	for (size_t i = 0; i < m->n_params; i++)
		if (!m->params[i].local)
			return true;
	return false;
}

static const struct vparam *by_name(const struct vmodule *m, struct slice name)
{
	for (size_t i = 0; m && i < m->n_params; i++)
		if (slice_is(name, m->params[i].name))
			return &m->params[i];
	return NULL;
}

static const struct vparam *by_position(const struct vmodule *m, size_t position)
{
	for (size_t i = 0; i < m->n_params; i++)
		if (!m->params[i].local && position-- == 0)
			return &m->params[i];
	return NULL;
}

/* Equality apart from blanks, which only matter inside a string. */
static bool same_text(struct slice a, struct slice b)
{
	if (slice_find(a, "\"") < a.n)
		return slice_equal(a, b);
	while (a.n || b.n) {
		if (a.n && strchr(" \t\r\n", *a.p))
			a = slice_from(a, 1);
		else if (b.n && strchr(" \t\r\n", *b.p))
			b = slice_from(b, 1);
		else if (!a.n || !b.n || *a.p != *b.p)
			return false;
		else {
			a = slice_from(a, 1);
			b = slice_from(b, 1);
		}
	}
	return true;
}

/* Digits after a base ("8'hff") and letters in a string are not names. */
static bool has_name(struct slice s)
{
	bool string = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], before = i ? s.p[i - 1] : ' ';

		if (string && c == '\\')
			i++; /* skip the escaped character */
		else if (c == '"')
			string = !string;
		else if (!string && (isalpha((unsigned char)c) || (c && strchr("_`$\\", c))) &&
			 !isalnum((unsigned char)before) && before != '_' && before != '\'')
			return true;
	}
	return false;
}

static bool is_first(const struct scan *s, const struct vparam *v, struct slice given)
{
	const struct vmodule *unit = s->unit ? project_vmodule(s->p, s->unit) : NULL;
	bool fixed = unit && project_is_testbench(s->p, unit);

	for (int i = 0; i < FOLLOW_MOST; i++) {
		const struct vparam *from = by_name(unit, given);

		if (same_text(given, slice_of(v->value)) && !has_name(given))
			return true;
		if (!from || !(from->local || fixed))
			return false;
		given = slice_of(from->value);
	}
	return false;
}

/* Ends one list item, ".W(8)" or "8" with blanks removed. */
static void end_item(struct scan *s)
{
	struct slice given = { str_cstr(&s->item), s->item.len };
	const struct vparam *v;
	size_t open;

	if (slice_starts(given, ".")) {
		open = slice_find(given, "(");
		s->others |= open == given.n;
		v = by_name(s->m, (struct slice){ given.p + 1, open - 1 });
		given = open < given.n ? slice_from(given, open + 1) : slice_from(given, given.n);
		if (given.n)
			given.n--; /* closing bracket */
	} else {
		v = by_position(s->m, s->position++);
	}
	if (given.n && (!v || !is_first(s, v, given)))
		s->others = true;
	str_clear(&s->item);
}

static void in_list(struct scan *s, struct slice t)
{
	s->depth += (slice_is(t, "(") || slice_is(t, "[") || slice_is(t, "{")) -
		    (slice_is(t, ")") || slice_is(t, "]") || slice_is(t, "}"));
	if (s->depth == 0 || (s->depth == 1 && slice_is(t, ","))) {
		end_item(s);
		s->where = s->depth ? IN_LIST : OUTSIDE;
	} else {
		str_add(&s->item, t.p, t.n);
	}
}

static void on_token(void *ctx, const struct vpp_token *token)
{
	struct scan *s = ctx;
	struct slice t = { token->s, token->len };

	switch (s->where) {
	case MODULE_WORD:
		if (slice_is(t, "automatic") || slice_is(t, "static"))
			return;
		free(s->unit);
		s->unit = slice_dup(t);
		s->where = OUTSIDE;
		return;
	case NAME_SEEN:
		s->where = slice_is(t, "#") ? HASH_SEEN : OUTSIDE;
		return;
	case HASH_SEEN:
		s->position = 0;
		s->depth = 1;
		str_clear(&s->item);
		s->where = slice_is(t, "(") ? IN_LIST : OUTSIDE;
		if (s->where == OUTSIDE) {
			str_add(&s->item, t.p, t.n);
			end_item(s);
		}
		return;
	case IN_LIST:
		in_list(s, t);
		return;
	case OUTSIDE:
		break;
	}
	if (slice_is(t, "module") || slice_is(t, "macromodule") || slice_is(t, "program"))
		s->where = MODULE_WORD;
	else if (slice_is(t, s->m->name))
		s->where = NAME_SEEN;
	else if (slice_is(t, "defparam"))
		s->others = true;
}

static bool instantiates(const struct voutline *o, const char *module)
{
	for (size_t i = 0; o && i < o->n; i++)
		for (size_t k = 0; k < o->modules[i].n_instances; k++)
			if (strcmp(o->modules[i].instances[k].module, module) == 0)
				return true;
	return false;
}

static void look_at(struct scan *s, const struct project_file *f)
{
	size_t len;
	const char *laid = project_overlay_text(s->p, f->path, &len);
	char *path = path_join(project_root(s->p), f->path);
	struct str text = STR_INIT;

	if (laid)
		str_add(&text, laid, len);
	else if (!file_read(path, FILE_MOST, &text, NULL))
		s->others = true;
	/* A defparam in any file may override parameters of any instance. */
	if (text.len && memmem(text.data, text.len, "defparam", strlen("defparam")))
		s->others = true;
	s->where = OUTSIDE;
	if (!s->others && instantiates(f->outline, s->m->name))
		project_tokens(s->p, f->path, str_cstr(&text), text.len, on_token, s);
	str_free(&text);
	free(path);
}

bool first_values(const struct project *p, const char *module)
{
	struct scan s = { .p = p, .m = project_vmodule(p, module) };

	if (!s.m || !has_parameters(s.m))
		return s.m != NULL;
	for (size_t i = 0; i < project_files(p) && !s.others; i++)
		look_at(&s, project_file(p, i));
	free(s.unit);
	str_free(&s.item);
	return !s.others;
}

static const char *set_value(const char *const *set, const char *name)
{
	size_t n = strlen(name);

	for (; set && *set; set++)
		if (strncmp(*set, name, n) == 0 && (*set)[n] == '=')
			return *set + n + 1;
	return NULL;
}

char *first_values_say(const struct vmodule *m, const char *const *set)
{
	struct str out = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; m && i < m->n_params; i++) {
		const struct vparam *p = &m->params[i];
		const char *value = set_value(set, p->name);

		if (p->local || n++ > VALUES_MOST)
			continue;
		if (n > VALUES_MOST) {
			str_adds(&out, ", ...");
			continue;
		}
		str_addf(&out, "%s%s=%.40s", n > 1 ? ", " : "parameters are ", p->name,
			 value ? value : p->value);
	}
	if (n)
		str_adds(&out, "; for other values nothing is known");
	return str_take(&out);
}
