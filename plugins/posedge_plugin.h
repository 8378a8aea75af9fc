/* posedge_plugin.h - the only header that a plugin includes; it needs nothing else of
 * posedge.
 *
 * A plugin is a shared object that exports posedge_plugin(). It runs with the rights of
 * the person who loads it. It can add commands, tools for the model, backends, engines,
 * exporters and panes, is notified of findings and runs, and can use posedge's
 * functions.
 *
 * Threads: posedge_plugin() and start() are called in posedge's own thread and must
 * return soon. Before that they are called once in a separate process, which is then
 * discarded, to test that they do. finding(), ran() and stop() run on a thread of their
 * own and must return within 2 s. Every other function is a call: it has a thread of
 * its own and may compute or block for as long as it likes. Functions marked "in a
 * call" below can be used only there. At most one thread is inside a plugin at a time;
 * while a call waits in such a function another call may begin, so the plugin's state
 * may have changed when it returns. In a call that the person cancelled all these
 * functions return false, and the call should return. If it does not, it is abandoned,
 * and the plugin is not entered again until it has returned. Nothing here may be called
 * from other threads or after stop().
 *
 * Versions: abi identifies the meaning of this interface; a plugin with another one is
 * not loaded. Structs grow only at their end; size says how many bytes of one the other
 * side knows, and members beyond it must not be touched. A plugin that may be loaded by
 * an older posedge checks host->size.
 *
 * All strings are UTF-8 and NUL-terminated. Arguments of the plugin's functions are
 * borrowed until the function returns; what a host function returns in a call is valid
 * until that call returns. What a plugin passes to posedge is copied, except the
 * strings and functions of commands, which must live until stop().
 *
 * No function writes a file: propose() makes a suggestion, which a person reviews line
 * by line.
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
	const char *path; /* relative to the project; "": none */
	int line, col;	  /* 1-based; 0: not known */
	const char *code; /* "WIDTH"; "": none */
	const char *text;
};

struct posedge_run {
	size_t size;
	const char *testbench, *engine;
	/* "pass", "fail", "none", "build", "limit", "tool"; "broken" in an older session */
	const char *verdict;
	long checks;	   /* -1: not counted */
	const char *first; /* the first failure; "": none */
};

struct posedge_host;

struct posedge_command {
	size_t size;
	const char *name; /* must live until stop(), like all members */
	const char *args; /* "[FILE...]"; "": none */
	size_t min_args, max_args;
	const char *help; /* one line */
	/* A call. Returns an exit status: 0 fine, 1 found something, 2 trouble. */
	int (*run)(void *state, const struct posedge_host *host, size_t argc,
		   const char *const *argv);
};

/* Bytes returned by posedge, followed by a NUL. Never grows. */
struct posedge_text {
	const char *data;
	size_t len;
};

/* A tool for models. The text printed in the call is its result. */
struct posedge_tool {
	size_t size;
	const char *name;   /* [a-z_0-9]{1,64}; models see it as PLUGIN_NAME */
	const char *about;  /* description for the model, a sentence or two; at most 1000 bytes */
	const char *schema; /* JSON Schema of its arguments: an object, at most 16 KiB */
	/* args: a JSON object; unknown names were refused already. False: failed; explain with
	 * fail(). */
	bool (*call)(void *state, const struct posedge_host *host, const char *args);
};

/* `posedge export --as NAME`. The text printed in the call is the export. */
struct posedge_exporter {
	size_t size;
	const char *name; /* [a-z_0-9-]{1,64} */
	const char *help; /* one line */
	/* session: its id; events: the journal, one event a line as a JSON object, without
	 * secrets; a `text` above 4 KB is replaced by {"hash":...}. */
	bool (*run)(void *state, const struct posedge_host *host, const char *session,
		    struct posedge_text events);
};

/* A pane, which `pane NAME` shows in place of the code. */
enum posedge_style {
	POSEDGE_PLAIN,
	POSEDGE_TITLE,
	POSEDGE_DIM, /* also for things that are not available */
	POSEDGE_GOOD,
	POSEDGE_RISK,
	POSEDGE_ERROR
};

struct posedge_line { /* never grows */
	enum posedge_style style;
	const char *text; /* one line; control characters are shown as escapes */
};

#define POSEDGE_LINES_MAX 10000u
#define POSEDGE_LINE_MAX  1000u /* bytes; longer lines are cut between characters */

struct posedge_pane {
	size_t size;
	const char *name;  /* [a-z_0-9-]{1,64} */
	const char *title; /* one line of any text */
	/* A call, made when the pane is opened, and again after a lint or a run while it is
	 * open. Passes the lines to show(). False: failed; the text given to fail() is
	 * shown. */
	bool (*fill)(void *state, const struct posedge_host *host);
};

struct posedge_turn {	  /* never grows */
	const char *role; /* "system", "user", "assistant" */
	const char *text; /* without images */
};

