/* plugin_parts.h - what plugins add, and the host functions; for plugins/ only.
 *
 *   plugin_command   commands, exporters         plugin_tool     tools for models
 *   plugin_backend   backends                    plugin_engine   engines
 *   plugin_pane      panes                       plugin_say      print, note, errors
 *   plugin_look      files, findings, designs    plugin_work     ask, lint, simulate, propose
 *   plugin_waves     dumps                       plugin_program  programs in the sandbox
 */
#ifndef POSEDGE_PLUGIN_PARTS_H
#define POSEDGE_PLUGIN_PARTS_H

#include "plugins/plugin_call.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

struct extensions;

/* First member of everything that a plugin adds. */
struct part {
	struct part *next;
	struct loaded *plugin;
	/* Removes all references to the part, before its plugin is unloaded or after it failed
	 * to start. NULL: there are none. */
	void (*forget)(struct part *p);
	void (*free)(struct part *p); /* called after forget; NULL: free() */
};

struct plugin_host {
	struct loaded *first; /* the last one loaded */
	struct part *parts;
	/* The workbench's ports with longer lists; before: the original ports. */
	struct ports ports;
	const struct ports *before;
	const struct backend_ops **backends;
	const struct simulator_ops **engines;
	struct extensions *extensions;
};

/* True if l may add something now and the struct it passes has at least the required
 * members. Otherwise sets l->err. */
bool given_fit(struct loaded *l, const char *kind, const void *given, size_t size, size_t least);
/* A name of [a-z_0-9-], at most 64 bytes; a text of one line without control characters. */
bool given_name(struct loaded *l, const char *kind, const char *name);
bool given_text(struct loaded *l, const char *kind, const char *name, const char *text, size_t max);
void part_add(struct part *p, struct loaded *l);
/* Copies the members that both sides know and zeroes the rest. */
void given_copy(void *to, size_t size, const void *from, size_t from_size);
/* The reverse, for a struct that a plugin provides: fills it after its size member,
 * which is kept. */
void given_fill(void *to, size_t to_size, const void *from, size_t size);

/* The lists that plugins extend; the workbench uses them from then on. */
void parts_add_backend(struct workbench *w, const struct backend_ops *ops);
void parts_drop_backend(struct workbench *w, const struct backend_ops *ops);
void parts_add_engine(struct workbench *w, const struct simulator_ops *ops);
void parts_drop_engine(struct plugin_host *plugins, const struct simulator_ops *ops);
struct extensions *parts_extensions(struct workbench_tools *t);

/* The host functions, as in posedge_plugin.h. */
bool host_add_command(void *ctx, const struct posedge_command *c);
bool host_add_exporter(void *ctx, const struct posedge_exporter *e);
bool host_add_tool(void *ctx, const struct posedge_tool *t);
bool host_add_backend(void *ctx, const struct posedge_backend *b);
bool host_add_engine(void *ctx, const struct posedge_engine *e);
bool host_add_pane(void *ctx, const struct posedge_pane *p);
bool host_show(void *ctx, const char *pane, const struct posedge_line *lines, size_t n);

void host_print(void *ctx, const char *text);
void host_note(void *ctx, const char *line);
const char *host_project(void *ctx);
const char *host_error(void *ctx);
bool host_fail(void *ctx, const char *sentence);
bool host_cancelled(void *ctx);

bool host_files(void *ctx, const char *const **paths, size_t *n);
bool host_read_file(void *ctx, const char *path, struct posedge_text *text);
bool host_findings(void *ctx, const struct posedge_finding **found, size_t *n);
bool host_design(void *ctx, const char *top, struct posedge_design *design);
bool host_waves(void *ctx, const char *path, struct posedge_waves *waves);
bool host_changes(void *ctx, const size_t *signals, size_t n_signals, uint64_t from, uint64_t to,
		  const struct posedge_change **changes, size_t *n);
bool host_report(void *ctx, const struct posedge_finding *f);

bool host_think(void *ctx, const char *text);
bool host_call(void *ctx, const char *id, const char *name, const char *args);
bool host_usage(void *ctx, const struct posedge_usage *u);

bool host_ask(void *ctx, const char *question, struct posedge_text *answer);
bool host_lint(void *ctx, const struct posedge_finding **found, size_t *n);
bool host_simulate(void *ctx, const char *testbench, struct posedge_run *run);
bool host_propose(void *ctx, const char *path, const char *text);
bool host_program(void *ctx, const struct posedge_program *p, struct posedge_output *output);

/* A sim_job and findings in the plugin's structs, in memory kept by c. */
struct diag_list;
struct sim_job;
bool give_design(struct call *c, const struct sim_job *j, struct posedge_design *d,
		 struct err *err);
bool give_findings(struct call *c, const struct diag_list *l, const struct posedge_finding **found,
		   size_t *n, struct err *err);

/* Checks a path given by a plugin: relative, clean, nothing hidden. The caller frees *rel. */
bool plugin_check_path(const char *path, char **rel, struct err *err);

#endif
