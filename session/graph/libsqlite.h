/* libsqlite.h - SQLite, loaded when the first graph is opened.
 *
 * Of all libraries it costs a start of posedge most: 1,600 symbols, 0.6 of 3.5 ms. The
 * functions keep SQLite's names without "sqlite3_", and SQLite's types.
 */
#ifndef POSEDGE_LIBSQLITE_H
#define POSEDGE_LIBSQLITE_H

#include <sqlite3.h>

/* All functions of SQLite that posedge uses. */
/* clang-format off */
#define LIBSQLITE_CALLS(CALL) \
	CALL(bind_int64) CALL(bind_null) CALL(bind_text) CALL(clear_bindings) CALL(close) \
	CALL(column_int64) CALL(column_text) CALL(db_config) CALL(errcode) CALL(errmsg) \
	CALL(exec) CALL(finalize) CALL(last_insert_rowid) CALL(limit) CALL(open_v2) \
	CALL(prepare_v2) CALL(reset) CALL(step) CALL(total_changes)
/* clang-format on */

struct libsqlite {
#define LIBSQLITE_MEMBER(name) __typeof__(sqlite3_##name) *name;
	LIBSQLITE_CALLS(LIBSQLITE_MEMBER)
#undef LIBSQLITE_MEMBER
};

#endif
