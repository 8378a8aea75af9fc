/* acp_changes.h - what an agent changed in its copy: work against base.
 *
 * Only regular files count, of names that can be shown, above SCRATCH_DEPTH,
 * and not hidden or in build folders (scratch_skips()). What tools leave behind
 * (waves, objects, logs) is left out if it is new. Whatever else differs is
 * named, not taken: links, FIFOs, texts above CHANGES_FILE_MAX, no texts.
 *
 * acp_changes_find() blocks: it is for the pool. The agent may go on writing.
 */
#ifndef POSEDGE_ACP_CHANGES_H
#define POSEDGE_ACP_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct scratch;

#define CHANGES_FILE_MAX (1u << 20) /* bytes of one text */
#define CHANGES_MAX	 200u	    /* files */
#define CHANGES_BYTES	 (16u << 20)
#define CHANGES_ENTRIES	 50000u /* files and folders that are looked at */

struct acp_change {
	char *path; /* relative, clean */
	struct str base, text;
	bool fresh, gone;
};

struct acp_changes {	      /* { 0 }: none */
	struct acp_change *v; /* by path */
	size_t n, cap, bytes;
	struct strv left; /* "PATH is a link": what is not taken; at most 12 */
	size_t n_left;	  /* in all */
};

/* Replaces what was in *out. */
void acp_changes_find(const struct scratch *s, struct acp_changes *out);
void acp_changes_fini(struct acp_changes *c);

const struct acp_change *acp_changes_of(const struct acp_changes *c, const char *path);

#endif
