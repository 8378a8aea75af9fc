/* graph_sql.h - the database below the graph: the one home of SQLite.
 *
 * A statement is a constant text with ? for each value; it is prepared when first asked
 * and kept by the address of its text. Values are bound, never pasted.
 *
 *	struct graph_rows r;
 *
 *	if (!graph_sql(g, "SELECT id FROM modules WHERE name = ?", &r, err, "s", name))
 *		return false;
 *	while (graph_sql_row(&r))
 *		use(graph_sql_int(&r, 0));
 *	return graph_sql_end(&r, err);
 *
 * An error of the database that means damage sets g->damaged.
 */
#ifndef POSEDGE_GRAPH_SQL_H
#define POSEDGE_GRAPH_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

#define GRAPH_STATEMENTS 64u

/* Rows of the table words: a module's is its id, a signal's this and its id. */
#define GRAPH_SIGNAL_ROW     (INT64_C(1) << 40)
#define GRAPH_SIGNAL_ROW_SQL "1099511627776" /* the same in a statement */

struct graph_last;
struct sqlite3;
struct sqlite3_stmt;

struct graph {
	struct sqlite3 *db;
	struct {
		const char *text;
		struct sqlite3_stmt *st;
		bool busy;
	} kept[GRAPH_STATEMENTS];
	size_t n_kept;
	char *path; /* NULL: in memory */
	bool damaged;
	struct graph_last *last; /* the file that was put last: graph_patch.h */
};

struct graph_rows {
	struct graph *g;
	struct sqlite3_stmt *st;
	size_t kept; /* of g->kept; GRAPH_STATEMENTS: none, it is freed at the end */
	int result;
};

/* path NULL: in memory. No more than bytes. Locked for this program alone: ERR_BUSY. */
bool graph_sql_open(struct graph *g, const char *path, uint64_t bytes, struct err *err);
void graph_sql_close(struct graph *g);

/* Grows with each row that is written. */
uint64_t graph_sql_changes(const struct graph *g);

/* A constant text of several statements without values. */
bool graph_sql_do(struct graph *g, const char *text, struct err *err);

/* kinds: a letter for each value: i int64_t, s a C string, n a C string or NULL. */
bool graph_sql(struct graph *g, const char *text, struct graph_rows *r, struct err *err,
	       const char *kinds, ...);
bool graph_sql_row(struct graph_rows *r);
bool graph_sql_end(struct graph_rows *r, struct err *err); /* false: it failed on its way */
int64_t graph_sql_int(const struct graph_rows *r, int column);
const char *graph_sql_text(const struct graph_rows *r, int column); /* "" for NULL; borrowed
								     * until the next row */
/* One that gives no rows; *id: of what it inserted, may be NULL. */
bool graph_sql_run(struct graph *g, const char *text, int64_t *id, struct err *err,
		   const char *kinds, ...);

#endif
