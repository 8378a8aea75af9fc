/* Reads ports and connections, each table once, and joins them by name in memory: with
 * ten thousand connections the database would need a search for each. Tables are read in
 * ranges of ids, with a pause after each.
 */
#include "config.h"

#include "session/graph/graph_nets.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/graph/graph_look.h"
#include "session/text/name_map.h"

#define WAY_MAX 32u  /* sources followed, which also ends a circle */
#define STEP	1024 /* ids between two pauses */

struct end { /* a signal that may be at either end of a connection */
	int64_t signal;
	enum graph_signal_kind kind;
};

struct touch { /* what an assignment writes or reads */
	int64_t block, signal;
	bool drives;
};

struct reading {
	struct graph *g;
	const struct graph_rest *rest;
	struct end *ends;
	size_t n_ends, cap_ends;
	struct strv keys;	/* "MODULE.NAME" of each end, "MODULE#POSITION" of each port */
	struct name_map by_key; /* to the index of an end */
	struct touch *touches;
	size_t n_touches, cap_touches;
	struct graph_nets *out;
	struct err *err;
};

/* text selects the rows whose id is above ?1 and at most ?2; last, the last id. */
static bool in_ranges(struct reading *r, const char *last, const char *text,
		      void (*take)(struct reading *r, const struct graph_rows *row))
{
	struct graph_rows rows;
	int64_t end = 0;

	if (!graph_sql(r->g, last, &rows, r->err, ""))
		return false;
	if (graph_sql_row(&rows))
		end = graph_sql_int(&rows, 0);
	if (!graph_sql_end(&rows, r->err))
		return false;
	for (int64_t from = 0; from < end; from += STEP) {
		if (!graph_sql(r->g, text, &rows, r->err, "ii", from, from + STEP))
			return false;
		while (graph_sql_row(&rows))
			take(r, &rows);
		if (!graph_sql_end(&rows, r->err) || !graph_look_rest(r->rest, r->err))
			return false;
	}
	return true;
}

static void add_key(struct reading *r, char *key)
{
	strv_add(&r->keys, key);
	free(key);
	key = r->keys.v[r->keys.n - 1];
	name_map_put(&r->by_key, key, strlen(key), r->n_ends - 1);
}

static void add_end(struct reading *r, const struct graph_rows *row)
{
	long long module = graph_sql_int(row, 1), position = graph_sql_int(row, 3);
	enum graph_signal_kind kind = (enum graph_signal_kind)graph_sql_int(row, 2);

	MEM_PUSH(r->ends, r->n_ends, r->cap_ends, (struct end){ graph_sql_int(row, 0), kind });
	add_key(r, str_fmt("%lld.%s", module, graph_sql_text(row, 4)));
	if (kind < GRAPH_NET)
		add_key(r, str_fmt("%lld#%lld", module, position));
}

/* Frees key. */
static const struct end *end_of(const struct reading *r, char *key)
{
	size_t at;
	bool is = name_map_get(&r->by_key, key, strlen(key), &at);

	free(key);
	return is ? &r->ends[at] : NULL;
}

static const struct end *end_called(const struct reading *r, int64_t module, const char *name)
{
	return end_of(r, str_fmt("%lld.%s", (long long)module, name));
}

static void add_net(struct graph_nets *out, int64_t signal, int64_t source)
{
	MEM_PUSH(out->v, out->n, out->cap, (struct graph_net){ signal, source });
}

static void join(struct reading *r, int64_t outside, const struct end *port)
{
	if (port->kind == GRAPH_INPUT)
		add_net(r->out, port->signal, outside);
	else if (port->kind == GRAPH_OUTPUT)
		add_net(r->out, outside, port->signal);
}

/* Connections written at an instance. In an expression no signal is the source. */
static void join_written(struct reading *r, const struct graph_rows *row)
{
	long long module = graph_sql_int(row, 1), position = graph_sql_int(row, 3);
	const char *name = graph_sql_text(row, 2);
	const struct end *port = name[0] ? end_called(r, module, name)
					 : end_of(r, str_fmt("%lld#%lld", module, position));

	if (port)
		join(r, graph_sql_int(row, 0), port);
}

