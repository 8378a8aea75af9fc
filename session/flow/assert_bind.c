/* Each name in an assertion is looked up in the graph, in the module the assertion is
 * about. A signal becomes a port of the checker; a parameter or an enum value becomes
 * a parameter. Names in their types are looked up in the same way and added first,
 * because a declaration may use only what is declared before it. A name that cannot
 * be passed in rejects its assertion, not the others. The generated file contains
 * only what the written assertions use.
 */
#include "config.h"

#include "session/flow/assert_bind.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/flow/assertion.h"
#include "session/flow/bind_select.h"
#include "session/flow/bind_types.h"
#include "session/graph/graph.h"
#include "session/verilog/vstmt.h"

void bind_signals_fini(struct bind_signals *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->v[i].name);
		free(s->v[i].type);
		free(s->v[i].of);
	}
	free(s->v);
	*s = (struct bind_signals){ 0 };
}

/* Looking up names -------------------------------------------------------------------- */

/* Number of array dimensions in a declaration: 2 in "logic [7:0] m [0:15][4]". */
static size_t arrays_of(const struct vstmts *s, const char *name, int line)
{
	size_t n = 0, depth = 0, i = 0;

	while (i < s->n_tokens &&
	       (s->tokens[i].line != line || !vstmt_token_is(s, &s->tokens[i], name)))
		i++;
	for (i++; i < s->n_tokens; i++) {
		bool opens = vstmt_token_is(s, &s->tokens[i], "[");

		if (!opens && !depth)
			break;
		n += opens && !depth;
		depth += opens;
		depth -= vstmt_token_is(s, &s->tokens[i], "]");
	}
	return n;
}

static bool is_there(const struct bind_signals *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (!s->v[i].of && strcmp(s->v[i].name, name) == 0)
			return true;
	return false;
}

static bool add_names(struct bind_signals *out, struct graph *g, const struct vstmts *s,
		      const char *module, const char *text, bool constants, struct str *why,
		      struct err *err);

struct place { /* position of a name in an assertion */
	const struct vstmts *words;
	size_t i;
	size_t *end; /* receives the index after the tokens read with the name */
};

static void add_signal(struct bind_signals *out, struct bind_signal signal)
{
	MEM_PUSH(out->v, out->n, out->cap, signal);
}

static bool is_bound(const struct bind_signals *s, const char *of)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].of && strcmp(s->v[i].of, of) == 0)
			return true;
	return false;
}

/* Adds the parameters of the type first, because they have to be declared first. */
static bool add_hit(struct bind_signals *out, struct graph *g, const struct vstmts *s,
		    const struct graph_hit *h, const struct place *at, bool constants,
		    struct str *why, struct err *err)
{
	bool parameter = h->signal >= GRAPH_PARAMETER, ok;
	struct bind_select select = { .end = at->i + 1 };

	if (parameter) {
		add_signal(out,
			   (struct bind_signal){ mem_strdup(h->name), mem_strdup(""), NULL, true });
		return true;
	}
	ok = !constants ||
	     (str_addf(why, "%s is not a parameter of %s", h->name, h->module), false);
	ok = ok && bind_select_read(s, h->module, h->type, arrays_of(s, h->name, h->line),
				    at->words, at->i, &select, why);
	*at->end = select.end;
	if (ok && !(select.of && is_bound(out, select.of))) {
		ok = add_names(out, g, s, h->module, select.type, true, why, err);
		if (ok) {
			add_signal(out, (struct bind_signal){ select.name, select.type, select.of,
							      false });
			select = (struct bind_select){ 0 };
		}
	}
	bind_select_fini(&select);
	return ok;
}

/* A value of an enum that the checker cannot see is passed as a parameter. */
static void add_value(struct bind_signals *out, const char *name)
{
	add_signal(out, (struct bind_signal){ mem_strdup(name), mem_strdup(""), NULL, true });
}

