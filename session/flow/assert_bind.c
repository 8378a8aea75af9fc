/* Each name in an assertion is looked up in the graph, in the module that it is about. A
 * signal becomes a port of the checker, a parameter a parameter, an enum's value a parameter
 * as well; names in their types are looked up in the same way and go first, since a
 * declaration may only use what stands before it. One name that cannot be handed in refuses
 * its assertion, not the others. The file has only what the written assertions use.
 */
#include "config.h"

#include "session/flow/assert_bind.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/flow/assertion.h"
#include "session/flow/bind_types.h"
#include "session/graph/graph.h"
#include "session/verilog/vstmt.h"

void bind_signals_fini(struct bind_signals *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->v[i].name);
		free(s->v[i].type);
	}
	free(s->v);
	*s = (struct bind_signals){ 0 };
}

/* What it may be ------------------------------------------------------------------------------ */

/* "logic [7:0] m [0:15]": its declaration goes on with a bracket. */
static bool is_array(const struct vstmts *s, const char *name, int line)
{
	for (size_t i = 0; i + 1 < s->n_tokens; i++)
		if (s->tokens[i].line == line && vstmt_token_is(s, &s->tokens[i], name) &&
		    vstmt_token_is(s, &s->tokens[i + 1], "["))
			return true;
	return false;
}

static bool is_there(const struct bind_signals *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].name, name) == 0)
			return true;
	return false;
}

static bool add_names(struct bind_signals *out, struct graph *g, const struct vstmts *s,
		      const char *module, const char *text, bool constants, struct str *why,
		      struct err *err);

