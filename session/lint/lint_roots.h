/* lint_roots.h - which files are read together.
 *
 * A design consists of roots: a top with the files below it, or a file that no
 * top reaches. Each root is one run of the tool. Owns its paths and designs.
 */
#ifndef POSEDGE_LINT_ROOTS_H
#define POSEDGE_LINT_ROOTS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/project/design.h"

struct project;

struct lint_root {
	char *path, *top;     /* top NULL: the tool chooses */
	struct strv files;    /* all files read for this root */
	struct design design; /* zero until the caller fills it in */
};

struct lint_roots {
	struct lint_root *v;
	size_t n, cap;
	struct strv unread; /* path, tab, reason */
};

/* These functions add roots to r, which starts zeroed. For a file, adds one for
 * each of its modules; a header has none of its own. Fails with ERR_NOT_FOUND. */
bool lint_roots_of_file(const struct project *p, const char *path, struct lint_roots *r,
			struct err *err);
/* Roots that include the header, at most `most`. top: see read_plan.h. */
void lint_roots_of_header(const struct project *p, const char *top, const char *path, size_t most,
			  struct lint_roots *r);
void lint_roots_of_project(const struct project *p, const char *top, struct lint_roots *r);
void lint_roots_fini(struct lint_roots *r);

/* Adds the files whose modules are linted, as an event names them. */
void lint_roots_files(const struct lint_roots *r, struct strv *files);

#endif
