/* Reads blocks, and the signals they write and read. */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/graph/graph_reader.h"

/* Number of previous uses searched for a duplicate. */
#define SAME_BACK 64u

void graph_add_use(struct graph_facts *f, struct graph_use u)
{
	if (f->n_uses < GRAPH_USES_MAX)
		MEM_PUSH(f->uses, f->n_uses, f->cap_uses, u);
	else
		f->cut = true;
}

void graph_use(struct graph_reader *r, size_t signal, unsigned role, int line)
{
	struct graph_facts *f = r->f;

	for (size_t i = f->n_uses; i-- > 0 && f->n_uses - i < SAME_BACK;) {
		struct graph_use *u = &f->uses[i];

		if (u->signal == signal && u->line == line && u->block == r->block &&
		    u->instance < 0) {
			u->role |= role;
			return;
		}
	}
	graph_add_use(f, (struct graph_use){ .signal = signal,
					     .block = r->block,
					     .instance = -1,
					     .position = -1,
					     .role = role,
					     .line = line });
}

/* True for a value: "a.b" reads a, "u.f(x)" and "f(x)" are calls, "p::x" belongs to a
 * package. */
static bool is_value(const struct graph_reader *r, size_t i)
{
	return graph_is_name(r, i) &&
	       !(i && (graph_is(r, i - 1, ".") || graph_is(r, i - 1, "::"))) &&
	       !graph_is(r, i + 1, "::");
}

static void graph_read_names(struct graph_reader *r, size_t from, size_t end, unsigned role)
{
	size_t signal;

	for (size_t i = from; i < end; i++)
		if (is_value(r, i) && graph_signal_at(r, i, &signal))
			graph_use(r, signal, role, r->s->tokens[i].line);
}

/* Reads the target of an assignment. Names inside the brackets of a select are only read. */
static void read_target(struct graph_reader *r, size_t from, size_t end, unsigned role)
{
	size_t depth = 0, signal;

	for (size_t i = from; i < end; i++) {
		depth += graph_is(r, i, "[");
		if (depth && graph_is(r, i, "]"))
			depth--;
		if (is_value(r, i) && graph_signal_at(r, i, &signal))
			graph_use(r, signal, depth ? GRAPH_LOAD : role, r->s->tokens[i].line);
	}
}

/* Reads "a = b, {c, d} = e". */
static void graph_read_assignments(struct graph_reader *r, size_t from, size_t end)
{
	while (from < end) {
		size_t comma = graph_comma(r, from, end), sign = from;

		while (sign < comma && !graph_is(r, sign, "="))
			sign = vstmts_behind(r->s, sign, comma);
		if (sign < comma) {
			read_target(r, from, sign, GRAPH_DRIVE);
			graph_read_names(r, sign + 1, comma, GRAPH_LOAD);
		}
		from = comma + 1;
	}
}

/* Blocks ------------------------------------------------------------------------------ */

static char *span_text(const struct graph_reader *r, struct vspan s)
{
	size_t len = s.off < s.end ? s.end - s.off : 0;

	return mem_strndup(r->s->text + s.off, len < GRAPH_NAME_MAX ? len : GRAPH_NAME_MAX);
}

static int end_line(const struct graph_reader *r, struct vspan all)
{
	size_t from, end;

	graph_range(r, all, &from, &end);
	return end > from ? r->s->tokens[end - 1].line : 0;
}

/* The label "begin : name" of a process; empty: none. */
static struct vspan label_of(const struct graph_reader *r, const struct vstmt *v)
{
	const struct vstmt *b = v + 1, *end = &r->s->v[v->end];
	size_t from, past;

	while (b < end && b->kind == VSTMT_PREFIX)
		b++;
	if (b == end || b->kind != VSTMT_BLOCK)
		return (struct vspan){ 0 };
	graph_range(r, b->all, &from, &past);
	if (past - from < 3 || !graph_is(r, from, "begin") || !graph_is(r, from + 1, ":"))
		return (struct vspan){ 0 };
	return (struct vspan){ r->s->tokens[from + 2].off,
			       r->s->tokens[from + 2].off + r->s->tokens[from + 2].len };
}

int graph_add_block(struct graph_reader *r, const struct vstmt *v, const char *kind)
{
	struct graph_facts *f = r->f;
	bool sub = v->kind == VSTMT_FUNCTION || v->kind == VSTMT_TASK,
	     process = v->kind == VSTMT_ALWAYS || v->kind == VSTMT_INITIAL;

	MEM_ROOM(f->blocks, f->n_blocks, f->cap_blocks);
	f->blocks[f->n_blocks] = (struct graph_block){
		.module = r->module,
		.kind = kind ? mem_strdup(kind) : span_text(r, v->name),
		.name = sub	  ? span_text(r, v->name)
			: process ? span_text(r, label_of(r, v))
				  : mem_strdup(""),
		.clock = mem_strdup(""),
		.reset = mem_strdup(""),
		.doc = graph_comment_of(&r->comments, v->line, true),
		.line = v->line,
		.end_line = end_line(r, v->all),
	};
	return (int)f->n_blocks++;
}

