/* Stores the rows of files in a database.
 *
 *	files 1--n modules 1--n signals, blocks, instances; uses join a signal to the block or
 *	the instance that uses it. words holds the words of names and comments, of modules (by
 *	id) and of signals (by GRAPH_SIGNAL_ROW plus id).
 *
 * All rows of a file are inserted together, so their ids are consecutive and they can
 * be deleted as ranges, without an index. Files are joined by names: an instance to
 * its module, a connection to the port.
 */
#include "config.h"

#include "session/graph/graph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/graph/graph_patch.h"
#include "session/graph/graph_sql.h"
#include "session/text/name_map.h"

#define TABLES_MAX  (1u << 16)	/* bytes of all table definitions */
#define CHECKED_MAX (16u << 20) /* bytes; a larger file is not checked on opening */

static const char schema[] =
	"CREATE TABLE files (id INTEGER PRIMARY KEY, path TEXT UNIQUE, stamp TEXT, m0 INT, m1 INT,"
	" s0 INT, s1 INT, b0 INT, b1 INT, i0 INT, i1 INT, cut INT);"
	"CREATE TABLE modules (id INTEGER PRIMARY KEY, file INT, name TEXT, kind INT, line INT,"
	" last INT, doc TEXT);"
	"CREATE TABLE signals (id INTEGER PRIMARY KEY, file INT, module INT, name TEXT, kind INT,"
	" type TEXT, doc TEXT, position INT, line INT);"
	"CREATE TABLE blocks (id INTEGER PRIMARY KEY, file INT, module INT, kind TEXT, name TEXT,"
	" clock TEXT, reset TEXT, doc TEXT, line INT, last INT);"
	"CREATE TABLE instances (id INTEGER PRIMARY KEY, file INT, module INT, of TEXT, name TEXT,"
	" line INT, star INT);"
	"CREATE TABLE uses (signal INT, n INT, file INT, block INT, instance INT, port TEXT,"
	" position INT, role INT, line INT, PRIMARY KEY (signal, n)) WITHOUT ROWID;"
	"CREATE INDEX modules_name ON modules (name COLLATE NOCASE);"
	"CREATE INDEX modules_exact ON modules (name);"
	"CREATE INDEX signals_module ON signals (module);"
	"CREATE INDEX signals_name ON signals (name COLLATE NOCASE);"
	"CREATE INDEX blocks_module ON blocks (module);"
	"CREATE INDEX blocks_name ON blocks (name) WHERE name <> '';"
	"CREATE INDEX instances_module ON instances (module);"
	"CREATE INDEX instances_of ON instances (of);"
	"CREATE INDEX instances_name ON instances (name COLLATE NOCASE);"
	"CREATE INDEX uses_instance ON uses (instance) WHERE instance > 0;"
	"CREATE VIRTUAL TABLE words USING fts5 (name, doc, context,"
	" tokenize = 'porter unicode61', detail = column);";

/* Opening ----------------------------------------------------------------------------- */

static int64_t number(struct graph *g, const char *pragma)
{
	struct graph_rows r;
	int64_t n = -1;

	if (!graph_sql(g, pragma, &r, NULL, ""))
		return -1;
	if (graph_sql_row(&r))
		n = graph_sql_int(&r, 0);
	return graph_sql_end(&r, NULL) ? n : -1;
}

static bool is_sound(struct graph *g)
{
	struct graph_rows r;
	bool ok;

	if (!graph_sql(g, "PRAGMA quick_check(1)", &r, NULL, ""))
		return false;
	ok = graph_sql_row(&r) && strcmp(graph_sql_text(&r, 0), "ok") == 0;
	return graph_sql_end(&r, NULL) && ok;
}

static bool make_tables(struct graph *g, struct err *err)
{
	char version[40];

	snprintf(version, sizeof(version), "PRAGMA user_version = %d", GRAPH_VERSION);
	return graph_sql_do(g, "BEGIN", err) && graph_sql_do(g, schema, err) &&
	       graph_sql_do(g, version, err) && graph_sql_do(g, "COMMIT", err);
}

static void remove_file(const char *path)
{
	static const char *const tails[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		char *name = str_fmt("%s%s", path, tails[i]);

		unlink(name);
		free(name);
	}
}

