/* graph_sql.h - the database below the graph. The only file that uses SQLite is graph_sql.c.
 *
 * A statement is a constant text with ? for each value. It is prepared on first use
 * and cached by the address of its text. Values are bound, never pasted.
 *
 *	struct graph_rows r;
 *
 *	if (!graph_sql(g, "SELECT id FROM modules WHERE name = ?", &r, err, "s", name))
 *		return false;
 *	while (graph_sql_row(&r))
 *		use(graph_sql_int(&r, 0));
 *	return graph_sql_end(&r, err);
 *
 * A database error that indicates damage sets g->damaged.
 */
#ifndef POSEDGE_GRAPH_SQL_H
#define POSEDGE_GRAPH_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

#define GRAPH_STATEMENTS 64u

/* Row ids in the table words: a module's own id; a signal's id plus this. */
#define GRAPH_SIGNAL_ROW     (INT64_C(1) << 40)
#define GRAPH_SIGNAL_ROW_SQL "1099511627776" /* the same in SQL */

struct graph_last;
struct libsqlite;
struct sqlite3;
struct sqlite3_stmt;

struct graph {
	struct libsqlite *sql; /* NULL if not open */
	struct sqlite3 *db;
	struct {
		const char *text;
		struct sqlite3_stmt *st;
		bool busy;
	} kept[GRAPH_STATEMENTS];
	size_t n_kept;
	char *path; /* NULL: in memory */
	bool damaged;
	struct graph_last *last; /* the file put last: graph_patch.h */
};

struct graph_rows {
	struct graph *g;
	struct sqlite3_stmt *st;
	size_t kept; /* index in g->kept; GRAPH_STATEMENTS: not cached, freed at the end */
	int result;
};

/* path NULL: in memory. Locks the file for this program: ERR_BUSY. */
bool graph_sql_open(struct graph *g, const char *path, struct err *err);
void graph_sql_close(struct graph *g);

/* Increases with each row written. */
uint64_t graph_sql_changes(const struct graph *g);

/* Runs a constant text of several statements without values. */
bool graph_sql_do(struct graph *g, const char *text, struct err *err);

/* kinds has a letter per value: i int64_t, s a C string, n a C string or NULL. */
bool graph_sql(struct graph *g, const char *text, struct graph_rows *r, struct err *err,
	       const char *kinds, ...);
bool graph_sql_row(struct graph_rows *r);
bool graph_sql_end(struct graph_rows *r, struct err *err); /* false: the statement failed
							    * midway */
int64_t graph_sql_int(const struct graph_rows *r, int column);
const char *graph_sql_text(const struct graph_rows *r, int column); /* "" for NULL; borrowed until
								     * the next row */
/* Runs a statement that returns no rows. *id: id of the inserted row; may be NULL. */
bool graph_sql_run(struct graph *g, const char *text, int64_t *id, struct err *err,
		   const char *kinds, ...);

#endif
