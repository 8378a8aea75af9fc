/* Reads declarations: ports and parameters from the module's outline, the rest from
 * its nodes. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/graph/graph_reader.h"

#define TYPE_MAX 200u

static size_t add_signal(struct graph_reader *r, const char *key, size_t len,
			 enum graph_signal_kind kind, const char *type, int position, int line)
{
	struct graph_facts *f = r->f;
	size_t at = f->n_signals;

	if (at >= GRAPH_SIGNALS_MAX) {
		f->cut = true;
		return 0;
	}
	if (!name_map_put(&r->names, key, len, at)) {
		name_map_get(&r->names, key, len, &at);
		return at;
	}
	MEM_ROOM(f->signals, at, f->cap_signals);
	f->signals[f->n_signals++] = (struct graph_signal){
		.module = r->module,
		.kind = kind,
		.name = mem_strndup(key, len < GRAPH_NAME_MAX ? len : GRAPH_NAME_MAX),
		.type = mem_strndup(type, strnlen(type, TYPE_MAX)),
		.doc = line == r->f->modules[r->module].line
			       ? mem_strdup("") /* the comment belongs to the module */
			       : graph_comment_of(&r->comments, line, false),
		.position = position,
		.line = line,
	};
	return at;
}

static enum graph_signal_kind kind_of(enum vport_dir dir)
{
	switch (dir) {
	case VPORT_INPUT:
		return GRAPH_INPUT;
	case VPORT_OUTPUT:
		return GRAPH_OUTPUT;
	case VPORT_INTERFACE:
		return GRAPH_INTERFACE;
	default:
		return GRAPH_INOUT;
	}
}

/* Maps each name to its first occurrence in the module, so that keys point into the text. */
static void first_places(const struct graph_reader *r, const struct vmodule *m,
			 struct name_map *places)
{
	for (size_t i = vstmts_token(r->s, m->off); i < r->s->n_tokens; i++) {
		const struct vstmt_token *t = &r->s->tokens[i];

		if (t->off >= m->end)
			break;
		if (t->kind == VTOKEN_NAME)
			name_map_put(places, r->s->text + t->off, t->len, i);
	}
}

static void declare_outer(struct graph_reader *r, const struct name_map *places, const char *name,
			  enum graph_signal_kind kind, const char *type, int position)
{
	size_t at;

	if (name_map_get(places, name, strlen(name), &at))
		add_signal(r, r->s->text + r->s->tokens[at].off, r->s->tokens[at].len, kind, type,
			   position, r->s->tokens[at].line);
}

void graph_declare_header(struct graph_reader *r, const struct vmodule *m)
{
	struct name_map places = NAME_MAP_INIT;

	first_places(r, m, &places);
	for (size_t i = 0; i < m->n_ports; i++) {
		const struct vport *p = &m->ports[i];
		char *type = str_fmt("%s%s%s", p->type, p->dims[0] ? " " : "", p->dims);

		declare_outer(r, &places, p->name, kind_of(p->dir), type, (int)i);
		free(type);
	}
	for (size_t i = 0; i < m->n_params; i++)
		declare_outer(r, &places, m->params[i].name, GRAPH_PARAMETER, m->params[i].value,
			      -1);
	name_map_fini(&places);
}

/* Declarations in the body ------------------------------------------------------------ */

static bool is_any(const struct graph_reader *r, size_t i, const char *const *words)
{
	for (; *words; words++)
		if (graph_is(r, i, *words))
			return true;
	return false;
}

/* True if the token after a name shows that the name is being declared. */
static bool ends_name(const struct graph_reader *r, size_t i, size_t end)
{
	static const char *const signs[] = { ",", ";", "=", "[", ")", NULL };

	return i >= end || is_any(r, i, signs);
}

/* True for "state_t state, next;", "pkg::t [3:0] a;", but not for "adder u0(...)". */
static bool is_user_typed(const struct graph_reader *r, size_t i, size_t end)
{
	if (i >= end || !graph_is_name(r, i))
		return false;
	i++;
	if (graph_is(r, i, "::"))
		i += 2;
	while (graph_is(r, i, "["))
		i = vstmts_behind(r->s, i, end);
	return i < end && graph_is_name(r, i) && ends_name(r, i + 1, end) &&
	       !graph_is(r, i + 1, ")");
}

/* The text of tokens from, ..., end - 1, separated by single blanks. */
static char *text_of(const struct graph_reader *r, size_t from, size_t end)
{
	struct str out = STR_LIMIT(TYPE_MAX);

	for (size_t i = from; i < end; i++) {
		const struct vstmt_token *t = &r->s->tokens[i];
		bool gap = i > from &&
			   (t->kind == VTOKEN_NAME || t->kind == VTOKEN_KEYWORD ||
			    graph_is(r, i, "[")) &&
			   !graph_is(r, i - 1, "[") && !graph_is(r, i - 1, ":") &&
			   !graph_is(r, i - 1, "]");

		if (gap && r->s->tokens[i - 1].kind != VTOKEN_SYMBOL)
			str_addc(&out, ' ');
		str_add(&out, r->s->text + t->off, t->len);
	}
	return out.len ? str_take(&out) : (str_free(&out), mem_strdup(""));
}

