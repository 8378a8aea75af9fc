/* Finds where a signal is driven, read or reset, through ports in both directions.
 *
 *	driven	assigned here; connected to an output of an instance: the sites inside it; an
 *		input of this module: the connections of the instances outside
 *	loads	read here; connected to an input of an instance: the sites inside it; an
 *		output of this module: the reads outside of what it is connected to
 *	reset	like driven, but only where a reset assigns the value; of `assign q = q_r`,
 *		where one assigns q_r
 *
 * A breadth-first search over (signal, instance). A signal found by a path is
 * followed upwards only through its instance, any other through all instances.
 */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/graph/graph.h"
#include "session/graph/graph_sql.h"
#include "session/verilog/verilog.h"

#define DEPTH_MAX 12u
#define VISIT_MAX 2000u

struct visit {
	int64_t signal, outside;
	unsigned depth;
};

struct tour {
	struct graph *g;
	enum graph_ask ask;
	struct graph_sites *out;
	struct visit v[VISIT_MAX];
	size_t n;
	struct err *err;
};

/* Visits each signal once, even if outside differs. Nothing is missed: outside only
 * prevents the search from going up to where it came from, which is already visited. */
static void visit(struct tour *t, int64_t signal, int64_t outside, unsigned depth)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].signal == signal)
			return;
	if (t->n == VISIT_MAX || depth > DEPTH_MAX) {
		t->out->cut = true;
		return;
	}
	t->v[t->n++] = (struct visit){ signal, outside, depth };
}

/* Takes ownership of what. */
static void add(struct tour *t, const struct graph_rows *r, unsigned depth, int block, char *what)
{
	struct graph_sites *out = t->out;

	if (out->n == GRAPH_SITES_MAX) {
		out->cut = true;
		free(what);
		return;
	}
	MEM_PUSH(out->v, out->n, out->cap,
		 (struct graph_site){ .path = mem_strdup(graph_sql_text(r, 0)),
				      .line = (int)graph_sql_int(r, 1),
				      .module = mem_strdup(graph_sql_text(r, 2)),
				      .signal = mem_strdup(graph_sql_text(r, 3)),
				      .what = what,
				      .block = block,
				      .depth = depth });
}

/* Sites in the signal's own module -------------------------------------------------------- */

static char *say_block(const struct tour *t, const struct graph_rows *r)
{
	const char *kind = graph_sql_text(r, 4), *name = graph_sql_text(r, 5),
		   *clock = graph_sql_text(r, 6), *reset = graph_sql_text(r, 7);
	unsigned role = (unsigned)graph_sql_int(r, 8);
	struct str out = STR_INIT;

	str_adds(&out, kind[0] ? kind : "declaration");
	if (name[0])
		str_addf(&out, " %s", name);
	if (clock[0])
		str_addf(&out, " at %s", clock);
	if (t->ask == GRAPH_ASK_LOADS && role & GRAPH_CLOCK)
		str_adds(&out, ", as its clock");
	else if (t->ask == GRAPH_ASK_LOADS && role & GRAPH_RESET)
		str_adds(&out, ", as its reset");
	else if (t->ask == GRAPH_ASK_LOADS && role & GRAPH_CONDITION)
		str_adds(&out, ", to decide");
	else if (t->ask != GRAPH_ASK_LOADS && role & GRAPH_CLEAR)
		str_addf(&out, ", by reset %s", reset);
	return str_take(&out);
}

static bool here(struct tour *t, const struct visit *v)
{
	static const unsigned wanted[] = { [GRAPH_ASK_WHERE] = GRAPH_DRIVE,
					   [GRAPH_ASK_DRIVEN] = GRAPH_DRIVE,
					   [GRAPH_ASK_LOADS] = GRAPH_LOAD,
					   [GRAPH_ASK_RESET] = GRAPH_CLEAR };
	struct graph_rows r;

	if (!graph_sql(
		    t->g,
		    "SELECT f.path, u.line, m.name, s.name, coalesce(b.kind, ''),"
		    " coalesce(b.name, ''), coalesce(b.clock, ''), coalesce(b.reset, ''), u.role,"
		    " coalesce(b.line, 0)"
		    " FROM uses u JOIN signals s ON s.id = u.signal JOIN modules m ON m.id ="
		    " s.module JOIN files f ON f.id = u.file LEFT JOIN blocks b ON b.id = u.block"
		    " WHERE u.signal = ? AND u.role & ? AND u.instance = 0 ORDER BY u.role & 32,"
		    " coalesce(b.kind, '') = 'initial value', u.line",
		    &r, t->err, "ii", v->signal, (int64_t)wanted[t->ask]))
		return false;
	while (graph_sql_row(&r))
		add(t, &r, v->depth, (int)graph_sql_int(&r, 9), say_block(t, &r));
	return graph_sql_end(&r, t->err);
}

