/* The only file that uses SQLite. A statement is prepared once and cached by the address
 * of its text, a string constant. `synchronous = OFF` and a limited number of pages suit
 * a cache that can be rebuilt at any time. The lock is exclusive, so a second posedge in
 * the same project finds the database busy and keeps its graph in memory.
 *
 * The file may come with a cloned project. SQLite's defensive mode, an untrusted
 * schema and a limit on lengths ensure that it is only data. Any error that may mean
 * damage sets `damaged`, and the caller then starts from an empty file.
 */
#include "config.h"

#include "session/graph/graph_sql.h"

#include <stdarg.h>
#include <stdlib.h>

#include "session/base/late.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/graph/graph.h"
#include "session/graph/libsqlite.h"

#define PAGE 4096u

/* ERR_TOOL: see late_load(). */
static bool load(struct libsqlite *s, struct err *err)
{
#define CALL(name) { "sqlite3_" #name, offsetof(struct libsqlite, name) },
	static const struct late_call calls[] = { LIBSQLITE_CALLS(CALL) };
#undef CALL

	return late_load("libsqlite3.so.0", "which knows where things of a design are", calls,
			 sizeof(calls) / sizeof(*calls), s, err);
}

static bool failed(struct graph *g, struct err *err)
{
	int code = g->sql->errcode(g->db) & 0xff;

	g->damaged |= code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR ||
		      code == SQLITE_SCHEMA;
	return err_set(err,
		       code == SQLITE_BUSY || code == SQLITE_LOCKED ? ERR_BUSY
		       : code == SQLITE_FULL			    ? ERR_LIMIT
								    : ERR_IO,
		       "the graph of the design: %s", g->sql->errmsg(g->db));
}

bool graph_sql_do(struct graph *g, const char *text, struct err *err)
{
	return g->sql->exec(g->db, text, NULL, NULL, NULL) == SQLITE_OK || failed(g, err);
}

/* Treats the file as data: no functions in its schema, no writes to internal tables. */
static void harden(struct graph *g)
{
	g->sql->db_config(g->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	g->sql->db_config(g->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	g->sql->db_config(g->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	g->sql->limit(g->db, SQLITE_LIMIT_ATTACHED, 0);
	g->sql->limit(g->db, SQLITE_LIMIT_LENGTH, 16 << 20);
}

bool graph_sql_open(struct graph *g, const char *path, struct err *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
		    SQLITE_OPEN_NOFOLLOW;
	char *pages;
	bool ok;

	g->sql = mem_zalloc(sizeof(*g->sql));
	if (!load(g->sql, err)) {
		graph_sql_close(g);
		return false;
	}
	if (g->sql->open_v2(path ? path : ":memory:", &g->db, flags, NULL) != SQLITE_OK) {
		failed(g, err);
		graph_sql_close(g);
		return false;
	}
	harden(g);
	pages = str_fmt("PRAGMA max_page_count = %llu", GRAPH_BYTES_MAX / PAGE);
	ok = graph_sql_do(g,
			  "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
			  "PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;"
			  "BEGIN EXCLUSIVE; COMMIT",
			  err) &&
	     graph_sql_do(g, pages, err);
	free(pages);
	if (!ok)
		graph_sql_close(g);
	return ok;
}

void graph_sql_close(struct graph *g)
{
	for (size_t i = 0; i < g->n_kept; i++)
		g->sql->finalize(g->kept[i].st);
	g->n_kept = 0;
	if (g->db)
		g->sql->close(g->db);
	g->db = NULL;
	free(g->sql);
	g->sql = NULL;
}

uint64_t graph_sql_changes(const struct graph *g)
{
	return (uint64_t)g->sql->total_changes(g->db);
}

/* Statements ----------------------------------------------------------------------------- */

static bool prepare(struct graph *g, const char *text, struct graph_rows *r, struct err *err)
{
	for (size_t i = 0; i < g->n_kept; i++)
		if (g->kept[i].text == text && !g->kept[i].busy) {
			g->kept[i].busy = true;
			*r = (struct graph_rows){ g, g->kept[i].st, i, SQLITE_OK };
			return true;
		}
	*r = (struct graph_rows){ .g = g, .kept = GRAPH_STATEMENTS };
	if (g->sql->prepare_v2(g->db, text, -1, &r->st, NULL) != SQLITE_OK)
		return failed(g, err);
	if (g->n_kept < GRAPH_STATEMENTS) {
		g->kept[g->n_kept].text = text;
		g->kept[g->n_kept].st = r->st;
		g->kept[g->n_kept].busy = true;
		r->kept = g->n_kept++;
	}
	return true;
}

static void release(struct graph_rows *r)
{
	if (r->kept < GRAPH_STATEMENTS) {
		r->g->sql->reset(r->st);
		r->g->sql->clear_bindings(r->st);
		r->g->kept[r->kept].busy = false;
	} else {
		r->g->sql->finalize(r->st);
	}
	r->st = NULL;
}

static bool bind(struct graph_rows *r, const char *kinds, va_list ap, struct err *err)
{
	int code = SQLITE_OK;

	for (int i = 1; *kinds && code == SQLITE_OK; kinds++, i++) {
		if (*kinds == 'i') {
			code = r->g->sql->bind_int64(r->st, i, va_arg(ap, int64_t));
		} else {
			const char *s = va_arg(ap, const char *);

			code = s ? r->g->sql->bind_text(r->st, i, s, -1, SQLITE_TRANSIENT)
				 : r->g->sql->bind_null(r->st, i);
		}
	}
	if (code == SQLITE_OK)
		return true;
	failed(r->g, err);
	release(r);
	return false;
}

static bool begin(struct graph *g, const char *text, struct graph_rows *r, struct err *err,
		  const char *kinds, va_list ap)
{
	return prepare(g, text, r, err) && bind(r, kinds, ap, err);
}

bool graph_sql(struct graph *g, const char *text, struct graph_rows *r, struct err *err,
	       const char *kinds, ...)
{
	va_list ap;
	bool ok;

	va_start(ap, kinds);
	ok = begin(g, text, r, err, kinds, ap);
	va_end(ap);
	return ok;
}

bool graph_sql_row(struct graph_rows *r)
{
	r->result = r->g->sql->step(r->st);
	return r->result == SQLITE_ROW;
}

/* Ending before the last row is not a failure. */
bool graph_sql_end(struct graph_rows *r, struct err *err)
{
	bool ok = r->result == SQLITE_OK || r->result == SQLITE_ROW || r->result == SQLITE_DONE;

	if (!ok)
		failed(r->g, err);
	release(r);
	return ok;
}

int64_t graph_sql_int(const struct graph_rows *r, int column)
{
	return r->g->sql->column_int64(r->st, column);
}

const char *graph_sql_text(const struct graph_rows *r, int column)
{
	const char *s = (const char *)r->g->sql->column_text(r->st, column);

	return s ? s : "";
}

bool graph_sql_run(struct graph *g, const char *text, int64_t *id, struct err *err,
		   const char *kinds, ...)
{
	struct graph_rows r;
	va_list ap;
	bool ok;

	va_start(ap, kinds);
	ok = begin(g, text, &r, err, kinds, ap);
	va_end(ap);
	if (!ok)
		return false;
	graph_sql_row(&r);
	ok = graph_sql_end(&r, err);
	if (ok && id)
		*id = g->sql->last_insert_rowid(g->db);
	return ok;
}
