/* acp_changes.h - what an agent changed in its copy: compares work with base.
 *
 * Covers regular files with printable names, down to SCRATCH_DEPTH, except hidden files
 * and build folders (scratch_skips()). New files that tools generate (waves, objects,
 * logs) are ignored. Other differences are reported but not taken: links, FIFOs, binary
 * files, texts above CHANGES_FILE_MAX.
 *
 * acp_changes_find() blocks: run it on the thread pool. The agent may go on writing
 * meanwhile.
 */
#ifndef POSEDGE_ACP_CHANGES_H
#define POSEDGE_ACP_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct scratch;

#define CHANGES_FILE_MAX (1u << 20) /* bytes of one text */
#define CHANGES_MAX	 200u	    /* files */
#define CHANGES_BYTES	 (16u << 20)
#define CHANGES_ENTRIES	 50000u /* files and folders to visit */

struct acp_change {
	char *path; /* relative, clean */
	struct str base, text;
	bool fresh, gone;
};

struct acp_changes {	      /* { 0 } is empty */
	struct acp_change *v; /* sorted by path */
	size_t n, cap, bytes;
	struct strv left; /* "PATH is a link": changes not taken; the first 12 */
	size_t n_left;	  /* number of all of them */
};

/* Replaces the contents of *out. */
void acp_changes_find(const struct scratch *s, struct acp_changes *out);
void acp_changes_fini(struct acp_changes *c);

#endif