/* The first statement of a process, after its @ and begin; -1: none. */
static int first_statement(const struct graph_reader *r, int node)
{
	int i = node + 1;

	while (i < r->s->v[node].end &&
	       (r->s->v[i].kind == VSTMT_PREFIX || r->s->v[i].kind == VSTMT_BLOCK ||
		r->s->v[i].kind == VSTMT_DECL))
		i++;
	return i < r->s->v[node].end ? i : -1;
}

static bool reads_nothing(struct graph_reader *r, struct vspan s)
{
	size_t from, end, signal;

	graph_range(r, s, &from, &end);
	for (size_t i = from; i < end; i++)
		if (is_value(r, i) && graph_signal_at(r, i, &signal) &&
		    r->f->signals[signal].kind < GRAPH_PARAMETER)
			return false;
	return from < end;
}

static bool has_name(struct graph_reader *r, struct vspan s, size_t signal)
{
	size_t from, end, other;

	graph_range(r, s, &from, &end);
	for (size_t i = from; i < end; i++)
		if (is_value(r, i) && graph_signal_at(r, i, &other) && other == signal)
			return true;
	return false;
}

static void set_name(char **place, const char *name)
{
	if (!**place) {
		free(*place);
		*place = mem_strdup(name);
	}
}

/* Reads "@(posedge clk or negedge rst_n)": edges tested by the first if are resets,
 * the other is the clock. Returns true if there is a clock. */
static bool read_edges(struct graph_reader *r, int node, int first)
{
	struct graph_block *b = &r->f->blocks[r->block];
	bool tests = first >= 0 && r->s->v[first].kind == VSTMT_IF;

	for (int i = node + 1; i < r->s->v[node].end && r->s->v[i].kind == VSTMT_PREFIX; i++) {
		size_t from, end, signal;

		graph_range(r, r->s->v[i].head, &from, &end);
		for (size_t k = from; k < end; k++) {
			if (!(graph_is(r, k, "posedge") || graph_is(r, k, "negedge")) ||
			    k + 1 >= end || !graph_signal_at(r, k + 1, &signal))
				continue;
			if (tests && has_name(r, r->s->v[first].head, signal)) {
				graph_use(r, signal, GRAPH_RESET | GRAPH_LOAD,
					  r->s->tokens[k].line);
				set_name(&b->reset, r->f->signals[signal].name);
			} else {
				graph_use(r, signal, GRAPH_CLOCK | GRAPH_LOAD,
					  r->s->tokens[k].line);
				set_name(&b->clock, r->f->signals[signal].name);
			}
		}
	}
	return b->clock[0];
}

/* True if statement i is in the first branch of the if at node at. */
static bool in_then(const struct vstmts *s, int i, int at)
{
	for (int k = at + 1; k < s->v[at].end; k = s->v[k].end)
		if (s->v[k].role == VROLE_THEN)
			return i >= k && i < s->v[k].end;
	return false;
}

/* The if that resets: its first branch assigns, and only constants. -1: none. */
static int reset_if(struct graph_reader *r, int first)
{
	bool any = false;

	if (first < 0 || r->s->v[first].kind != VSTMT_IF)
		return -1;
	for (int i = first + 1; i < r->s->v[first].end; i++) {
		const struct vstmt *v = &r->s->v[i];

		if (!in_then(r->s, i, first) ||
		    (v->kind != VSTMT_NONBLOCKING && v->kind != VSTMT_BLOCKING))
			continue;
		any = true;
		if (!reads_nothing(r, v->rhs))
			return -1;
	}
	return any ? first : -1;
}

/* True if the only name in head contains rst or reset. */
static bool is_reset_alone(struct graph_reader *r, struct vspan head)
{
	size_t from, end, signal, n = 0;
	bool named = false;

	graph_range(r, head, &from, &end);
	for (size_t i = from; i < end; i++)
		if (is_value(r, i) && graph_signal_at(r, i, &signal)) {
			const char *name = r->f->signals[signal].name;

			n++;
			named = strcasestr(name, "rst") || strcasestr(name, "reset");
		}
	return n == 1 && named;
}

/* Finds the reset in "q <= d; if (rst) q <= 0;": a final if without else that overrides
 * earlier assignments. A start or stop looks the same, so the name decides. -1: none. */
