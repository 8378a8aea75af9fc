/* equiv_sides.h - the texts of two versions of a project, to be compared.
 *
 * Each side is a list of files that are not as they are now; all others are the same in
 * both. Texts are owned.
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
	char *path;   /* the file in question, relative */
	char *called; /* what the earlier version is called: "HEAD", "event 12", "b.v" */
	struct equiv_texts before, after;
};

/* In a task. against: another file of the project, whose text then stands in the place
 * of path's; or a moment of the session; or a revision of git. */
bool equiv_sides_of(struct workbench *w, const char *path, const char *against,
		    struct equiv_sides *out, struct err *err);

/* The base of suggestion n, and what it would be with the rest taken, or with what was
 * taken if nothing is open. The session has to be open. */
bool equiv_sides_suggestion(struct session *session, uint64_t n, struct equiv_sides *out,
			    struct err *err);
/* The same with those units alone, whatever is decided, beside what was taken in other files. */
bool equiv_sides_units(struct session *session, uint64_t n, const bool *units,
		       struct equiv_sides *out, struct err *err);

/* Two texts of that file, and nothing else that differs; copies. */
void equiv_sides_texts(const char *path, const char *before, size_t before_len, const char *after,
		       size_t after_len, struct equiv_sides *out);
void equiv_sides_fini(struct equiv_sides *s);

#endif