struct posedge_offer {		    /* a tool that the model may call; never grows */
	const char *name;	    /* [a-zA-Z0-9_-]{1,64} */
	const char *about, *schema; /* schema: JSON Schema of its arguments */
};

struct posedge_part {	       /* a tool call or its result; never grows */
	size_t turn;	       /* index of its turn */
	bool result;	       /* true: a result; false: a call */
	const char *id, *name; /* id: pairs call and result */
	const char *text;      /* of a call: its arguments as JSON */
	bool failed;	       /* the tool failed */
};

/* A question on its way to a model. */
struct posedge_prompt {
	size_t size;
	const char *backend, *model, *url; /* as configured; "": not set */
	const char *const *options;	   /* "name=value"; NULL-terminated */
	const struct posedge_turn *turns;
	size_t n_turns;
	const char *question;		   /* the last question alone */
	const struct posedge_offer *tools; /* only for a backend with tools set */
	size_t n_tools;
	const struct posedge_part *parts; /* in order; results are also part of their turn's text */
	size_t n_parts;
};

/* Tokens used by an answer, and why it ended. */
struct posedge_usage {
	size_t size;
	long in, out, cached; /* tokens; -1: not known; cached: part of in */
	const char *finish;   /* "stop", "length" (cut off), "filter" (refused); NULL: "stop" */
};

/* A protocol for `backend add`. The text printed in the call is the answer, shown as it
 * comes. */
struct posedge_backend {
	size_t size;
	const char *protocol;	    /* [a-z_0-9-]{1,64} */
	const char *help;	    /* one line */
	const char *const *options; /* options other than url and model; NULL-terminated, or NULL */
	bool (*ask)(void *state, const struct posedge_host *host, const struct posedge_prompt *p);
	/* It can offer prompt.tools to the model, and reports its calls with host->call(). */
	bool tools;
};

/* Input of an engine. */
struct posedge_source {	  /* never grows */
	const char *path; /* relative to the project, clean */
	struct posedge_text text;
	bool included; /* included by another file: do not pass it to the tool */
};

struct posedge_design {
	size_t size;
	const struct posedge_source *sources; /* in reading order */
	size_t n_sources;
	const char *top; /* module; "": chosen by the tool */
	const char *const *include_dirs, *const *defines, *const *parameters; /* NULL-terminated */
	bool systemverilog;						      /* false: Verilog */
	/* In an engine's run: absolute path for a VCD, which is kept and shown as the run's
	 * waves. "": not wanted. */
	const char *waves;
};

/* An engine for `sim --engine NAME` and `lint`. */
struct posedge_engine {
	size_t size;
	const char *name;    /* [a-z_0-9-]{1,64} */
	const char *needs;   /* Debian package of its program; "": none */
	const char *program; /* program that must be in PATH; "": none */
	/* Reports findings with host->report(). NULL: does not lint. */
	bool (*lint)(void *state, const struct posedge_host *host, const struct posedge_design *d);
	/* Simulates d->top and prints the testbench's output, from which posedge derives the
	 * verdict. *ended: exit status. False: could not run. */
	bool (*run)(void *state, const struct posedge_host *host, const struct posedge_design *d,
		    int *ended);
};

/* Waves: times are in units of magnitude * 10^exponent seconds. */
struct posedge_signal {	  /* never grows */
	const char *name; /* "tb.dut.q" */
	size_t width;	  /* in bits; 1 if it has none */
	char kind;	  /* 'b' bits, 'r' real, 't' text, 'e' event */
	char direction;	  /* 'i' input, 'o' output, 'b' both, 0 not known */
	bool parameter;
};

struct posedge_waves {
	size_t size;
	const char *path; /* absolute */
	const struct posedge_signal *signals;
	size_t n_signals;
	int magnitude, exponent;
	uint64_t begin, end;
	const char *problem; /* what is wrong with the file, as a sentence; "": nothing */
};

struct posedge_change { /* never grows */
	uint64_t time;
	size_t signal;	   /* index into posedge_waves.signals */
	const char *value; /* one character 0 1 x z for each bit, or as printed */
};

#define POSEDGE_CHANGES_MAX 1000000u

/* A program that posedge runs in its sandbox: no network, no home folder, the system's
 * tools read-only, and the person's limits for simulations. */
struct posedge_file {	  /* never grows */
	const char *path; /* relative, clean */
	struct posedge_text text;
};

struct posedge_program {
	size_t size;
	const char *const *argv;	  /* NULL-terminated; argv[0] is searched in PATH */
	const struct posedge_file *files; /* created in its folder before it starts */
	size_t n_files;
	const char *const *results; /* files to return that it writes; NULL-terminated, or NULL */
	unsigned seconds;	    /* time limit; 0, or above the person's limit: that one */
};

