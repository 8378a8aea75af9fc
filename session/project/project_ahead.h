/* project_ahead.h - a project is read while the loop goes on.
 *
 * Looking through a folder and reading outlines takes a second where there are
 * hundreds of files, or one of some megabytes. Here a thread of the pool does
 * it with a copy that it has for itself; the project itself stays what it is
 * until that is done, and can be asked meanwhile. For tasks.
 */
#ifndef POSEDGE_PROJECT_AHEAD_H
#define POSEDGE_PROJECT_AHEAD_H

#include <stdbool.h>

#include "session/base/err.h"

struct loop;
struct project;
struct project_settings;
struct overlay;

/* To be asked and read by another thread while p goes on. Shares with p what does not
 * change; to be freed. */
struct project *project_copy(const struct project *p);

/* As project_open() and project_configure(), with all outlines read. Settings
 * that do not hold are left for whoever configures it next. */
struct project *project_ahead_open(struct loop *l, const char *root,
				   const struct project_settings *s, struct err *err);

/* Configures p and reads what is not read yet, so that whoever asks next does not
 * wait. rescan: as project_rescan() first. Begins anew when p changes meanwhile, and after
 * some times leaves it as it is. On failure p is as before; ERR_CANCELLED. */
bool project_ahead(struct loop *l, struct project *p, const struct project_settings *s, bool rescan,
		   struct err *err);

/* A copy of p, all of it read, with these texts laid over; to be freed. NULL: the task
 * was cancelled. */
struct project *project_with(struct loop *l, const struct project *p, const struct overlay *v,
			     size_t n, struct err *err);

/* Whether p has these settings, and would answer a question without reading a file. */
bool project_is_read(const struct project *p, const struct project_settings *s);

#endif
