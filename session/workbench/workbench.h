/* workbench.h - what a command works with: the parts, put together by ui/main.c.
 *
 * Map of session/workbench: what a command works with. Knows which parts there
 * are, not what is done with them.
 *
 *   workbench               the parts, put together by ui/main.c
 *   workplace               the project's folder, and paths as a person gives them
 *   ports report            what is needed from outside; where results and questions go
 *   backend_list testbench_list  what `backend add` and `testbench add` named
 *   person_form             a form that another program wants filled in, as such questions
 *   cmd cmd_* rc            the shape of a command, options of the design, files of commands
 *   screen_port             what a screen offers to commands
 *   backend_lease           a backend that is open, and who holds it
 *   extensions              exporters and panes of plugins
 *   command_run wave_quota  what testbenches that are commands need, how much waves may take
 *   tool_version            what the EDA tools say of themselves
 *
 * Not a place for logic: it holds the pieces and opens the session and the
 * project when a command first needs them. A function that needs one piece is
 * given that piece, not the workbench. What belongs to no piece begins one.
 */
#ifndef POSEDGE_WORKBENCH_H
#define POSEDGE_WORKBENCH_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/journal/session.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/report.h"
#include "session/workbench/testbench_list.h"
#include "session/workbench/tool_version.h"
#include "session/workbench/workplace.h"

struct cmd_table;
struct extensions;
struct graph;
struct loop;
struct options;
struct plugin_host;
struct ports;
struct project;
struct redact;
struct screen_port;
struct servers;
struct text_memo;
struct toolbox;
struct why_memory;
struct workbench;

/* Which session is meant, and how it was opened. */
struct workbench_recording {
	enum session_mode mode;
	char *named;   /* --session; NULL: the newest */
	char *scratch; /* where it lies while the project cannot be written to; NULL: there */
	void (*opened)(void *ctx, struct session *s); /* told when one opens; may be NULL */
	void *ctx;
};

/* What the next command need not find out, say or ask again. Each is made, and
 * says how it is freed, by the folder that knows it; NULL until it is wanted. */
struct workbench_kept {
	struct text_memo *linted; /* findings of designs: lint/lint_known.h */
	struct text_memo *sized;  /* modules as netlists: toolbox/digest.h */
	struct why_memory *why;	  /* a design and its waves: check/flow_why.h */
	void (*free_why)(struct why_memory *m);
	struct graph *graph; /* graph/graph_project.h */
	void (*free_graph)(struct graph *g);
	char *complaint; /* the last note on settings that the project cannot have */
	struct tool_versions versions;
	bool unguarded; /* a person agreed to runs without a sandbox: check/guard.h */
};

/* Tools for models, and what brings more of them. NULL until one is wanted or named. */
struct workbench_tools {
	struct toolbox *box; /* toolbox_of() in toolbox/toolbox.h */
	void (*free_box)(struct toolbox *b);
	struct servers *servers; /* servers/servers.h */
	void (*free_servers)(struct servers *s);
	bool (*gather)(struct workbench *w, struct err *err); /* toolbox_gather(); or NULL */
	struct plugin_host *plugins;			      /* freed by ports->unload_plugins */
	struct extensions *extensions; /* what plugins brought besides; theirs */
};

struct workbench {
	struct loop *loop;
	const struct ports *ports;
	struct workplace place;
	struct options *options;
	struct cmd_table *commands;
	struct redact *redact;
	struct report out;
	/* Where there is one, progress has its own place, and other commands follow. */
	struct screen_port *screen; /* NULL: there is none */
	struct backend_list backends;
	struct testbench_list testbenches;
	struct session *session; /* see workbench_session() */
	struct workbench_recording recording;
	struct project *project; /* see workbench_project() */
	struct workbench_kept kept;
	struct workbench_tools tools;
};

void workbench_init(struct workbench *w, struct loop *l, const char *root,
		    const struct ports *ports);
void workbench_fini(struct workbench *w);

/* Opens on first use. A session open for more than is wanted serves; one open
 * for less is closed and opened anew. Where the project cannot be written to,
 * SESSION_APPEND gives one in a temporary folder, which a note says and which
 * goes with the workbench. */
struct session *workbench_session(struct workbench *w, enum session_mode mode, struct err *err);

/* The id of the session that is meant: the one named, else that of --session,
 * else the newest. Opens nothing; the caller frees. NULL: there is none such. */
char *workbench_which_session(const struct workbench *w, const char *named, struct err *err);

/* Whether the files that the options name now are there and can be read; the project that is
 * open stays as it is. */
bool workbench_fits(struct workbench *w, struct err *err);

/* Opens on first use; as the options say now. */
struct project *workbench_project(struct workbench *w, struct err *err);

/* In a task: opens and reads it on the pool first, so that workbench_project() and
 * what is asked of it take no time; see project_ahead.h. rescan: looks for files
 * anew. A failure is for workbench_project() to tell but ERR_CANCELLED. */
bool workbench_read_project(struct workbench *w, bool rescan, struct err *err);
bool workbench_has_read(const struct workbench *w); /* whether all of that is done */

/* Adds a backend, or takes the place of one of that name, and keeps its key out of
 * everything that is sent, recorded or logged. */
void workbench_add_backend(struct workbench *w, const struct backend_entry *b);

#endif
