/* lint_known.h - what the tool said of designs, kept while their files are the same.
 *
 * The screen lints the whole project after each pause in typing, and most of its
 * designs hold none of what was typed. A design is known by the contents of all
 * its sources, not by their times, and by all that the tool is told; nothing of
 * a tool that failed is kept, nor a long list of findings. A tool that is replaced
 * while the program runs is not noticed.
 */
#ifndef POSEDGE_LINT_KNOWN_H
#define POSEDGE_LINT_KNOWN_H

#include <stdbool.h>

#include "session/base/hash.h"
#include "session/base/str.h"
#include "session/text/name_map.h"
#include "session/verilog/lang.h"

struct diag_list;
struct sim_job;
struct text_memo;

#define LINT_KNOWN_SIZE	 512 /* designs */
#define LINT_KNOWN_FOUND 200 /* findings of each at most */

struct text_memo *lint_known_new(void);

/* The files of several designs, each read once. { 0 }: none yet. */
struct lint_hashes {
	struct strv paths;  /* a design may be gone when the next is asked about */
	struct name_map at; /* of paths, to its place in v */
	char (*v)[HASH_HEX + 1];
	size_t n, cap;
};

void lint_hashes_fini(struct lint_hashes *h);

/* Of a job for that tool. False: a source cannot be read. */
bool lint_known_key(struct lint_hashes *h, const char *tool, const struct sim_job *j,
		    char key[HASH_HEX + 1]);

/* A reference for the caller, and the language that was read; NULL: not known. */
const struct diag_list *lint_known_get(struct text_memo *m, const char *key, enum lang *lang);
void lint_known_put(struct text_memo *m, const char *key, const struct diag_list *found,
		    enum lang lang);

#endif