/* Down, into instances -------------------------------------------------------------------- */

static bool goes_down(const struct tour *t, enum graph_signal_kind port)
{
	if (port == GRAPH_INOUT || port == GRAPH_INTERFACE)
		return true;
	return t->ask == GRAPH_ASK_LOADS ? port == GRAPH_INPUT : port == GRAPH_OUTPUT;
}

static void take_port(struct tour *t, const struct graph_rows *r, const struct visit *v)
{
	int64_t port = graph_sql_int(r, 7);
	int64_t kind = graph_sql_int(r, 8);

	if (!port) { /* a module whose source is not in the project */
		add(t, r, v->depth, 0,
		    str_fmt("%s.%s of %s, which has no source here", graph_sql_text(r, 4),
			    graph_sql_text(r, 5), graph_sql_text(r, 6)));
		return;
	}
	if (kind < 0 || kind > GRAPH_INTERFACE || !goes_down(t, (enum graph_signal_kind)kind))
		return;
	if (t->ask != GRAPH_ASK_RESET)
		add(t, r, v->depth, 0,
		    str_fmt("%s.%s, %s of %s", graph_sql_text(r, 4), graph_sql_text(r, 9),
			    graph_signal_word((enum graph_signal_kind)kind), graph_sql_text(r, 6)));
	visit(t, port, graph_sql_int(r, 10), v->depth + 1);
}

static bool down(struct tour *t, const struct visit *v)
{
	struct graph_rows r;

	if (!graph_sql(
		    t->g,
		    "SELECT f.path, u.line, m.name, s.name, i.name,"
		    " coalesce(u.port, u.position), i.of, coalesce(p.id, 0), coalesce(p.kind, 0),"
		    " coalesce(p.name, ''), i.id FROM uses u JOIN instances i ON i.id ="
		    " u.instance JOIN signals s ON s.id = u.signal JOIN modules m ON m.id ="
		    " s.module JOIN files f ON f.id = u.file"
		    " LEFT JOIN modules d ON d.name = i.of LEFT JOIN signals p ON p.module = d.id"
		    " AND ((u.port IS NULL AND p.position = u.position) OR p.name = u.port)"
		    " WHERE u.signal = ? AND u.role & 64 AND (d.id IS NULL OR p.id IS NOT NULL)"
		    " ORDER BY u.line",
		    &r, t->err, "i", v->signal))
		return false;
	while (graph_sql_row(&r))
		take_port(t, &r, v);
	if (!graph_sql_end(&r, t->err) ||
	    !graph_sql(
		    t->g,
		    "SELECT f.path, i.line, m.name, s.name, i.name, p.name, i.of, p.id, p.kind,"
		    " p.name, i.id FROM signals s JOIN instances i ON i.module = s.module AND"
		    " i.star JOIN modules m ON m.id = s.module JOIN files f ON f.id = s.file"
		    " JOIN modules d ON d.name = i.of JOIN signals p ON p.module = d.id AND"
		    " p.name = s.name AND p.position >= 0 WHERE s.id = ? AND NOT EXISTS (SELECT 1"
		    " FROM uses x WHERE x.instance = i.id AND x.instance > 0 AND x.port = p.name) "
		    "ORDER BY i.line",
		    &r, t->err, "i", v->signal))
		return false;
	while (graph_sql_row(&r))
		take_port(t, &r, v);
	return graph_sql_end(&r, t->err);
}

/* Up, to the connections outside ---------------------------------------------------------- */

static bool goes_up(const struct tour *t, enum graph_signal_kind kind)
{
	if (kind == GRAPH_INOUT || kind == GRAPH_INTERFACE)
		return true;
	return kind == (t->ask == GRAPH_ASK_LOADS ? GRAPH_OUTPUT : GRAPH_INPUT);
}

static void take_outside(struct tour *t, const struct graph_rows *r, const struct visit *v)
{
	if (t->ask != GRAPH_ASK_RESET)
		add(t, r, v->depth, 0,
		    str_fmt("connected to %s.%s", graph_sql_text(r, 4), graph_sql_text(r, 5)));
	visit(t, graph_sql_int(r, 6), 0, v->depth + 1);
}

