/* acp_places.h - what an agent can see of this machine: its program, its own folder,
 * and what the person names.
 *
 * Its home is a folder that we keep, mounted at its own path; files of the person that
 * it needs (its login) are mounted at the same place below it. It sees nothing of the
 * project, and never the person's whole home folder.
 */
#ifndef POSEDGE_ACP_PLACES_H
#define POSEDGE_ACP_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/tool/confine.h"

struct acp_places { /* { 0 } is empty */
	struct confine_place *v;
	size_t n, cap;
	struct strv texts; /* owns the strings in v */
};

void acp_places_add(struct acp_places *p, const char *from, const char *at, bool writable);
void acp_places_fini(struct acp_places *p);

/* Expands "~/" to the person's home; the caller frees. NULL: neither absolute nor below
 * "~/". */
char *acp_path(const char *path);

/* Adds the program's folder, also that of its real path, except system folders; appends
 * the folder to *path, for PATH. root: the project. ERR_TOOL: not found. */
bool acp_places_program(struct acp_places *p, const char *program, const char *root,
			struct str *path, struct err *err);

/* The same for an argument, if it is the absolute path of a file. */
void acp_places_argument(struct acp_places *p, const char *argument, const char *root);

/* Adds each of list, "PATH:PATH". config: mounted below home, writable; else at its own
 * path, read-only. ERR_USAGE for a path that is relative, inside the project, or
 * contains it; ERR_NOT_FOUND for a missing one. */
bool acp_places_list(struct acp_places *p, const char *list, bool config, const char *home,
		     const char *root, struct err *err);

#endif
