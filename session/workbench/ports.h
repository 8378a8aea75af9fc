/* ports.h - what the core needs from outside: tables of functions, filled in by ui/main.c
 * with implementations from backends/, sim/ and plugins/. Tests use fakes.
 */
#ifndef POSEDGE_PORTS_H
#define POSEDGE_PORTS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/tool/remote.h"

struct backend_ops;
struct cmd;
struct confine_ops;
struct loop;
struct prover_ops;
struct revisions_ops;
struct session;
struct simulator_ops;
struct str;
struct strv;
struct trace;
struct trace_part;
struct viewer_ops;
struct workbench;

struct ports {			    /* const tables, each ending with NULL */
	const struct cmd *commands; /* the built-in ones: commands.h */
	const struct backend_ops *const *backends;
	const struct simulator_ops *const *simulators;
	const struct viewer_ops *const *viewers; /* NULL: none */
	const struct revisions_ops *revisions;	 /* NULL: none */
	const struct prover_ops *prover;	 /* NULL: none */
	const struct confine_ops *confine; /* confines untrusted programs; NULL: none are started */
	remote_open_fn *open_remote;	   /* tool servers behind a URL; NULL: none are used */
	/* In a task: opens a dump of any format; see trace/trace.h. */
	bool (*open_trace)(struct loop *l, const char *path, struct trace **out, struct err *err);
	/* Likewise, but reads no more than that part of it where the format allows. May be
	 * NULL. */
	bool (*open_trace_part)(struct loop *l, const char *path, const struct trace_part *part,
				struct trace **out, struct err *err);
	/* In a task: what a question contains about the design besides its files,
	 * "flow" or "netlist"; see toolbox/digest.h. NULL: nothing. */
	bool (*digest)(struct workbench *w, const char *which, const char *question,
		       struct str *out, struct err *err);
	/* Lines for `doctor`: how simulations are protected. May be NULL. */
	void (*protection)(struct loop *l, struct str *out);
	/* In a task: finds model servers on this machine; lines to show. May be NULL. */
	bool (*find_backends)(struct loop *l, struct strv *lines, struct err *err);
	/* Lines for `doctor`: how to set up the terminal. May be NULL. */
	void (*terminal)(struct str *out);
	/* Plugins; NULL: this program loads none. See plugins/host.h. */
	bool (*load_plugin)(struct workbench *w, const char *name, bool by_path, struct err *err);
	void (*plugins_session)(struct workbench *w, struct session *s);
	void (*unload_plugins)(struct workbench *w);
};

/* "auto" means Verilator, or Icarus if only that is installed. ERR_USAGE: no such engine. */
const struct simulator_ops *ports_simulator(const struct ports *p, const char *name,
					    struct err *err);

bool ports_has_engine(const struct ports *p, const char *name); /* it is known and installed */

/* "auto" means the first that is installed, else the first. NULL: no such viewer. */
const struct viewer_ops *ports_viewer(const struct ports *p, const char *name);

/* ERR_USAGE: unknown; the sentence names the nearest. */
const struct backend_ops *ports_protocol(const struct ports *p, const char *protocol,
					 struct err *err);

/* ERR_TOOL: none exists, or it cannot run here. */
const struct prover_ops *ports_prover(const struct ports *p, struct err *err);

#endif
