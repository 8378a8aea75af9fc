/* acp_scratch.h - two copies of the project, one of them for an agent to write in.
 *
 *	DIR/work	what the agent sees as the project
 *	DIR/base	the original contents of work; not visible to the agent
 *	DIR/tmp		its /tmp
 *	DIR/rc		configuration of the `posedge mcp` given to it
 *
 * DIR is private, below the cache folder, and locked while this struct exists: an
 * unlocked one was left by a posedge that was killed, and is removed when the next one
 * is made. Not copied: hidden files (except .posedgerc), build folders (obj_dir, build,
 * node_modules, work), links that leave the project, anything but files, files above
 * SCRATCH_FILE_MAX, and texts that contain something like a key.
 *
 * All functions block: run them on the thread pool. The agent may change work at the
 * same time, so no path below it is ever followed through a link.
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
	struct strv left; /* "FILE reason": files not copied; the first 12 */
	size_t files, bytes, n_left;
};

/* A new, empty one. NULL: ERR_IO. */
struct scratch *scratch_new(struct err *err);
void scratch_free(struct scratch *s); /* removes DIR; NULL is fine */

/* Fills work and base with the project at root, with texts replacing the files of the
 * same path. root NULL: leaves them empty. ERR_LIMIT when it is too large, ERR_IO; work
 * is incomplete then. */
bool scratch_fill(struct scratch *s, const char *root, const struct prompt_unsaved *texts, size_t n,
		  struct err *err);

/* True for a name that is neither copied nor compared. */
bool scratch_skips(const char *name, bool folder);

/* Opens a folder relative to a folder without following a link; -1 on failure. */
int scratch_open_folder(int in, const char *name);
int scratch_open_file(int in, const char *name); /* the same for a regular file */

#endif
