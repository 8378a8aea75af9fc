/* posedge_plugin.h - the one header a plugin includes; it needs nothing else of posedge.
 *
 * A plugin is a shared object that exports posedge_plugin(). It runs with the
 * rights of the person who loads it. It may add commands, tools for the model,
 * backends, engines, exporters and panes, is told of findings and of runs, and
 * may ask posedge for work.
 *
 * Threads: posedge_plugin() and start() are called in posedge's own thread and
 * must return soon; before that they are called once in a process of their own,
 * which shows that they do and is thrown away. finding(), ran() and stop() have a
 * thread of their own and 2 s. Every other function is a call: it has a thread
 * of its own, may take its time, compute and block, and what is marked "in a
 * call" below may be used in it. At most one thread is inside a plugin at a
 * time; another call may begin while one waits in such a function, so what the
 * state held before need not hold after. A call that the person cancels gets
 * false from each of these functions and should return; one that does not is
 * left behind, and the plugin is not entered again until it has returned. From
 * other threads, and after stop(), nothing here may be called.
 *
 * Versions: abi is the meaning of what is here; a plugin with another one is
 * not loaded. Structures grow at their end only; size says how much of one the
 * other side knows, and members beyond it must not be touched. A plugin made
 * for more than the posedge that loads it looks at host->size.
 *
 * All strings are UTF-8 and end with a 0. What a plugin is given is borrowed
 * for that function, and what a function here hands out in a call stays until
 * that call returns. What a plugin hands over is copied, but for commands'
 * strings and functions, which stay until stop().
 *
 * There is no function that writes a file: propose() makes a suggestion, which
 * a person reviews line by line.
 */
#ifndef POSEDGE_PLUGIN_H
#define POSEDGE_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
	/* "pass", "fail", "none", "build", "limit", "tool"; "broken" of an older session */
	const char *verdict;
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
	/* Returns an exit status: 0 fine, 1 found something, 2 trouble. A call. */
	int (*run)(void *state, const struct posedge_host *host, size_t argc,
		   const char *const *argv);
};

/* Bytes that posedge hands out; a 0 follows them. Never grows. */
struct posedge_text {
	const char *data;
	size_t len;
};

/* A tool for models. What is printed in the call is the result. */
struct posedge_tool {
	size_t size;
	const char *name;   /* [a-z_0-9]{1,64}; models see PLUGIN_NAME */
	const char *about;  /* for the model, a sentence or two; at most 1000 bytes */
	const char *schema; /* JSON Schema of its arguments: an object, at most 16 KiB */
	/* args: a JSON object; names that the schema lacks were refused. False: it
	 * failed, and fail() said why. */
	bool (*call)(void *state, const struct posedge_host *host, const char *args);
};

/* `posedge export --as NAME`. What is printed in the call is the export. */
struct posedge_exporter {
	size_t size;
	const char *name; /* [a-z_0-9-]{1,64} */
	const char *help; /* one line */
	/* session: its id; events: the journal, an event as a JSON object on each
	 * line, without secrets, and `text`s above 4 KB as {"hash":...}. */
	bool (*run)(void *state, const struct posedge_host *host, const char *session,
		    struct posedge_text events);
};

/* A pane, which `pane NAME` shows in the place of the code. */
enum posedge_style {
	POSEDGE_PLAIN,
	POSEDGE_TITLE,
	POSEDGE_DIM, /* also of what cannot be had here */
	POSEDGE_GOOD,
	POSEDGE_RISK,
	POSEDGE_ERROR
};

struct posedge_line { /* never grows */
	enum posedge_style style;
	const char *text; /* one line; controls are shown as escapes */
};

#define POSEDGE_LINES_MAX 10000u
#define POSEDGE_LINE_MAX  1000u /* bytes; more is cut at a character */

struct posedge_pane {
	size_t size;
	const char *name;  /* [a-z_0-9-]{1,64} */
	const char *title; /* one line, of any kind */
	/* A call, when it is opened, and again after a lint or a run while it is:
	 * gives its lines to show(). False: fail() said why, which is shown. */
	bool (*fill)(void *state, const struct posedge_host *host);
};

struct posedge_turn {	  /* never grows */
	const char *role; /* "system", "user", "assistant" */
	const char *text; /* images are left out */
};

struct posedge_offer {		    /* a tool that the model may call; never grows */
	const char *name;	    /* [a-zA-Z0-9_-]{1,64} */
	const char *about, *schema; /* schema: of its arguments, a JSON object */
};