/* True if name is a value imported by the module. It is treated like one of the
 * module's own enum values. */
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
		     const char *module, const char *name, const struct place *at, bool constants,
		     struct str *why, struct err *err)
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
				 "%s is not a signal or parameter of %s, and no package that it"
				 " imports has it; a value of another one is written as"
				 " PACKAGE::%s",
				 name, module, name);
		ok = why->len == 0;
	} else {
		ok = ok && add_hit(out, g, s, &h.v[0], at, constants, why, err);
	}
	graph_hits_fini(&h);
	free(path);
	return ok;
}

/* True if the token belongs to the name before it or to a package: "beat.valid", "pkg::IDLE". */
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
	for (size_t i = 0, next = 1; ok && i < words.n_tokens; i = next, next = i + 1) {
		const struct vstmt_token *t = &words.tokens[i];
		const struct place at = { &words, i, &next };
		char *name;

		if (t->kind != VTOKEN_NAME || belongs(&words, i))
			continue;
		name = mem_strndup(text + t->off, t->len);
		ok = is_there(out, name) ||
		     add_name(out, g, s, module, name, &at, constants, why, err);
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

/* Writing the checker ---------------------------------------------------------------- */

/* True if text uses the signal, by its name or by the expression of its port. */
static bool names(const char *text, const struct bind_signal *v)
{
	struct vstmts words;
	bool there = false;

	vstmts_init(&words, text, strlen(text));
	for (size_t i = 0; i < words.n_tokens && !there; i++)
		there = v->of ? !belongs(&words, i) && bind_select_at(&words, i, v->of)
			      : vstmt_token_is(&words, &words.tokens[i], v->name);
	vstmts_fini(&words);
	return there;
}

/* Appends the assertion, with each bound expression replaced by its port name. */
static void add_text(const struct bind_signals *s, const char *text, struct str *out)
{
	struct vstmts words;
	size_t from = 0;

	vstmts_init(&words, text, strlen(text));
	for (size_t i = 0, next; i < words.n_tokens; i = next) {
		next = i + 1;
		for (size_t k = 0; k < s->n && next == i + 1; k++) {
			size_t end = s->v[k].of && !belongs(&words, i)
					     ? bind_select_at(&words, i, s->v[k].of)
					     : 0;

			if (!end)
				continue;
			str_addf(out, "%.*s%s", (int)(words.tokens[i].off - from), text + from,
				 s->v[k].name);
			from = words.tokens[end - 1].off + words.tokens[end - 1].len;
			next = end;
			break;
		}
	}
	str_addf(out, "%s\n", text + from);
	vstmts_fini(&words);
}

static bool is_written(const struct assertion *a, bool all)
{
	return a->verdict != ASSERTION_NOT_PARSED && (all || assertion_holds(a));
}

/* A parameter also counts as used if only the type of a used port mentions it. */
static bool is_used(const struct assertions *a, const struct bind_signals *s, size_t i, bool all)
{
	bool used = false;

	for (size_t k = 0; k < a->n && !used; k++)
		used = is_written(&a->v[k], all) && names(a->v[k].text, &s->v[i]);
	for (size_t k = i + 1; s->v[i].parameter && k < s->n && !used; k++)
		used = !s->v[k].parameter && names(s->v[k].type, &s->v[i]) && is_used(a, s, k, all);
	return used;
}

/* Appends "(" lines ")" for the parameters or the signals; nothing if there are none. */
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
			str_addf(out, ".%s(%s)", v->name, v->of ? v->of : v->name);
		else if (parameters)
			str_addf(out, "parameter %s = 1", v->name);
		else
			str_addf(out, "input %s %s", v->type, v->name);
	}
	if (n)
		str_adds(out, "\n)");
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
		v->line = (int)str_count(str_cstr(out), '\n') + 1;
		add_text(s, v->text, out);
	}
	str_addf(out, "\nendmodule\n\nbind %s %s", module, checker);
	add_list(a, s, true, false, all, " #(\n  ", out);
	str_addf(out, " u_%s", checker);
	add_list(a, s, false, false, all, " (\n  ", out);
	str_adds(out, ";\n");
}
