/* posedge_plugin.h - the one header a plugin includes.
 *
 * A plugin is a shared object that exports posedge_plugin(). It may add
 * commands, and is told of findings and of runs. It runs with the rights of the
 * person, in posedge's one thread: a call must return soon, must not block, and
 * must not call back from another thread or after stop().
 *
 * Versions: abi is the meaning of what is here; a plugin with another one is
 * not loaded. Structures grow at their end only; size says how much of one the
 * other side knows, and members beyond it must not be touched.
 *
 * All strings are UTF-8 and borrowed for the call unless said otherwise.
 */
#ifndef POSEDGE_PLUGIN_H
#define POSEDGE_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define POSEDGE_PLUGIN_ABI 1u

struct posedge_finding {
	size_t size;
	const char *rank; /* "error", "risk", "style" */
	const char *path; /* relative to the project; "" = none */
	int line, col;	  /* 1-based; 0 = not known */
	const char *code; /* "WIDTH"; "" = none */
	const char *text;
};

struct posedge_run {
	size_t size;
	const char *testbench, *engine;
	const char *
		verdict; /* "pass", "fail", "none", "build", "limit", "tool"; "broken" of an older session */
	long checks;	   /* -1: not counted */
	const char *first; /* the first failure; "" = none */
};

struct posedge_host;

struct posedge_command {
	size_t size;
	const char *name; /* must live until stop(), as the rest here */
	const char *args; /* "[FILE...]"; "" = none */
	size_t min_args, max_args;
	const char *help; /* one line */
	/* Returns an exit status: 0 fine, 1 found something, 2 trouble. */
	int (*run)(void *state, const struct posedge_host *host, size_t argc,
		   const char *const *argv);
};

/* What posedge offers; valid until stop(). ctx goes back with every call. */
struct posedge_host {
	size_t size;
	unsigned abi;
	void *ctx;
	void (*print)(void *ctx, const char *text); /* a result */
	void (*note)(void *ctx, const char *line);  /* what goes on */
	/* Only from start(). False: the name is taken. */
	bool (*add_command)(void *ctx, const struct posedge_command *c);
	const char *(*project)(void *ctx); /* absolute path of its folder */
};

struct posedge_plugin {
	size_t size;
	unsigned abi;
	const char *name, *version, *about;
	/* *state is handed to every other call. False: it cannot work here (it
	 * says why through note) and is unloaded. */
	bool (*start)(const struct posedge_host *host, void **state);
	void (*stop)(void *state); /* may be NULL, like the two below */
	void (*finding)(void *state, const struct posedge_finding *f); /* each of a lint */
	void (*ran)(void *state, const struct posedge_run *r);
};

/* The one symbol that is looked up. The result must be constant. */
const struct posedge_plugin *posedge_plugin(void);

#ifdef __cplusplus
}
#endif

#endif
