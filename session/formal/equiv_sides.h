/* equiv_sides.h - the texts of two versions of a project that are to be compared.
 *
 * Each side lists the files that differ from their current text; all others are
 * the same on both sides. Owns the texts.
 */
#ifndef POSEDGE_EQUIV_SIDES_H
#define POSEDGE_EQUIV_SIDES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/project/overlay.h"

struct session;
struct workbench;

#define EQUIV_FILES_MAX 1000

struct equiv_texts {
	struct overlay *v;
	struct str *kept;
	struct strv paths;
	size_t n;
};

struct equiv_sides {
	char *path;   /* the file in question, relative to the root */
	char *called; /* name of the earlier version: "HEAD", "event 12", "b.v" */
	struct equiv_texts before, after;
};

/* Waits in the calling task. against: another file of the project, whose text
 * then takes the place of path's; or a moment of the session; or a git revision. */
bool equiv_sides_of(struct workbench *w, const char *path, const char *against,
		    struct equiv_sides *out, struct err *err);

/* Before: the base of suggestion n. After: the suggestion with exactly these units taken,
 * whatever was decided, and other files as decided; units NULL: with all open units taken,
 * or, if none is open, as decided. The session must be open. */
bool equiv_sides_suggestion(struct session *session, uint64_t n, const bool *units,
			    struct equiv_sides *out, struct err *err);

/* Copies two texts of that file; no other file differs. */
void equiv_sides_texts(const char *path, const char *before, size_t before_len, const char *after,
		       size_t after_len, struct equiv_sides *out);
void equiv_sides_fini(struct equiv_sides *s);

#endif
