/* lint_roots.h - which files are read together.
 *
 * The design falls into roots: a top with the files below it, or a file that no
 * top reaches. Each is one run of the tool. Owns its paths and designs.
 */
#ifndef POSEDGE_LINT_ROOTS_H
#define POSEDGE_LINT_ROOTS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/project/design.h"

struct options;
struct project;

struct lint_root {
	char *path, *top;     /* top NULL: the tool's choice */
	struct strv files;    /* what is read for it */
	struct design design; /* zero until somebody fills it */
};

struct lint_roots {
	struct lint_root *v;
	size_t n, cap;
	struct strv unread; /* path, tab, why */
};

/* Each adds to r, which begins as zero. A file: those of its modules; a header has
 * none by itself. Fails with ERR_NOT_FOUND. */
bool lint_roots_of_file(const struct project *p, const char *path, struct lint_roots *r,
			struct err *err);
/* Of whoever includes the header; most: so many. */
void lint_roots_of_header(const struct options *o, const struct project *p, const char *path,
			  size_t most, struct lint_roots *r);
void lint_roots_of_project(const struct options *o, const struct project *p, struct lint_roots *r);
void lint_roots_fini(struct lint_roots *r);

/* Those whose modules are linted, as an event names them. */
void lint_roots_files(const struct lint_roots *r, struct strv *files);

#endif