static bool up(struct tour *t, const struct visit *v)
{
	struct graph_rows r;
	bool climbs = false;

	if (!graph_sql(t->g, "SELECT kind FROM signals WHERE id = ?", &r, t->err, "i", v->signal))
		return false;
	if (graph_sql_row(&r))
		climbs = goes_up(t, (enum graph_signal_kind)graph_sql_int(&r, 0));
	if (!graph_sql_end(&r, t->err))
		return false;
	if (!climbs)
		return true;
	if (!graph_sql(t->g,
		       "SELECT f.path, u.line, m.name, x.name, i.name, p.name, x.id FROM signals p"
		       " JOIN modules d ON d.id = p.module JOIN instances i ON i.of = d.name"
		       " JOIN uses u ON u.instance = i.id AND u.instance > 0 AND (u.port = p.name "
		       "OR (u.port IS NULL"
		       " AND u.position = p.position)) JOIN signals x ON x.id = u.signal"
		       " JOIN modules m ON m.id = x.module JOIN files f ON f.id = u.file"
		       " WHERE p.id = ?1 AND u.role & 64 AND (?2 = 0 OR i.id = ?2)"
		       " ORDER BY f.path, u.line",
		       &r, t->err, "ii", v->signal, v->outside))
		return false;
	while (graph_sql_row(&r))
		take_outside(t, &r, v);
	if (!graph_sql_end(&r, t->err) ||
	    !graph_sql(t->g,
		       "SELECT f.path, i.line, m.name, x.name, i.name, p.name, x.id FROM signals p"
		       " JOIN modules d ON d.id = p.module JOIN instances i ON i.of = d.name AND"
		       " i.star JOIN signals x ON x.module = i.module AND x.name = p.name"
		       " JOIN modules m ON m.id = x.module JOIN files f ON f.id = i.file"
		       " WHERE p.id = ?1 AND (?2 = 0 OR i.id = ?2) AND NOT EXISTS (SELECT 1 FROM"
		       " uses u WHERE u.instance = i.id AND u.instance > 0 AND u.port = p.name) "
		       "ORDER BY f.path, i.line",
		       &r, t->err, "ii", v->signal, v->outside))
		return false;
	while (graph_sql_row(&r))
		take_outside(t, &r, v);
	return graph_sql_end(&r, t->err);
}

/* What an assignment that reads one name takes from it: its reset is the register's behind. Of
 * copies within one module the depth, which counts ports, stays. */
static bool behind(struct tour *t, const struct visit *v)
{
	struct graph_rows r;

	if (t->ask != GRAPH_ASK_RESET)
		return true;
	if (!graph_sql(t->g,
		       "SELECT y.signal FROM uses x JOIN blocks b ON b.id = x.block JOIN signals s"
		       " ON s.id = x.signal JOIN signals o ON o.module = s.module JOIN uses y ON"
		       " y.signal = o.id AND y.block = x.block WHERE x.signal = ?1 AND x.role & 1"
		       " AND x.instance = 0 AND b.kind = 'assign' AND y.role & 2 AND y.instance = 0"
		       " AND o.kind <= 4 GROUP BY x.block HAVING count(DISTINCT y.signal) = 1",
		       &r, t->err, "i", v->signal))
		return false;
	while (graph_sql_row(&r))
		visit(t, graph_sql_int(&r, 0), v->outside, v->depth);
	return graph_sql_end(&r, t->err);
}

static bool look_whose(struct tour *t, int64_t signal)
{
	struct graph_rows r;

	if (!graph_sql(t->g,
		       "SELECT m.kind FROM signals s JOIN modules m ON m.id = s.module"
		       " WHERE s.id = ?",
		       &r, t->err, "i", signal))
		return false;
	while (graph_sql_row(&r))
		t->out->reached = graph_sql_int(&r, 0) == VUNIT_INTERFACE;
	return graph_sql_end(&r, t->err);
}

bool graph_sites(struct graph *g, const struct graph_hit *signal, enum graph_ask ask,
		 struct graph_sites *out, struct err *err)
{
	struct tour *t = mem_zalloc(sizeof(*t));
	bool ok = true;

	*out = (struct graph_sites){ 0 };
	*t = (struct tour){ .g = g, .ask = ask, .out = out, .err = err };
	visit(t, signal->id, signal->outside, 0);
	for (size_t i = 0; ok && i < t->n; i++) {
		struct visit v = t->v[i];

		ok = here(t, &v) && down(t, &v) && up(t, &v) && behind(t, &v);
	}
	ok = ok && look_whose(t, signal->id);
	free(t);
	if (!ok)
		graph_sites_fini(out);
	return ok;
}

void graph_site_fini(struct graph_site *s)
{
	free(s->path);
	free(s->module);
	free(s->what);
	free(s->signal);
	*s = (struct graph_site){ 0 };
}

void graph_sites_fini(struct graph_sites *s)
{
	for (size_t i = 0; i < s->n; i++)
		graph_site_fini(&s->v[i]);
	free(s->v);
	*s = (struct graph_sites){ 0 };
}
