/* workbench.h - what commands work with: the parts, put together by ui/main.c.
 *
 * Map of session/workbench: what commands work with. Knows which parts exist, not
 * what is done with them.
 *
 *   workbench                   the parts, put together by ui/main.c
 *   workplace                   the project's folder, and paths as typed by the user
 *   workbench_read              the text of a file as the user sees it
 *   ports report                what is needed from outside; where results and questions go
 *   backend_list testbench_list entries of `backend add` and `testbench add`
 *   person_form                 a form of another program, as questions to the user
 *   cmd cmd_* rc                rows of the command table, design options, rc files
 *   screen_port                 what a screen offers to commands
 *   backend_lease               an open backend with a reference count
 *   extensions                  exporters and panes of plugins
 *   command_run wave_quota      the project for testbenches that are commands; a limit for waves
 *   tool_version                version lines of the EDA tools
 *
 * Not a place for logic: it holds the parts and opens the session and the project
 * when a command first needs them. A function that needs one part takes that part,
 * not the workbench.
 */
#ifndef POSEDGE_WORKBENCH_H
#define POSEDGE_WORKBENCH_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/journal/session.h"
#include "session/workbench/report.h"
#include "session/workbench/workplace.h"

struct backend_entry;
struct backend_list;
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
struct simulator;
struct testbench_list;
struct text_memo;
struct tool_versions;
struct toolbox;
struct why_memory;
struct workbench;

/* Which session to use, and how it was opened. */
struct workbench_recording {
	enum session_mode mode;
	char *named;   /* --session; NULL: the newest */
	char *scratch; /* temporary folder of the session if the project is read-only; otherwise
			* NULL */
	void (*opened)(void *ctx, struct session *s); /* called when a session is opened; may be
						       * NULL */
	void *ctx;
};

/* Results that later commands reuse, and questions already answered. The folder that knows a
 * member creates it and provides its free function; NULL until first used. */
struct workbench_kept {
	struct text_memo *linted; /* findings of designs: lint/lint_known.h */
	struct simulator *linter; /* ready for the next lint: lint/lint_run.h */
	struct text_memo *sized;  /* modules as netlists: toolbox/digest.h */
	struct why_memory *why;	  /* a design and its waves: check/flow_why.h */
	void (*free_why)(struct why_memory *m);
	struct graph *graph; /* graph/graph_project.h */
	void (*free_graph)(struct graph *g);
	char *complaint;		/* last note about settings that do not fit the project */
	struct tool_versions *versions; /* never NULL */
	bool unguarded; /* the user agreed to runs without a sandbox: check/guard.h */
};

/* Tools for models, and their sources. NULL until used or configured. */
struct workbench_tools {
	struct toolbox *box; /* toolbox_of() in toolbox/toolbox.h */
	void (*free_box)(struct toolbox *b);
	struct servers *servers; /* servers/servers.h */
	void (*free_servers)(struct servers *s);
	bool (*gather)(struct workbench *w, struct err *err); /* toolbox_gather(); may be NULL */
	struct plugin_host *plugins;			      /* freed by ports->unload_plugins */
	struct extensions *extensions; /* exporters and panes of plugins; owned by them */
};

struct workbench {
	struct loop *loop;
	const struct ports *ports;
	struct workplace place;
	struct options *options;
	struct cmd_table *commands;
	struct redact *redact;
	struct report out;
	/* If set, the screen shows progress itself, and more commands may follow. */
	struct screen_port *screen; /* NULL: no screen */
	struct backend_list *backends;
	struct testbench_list *testbenches;
	struct session *session; /* see workbench_session() */
	struct workbench_recording recording;
	struct project *project; /* see workbench_project() */
	struct workbench_kept kept;
	struct workbench_tools tools;
};

void workbench_init(struct workbench *w, struct loop *l, const char *root,
		    const struct ports *ports);
void workbench_fini(struct workbench *w);

/* Opens the session on first use. A session open with more rights serves; one open
 * with fewer is closed and opened again. If the project is read-only,
 * SESSION_APPEND opens one in a temporary folder, which is removed with the
 * workbench; a note says so. */
struct session *workbench_session(struct workbench *w, enum session_mode mode, struct err *err);

/* True if no record can be made in the project. */
bool workbench_is_read_only(const struct workbench *w);

/* Id of the session to use: `named`, else that of --session, else
 * session_newest(). Opens nothing; the caller frees. NULL: no such session. */
char *workbench_which_session(const struct workbench *w, const char *named, struct err *err);

/* True if the files that the options name exist and can be read; an open project
 * does not change. */
bool workbench_fits(struct workbench *w, struct err *err);

/* Opens the project on first use, with the current options. */
struct project *workbench_project(struct workbench *w, struct err *err);

/* In a task: opens and reads the project in the pool, so workbench_project() and
 * queries on it are fast afterwards; see project_ahead.h. rescan: looks for files
 * again. Fails only with ERR_CANCELLED; other errors are left for
 * workbench_project() to report. */
bool workbench_read_project(struct workbench *w, bool rescan, struct err *err);
bool workbench_has_read(const struct workbench *w); /* all of that is done */

/* Adds a backend or replaces one of the same name, and keeps its key out of
 * everything that is sent, recorded or logged. */
void workbench_add_backend(struct workbench *w, const struct backend_entry *b);

#endif
