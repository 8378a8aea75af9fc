/* Looks up a single name in the tables. */
#include "config.h"

#include "session/graph/graph_look.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/mem.h"
#include "session/graph/graph_words.h"

#define ALIKE_MOST  2u	    /* maximum edit distance, in letters */
#define PART	    10u	    /* distance of a partial match, beyond any misspelling */
#define ALIKE_NAMES 200000u /* limit of names compared */

#define MODULE_COLUMNS                                                                  \
	"SELECT m.id, m.name, m.name, f.path, '', m.doc, m.line, m.kind FROM modules m" \
	" JOIN files f ON f.id = m.file "
#define SIGNAL_COLUMNS                                                                      \
	"SELECT s.id, s.name, m.name, f.path, s.type, s.doc, s.line, s.kind FROM signals s" \
	" JOIN modules m ON m.id = s.module JOIN files f ON f.id = s.file "
#define INSTANCE_COLUMNS                                                            \
	"SELECT i.id, i.name, m.name, f.path, i.of, '', i.line, 0 FROM instances i" \
	" JOIN modules m ON m.id = i.module JOIN files f ON f.id = i.file "
#define BLOCK_COLUMNS                                                                 \
	"SELECT b.id, b.name, m.name, f.path, b.kind, b.doc, b.line, 0 FROM blocks b" \
	" JOIN modules m ON m.id = b.module JOIN files f ON f.id = b.file "

void graph_hits_fini(struct graph_hits *h)
{
	for (size_t i = 0; i < h->n; i++) {
		free(h->v[i].name);
		free(h->v[i].module);
		free(h->v[i].path);
		free(h->v[i].type);
		free(h->v[i].doc);
	}
	free(h->v);
	*h = (struct graph_hits){ 0 };
}

/* A file in the cache may contain any number here. */
static enum graph_signal_kind kind_of(int64_t n)
{
	return n >= 0 && n <= GRAPH_VALUE ? (enum graph_signal_kind)n : GRAPH_NET;
}

static struct graph_hit *add_row(const struct graph_rows *r, enum graph_hit_kind kind,
				 struct graph_hits *out)
{
	int64_t n = graph_sql_int(r, 7);
	struct graph_hit *h;

	MEM_ROOM(out->v, out->n, out->cap);
	h = &out->v[out->n++];
	*h = (struct graph_hit){
		.kind = kind,
		.id = graph_sql_int(r, 0),
		.name = mem_strdup(graph_sql_text(r, 1)),
		.module = mem_strdup(graph_sql_text(r, 2)),
		.path = mem_strdup(graph_sql_text(r, 3)),
		.type = mem_strdup(graph_sql_text(r, 4)),
		.doc = mem_strdup(graph_sql_text(r, 5)),
		.line = (int)graph_sql_int(r, 6),
	};
	if (kind == GRAPH_HIT_SIGNAL)
		h->signal = kind_of(n);
	else if (kind == GRAPH_HIT_MODULE && n >= 0 && n <= VUNIT_CLASS)
		h->unit = (enum vunit_kind)n;
	return h;
}

static bool take_rows(struct graph_rows *r, enum graph_hit_kind kind, const char *name,
		      struct graph_hits *out, struct err *err)
{
	while (graph_sql_row(r)) {
		struct graph_hit *h;

		if (out->n == GRAPH_HITS_MAX) {
			out->cut |= GRAPH_CUT_HITS;
			break;
		}
		h = add_row(r, kind, out);
		h->rank = strcmp(h->name, name) == 0 ? GRAPH_RANK_PATH : GRAPH_RANK_CASE;
	}
	return graph_sql_end(r, err);
}

bool graph_look_modules(struct graph *g, const char *name, struct graph_hits *out, struct err *err)
{
	struct graph_rows r;

	return graph_sql(g,
			 MODULE_COLUMNS "WHERE m.name = ? COLLATE NOCASE"
					" ORDER BY m.name = ? DESC, f.path, m.line",
			 &r, err, "ss", name, name) &&
	       take_rows(&r, GRAPH_HIT_MODULE, name, out, err);
}

bool graph_look_modules_with(struct graph *g, const char *name, struct graph_hits *out,
			     struct err *err)
{
	struct graph_rows r;

	return graph_sql(g,
			 MODULE_COLUMNS
			 "WHERE m.id IN (SELECT module FROM signals WHERE name = ?1"
			 " COLLATE NOCASE) ORDER BY"
			 " (SELECT min(kind) FROM signals s WHERE s.module = m.id AND"
			 " s.name = ?1 COLLATE NOCASE), f.path, m.line",
			 &r, err, "s", name) &&
	       take_rows(&r, GRAPH_HIT_MODULE, "", out, err);
}

