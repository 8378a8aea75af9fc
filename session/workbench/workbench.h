/* workbench.h - what a command works with: the parts, put together by ui/main.c.
 *
 * Map of session/workbench: what a command works with. Knows which parts there
 * are, not what is done with them.
 *
 *   workbench               the parts, put together by ui/main.c
 *   ports report            what is needed from outside; where results and questions go
 *   person_form             a form that another program wants filled in, as such questions
 *   cmd cmd_* rc            the shape of a command, options of the design, files of commands
 *   screen_port             what a screen offers to commands
 *   backend_lease           a backend that is open, and who holds it
 *   extensions              exporters and panes of plugins
 *   command_run wave_quota  what testbenches that are commands need, how much waves may take
 *
 * Not a place for logic: it holds the pieces and opens the session and the
 * project when a command first needs them. A function that needs one piece is
 * given that piece, not the workbench.
 */
#ifndef POSEDGE_WORKBENCH_H
#define POSEDGE_WORKBENCH_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/journal/session.h"
#include "session/workbench/report.h"

struct backend_lease;
struct backend_ops;
struct cmd_table;
struct extensions;
struct graph;
struct loop;
struct options;
struct plugin_host;
struct ports;
struct project;
struct prover_ops;
struct redact;
struct screen_port;
struct servers;
struct simulator_ops;
struct text_memo;
struct toolbox;
struct why_memory;
struct workbench;

/* A backend as the configuration named it; strings owned by the workbench. */
struct backend_entry {
	char *name, *protocol, *url, *model, *key;
	char **options;		     /* NULL-terminated */
	struct backend_lease *lease; /* NULL until it is first asked */
};

/* A testbench that is not Verilog, as `testbench add` named it; all owned. */
struct testbench_entry {
	char *name, *command;
	char *results, *waves; /* relative to the root; NULL: none */
};

struct workbench {
	struct loop *loop;
	char *root;	 /* absolute, without links */
	char *refused;	 /* why root is taken neither as a project nor for a session; NULL: it is */
	char *complaint; /* the last note on settings that the project cannot have; NULL */
	char *scratch;	 /* where the session lies while root cannot be written to; NULL: in root */
	/* the folder commands were given in, absolute: their paths are relative to it */
	char *home_shown;
	struct options *options;
	struct cmd_table *commands;
	struct redact *redact;
	const struct ports *ports;
	struct report out;
	/* Where there is one, progress has its own place, and other commands follow. */
	struct screen_port *screen; /* NULL: there is none */
	bool unguarded; /* a person agreed to runs without a sandbox, see check/guard.h */
	struct backend_entry *backends;
	size_t n_backends, cap_backends;
	struct testbench_entry *testbenches;
	size_t n_testbenches, cap_testbenches;
	struct session *session; /* see workbench_session() */
	enum session_mode session_mode;
	struct project *project; /* see workbench_project() */
	struct text_memo *
		linted; /* what was said of designs, see lint/lint_known.h; NULL: nothing is kept */
	struct text_memo *sized; /* what modules become as netlists, see toolbox/digest.h; NULL */
	struct toolbox *toolbox; /* NULL until it is wanted: toolbox_of() in toolbox/toolbox.h */
	void (*free_toolbox)(struct toolbox *b);
	struct servers *servers; /* of tools; NULL until one is named: servers/servers.h */
	void (*free_servers)(struct servers *s);
	bool (*gather_tools)(struct workbench *w, struct err *err); /* toolbox_gather(); or NULL */
	struct plugin_host *plugins;				    /* NULL until one is loaded */
	struct extensions *extensions; /* what they brought; NULL: nothing. The plugins' */
	struct why_memory *why; /* a design and its waves, see check/flow_why.h; NULL: none yet */
	void (*free_why)(struct why_memory *m);
	struct graph *graph; /* see graph/graph_project.h; NULL until it is wanted */
	void (*free_graph)(struct graph *g);
	char *session_id;				  /* --session; NULL: the newest */
	void (*on_session)(void *ctx, struct session *s); /* told when one opens; may be NULL */
	void *on_session_ctx;
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

bool workbench_add_backend(struct workbench *w, const struct backend_entry *b,
			   struct err *err); /* copies */
struct backend_entry *workbench_backend(const struct workbench *w, const char *name);

/* Copies; takes the place of one of that name. */
void workbench_add_testbench(struct workbench *w, const struct testbench_entry *t);
const struct testbench_entry *workbench_testbench(const struct workbench *w,
						  const char *name); /* NULL: none */

/* ERR_TOOL: there is none, or it cannot run here. */
const struct prover_ops *workbench_prover(const struct workbench *w, struct err *err);
const struct simulator_ops *workbench_simulator(const struct workbench *w, const char *name,
						struct err *err);
const struct backend_ops *workbench_protocol(const struct workbench *w, const char *protocol,
					     struct err *err);

/* A path as the person gave it, also by way of a link to the project's folder,
 * relative to the root; the caller frees *rel. */
bool workbench_path(const struct workbench *w, const char *given, char **rel, struct err *err);

#endif