/* What .* connects. A port that is also connected by name gets two sources, which counts as
 * none. */
static void join_star(struct reading *r, const struct graph_rows *row)
{
	const char *name = graph_sql_text(row, 1);
	const struct end *outside = end_called(r, graph_sql_int(row, 0), name);
	const struct end *port = end_called(r, graph_sql_int(row, 2), name);

	if (outside && port)
		join(r, outside->signal, port);
}

static void add_touch(struct reading *r, const struct graph_rows *row)
{
	MEM_PUSH(r->touches, r->n_touches, r->cap_touches,
		 (struct touch){ graph_sql_int(row, 0), graph_sql_int(row, 1),
				 graph_sql_int(row, 2) & GRAPH_DRIVE });
}

static int by_block(const void *a, const void *b)
{
	const struct touch *x = a, *y = b;

	return x->block != y->block ? (x->block > y->block) - (x->block < y->block)
				    : (int)y->drives - (int)x->drives;
}

/* "assign o_done = done": an assignment that reads one name. */
static void join_assigned(struct reading *r)
{
	const struct touch *t = r->touches;

	if (r->n_touches)
		qsort(r->touches, r->n_touches, sizeof(*r->touches), by_block);
	for (size_t i = 0, next; i < r->n_touches; i = next) {
		for (next = i + 1; next < r->n_touches && t[next].block == t[i].block;)
			next++;
		if (next == i + 2 && t[i].drives && !t[i + 1].drives)
			add_net(r->out, t[i].signal, t[i + 1].signal);
	}
}

static bool read_all(struct reading *r)
{
	static const char ends[] = "SELECT id, module, kind, position, name FROM signals"
				   " WHERE id > ?1 AND id <= ?2 AND kind <= 4 ORDER BY id";
	static const char written[] =
		"SELECT u.signal, m.id, u.port, u.position FROM uses u"
		" JOIN instances i ON i.id = u.instance JOIN modules m ON m.name = i.of"
		" WHERE u.instance > 0 AND u.instance > ?1 AND u.instance <= ?2 AND NOT EXISTS"
		" (SELECT 1 FROM instances k WHERE k.of = i.of AND k.id <> i.id)"
		" GROUP BY u.instance, u.port, u.position HAVING count(*) = 1";
	static const char stars[] =
		"SELECT i.module, s.name, s.module FROM instances i"
		" JOIN modules m ON m.name = i.of JOIN signals s ON s.module = m.id AND s.kind < 2"
		" WHERE i.star AND i.id > ?1 AND i.id <= ?2 AND NOT EXISTS"
		" (SELECT 1 FROM instances k WHERE k.of = i.of AND k.id <> i.id) AND NOT EXISTS"
		" (SELECT 1 FROM uses u WHERE u.instance = i.id AND u.instance > 0"
		" AND u.port = s.name)"; /* > 0: what the index is for */
	static const char assigned[] =
		"SELECT u.block, u.signal, u.role FROM uses u JOIN blocks b ON b.id = u.block"
		" WHERE u.signal > ?1 AND u.signal <= ?2 AND b.kind = 'assign'";
	static const char signals[] = "SELECT max(id) FROM signals";
	static const char instances[] = "SELECT max(id) FROM instances";

	if (!in_ranges(r, signals, ends, add_end) ||
	    !in_ranges(r, instances, written, join_written) ||
	    !in_ranges(r, instances, stars, join_star) ||
	    !in_ranges(r, signals, assigned, add_touch))
		return false;
	join_assigned(r);
	return true;
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

bool graph_nets_read(struct graph *g, const struct graph_rest *rest, struct graph_nets *out,
		     struct err *err)
{
	struct reading r = { .g = g, .rest = rest, .keys = STRV_INIT, .out = out, .err = err };
	bool ok;

	*out = (struct graph_nets){ 0 };
	ok = read_all(&r);
	drop_several(out);
	name_map_fini(&r.by_key);
	strv_free(&r.keys);
	free(r.touches);
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