bool graph_look_signals(struct graph *g, const char *name, struct graph_hits *out, struct err *err)
{
	struct graph_rows r;

	return graph_sql(g,
			 SIGNAL_COLUMNS "WHERE s.name = ? COLLATE NOCASE"
					" ORDER BY s.name = ? DESC, s.kind = 0, f.path, s.line",
			 &r, err, "ss", name, name) &&
	       take_rows(&r, GRAPH_HIT_SIGNAL, name, out, err);
}

bool graph_look_instances(struct graph *g, const char *name, struct graph_hits *out,
			  struct err *err)
{
	struct graph_rows r;

	return graph_sql(g,
			 INSTANCE_COLUMNS "WHERE i.name = ? COLLATE NOCASE"
					  " ORDER BY i.name = ? DESC, f.path, i.line",
			 &r, err, "ss", name, name) &&
	       take_rows(&r, GRAPH_HIT_INSTANCE, name, out, err);
}

bool graph_look_instances_of(struct graph *g, const char *module, struct graph_hits *out,
			     struct err *err)
{
	struct graph_rows r;
	size_t from = out->n;

	if (!graph_sql(g, INSTANCE_COLUMNS "WHERE i.of = ? ORDER BY f.path, i.line", &r, err, "s",
		       module) ||
	    !take_rows(&r, GRAPH_HIT_INSTANCE, module, out, err))
		return false;
	for (size_t i = from; i < out->n; i++)
		out->v[i].rank = GRAPH_RANK_PATH;
	return true;
}

bool graph_look_functions(struct graph *g, const char *name, struct graph_hits *out,
			  struct err *err)
{
	struct graph_rows r;

	return graph_sql(g, BLOCK_COLUMNS "WHERE b.name = ? ORDER BY f.path, b.line", &r, err, "s",
			 name) &&
	       take_rows(&r, GRAPH_HIT_BLOCK, name, out, err);
}

bool graph_look_inside(struct graph *g, int64_t module, const char *name, int64_t outside,
		       struct graph_hits *out, struct err *err)
{
	struct graph_rows r;
	size_t from = out->n;

	if (!graph_sql(g, SIGNAL_COLUMNS "WHERE s.module = ? AND s.name = ? COLLATE NOCASE", &r,
		       err, "is", module, name) ||
	    !take_rows(&r, GRAPH_HIT_SIGNAL, name, out, err))
		return false;
	for (size_t i = from; i < out->n; i++)
		out->v[i].outside = outside;
	return graph_sql(g, INSTANCE_COLUMNS "WHERE i.module = ? AND i.name = ? COLLATE NOCASE", &r,
			 err, "is", module, name) &&
	       take_rows(&r, GRAPH_HIT_INSTANCE, name, out, err);
}

bool graph_look_row(struct graph *g, int64_t row, enum graph_rank rank, struct graph_hits *out,
		    struct err *err)
{
	struct graph_rows r;
	bool signal = row >= GRAPH_SIGNAL_ROW;

	if (!graph_sql(g,
		       signal ? SIGNAL_COLUMNS "WHERE s.id = ?" : MODULE_COLUMNS "WHERE m.id = ?",
		       &r, err, "i", signal ? row - GRAPH_SIGNAL_ROW : row))
		return false;
	if (out->n < GRAPH_HITS_MAX && graph_sql_row(&r))
		add_row(&r, signal ? GRAPH_HIT_SIGNAL : GRAPH_HIT_MODULE, out)->rank = rank;
	return graph_sql_end(&r, err);
}

bool graph_module_at(struct graph *g, const char *path, int line, struct graph_hits *out,
		     struct err *err)
{
	struct graph_rows r;

	*out = (struct graph_hits){ 0 };
	return graph_sql(g,
			 MODULE_COLUMNS "WHERE f.path = ?1 AND m.line <= ?2 AND (m.last = 0 OR"
					" m.last >= ?2) ORDER BY m.line DESC LIMIT 1",
			 &r, err, "si", path, (int64_t)line) &&
	       take_rows(&r, GRAPH_HIT_MODULE, "", out, err);
}

bool graph_below(struct graph *g, int64_t module, struct graph_hits *out, struct err *err)
{
	struct graph_rows r;

	*out = (struct graph_hits){ 0 };
	return graph_sql(g,
			 MODULE_COLUMNS
			 "WHERE m.name IN (SELECT of FROM instances WHERE module = ?)"
			 " ORDER BY m.id",
			 &r, err, "i", module) &&
	       take_rows(&r, GRAPH_HIT_MODULE, "", out, err);
}

bool graph_look_rest(const struct graph_rest *rest, struct err *err)
{
	return !rest || rest->fn(rest->ctx, err);
}

/* Misspelt names ------------------------------------------------------------------------ */

struct near {
	unsigned far;
	int64_t row;
};

