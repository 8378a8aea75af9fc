/* extensions.h - what plugins brought that is neither a command nor a tool: exporters
 * and panes.
 *
 * Plain data, filled by plugins/, read by the command `export` and by the screen. It
 * and all in it stay until the plugins are unloaded, at the workbench's end.
 */
#ifndef POSEDGE_EXTENSIONS_H
#define POSEDGE_EXTENSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;

#define EXTENSIONS_MAX 64u /* exporters, and as many panes */

struct exporter {
	const char *name, *help;
	/* In a task: adds the export of a session to out. events: its journal without
	 * secrets, an event a line. False: out is not to be used. */
	bool (*run)(const struct exporter *x, const char *session, const struct str *events,
		    struct str *out, struct err *err);
	void *ctx;
};

enum extra_style { EXTRA_PLAIN, EXTRA_TITLE, EXTRA_DIM, EXTRA_GOOD, EXTRA_RISK, EXTRA_ERROR };

struct extra_line {
	enum extra_style style;
	char *text; /* one line, fit to be shown */
};

struct extra_pane {
	const char *name, *title;
	struct extra_line *lines; /* what fill() made last */
	size_t n;
	/* In a task, one at a time: makes the lines anew. False: they are as before. */
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