struct posedge_output {
	size_t size;
	int status;			 /* exit status; -1: killed by a signal */
	struct posedge_text out, errors; /* its output; each at most 16 MiB */
	/* same order as program.results; data NULL: not written */
	const struct posedge_text *results;
};

/* The host functions; valid until stop(). Pass ctx to each. A function that returns
 * bool returns false on failure; error() has the reason. */
struct posedge_host {
	size_t size;
	unsigned abi;
	void *ctx;
	void (*print)(void *ctx, const char *text); /* output of the call */
	void (*note)(void *ctx, const char *line);  /* a progress message */
	/* Only in start(). False: the name is taken or invalid. */
	bool (*add_command)(void *ctx, const struct posedge_command *c);
	const char *(*project)(void *ctx); /* absolute path of the project's folder */

	/* The following members were added later: check size. */

	/* Only in start(), like add_command(). */
	bool (*add_tool)(void *ctx, const struct posedge_tool *t);
	bool (*add_exporter)(void *ctx, const struct posedge_exporter *e);
	bool (*add_pane)(void *ctx, const struct posedge_pane *p);
	bool (*add_backend)(void *ctx, const struct posedge_backend *b);
	bool (*add_engine)(void *ctx, const struct posedge_engine *e);

	/* Why the last function failed, as a sentence, valid until the next one is called; "":
	 * it did not fail. */
	const char *(*error)(void *ctx);
	/* In a call: sets the reason why it fails. Returns false. */
	bool (*fail)(void *ctx, const char *sentence);
	/* In a call: true if the person cancelled it. */
	bool (*cancelled)(void *ctx);

	/* The following functions work in a call only; each may wait. */

	/* Asks the configured model, with files and spec. Recorded and counted like one of the
	 * person's questions; proposals in the answer wait for review. */
	bool (*ask)(void *ctx, const char *question, struct posedge_text *answer);
	/* Lints the whole project. */
	bool (*lint)(void *ctx, const struct posedge_finding **found, size_t *n);
	/* testbench: as for `posedge sim`; NULL: the default one. Set run->size first. */
	bool (*simulate)(void *ctx, const char *testbench, struct posedge_run *run);
	/* Suggests a complete text for a file of the project, existing or new. */
	bool (*propose)(void *ctx, const char *path, const char *text);
	/* Paths of the project's files: relative, sorted. */
	bool (*files)(void *ctx, const char *const **paths, size_t *n);
	/* The file as the person sees it, saved or not; at most 1 MiB. */
	bool (*read_file)(void *ctx, const char *path, struct posedge_text *text);
	/* Findings of the last lint in this session. */
	bool (*findings)(void *ctx, const struct posedge_finding **found, size_t *n);
	/* The sources for module top; NULL: the only top. Set design->size first. */
	bool (*design)(void *ctx, const char *top, struct posedge_design *design);
	/* Opens a dump; NULL: that of the last run. Set waves->size first. It stays open until
	 * the call returns or opens another. */
	bool (*waves)(void *ctx, const char *path, struct posedge_waves *waves);
	/* The values of these signals at from, then each change up to and including to, in
	 * order of time. Fails above POSEDGE_CHANGES_MAX. */
	bool (*changes)(void *ctx, const size_t *signals, size_t n_signals, uint64_t from,
			uint64_t to, const struct posedge_change **changes, size_t *n);
	/* Set output->size first. False: could not be started, or hit a limit. */
	bool (*program)(void *ctx, const struct posedge_program *p, struct posedge_output *output);
	/* Sets the lines of a pane that the plugin added. */
	bool (*show)(void *ctx, const char *pane, const struct posedge_line *lines, size_t n);
	/* In an engine's lint: reports one finding. */
	bool (*report)(void *ctx, const struct posedge_finding *f);
	/* In a backend's ask: reasoning of the model, shown folded. */
	bool (*think)(void *ctx, const char *text);
	/* In a backend's ask: sets the usage; the last one counts. */
	bool (*usage)(void *ctx, const struct posedge_usage *u);
	/* In a backend's ask: the model calls a tool. posedge runs it after the answer has
	 * ended, and asks again with the result. id: "" to have one made; args: a JSON
	 * object. */
	bool (*call)(void *ctx, const char *id, const char *name, const char *args);
};

struct posedge_plugin {
	size_t size;
	unsigned abi;
	const char *name, *version, *about;
	/* *state is passed to every other function. False: it cannot work here (explain with
	 * note), and is unloaded. */
	bool (*start)(const struct posedge_host *host, void **state);
	void (*stop)(void *state); /* may be NULL, like the two below */
	/* called for each finding of a lint */
	void (*finding)(void *state, const struct posedge_finding *f);
	void (*ran)(void *state, const struct posedge_run *r);
};

/* The only symbol that is looked up. The struct it returns must never change. */
const struct posedge_plugin *posedge_plugin(void);

#ifdef __cplusplus
}
#endif

#endif