struct alike {
	const char *name;
	int64_t module;
	bool parts;
	struct near *v;
	size_t n, cap, seen;
};

static int by_far(const void *a, const void *b)
{
	const struct near *x = a, *y = b;

	return x->far != y->far ? (x->far > y->far) - (x->far < y->far)
				: (x->row > y->row) - (x->row < y->row);
}

/* Distance of two names. 0: equal. A name that begins with the other or contains it
 * is farther away than any misspelling. */
static unsigned how_far(const char *name, const char *other)
{
	size_t n = strlen(name);
	unsigned most = n < 4 ? 0 : n < 6 ? 1 : ALIKE_MOST;
	unsigned far = most ? graph_distance(name, other, most) : 1;

	if (far <= most)
		return far;
	if (n >= 2 && strncasecmp(name, other, n) == 0)
		return PART + (unsigned)(strlen(other) - n);
	return n >= 3 && strcasestr(other, name) ? 1000 + (unsigned)strlen(other) : 0;
}

static void weigh(struct alike *a, int64_t row, const char *other)
{
	unsigned far = how_far(a->name, other);

	if (!far || (!a->parts && far >= PART))
		return;
	MEM_PUSH(a->v, a->n, a->cap, (struct near){ far, row });
}

/* Compares all pages of one table. offset: added to an id, it gives the row in words. */
static bool weigh_all(struct graph *g, struct alike *a, const char *page, int64_t offset,
		      const struct graph_rest *rest, struct err *err)
{
	int64_t last = 0;

	for (size_t n = GRAPH_PAGE; n == GRAPH_PAGE && a->seen < ALIKE_NAMES; a->seen += n) {
		struct graph_rows r;

		if (!graph_sql(g, page, &r, err, "ii", a->module, last))
			return false;
		for (n = 0; graph_sql_row(&r); n++) {
			last = graph_sql_int(&r, 0);
			weigh(a, last + offset, graph_sql_text(&r, 1));
		}
		if (!graph_sql_end(&r, err) || !graph_look_rest(rest, err))
			return false;
	}
	return true;
}

bool graph_look_alike(struct graph *g, const char *name, int64_t module, int only, bool parts,
		      const struct graph_rest *rest, struct graph_hits *out, struct err *err)
{
	struct alike a = { .name = name, .module = module, .parts = parts };
	bool ok = true;

	if (only != GRAPH_HIT_SIGNAL)
		ok = weigh_all(g, &a,
			       "SELECT id, name FROM modules WHERE ?1 = 0 AND id > ?2"
			       " ORDER BY id LIMIT " GRAPH_PAGE_SQL,
			       0, rest, err);
	if (ok && only != GRAPH_HIT_MODULE)
		ok = weigh_all(g, &a,
			       "SELECT id, name FROM signals WHERE (?1 = 0 OR module = ?1) AND"
			       " id > ?2 ORDER BY id LIMIT " GRAPH_PAGE_SQL,
			       GRAPH_SIGNAL_ROW, rest, err);
	out->cut |= a.seen >= ALIKE_NAMES ? GRAPH_CUT_NAMES : 0;
	if (a.n)
		qsort(a.v, a.n, sizeof(*a.v), by_far);
	for (size_t i = 0; ok && i < a.n && out->n < GRAPH_HITS_MAX; i++)
		ok = graph_look_row(g, a.v[i].row, GRAPH_RANK_LIKE, out, err);
	out->cut |= a.n > GRAPH_HITS_MAX ? GRAPH_CUT_HITS : 0;
	free(a.v);
	return ok;
}

static bool same(const struct graph_hit *a, const struct graph_hit *b)
{
	return a->kind == b->kind && a->id == b->id && a->outside == b->outside;
}

static void drop(struct graph_hits *h, size_t i)
{
	struct graph_hits one = { .v = mem_dup(&h->v[i], sizeof(*h->v)), .n = 1 };

	graph_hits_fini(&one);
	memmove(h->v + i, h->v + i + 1, (--h->n - i) * sizeof(*h->v));
}

void graph_hits_only(struct graph_hits *h, enum graph_hit_kind kind)
{
	for (size_t i = h->n; i-- > 0;)
		if (h->v[i].kind != kind)
			drop(h, i);
}

/* Insertion sort, which is stable; there are at most GRAPH_HITS_MAX hits. */
void graph_hits_sort(struct graph_hits *h)
{
	for (size_t i = 1; i < h->n; i++) {
		struct graph_hit x = h->v[i];
		size_t k = i;

		for (; k > 0 && h->v[k - 1].rank > x.rank; k--)
			h->v[k] = h->v[k - 1];
		h->v[k] = x;
	}
	for (size_t i = 0; i < h->n; i++)
		for (size_t k = h->n; k-- > i + 1;)
			if (same(&h->v[i], &h->v[k]))
				drop(h, k);
}