struct posedge_part {	       /* a call of a tool, or what came of one; never grows */
	size_t turn;	       /* the turn that it stands in, from 0 */
	bool result;	       /* else the call */
	const char *id, *name; /* id: pairs the two */
	const char *text;      /* of a call: its arguments, JSON */
	bool failed;	       /* the tool did not do it */
};

/* A question on its way to a model. */
struct posedge_prompt {
	size_t size;
	const char *backend, *model, *url; /* as the person named them; "" = not */
	const char *const *options;	   /* "name=value"; NULL-terminated */
	const struct posedge_turn *turns;
	size_t n_turns;
	const char *question;		   /* the last one by itself */
	const struct posedge_offer *tools; /* only for a backend with tools set */
	size_t n_tools;
	const struct posedge_part *parts; /* in order; the text of a turn holds results, too */
	size_t n_parts;
};

/* What an answer took, and how it ended. */
struct posedge_usage {
	size_t size;
	long in, out, cached; /* tokens; -1 = not told; cached: of in */
	const char *finish; /* "stop", "length" (it was cut off), "filter" (it was refused); NULL =
			     * "stop" */
};

/* A protocol for `backend add`. What is printed in the call is the answer, shown
 * as it comes. */
struct posedge_backend {
	size_t size;
	const char *protocol; /* [a-z_0-9-]{1,64} */
	const char *help;     /* one line */
	const char *const
		*options; /* names that it takes beside url and model; NULL-terminated, or NULL */
	bool (*ask)(void *state, const struct posedge_host *host, const struct posedge_prompt *p);
	/* It can offer the model prompt.tools, and hands on its calls by host->call(). */
	bool tools;
};

/* What an engine is to read. */
struct posedge_source {	  /* never grows */
	const char *path; /* relative to the project, clean */
	struct posedge_text text;
	bool included; /* comes with who includes it: not to be named to the tool */
};

struct posedge_design {
	size_t size;
	const struct posedge_source *sources; /* in the order to read them */
	size_t n_sources;
	const char *top; /* module; "" = the tool's choice */
	const char *const *include_dirs, *const *defines, *const *parameters; /* NULL-terminated */
	bool systemverilog;						      /* else Verilog */
	/* In an engine's run: the file, absolute, that a VCD may be written to; it is kept
	 * and shown as that of the run. "" = none is wanted. */
	const char *waves;
};

/* An engine for `sim --engine NAME` and `lint`. */
struct posedge_engine {
	size_t size;
	const char *name;    /* [a-z_0-9-]{1,64} */
	const char *needs;   /* the Debian package that its program is in; "" = none */
	const char *program; /* the program that must be in PATH; "" = none */
	/* Reports what is wrong through host->report(). NULL: it lints nothing. */
	bool (*lint)(void *state, const struct posedge_host *host, const struct posedge_design *d);
	/* Simulates d->top; what is printed is what the testbench prints, which
	 * posedge judges. *ended: its exit status. False: it cannot be run. */
	bool (*run)(void *state, const struct posedge_host *host, const struct posedge_design *d,
		    int *ended);
};

/* Waves: times are in units of magnitude times 10^exponent seconds. */
struct posedge_signal {	  /* never grows */
	const char *name; /* "tb.dut.q" */
	size_t width;	  /* bits; 1 of what is none */
	char kind;	  /* 'b' bits, 'r' real, 't' text, 'e' event */
	char direction;	  /* 'i' input, 'o' output, 'b' both, 0 not told */
	bool parameter;
};

struct posedge_waves {
	size_t size;
	const char *path; /* absolute */
	const struct posedge_signal *signals;
	size_t n_signals;
	int magnitude, exponent;
	uint64_t begin, end;
	const char *problem; /* a sentence: what is wrong with the file; "" */
};

struct posedge_change { /* never grows */
	uint64_t time;
	size_t signal;	   /* an index of posedge_waves.signals */
	const char *value; /* as many characters 0 1 x z as it has bits, or as printed */
};

#define POSEDGE_CHANGES_MAX 1000000u

/* A program that posedge starts in its sandbox: no network, no home folder, the
 * tools of the system read-only, and the person's limits of simulations. */
struct posedge_file {	  /* never grows */
	const char *path; /* relative, clean */
	struct posedge_text text;
};

