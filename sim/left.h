/* left.h - what a simulation left in its folder, brought to safety.
 *
 * The folder is hostile: whatever ran there could name, nest and link as it
 * liked. Links are not followed, the walk is bounded in depth and entries, and
 * only plain files count.
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
	bool more;  /* others are not listed */
	char *dump; /* absolute: the newest .vcd or .fst, now out_dir/wave.vcd or .fst; NULL */
	uint64_t dump_size; /* bytes */
};

#define LEFT_DEPTH   32
#define LEFT_ENTRIES 20000
#define LEFT_KEPT    (256u << 20) /* bytes kept of files other than the dump */

/* Moves what is new or changed in s to out_dir/written, where ".." of a path
 * becomes "up". What is above LEFT_KEPT is listed, not kept, and a sentence in
 * notes says so. */
void left_collect(struct stage *s, const char *out_dir, struct left *out, struct strv *notes);
void left_fini(struct left *l);

#endif