/* Declares the names in [i, end); the type comes before the first name. */
static void declare_list(struct graph_reader *r, size_t i, size_t end, enum graph_signal_kind kind)
{
	size_t first = i;
	char *type = NULL;

	for (; i < end && !graph_is(r, i, ";"); i++) {
		if (vstmts_bracket(r->s, i) > 0) {
			i = vstmts_behind(r->s, i, end) - 1;
			continue;
		}
		if (graph_is(r, i, "=")) {
			i = graph_comma(r, i, end);
			if (!graph_is(r, i, ","))
				break;
			continue;
		}
		if (!graph_is_name(r, i) || !ends_name(r, i + 1, end) ||
		    (i == first && !graph_is(r, i + 1, "=")))
			continue;
		if (!type)
			type = text_of(r, first, i);
		add_signal(r, r->s->text + r->s->tokens[i].off, r->s->tokens[i].len, kind, type, -1,
			   r->s->tokens[i].line);
	}
	free(type);
}

/* Declares "IDLE = 0, RUN" between the braces of an enum. Skips a range "S[3]", which
 * declares other names. */
static void declare_list_of_values(struct graph_reader *r, size_t i, size_t end, const char *of)
{
	while (i < end && graph_is_name(r, i)) {
		size_t next = graph_comma(r, i, end);
		bool given = graph_is(r, i + 1, "=");
		char *value = given ? text_of(r, i + 2, next) : mem_strdup("");
		char *type = str_fmt("%s%s%s", of, given && of[0] ? " = " : "", value);

		if (given || next == i + 1)
			add_signal(r, r->s->text + r->s->tokens[i].off, r->s->tokens[i].len,
				   GRAPH_VALUE, type, -1, r->s->tokens[i].line);
		free(type);
		free(value);
		i = next + 1;
	}
}

/* Declares the values of "typedef enum logic [1:0] { ... } state_t;", or of a
 * variable's enum. */
static void declare_values(struct graph_reader *r, size_t i, size_t end)
{
	for (; i < end; i++) {
		size_t open = i + 1, behind;
		char *of;

		if (!graph_is(r, i, "enum"))
			continue;
		while (open < end && !graph_is(r, open, "{") && !graph_is(r, open, ";"))
			open++;
		if (open >= end || !graph_is(r, open, "{"))
			return;
		behind = vstmts_behind(r->s, open, end);
		of = graph_is(r, i - (i > 0), "typedef") && behind < end && graph_is_name(r, behind)
			     ? graph_word(r, behind)
			     : mem_strdup("");
		declare_list_of_values(r, open + 1, behind - 1, of);
		free(of);
		i = behind - 1;
	}
}

void graph_declare_node(struct graph_reader *r, int node)
{
	static const char *const others[] = { "specparam", "import", "export", NULL };
	static const char *const params[] = { "parameter", "localparam", NULL };
	const struct vstmt *v = &r->s->v[node];
	size_t from, end;

	if (v->kind != VSTMT_DECL && v->kind != VSTMT_ITEM)
		return;
	graph_range(r, v->all, &from, &end);
	declare_values(r, from, end);
	if (is_any(r, from, others) || graph_is(r, from, "typedef"))
		return;
	if (v->kind == VSTMT_DECL || is_user_typed(r, from, end))
		declare_list(r, from, end, is_any(r, from, params) ? GRAPH_PARAMETER : GRAPH_NET);
}

size_t graph_implicit(struct graph_reader *r, size_t i)
{
	const struct vstmt_token *t = &r->s->tokens[i];

	return add_signal(r, r->s->text + t->off, t->len, GRAPH_NET, "", -1, t->line);
}

/* Local names of a process or function ------------------------------------------------- */

static void add_local(struct graph_reader *r, size_t i)
{
	name_map_put(&r->locals, r->s->text + r->s->tokens[i].off, r->s->tokens[i].len, 0);
}

static void local_list(struct graph_reader *r, size_t i, size_t end)
{
	for (size_t first = i; i < end; i++) {
		if (graph_is(r, i, "[") || graph_is(r, i, "{"))
			i = vstmts_behind(r->s, i, end) - 1;
		else if (graph_is(r, i, "="))
			i = graph_comma(r, i, end);
		else if (graph_is_name(r, i) && i > first && ends_name(r, i + 1, end))
			add_local(r, i);
	}
}

void graph_declare_locals(struct graph_reader *r, int node)
{
	const struct vstmt *v = &r->s->v[node];
	size_t from, end;

	name_map_fini(&r->locals);
	if (v->kind == VSTMT_FUNCTION || v->kind == VSTMT_TASK) {
		graph_range(r, v->head, &from, &end);
		local_list(r, from + 1, end);
		graph_range(r, v->name, &from, &end);
		if (from < end)
			add_local(r, from);
	}
	for (int i = node + 1; i < v->end; i++) {
		if (r->s->v[i].kind == VSTMT_DECL)
			graph_range(r, r->s->v[i].all, &from, &end);
		else if (r->s->v[i].kind == VSTMT_LOOP)
			graph_range(r, r->s->v[i].head, &from, &end);
		else
			continue;
		/* "for (int i = 0; ..." declares i as "int i = 0;" does. */
		if (r->s->v[i].kind == VSTMT_DECL ||
		    (from < end && (r->s->tokens[from].kind == VTOKEN_KEYWORD) &&
		     graph_is_name(r, from + 1)))
			local_list(r, from,
				   r->s->v[i].kind == VSTMT_DECL ? end : graph_comma(r, from, end));
	}
}

bool graph_signal_at(struct graph_reader *r, size_t i, size_t *signal)
{
	const struct vstmt_token *t = &r->s->tokens[i];

	return t->kind == VTOKEN_NAME && !name_map_has(&r->locals, r->s->text + t->off, t->len) &&
	       name_map_get(&r->names, r->s->text + t->off, t->len, signal);
}