struct posedge_program {
	size_t size;
	const char *const *argv;	  /* NULL-terminated; argv[0] is looked up in PATH */
	const struct posedge_file *files; /* laid ready in its folder */
	size_t n_files;
	const char *const
		*results; /* files that it writes and that are wanted; NULL-terminated, or NULL */
	unsigned seconds; /* then it is ended; 0, or more: what the person allows */
};

struct posedge_output {
	size_t size;
	int status;			    /* exit status; -1: a signal ended it */
	struct posedge_text out, errors;    /* what it printed; each at most 16 MiB */
	const struct posedge_text *results; /* beside program.results; data NULL: not written */
};

/* What posedge offers; valid until stop(). ctx goes back with every call. A
 * function that gives a bool says false when it failed: error() is why. */
struct posedge_host {
	size_t size;
	unsigned abi;
	void *ctx;
	void (*print)(void *ctx, const char *text); /* a result */
	void (*note)(void *ctx, const char *line);  /* what goes on */
	/* Only from start(). False: the name is taken, or is none. */
	bool (*add_command)(void *ctx, const struct posedge_command *c);
	const char *(*project)(void *ctx); /* absolute path of its folder */

	/* What follows was added later: see size. */

	/* Only from start(), like add_command(). */
	bool (*add_tool)(void *ctx, const struct posedge_tool *t);
	bool (*add_exporter)(void *ctx, const struct posedge_exporter *e);
	bool (*add_pane)(void *ctx, const struct posedge_pane *p);
	bool (*add_backend)(void *ctx, const struct posedge_backend *b);
	bool (*add_engine)(void *ctx, const struct posedge_engine *e);

	/* Why the last function failed, a sentence, until the next one is called; "":
	 * it did not. */
	const char *(*error)(void *ctx);
	/* In a call: why it fails. Returns false. */
	bool (*fail)(void *ctx, const char *sentence);
	/* During a call: whether the person cancelled it. */
	bool (*cancelled)(void *ctx);

	/* In a call, all of these; each may wait. */

	/* A question to the model that is set, with files and spec, recorded and
	 * counted like one of the person's; what the answer proposes waits for review. */
	bool (*ask)(void *ctx, const char *question, struct posedge_text *answer);
	/* Lints all of the project. */
	bool (*lint)(void *ctx, const struct posedge_finding **found, size_t *n);
	/* testbench: as `posedge sim` takes it; NULL: the usual one. run->size is set. */
	bool (*simulate)(void *ctx, const char *testbench, struct posedge_run *run);
	/* A whole text for a file of the project, new or not, as a suggestion. */
	bool (*propose)(void *ctx, const char *path, const char *text);
	/* Paths of the project's files, relative, sorted. */
	bool (*files)(void *ctx, const char *const **paths, size_t *n);
	/* As the person sees it, saved or not; at most 1 MiB. */
	bool (*read_file)(void *ctx, const char *path, struct posedge_text *text);
	/* Of the last lint of this session. */
	bool (*findings)(void *ctx, const struct posedge_finding **found, size_t *n);
	/* What module top needs; NULL: the only top. design->size is set. */
	bool (*design)(void *ctx, const char *top, struct posedge_design *design);
	/* A dump; NULL: that of the last run. waves->size is set. It stays open until
	 * the call returns, or another is opened. */
	bool (*waves)(void *ctx, const char *path, struct posedge_waves *waves);
	/* The values at from, then each change up to to, in order of time; of these
	 * signals. Fails above POSEDGE_CHANGES_MAX. */
	bool (*changes)(void *ctx, const size_t *signals, size_t n_signals, uint64_t from,
			uint64_t to, const struct posedge_change **changes, size_t *n);
	/* output->size is set. False: it could not be started, or a limit ended it. */
	bool (*program)(void *ctx, const struct posedge_program *p, struct posedge_output *output);
	/* The lines of a pane of the plugin's own. */
	bool (*show)(void *ctx, const char *pane, const struct posedge_line *lines, size_t n);
	/* In an engine's lint: one thing that is wrong. */
	bool (*report)(void *ctx, const struct posedge_finding *f);
	/* In a backend's ask: what the model thinks besides, shown folded. */
	bool (*think)(void *ctx, const char *text);
	/* The same: told once, or again when more is known. */
	bool (*usage)(void *ctx, const struct posedge_usage *u);
	/* The same: the model calls a tool. posedge runs it when the answer has ended, and
	 * asks again with the result. id: "" = one is made; args: a JSON object. */
	bool (*call)(void *ctx, const char *id, const char *name, const char *args);
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