/* Parameters of the type go first: they are declared first, too. */
static bool add_hit(struct bind_signals *out, struct graph *g, const struct vstmts *s,
		    const struct graph_hit *h, bool constants, struct str *why, struct err *err)
{
	bool parameter = h->signal >= GRAPH_PARAMETER;
	char *type = parameter ? mem_strdup("") : bind_type(s, h->module, h->type);

	if (constants && !parameter)
		str_addf(why, "%s is no parameter of %s", h->name, h->module);
	else if (!type)
		str_addf(why, "%s has the type %s, which a module of its own does not see", h->name,
			 h->type);
	else if (!parameter && is_array(s, h->name, h->line))
		str_addf(why, "%s is an array, which is not bound", h->name);
	if (why->len || (type && !add_names(out, g, s, h->module, type, true, why, err))) {
		free(type);
		return false;
	}
	out->cap = mem_grow((void **)&out->v, out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = (struct bind_signal){ mem_strdup(h->name), type, parameter };
	return true;
}

/* Of an enum that a module of its own does not see: by value, as a parameter. */
static void add_value(struct bind_signals *out, const char *name)
{
	out->cap = mem_grow((void **)&out->v, out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = (struct bind_signal){ mem_strdup(name), mem_strdup(""), true };
}

/* What an import gives to the module: as the values of its own enums. */
static bool is_imported_value(const struct bind_signals *out, const struct vstmts *s,
			      const char *module, const char *name)
{
	struct strv packages = STRV_INIT;
	bool is = false;

	bind_packages(s, module, name, &packages);
	for (size_t i = 0; out->packages && i < packages.n && !is; i++)
		is = bind_is_package_value(out->packages, packages.v[i], name);
	strv_free(&packages);
	return is;
}

static bool add_name(struct bind_signals *out, struct graph *g, const struct vstmts *s,
		     const char *module, const char *name, bool constants, struct str *why,
		     struct err *err)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h = { 0 };
	char *path = str_fmt("%s.%s", module, name);
	bool ok = graph_find(g, path, GRAPH_HIT_SIGNAL, &ask, &h, err);

	if (ok && (h.n == 0 || h.v[0].rank != GRAPH_RANK_PATH || strcmp(h.v[0].name, name) != 0 ||
		   strcmp(h.v[0].module, module) != 0)) {
		if (bind_is_enum_value(s, module, name) || is_imported_value(out, s, module, name))
			add_value(out, name);
		else
			str_addf(why,
				 "%s is no signal or parameter of %s, and no package that it"
				 " imports has it; a value of another one is written as"
				 " PACKAGE::%s",
				 name, module, name);
		ok = why->len == 0;
	} else {
		ok = ok && add_hit(out, g, s, &h.v[0], constants, why, err);
	}
	graph_hits_fini(&h);
	free(path);
	return ok;
}

/* To a name before it, or to a package: "beat.valid", "pkg::IDLE". */
static bool belongs(const struct vstmts *words, size_t i)
{
	const struct vstmt_token *t = words->tokens;

	return (i > 0 && (vstmt_token_is(words, &t[i - 1], ".") ||
			  vstmt_token_is(words, &t[i - 1], "::"))) ||
	       (i + 1 < words->n_tokens && vstmt_token_is(words, &t[i + 1], "::"));
}

static bool add_names(struct bind_signals *out, struct graph *g, const struct vstmts *s,
		      const char *module, const char *text, bool constants, struct str *why,
		      struct err *err)
{
	struct vstmts words;
	bool ok = true;

	vstmts_init(&words, text, strlen(text));
	for (size_t i = 0; ok && i < words.n_tokens; i++) {
		const struct vstmt_token *t = &words.tokens[i];
		char *name;

		if (t->kind != VTOKEN_NAME || belongs(&words, i))
			continue;
		name = mem_strndup(text + t->off, t->len);
		ok = is_there(out, name) || add_name(out, g, s, module, name, constants, why, err);
		free(name);
	}
	vstmts_fini(&words);
	return ok;
}

bool bind_signals_add(struct bind_signals *out, struct graph *g, const struct vstmts *s,
		      const char *module, const char *assertion, struct str *why, struct err *err)
{
	return add_names(out, g, s, module, assertion, false, why, err);
}

/* The file --------------------------------------------------------------------------------------- */

static bool names(const char *text, const char *name)
{
	struct vstmts words;
	bool there = false;

	vstmts_init(&words, text, strlen(text));
	for (size_t i = 0; i < words.n_tokens && !there; i++)
		there = vstmt_token_is(&words, &words.tokens[i], name);
	vstmts_fini(&words);
	return there;
}

static bool is_written(const struct assertion *a, bool all)
{
	return a->verdict != ASSERTION_NOT_PARSED && (all || assertion_holds(a));
}

/* Also a parameter that only the type of another one's port names. */
static bool is_used(const struct assertions *a, const struct bind_signals *s, size_t i, bool all)
{
	bool used = false;

	for (size_t k = 0; k < a->n && !used; k++)
		used = is_written(&a->v[k], all) && names(a->v[k].text, s->v[i].name);
	for (size_t k = i + 1; s->v[i].parameter && k < s->n && !used; k++)
		used = !s->v[k].parameter && names(s->v[k].type, s->v[i].name) &&
		       is_used(a, s, k, all);
	return used;
}

/* "(" lines ")", of parameters or of signals; nothing where there are none. */
static void add_list(const struct assertions *a, const struct bind_signals *s, bool parameters,
		     bool declares, bool all, const char *open, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct bind_signal *v = &s->v[i];

		if (v->parameter != parameters || !is_used(a, s, i, all))
			continue;
		str_adds(out, n++ ? ",\n  " : open);
		if (!declares)
			str_addf(out, ".%s(%s)", v->name, v->name);
		else if (parameters)
			str_addf(out, "parameter %s = 1", v->name);
		else
			str_addf(out, "input %s %s", v->type, v->name);
	}
	if (n)
		str_adds(out, "\n)");
}

static int lines_of(const struct str *s)
{
	int n = 1;

	for (size_t i = 0; i < s->len; i++)
		n += s->data[i] == '\n';
	return n;
}

void assertions_bind(struct assertions *a, const struct bind_signals *s, const char *module,
		     const char *checker, bool all, struct str *out)
{
	str_addf(out, "// Assertions of %s, bound to it at the end.\nmodule %s", module, checker);
	add_list(a, s, true, true, all, " #(\n  ", out);
	add_list(a, s, false, true, all, " (\n  ", out);
	str_adds(out, ";\n");
	for (size_t i = 0; i < a->n; i++) {
		struct assertion *v = &a->v[i];

		v->line = 0;
		if (!is_written(v, all))
			continue;
		assertion_head(v, out);
		v->line = lines_of(out);
		str_addf(out, "%s\n", v->text);
	}
	str_addf(out, "\nendmodule\n\nbind %s %s", module, checker);
	add_list(a, s, true, false, all, " #(\n  ", out);
	str_addf(out, " u_%s", checker);
	add_list(a, s, false, false, all, " (\n  ", out);
	str_adds(out, ";\n");
}
