/* acp_scratch.h - a copy of the project for an agent to write in, twice.
 *
 *	DIR/work	what the agent sees as the project
 *	DIR/base	what was copied there: the agent does not see it
 *	DIR/tmp		its /tmp
 *	DIR/rc		the configuration of the `posedge mcp` that it is handed
 *
 * DIR is ours alone, in the cache folder, and locked as long as this lives: one
 * that nobody locks is a killed posedge's and removed by whoever makes a new
 * one. Not copied: hidden files (but .posedgerc), build folders (obj_dir, build,
 * node_modules, work), links that leave the project, what is no file, what is
 * larger than SCRATCH_FILE_MAX, and a text with something that looks like a key.
 *
 * Everything here blocks: it is for the pool of threads. The agent may run
 * meanwhile and change work under our hands, so no path below it is ever
 * followed through a link.
 */
#ifndef POSEDGE_ACP_SCRATCH_H
#define POSEDGE_ACP_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct prompt_unsaved;

#define SCRATCH_FILE_MAX (32u << 20)  /* bytes of a file */
#define SCRATCH_MAX	 (256u << 20) /* bytes in all */
#define SCRATCH_FILES	 20000u
#define SCRATCH_DEPTH	 32u

struct scratch {
	char *dir, *work, *base; /* absolute */
	int lock;
	struct strv left; /* files that were not copied and why: sentences, at most 12 */
	size_t files, bytes, n_left;
};

/* A new one, empty. NULL: ERR_IO. */
struct scratch *scratch_new(struct err *err);
void scratch_free(struct scratch *s); /* removes it; NULL is fine */

/* Makes work and base what the project is: root, with texts in place of files
 * that they name. root NULL: an empty one. ERR_LIMIT when it is too large, ERR_IO;
 * then work is not what it should be. */
bool scratch_fill(struct scratch *s, const char *root, const struct prompt_unsaved *texts, size_t n,
		  struct err *err);

/* Whether a file or folder of that name is neither copied nor looked at. */
bool scratch_skips(const char *name, bool folder);

/* Opens name in a folder without following a link, whatever it is; -1. */
int scratch_open_folder(int in, const char *name);
int scratch_open_file(int in, const char *name); /* only a regular file */

#endif
