/* left.h - collects the files that a simulation left in its folder.
 *
 * The folder is hostile: the run could name, nest and link as it liked. Links are not
 * followed, the walk is bounded in depth and entries, and only regular files count.
 */
#ifndef POSEDGE_LEFT_H
#define POSEDGE_LEFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct run_file;
struct stage;
struct strv;

struct left {
	struct run_file *files; /* by path */
	size_t n;
	bool more;  /* some are not listed */
	char *dump; /* the newest .vcd or .fst, now out_dir/wave.vcd or .fst, absolute; NULL */
	uint64_t dump_size; /* bytes */
};

#define LEFT_DEPTH   32
#define LEFT_ENTRIES 20000
#define LEFT_KEPT    (256u << 20) /* bytes kept, without the dump */

/* Moves new and changed files of s to out_dir/written, where ".." in a path becomes
 * "up". Files beyond LEFT_KEPT are listed but not kept; a sentence in notes says so. */
void left_collect(struct stage *s, const char *out_dir, struct left *out, struct strv *notes);
void left_fini(struct left *l);

#endif