/* The definition of every table and index. */
static bool tables_of(struct graph *g, struct str *out)
{
	struct graph_rows r;

	if (!graph_sql(g, "SELECT name, sql FROM sqlite_master ORDER BY type, name", &r, NULL, ""))
		return false;
	while (graph_sql_row(&r))
		str_addf(out, "%s %s\n", graph_sql_text(&r, 0), graph_sql_text(&r, 1));
	return graph_sql_end(&r, NULL);
}

/* The file can claim any version, so its tables are compared with ours. */
static bool has_our_tables(struct graph *g)
{
	struct graph ours = { 0 };
	struct str have = STR_LIMIT(TABLES_MAX), want = STR_LIMIT(TABLES_MAX);
	bool ok = graph_sql_open(&ours, NULL, NULL) && make_tables(&ours, NULL) &&
		  tables_of(&ours, &want) && tables_of(g, &have) &&
		  strcmp(str_cstr(&have), str_cstr(&want)) == 0;

	graph_sql_close(&ours);
	str_free(&have);
	str_free(&want);
	return ok;
}

/* False: the file is unusable. */
static bool open_old(struct graph *g, const char *path, struct err *err)
{
	struct stat st;
	bool small = stat(path, &st) == 0 && st.st_size < CHECKED_MAX;

	if (!graph_sql_open(g, path, err))
		return false;
	if (number(g, "PRAGMA user_version") == GRAPH_VERSION && (!small || is_sound(g)) &&
	    has_our_tables(g))
		return true;
	graph_sql_close(g);
	return err_set(err, ERR_PARSE, "%s: no graph of this version", path);
}

struct graph *graph_open(const char *path, struct err *err)
{
	struct graph *g = mem_zalloc(sizeof(*g));
	struct err why = { 0 };

	g->last = mem_zalloc(sizeof(*g->last));
	g->path = mem_strdup(path);
	if (path && access(path, F_OK) == 0) {
		if (open_old(g, path, &why))
			return g;
		if (why.code == ERR_BUSY || why.code == ERR_TOOL) {
			graph_close(g);
			err_copy(err, &why);
			return NULL;
		}
		remove_file(path);
		g->damaged = false;
	}
	if (graph_sql_open(g, path, err) && make_tables(g, err))
		return g;
	graph_close(g);
	return NULL;
}

void graph_close(struct graph *g)
{
	if (!g)
		return;
	if (g->db)
		graph_sql_close(g);
	if (g->damaged && g->path) /* a large file was not checked on opening */
		remove_file(g->path);
	free(g->path);
	graph_last_fini(g->last);
	free(g->last);
	free(g);
}

bool graph_begin(struct graph *g, struct err *err)
{
	return graph_sql_do(g, "BEGIN", err);
}

bool graph_commit(struct graph *g, struct err *err)
{
	if (graph_sql_do(g, "COMMIT", err))
		return true;
	graph_last_fini(g->last);
	graph_sql_do(g, "ROLLBACK", NULL);
	return false;
}

/* Files --------------------------------------------------------------------------------- */

bool graph_is_current(struct graph *g, const char *path, const char *stamp)
{
	struct graph_rows r;
	bool same;

	if (!graph_sql(g, "SELECT 1 FROM files WHERE path = ? AND stamp = ?", &r, NULL, "ss", path,
		       stamp))
		return false;
	same = graph_sql_row(&r);
	return graph_sql_end(&r, NULL) && same;
}

