/* workbench.h - what a command works with: the parts, put together by ui/main.c.
 *
 * Map of session/workbench: what a command works with. Knows which parts there
 * are, not what is done with them.
 *
 *   workbench               the parts, put together by ui/main.c
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

struct backend_lease;
struct backend_ops;
struct cmd;
struct cmd_table;
struct confine_ops;
struct extensions;
struct loop;
struct options;
struct plugin_host;
struct project;
struct prover_ops;
struct redact;
struct screen_port;
struct servers;
struct simulator_ops;
struct text_memo;
struct toolbox;
struct trace;
struct str;
struct strv;
struct viewer_ops;
struct wave;
struct wave_want;
struct why_memory;
struct workbench;

/* Something that only the person knows, asked for a model or for another program. */
struct person_question {
	const char *from; /* who asks: a model's name, "mcp:NAME" */
	const char *text;
	char *const *options; /* to choose one of; may be none */
	size_t n;
	bool free_text; /* any other answer is one, too */
};

/* Where results and progress go. text: the result itself, any number of
 * lines. note: one line about what goes on. json: a line that is JSON already.
 * wants_json: events say it all where there are any, and text is for those
 * commands that have none. */
struct report {
	void (*text)(void *ctx, const char *text, size_t len);
	void (*note)(void *ctx, const char *line);
	void (*json)(void *ctx, const char *line, size_t len);
	void *ctx;
	bool wants_json;
	/* On a terminal: text as it comes, shown at once; and, with status, a line that
	 * the next thing shown takes away again. NULL: nobody watches. */
	void (*live)(void *ctx, const char *text, size_t len, const char *status);
	/* Asks the person and waits, in a task, for a yes. NULL: nobody is there. */
	bool (*ask)(void *ctx, const char *question);
	/* The same for words: the answer, an option or free text, to be freed. One at a time.
	 * NULL with err: ERR_CONSENT when they will not answer, ERR_BUSY while they are asked
	 * something else, ERR_CANCELLED. NULL: nobody is there. */
	char *(*question)(void *ctx, const struct person_question *q, struct err *err);
};

struct ports {			    /* const tables, each ends with NULL */
	const struct cmd *commands; /* the built-in ones: commands.h */
	const struct backend_ops *const *backends;
	const struct simulator_ops *const *simulators;
	const struct viewer_ops *viewer;
	const struct revisions_ops *revisions; /* NULL: none */
	const struct prover_ops *prover;       /* NULL: none */
	const struct confine_ops *confine; /* shuts foreign programs in; NULL: none are started */
	/* The waves in a dump; at most max_changes of them. */
	bool (*read_wave)(const char *path, size_t max_changes, struct wave **out, struct err *err);
	/* What the rows of a table need of a dump of any size, format or state. */
	bool (*read_rows)(struct loop *l, const char *path, const struct wave_want *want,
			  struct wave **out, struct err *err);
	/* In a task: a dump of any format, to be asked; see trace/trace.h. */
	bool (*open_trace)(struct loop *l, const char *path, struct trace **out, struct err *err);
	/* Lines for `doctor`: which protection simulations run under. May be NULL. */
	void (*protection)(struct loop *l, struct str *out);
	/* Model servers on this machine, in a task: lines to show. May be NULL. */
	bool (*find_backends)(struct loop *l, struct strv *lines, struct err *err);
	/* The same: what the terminal needs to be told. May be NULL. */
	void (*terminal)(struct str *out);
	/* Plugins; NULL: this program loads none. See plugins/host.h. */
	bool (*load_plugin)(struct workbench *w, const char *name, bool by_path, struct err *err);
	void (*plugins_session)(struct workbench *w, struct session *s);
	void (*unload_plugins)(struct workbench *w);
};

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
	struct toolbox *toolbox; /* NULL until it is wanted: toolbox_of() in toolbox/toolbox.h */
	void (*free_toolbox)(struct toolbox *b);
	struct servers *servers; /* of tools; NULL until one is named: servers/servers.h */
	void (*free_servers)(struct servers *s);
	bool (*gather_tools)(struct workbench *w, struct err *err); /* toolbox_gather(); or NULL */
	struct plugin_host *plugins;				    /* NULL until one is loaded */
	struct extensions *extensions; /* what they brought; NULL: nothing. The plugins' */
	struct why_memory *why; /* a design and its waves, see check/flow_why.h; NULL: none yet */
	void (*free_why)(struct why_memory *m);
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

const struct simulator_ops *workbench_simulator(const struct workbench *w, const char *name,
						struct err *err);
const struct backend_ops *workbench_protocol(const struct workbench *w, const char *protocol,
					     struct err *err);

/* A path as the person gave it, also by way of a link to the project's folder,
 * relative to the root; the caller frees *rel. */
bool workbench_path(const struct workbench *w, const char *given, char **rel, struct err *err);

void report_text(const struct report *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void report_note(const struct report *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
