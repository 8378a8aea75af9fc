/* acp_places.h - what of this machine an agent sees: its program, its own
 * folder, and what the person names.
 *
 * Its home is a folder of ours, at its own path; the person's own files that it
 * needs (its login) are laid into it at the same place below it. Nothing of the
 * project, and never the person's home folder as a whole.
 */
#ifndef POSEDGE_ACP_PLACES_H
#define POSEDGE_ACP_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/tool/confine.h"

struct acp_places { /* { 0 }: none */
	struct confine_place *v;
	size_t n, cap;
	struct strv texts; /* what v points to */
};

void acp_places_add(struct acp_places *p, const char *from, const char *at, bool writable);
void acp_places_fini(struct acp_places *p);

/* "~/x" with the person's home, else a copy; the caller frees. NULL: it is neither
 * absolute nor below "~/". */
char *acp_path(const char *path);

/* The folder where program lies, and where it really lies, unless the system's
 * own; *path gets its folder for PATH. root: the project. ERR_TOOL: not found. */
bool acp_places_program(struct acp_places *p, const char *program, const char *root,
			struct str *path, struct err *err);

/* The same for an argument of it, if that is an absolute path to a file. */
void acp_places_argument(struct acp_places *p, const char *argument, const char *root);

/* Each of list, "PATH:PATH". config: laid into home, writable; else at its own
 * place, to be read. ERR_USAGE for what is not absolute, lies in the project, or
 * holds it; ERR_NOT_FOUND for what is not there. */
bool acp_places_list(struct acp_places *p, const char *list, bool config, const char *home,
		     const char *root, struct err *err);

#endif
