/* Reads ports and connections, each table once, and joins them by name in memory: with
 * ten thousand connections the database would need a search for each.
 */
#include "config.h"

#include "session/graph/graph_nets.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/graph/graph.h"
#include "session/text/name_map.h"

#define WAY_MAX 32u /* sources followed, which also ends a circle */

struct end { /* a signal that may be at either end of a connection */
	int64_t signal, module;
	enum graph_signal_kind kind;
	int64_t position;
};

struct reading {
	struct graph *g;
	struct end *ends; /* by module */
	size_t n_ends, cap_ends;
	struct strv keys;	/* "MODULE.NAME" of each end */
	struct name_map by_key; /* to its index */
	struct graph_nets *out;
	struct err *err;
};

static bool read_ends(struct reading *r)
{
	struct graph_rows rows;

	if (!graph_sql(r->g,
		       "SELECT id, module, kind, position, name FROM signals WHERE kind <= 4"
		       " ORDER BY module, id",
		       &rows, r->err, ""))
		return false;
	while (graph_sql_row(&rows)) {
		char *key = str_fmt("%lld.%s", (long long)graph_sql_int(&rows, 1),
				    graph_sql_text(&rows, 4));

		r->cap_ends =
			mem_grow((void **)&r->ends, r->cap_ends, r->n_ends + 1, sizeof(*r->ends));
		r->ends[r->n_ends++] =
			(struct end){ graph_sql_int(&rows, 0), graph_sql_int(&rows, 1),
				      (enum graph_signal_kind)graph_sql_int(&rows, 2),
				      graph_sql_int(&rows, 3) };
		strv_add(&r->keys, key);
		free(key);
	}
	for (size_t i = 0; i < r->n_ends; i++)
		name_map_put(&r->by_key, r->keys.v[i], strlen(r->keys.v[i]), i);
	return graph_sql_end(&rows, r->err);
}

static const struct end *end_called(const struct reading *r, int64_t module, const char *name)
{
	char *key = str_fmt("%lld.%s", (long long)module, name);
	size_t at;
	bool is = name_map_get(&r->by_key, key, strlen(key), &at);

	free(key);
	return is ? &r->ends[at] : NULL;
}

static const struct end *end_at(const struct reading *r, int64_t module, int64_t position)
{
	size_t lo = 0, hi = r->n_ends;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (r->ends[mid].module < module)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < r->n_ends && r->ends[lo].module == module; lo++)
		if (r->ends[lo].position == position && r->ends[lo].kind < GRAPH_NET)
			return &r->ends[lo];
	return NULL;
}