static bool remove_rows(struct graph *g, int64_t file, struct err *err)
{
	static const char *const texts[] = {
		"DELETE FROM words WHERE rowid BETWEEN (SELECT m0 FROM files WHERE id = ?1) AND"
		" (SELECT m1 FROM files WHERE id = ?1)",
		"DELETE FROM words WHERE rowid BETWEEN " GRAPH_SIGNAL_ROW_SQL " + (SELECT s0 FROM"
		" files WHERE id = ?1) AND " GRAPH_SIGNAL_ROW_SQL " + (SELECT s1 FROM files WHERE"
		" id = ?1)",
		"DELETE FROM uses WHERE signal BETWEEN (SELECT s0 FROM files WHERE id = ?1) AND"
		" (SELECT s1 FROM files WHERE id = ?1)",
		"DELETE FROM blocks WHERE id BETWEEN (SELECT b0 FROM files WHERE id = ?1) AND"
		" (SELECT b1 FROM files WHERE id = ?1)",
		"DELETE FROM instances WHERE id BETWEEN (SELECT i0 FROM files WHERE id = ?1) AND"
		" (SELECT i1 FROM files WHERE id = ?1)",
		"DELETE FROM signals WHERE id BETWEEN (SELECT s0 FROM files WHERE id = ?1) AND"
		" (SELECT s1 FROM files WHERE id = ?1)",
		"DELETE FROM modules WHERE id BETWEEN (SELECT m0 FROM files WHERE id = ?1) AND"
		" (SELECT m1 FROM files WHERE id = ?1)",
		"DELETE FROM files WHERE id = ?1",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (!graph_sql_run(g, texts[i], NULL, err, "i", file))
			return false;
	return true;
}

static bool file_id(struct graph *g, const char *path, int64_t *id, struct err *err)
{
	struct graph_rows r;

	*id = 0;
	if (!graph_sql(g, "SELECT id FROM files WHERE path = ?", &r, err, "s", path))
		return false;
	if (graph_sql_row(&r))
		*id = graph_sql_int(&r, 0);
	return graph_sql_end(&r, err);
}

/* State of one put. Its rows become the last put. */
struct putting {
	struct graph *g;
	const struct graph_facts *f;
	struct graph_last *l;
	struct err *err;
};

static bool put_modules(struct putting *p)
{
	for (size_t i = 0; i < p->f->n_modules; i++) {
		const struct graph_module *m = &p->f->modules[i];

		if (!graph_sql_run(p->g,
				   "INSERT INTO modules (file, name, kind, line, last, doc)"
				   " VALUES (?, ?, ?, ?, ?, ?)",
				   &p->l->modules[i], p->err, "isiiis", p->l->file, m->name,
				   (int64_t)m->kind, (int64_t)m->line, (int64_t)m->end_line,
				   m->doc) ||
		    !graph_row_words(p->g, p->l->modules[i], m->name, m->doc, "", p->err))
			return false;
	}
	return true;
}

static bool put_signals(struct putting *p)
{
	for (size_t i = 0; i < p->f->n_signals; i++) {
		const struct graph_signal *s = &p->f->signals[i];

		if (!graph_sql_run(p->g,
				   "INSERT INTO signals (file, module, name, kind, type, doc,"
				   " position, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
				   &p->l->signals[i], p->err, "iisissii", p->l->file,
				   p->l->modules[s->module], s->name, (int64_t)s->kind, s->type,
				   s->doc, (int64_t)s->position, (int64_t)s->line) ||
		    !graph_row_words(p->g, GRAPH_SIGNAL_ROW + p->l->signals[i], s->name, s->doc,
				     p->f->modules[s->module].name, p->err))
			return false;
	}
	return true;
}

static bool put_blocks(struct putting *p)
{
	for (size_t i = 0; i < p->f->n_blocks; i++) {
		const struct graph_block *b = &p->f->blocks[i];

		if (!graph_sql_run(p->g,
				   "INSERT INTO blocks (file, module, kind, name, clock, reset,"
				   " doc, line, last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
				   &p->l->blocks[i], p->err, "iisssssii", p->l->file,
				   p->l->modules[b->module], b->kind, b->name, b->clock, b->reset,
				   b->doc, (int64_t)b->line, (int64_t)b->end_line))
			return false;
	}
	for (size_t i = 0; i < p->f->n_instances; i++) {
		const struct graph_instance *in = &p->f->instances[i];

		if (!graph_sql_run(p->g,
				   "INSERT INTO instances (file, module, of, name, line, star)"
				   " VALUES (?, ?, ?, ?, ?, ?)",
				   &p->l->instances[i], p->err, "iissii", p->l->file,
				   p->l->modules[in->module], in->of, in->name, (int64_t)in->line,
				   (int64_t)in->star))
			return false;
	}
	return true;
}

static bool put_uses(struct putting *p)
{
	bool ok = true;

	for (size_t i = 0; ok && i < p->f->n_uses; i++) {
		p->l->uses[i] = p->l->next++;
		ok = graph_row_use(p->g, p->l, &p->f->uses[i], p->l->uses[i], p->err);
	}
	return ok;
}

/* The range of ids for each kind of row, from first to last; 1 to 0 if there are none. */
static bool put_ranges(struct putting *p)
{
	const struct graph_facts *f = p->f;

#define FIRST(v, n) ((n) ? (v)[0] : (int64_t)1)
#define LAST(v, n)  ((n) ? (v)[(n)-1] : (int64_t)0)
	return graph_sql_run(
		p->g,
		"UPDATE files SET m0 = ?, m1 = ?, s0 = ?, s1 = ?, b0 = ?, b1 = ?, i0 = ?, i1 = ?"
		" WHERE id = ?",
		NULL, p->err, "iiiiiiiii", FIRST(p->l->modules, f->n_modules),
		LAST(p->l->modules, f->n_modules), FIRST(p->l->signals, f->n_signals),
		LAST(p->l->signals, f->n_signals), FIRST(p->l->blocks, f->n_blocks),
		LAST(p->l->blocks, f->n_blocks), FIRST(p->l->instances, f->n_instances),
		LAST(p->l->instances, f->n_instances), p->l->file);
#undef FIRST
#undef LAST
}

static bool put_all(struct graph *g, const char *path, const char *stamp, struct graph_facts *f,
		    struct err *err)
{
	struct graph_last *l = g->last;
	struct putting p = { g, &l->f, l, err };
	int64_t old;
	bool ok;

	graph_last_fini(l);
	l->path = mem_strdup(path);
	l->f = *f;
	*f = (struct graph_facts){ 0 };
	l->modules = mem_calloc(l->f.n_modules + 1, sizeof(*l->modules));
	l->signals = mem_calloc(l->f.n_signals + 1, sizeof(*l->signals));
	l->blocks = mem_calloc(l->f.n_blocks + 1, sizeof(*l->blocks));
	l->instances = mem_calloc(l->f.n_instances + 1, sizeof(*l->instances));
	l->uses = mem_calloc(l->f.n_uses + 1, sizeof(*l->uses));
	ok = file_id(g, path, &old, err) && (!old || remove_rows(g, old, err)) &&
	     graph_sql_run(g, "INSERT INTO files (path, stamp, cut) VALUES (?, ?, ?)", &l->file,
			   err, "ssi", path, stamp, (int64_t)l->f.cut);
	return ok && put_modules(&p) && put_signals(&p) && put_blocks(&p) && put_uses(&p) &&
	       put_ranges(&p);
}

bool graph_put(struct graph *g, const char *path, const char *stamp, struct graph_facts *f,
	       struct err *err)
{
	bool fits = graph_patch_fits(g->last, path, f);

	if (!graph_sql_do(g, "SAVEPOINT one", err))
		return false;
	if ((fits ? graph_patch(g, g->last, stamp, f, err) : put_all(g, path, stamp, f, err)) &&
	    graph_sql_do(g, "RELEASE one", err))
		return true;
	graph_last_fini(g->last);
	graph_sql_do(g, "ROLLBACK TO one", NULL);
	graph_sql_do(g, "RELEASE one", NULL);
	return false;
}

bool graph_cut_files(struct graph *g, struct strv *paths, struct err *err)
{
	struct graph_rows r;

	if (!graph_sql(g, "SELECT path FROM files WHERE cut ORDER BY path", &r, err, ""))
		return false;
	while (graph_sql_row(&r))
		strv_add(paths, graph_sql_text(&r, 0));
	return graph_sql_end(&r, err);
}

bool graph_keep(struct graph *g, const struct strv *paths, struct err *err)
{
	struct graph_rows r;
	struct strv gone = STRV_INIT;
	struct name_map here = NAME_MAP_INIT;
	bool ok = graph_sql(g, "SELECT path FROM files", &r, err, "");

	if (!ok)
		return false;
	for (size_t i = 0; i < paths->n; i++)
		name_map_put(&here, paths->v[i], strlen(paths->v[i]), i);
	while (graph_sql_row(&r)) {
		const char *path = graph_sql_text(&r, 0);

		if (!name_map_has(&here, path, strlen(path)))
			strv_add(&gone, path);
	}
	name_map_fini(&here);
	ok = graph_sql_end(&r, err);
	for (size_t i = 0; ok && i < gone.n; i++) {
		int64_t id;

		if (g->last->path && strcmp(g->last->path, gone.v[i]) == 0)
			graph_last_fini(g->last);
		ok = file_id(g, gone.v[i], &id, err) && remove_rows(g, id, err);
	}
	strv_free(&gone);
	return ok;
}