static int last_if(struct graph_reader *r, int first)
{
	const struct vstmt *v = r->s->v;
	int last = first;

	if (first < 0 || v[first].parent < 0)
		return -1;
	while (v[last].end < v[v[first].parent].end)
		last = v[last].end;
	if (last == first || v[last].kind != VSTMT_IF || !is_reset_alone(r, v[last].head))
		return -1;
	for (int k = last + 1; k < v[last].end; k = v[k].end)
		if (v[k].role == VROLE_ELSE)
			return -1;
	return last;
}

static void read_statement(struct graph_reader *r, int i, bool clears)
{
	const struct vstmt *v = &r->s->v[i];
	size_t from, end;

	switch (v->kind) {
	case VSTMT_BLOCKING:
	case VSTMT_NONBLOCKING:
	case VSTMT_FORCE:
		graph_range(r, v->lhs, &from, &end);
		read_target(r, from, end, GRAPH_DRIVE | (clears ? GRAPH_CLEAR : 0));
		graph_range(r, v->rhs, &from, &end);
		graph_read_names(r, from, end, GRAPH_LOAD);
		break;
	case VSTMT_IF:
	case VSTMT_CASE:
	case VSTMT_LOOP:
		graph_range(r, v->head, &from, &end);
		graph_read_names(r, from, end, GRAPH_LOAD | GRAPH_CONDITION);
		break;
	case VSTMT_SYSTEM:
		graph_range(r, v->head, &from, &end);
		if (vspan_is(r->s, v->name, "$readmemh") || vspan_is(r->s, v->name, "$readmemb")) {
			read_target(r, graph_comma(r, from, end), end, GRAPH_DRIVE);
			end = graph_comma(r, from, end);
		}
		graph_read_names(r, from, end, GRAPH_LOAD);
		break;
	case VSTMT_DECL:
		graph_range(r, v->rhs, &from, &end);
		graph_read_names(r, from, end, GRAPH_LOAD);
		break;
	case VSTMT_PREFIX: /* edges are read separately */
	case VSTMT_BLOCK:
	case VSTMT_FORK:
		break;
	default:
		graph_range(r, v->head, &from, &end);
		graph_read_names(r, from, end, GRAPH_LOAD);
		break;
	}
}

static void read_reset_names(struct graph_reader *r, int at)
{
	size_t from, end, signal;

	graph_range(r, r->s->v[at].head, &from, &end);
	for (size_t i = from; i < end; i++)
		if (is_value(r, i) && graph_signal_at(r, i, &signal)) {
			graph_use(r, signal, GRAPH_RESET | GRAPH_LOAD | GRAPH_CONDITION,
				  r->s->tokens[i].line);
			set_name(&r->f->blocks[r->block].reset, r->f->signals[signal].name);
		}
}

void graph_read_process(struct graph_reader *r, int node)
{
	const struct vstmt *v = &r->s->v[node];
	const char *kind = v->kind == VSTMT_INITIAL    ? "initial"
			   : v->kind == VSTMT_FINAL    ? "final"
			   : v->kind == VSTMT_FUNCTION ? "function"
			   : v->kind == VSTMT_TASK     ? "task"
						       : NULL;
	int first = first_statement(r, node), last = -1, reset = -1;

	r->block = graph_add_block(r, v, kind);
	graph_declare_locals(r, node);
	if (v->kind == VSTMT_ALWAYS)
		last = last_if(r, first);
	if (last >= 0)
		first = last;
	if (v->kind == VSTMT_ALWAYS && read_edges(r, node, first))
		reset = reset_if(r, first);
	if (reset >= 0)
		read_reset_names(r, reset);
	for (int i = node + 1; i < v->end; i++)
		read_statement(r, i, reset >= 0 && in_then(r->s, i, reset));
	name_map_fini(&r->locals);
	r->block = -1;
}

void graph_read_assign(struct graph_reader *r, int node)
{
	const struct vstmt *v = &r->s->v[node];
	size_t from, end;
	bool first;

	if (v->lhs.off >= v->lhs.end)
		return;
	graph_range(r, v->lhs, &from, &end);
	if (graph_is(r, from, "parameter") || graph_is(r, from, "localparam"))
		return;
	first = v->kind == VSTMT_DECL && !vstmts_is_net(r->s, from);
	graph_range(r, (struct vspan){ v->lhs.off, v->all.end }, &from, &end);
	r->block = graph_add_block(r, v, first ? "initial value" : "assign");
	graph_read_assignments(r, from, end);
	r->block = -1;
}

void graph_read_property(struct graph_reader *r, int node)
{
	const struct vstmt *v = &r->s->v[node];
	size_t from, end;

	r->block = graph_add_block(r, v, NULL);
	graph_range(r, v->head, &from, &end);
	graph_read_names(r, from, end, GRAPH_LOAD);
	r->block = -1;
}
