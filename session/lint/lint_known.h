/* lint_known.h - cache of findings for designs whose files have not changed.
 *
 * The screen lints the whole project after each pause in typing, and most designs
 * do not contain the edited file. The key covers the contents of all sources (not
 * their times) and everything passed to the tool. Of failed runs only those that
 * passed a limit (ERR_LIMIT) are cached, which would happen again; lists of more
 * than LINT_KNOWN_FOUND findings are not. Replacing the tool while posedge runs is
 * not noticed.
 */
#ifndef POSEDGE_LINT_KNOWN_H
#define POSEDGE_LINT_KNOWN_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/hash.h"
#include "session/base/str.h"
#include "session/text/name_map.h"
#include "session/verilog/lang.h"

struct diag_list;
struct sim_job;
struct text_memo;

#define LINT_KNOWN_SIZE	 512	     /* designs */
#define LINT_KNOWN_FOUND 200	     /* findings per design */
#define LINT_KNOWN_FILE	 (64u << 20) /* bytes; a design with a larger file is linted each time */

struct text_memo *lint_known_new(void);

/* Hashes of the files of several designs, each file read once. Starts as { 0 }. */
struct lint_hashes {
	struct strv paths;  /* copies, since a design may be freed before the next one is hashed */
	struct name_map at; /* path to index in v */
	char (*v)[HASH_HEX + 1];
	size_t n, cap;
};

void lint_hashes_fini(struct lint_hashes *h);

/* Computes the cache key of a job for that tool; in a task the loop turns meanwhile.
 * False if a source cannot be read, or the task was cancelled. */
bool lint_known_key(struct lint_hashes *h, const char *tool, const struct sim_job *j,
		    char key[HASH_HEX + 1]);

/* Whether the design was too large for all checks when it was last read, whatever its files
 * hold now: it is not tried again for as long as the cache lasts. */
bool lint_known_is_large(struct text_memo *m, const char *tool, const struct sim_job *j);
void lint_known_put_large(struct text_memo *m, const char *tool, const struct sim_job *j);

/* Returns a new reference, the language that was read, and the error it was put with;
 * NULL if not cached. */
const struct diag_list *lint_known_get(struct text_memo *m, const char *key, enum lang *lang,
				       struct err *why);
void lint_known_put(struct text_memo *m, const char *key, const struct diag_list *found,
		    enum lang lang, const struct err *why);

#endif