static void join(struct reading *r, int64_t outside, const struct end *port)
{
	struct graph_nets *out = r->out;

	if (port->kind != GRAPH_INPUT && port->kind != GRAPH_OUTPUT)
		return;
	out->cap = mem_grow((void **)&out->v, out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = port->kind == GRAPH_INPUT ? (struct graph_net){ port->signal, outside }
						     : (struct graph_net){ outside, port->signal };
}

/* Connections written at an instance. Of an expression none is the source. */
static bool join_written(struct reading *r)
{
	static const char text[] =
		"SELECT u.signal, m.id, u.port, u.position FROM uses u"
		" JOIN instances i ON i.id = u.instance JOIN modules m ON m.name = i.of"
		" WHERE u.instance > 0 AND NOT EXISTS (SELECT 1 FROM instances k WHERE"
		" k.of = i.of AND k.id <> i.id)"
		" GROUP BY u.instance, u.port, u.position HAVING count(*) = 1";
	struct graph_rows rows;

	if (!graph_sql(r->g, text, &rows, r->err, ""))
		return false;
	while (graph_sql_row(&rows)) {
		const char *name = graph_sql_text(&rows, 2);
		int64_t module = graph_sql_int(&rows, 1);
		const struct end *port = name[0] ? end_called(r, module, name)
						 : end_at(r, module, graph_sql_int(&rows, 3));

		if (port)
			join(r, graph_sql_int(&rows, 0), port);
	}
	return graph_sql_end(&rows, r->err);
}

/* What .* connects. A port that is also written has two sources, and then none. */
static bool join_stars(struct reading *r)
{
	static const char text[] =
		"SELECT i.module, s.name, s.module FROM instances i"
		" JOIN modules m ON m.name = i.of JOIN signals s ON s.module = m.id AND s.kind < 2"
		" WHERE i.star AND NOT EXISTS (SELECT 1 FROM instances k WHERE k.of = i.of AND"
		" k.id <> i.id)"
		" AND NOT EXISTS (SELECT 1 FROM uses u WHERE u.instance = i.id AND u.port = "
		"s.name)";
	struct graph_rows rows;

	if (!graph_sql(r->g, text, &rows, r->err, ""))
		return false;
	while (graph_sql_row(&rows)) {
		const char *name = graph_sql_text(&rows, 1);
		const struct end *outside = end_called(r, graph_sql_int(&rows, 0), name);
		const struct end *port = end_called(r, graph_sql_int(&rows, 2), name);

		if (outside && port)
			join(r, outside->signal, port);
	}
	return graph_sql_end(&rows, r->err);
}

/* "assign o_done = done": an assignment that reads one name. */
static bool join_assigned(struct reading *r)
{
	static const char text[] = "SELECT max(CASE WHEN u.role & 1 THEN u.signal END),"
				   " max(CASE WHEN u.role & 1 THEN 0 ELSE u.signal END)"
				   " FROM blocks b JOIN uses u ON u.block = b.id"
				   " WHERE b.kind = 'assign' GROUP BY b.id"
				   " HAVING count(*) = 2 AND sum(u.role & 1) = 1";
	struct graph_rows rows;

	if (!graph_sql(r->g, text, &rows, r->err, ""))
		return false;
	while (graph_sql_row(&rows)) {
		struct graph_nets *out = r->out;

		out->cap = mem_grow((void **)&out->v, out->cap, out->n + 1, sizeof(*out->v));
		out->v[out->n++] =
			(struct graph_net){ graph_sql_int(&rows, 0), graph_sql_int(&rows, 1) };
	}
	return graph_sql_end(&rows, r->err);
}

static int by_signal(const void *a, const void *b)
{
	const struct graph_net *x = a, *y = b;

	return (x->signal > y->signal) - (x->signal < y->signal);
}

static void drop_several(struct graph_nets *n)
{
	size_t kept = 0;

	if (n->n)
		qsort(n->v, n->n, sizeof(*n->v), by_signal);
	for (size_t i = 0, next; i < n->n; i = next) {
		for (next = i + 1; next < n->n && n->v[next].signal == n->v[i].signal;)
			next++;
		if (next == i + 1)
			n->v[kept++] = n->v[i];
	}
	n->n = kept;
}

bool graph_nets_read(struct graph *g, struct graph_nets *out, struct err *err)
{
	struct reading r = { .g = g, .keys = STRV_INIT, .out = out, .err = err };
	bool ok;

	*out = (struct graph_nets){ 0 };
	ok = read_ends(&r) && join_written(&r) && join_stars(&r) && join_assigned(&r);
	drop_several(out);
	name_map_fini(&r.by_key);
	strv_free(&r.keys);
	free(r.ends);
	if (!ok)
		graph_nets_fini(out);
	return ok;
}

void graph_nets_fini(struct graph_nets *n)
{
	free(n->v);
	*n = (struct graph_nets){ 0 };
}

int64_t graph_nets_source(const struct graph_nets *n, int64_t signal)
{
	struct graph_net key = { .signal = signal };

	for (unsigned i = 0; n->n && i < WAY_MAX; i++) {
		const struct graph_net *at = bsearch(&key, n->v, n->n, sizeof(key), by_signal);

		if (!at)
			break;
		key.signal = at->source;
	}
	return key.signal;
}
