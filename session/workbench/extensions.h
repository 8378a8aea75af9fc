/* extensions.h - exporters and panes of plugins.
 *
 * Plain data, filled by plugins/, read by the command `export` and by the screen.
 * Everything in it exists until the plugins are unloaded, when the workbench ends.
 */
#ifndef POSEDGE_EXTENSIONS_H
#define POSEDGE_EXTENSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;

#define EXTENSIONS_MAX 64u /* exporters, and the same number of panes */

struct exporter {
	const char *name, *help;
	/* In a task: appends the export of a session to out. events: its journal
	 * without secrets, one event per line. False: do not use out. */
	bool (*run)(const struct exporter *x, const char *session, const struct str *events,
		    struct str *out, struct err *err);
	void *ctx;
};

enum extra_style { EXTRA_PLAIN, EXTRA_TITLE, EXTRA_DIM, EXTRA_GOOD, EXTRA_RISK, EXTRA_ERROR };

struct extra_line {
	enum extra_style style;
	char *text; /* one printable line */
};

struct extra_pane {
	const char *name, *title;
	struct extra_line *lines; /* result of the last fill() */
	size_t n;
	/* In a task, one at a time: rebuilds the lines. False: they are unchanged. */
	bool (*fill)(struct extra_pane *p, struct err *err);
	void *ctx;
};

struct extensions {
	struct exporter exporters[EXTENSIONS_MAX];
	size_t n_exporters;
	struct extra_pane panes[EXTENSIONS_MAX];
	size_t n_panes;
};

#endif
