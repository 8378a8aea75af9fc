/* project_ahead.h - reads a project while the loop continues.
 *
 * Scanning a folder and reading outlines takes a second with hundreds of files,
 * or with one of several megabytes. A thread of the pool does it on its own copy;
 * the project does not change until that is done and can be used meanwhile. Call
 * from a task.
 */
#ifndef POSEDGE_PROJECT_AHEAD_H
#define POSEDGE_PROJECT_AHEAD_H

#include <stdbool.h>

#include "session/base/err.h"

struct loop;
struct project;
struct project_settings;
struct overlay;

/* A copy that another thread may use and read while p is in use. Shares immutable
 * data with p; free with project_free(). */
struct project *project_copy(const struct project *p);

/* Like project_open() and project_configure(), with all outlines read. Invalid
 * settings are not applied; the next project_configure() reports them. */
struct project *project_ahead_open(struct loop *l, const char *root,
				   const struct project_settings *s, struct err *err);

/* Configures p and reads what is unread, so that later queries do not wait.
 * rescan: call project_rescan() first. Starts again if p changes meanwhile; after
 * several attempts leaves it as it is. On failure, which includes ERR_CANCELLED,
 * p is unchanged. */
bool project_ahead(struct loop *l, struct project *p, const struct project_settings *s, bool rescan,
		   struct err *err);

/* A copy of p with these overlays, completely read; the caller frees. NULL if the
 * task was cancelled. */
struct project *project_with(struct loop *l, const struct project *p, const struct overlay *v,
			     size_t n, struct err *err);

/* True if p has these settings and can answer queries without reading a file. */
bool project_is_read(const struct project *p, const struct project_settings *s);

#endif
