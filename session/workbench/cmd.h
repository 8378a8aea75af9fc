/* cmd.h - rows of the command table: name, arguments, one line of help, function.
 *
 * One table (commands.c, and what plugins add) serves the command line, the rc
 * files, the help and the manual page; the screen's keys, menu and palette are
 * derived from it too. A command runs in a task and may wait, except those of the
 * screen. It prints through the workbench's report and returns an exit status.
 */
#ifndef POSEDGE_CMD_H
#define POSEDGE_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;
struct strv;
struct workbench;

enum cmd_flags {
	CMD_RC = 1u << 0,   /* allowed in rc files */
	CMD_SAFE = 1u << 1, /* also in an untrusted project's rc file; the command checks further */
	/* Where it can be used. Shell commands also run on the screen, as jobs. */
	CMD_SHELL = 1u << 2,  /* as `posedge NAME` */
	CMD_SCREEN = 1u << 3, /* the screen implements it itself */
	CMD_REVIEW = 1u << 4, /* only in a review on the screen */
	CMD_BOTH = CMD_SHELL | CMD_SCREEN,
	CMD_TEXT = 1u << 5, /* its arguments are one text; see cmd_words() */
};

/* Keeps name and help on one line of 80 columns. */
enum { CMD_HELP_MAX = 60 };

/* Exit status of the process. */
enum cmd_status { CMD_FINE = 0, CMD_FOUND = 1, CMD_TROUBLE = 2, CMD_NO_VERDICT = 3 };

struct cmd_opt {
	const char *name;  /* "--file" */
	const char *value; /* "PATH"; NULL: takes no value */
	const char *help;
};

struct cmd_call {
	struct workbench *w;
	const struct cmd *cmd;
	char *const *argv; /* arguments, without options and the command's name */
	size_t argc;
	char *const *opts; /* "--file", "x", ...: names and values in turn; value NULL: none */
	size_t n_opts;
	const char *source;	/* "" on the command line, else "posedgerc:3" */
	bool trusted;		/* false: from an untrusted project's rc */
	enum cmd_status status; /* set by the command; initially CMD_FINE */
};

struct cmd {
	const char *name;
	const char *args; /* "[FILE...]", for help; only min and max are checked */
	size_t min_args, max_args;
	unsigned flags;
	const char *help;	    /* one line, at most CMD_HELP_MAX bytes */
	const struct cmd_opt *opts; /* ends with a NULL name; may be NULL */
	/* Runs in a task. False with err means CMD_TROUBLE. NULL: only on the
	 * screen, see screen_port.h. */
	bool (*run)(struct cmd_call *c, struct err *err);
	void *ctx;	  /* data of a plugin */
	const char *more; /* further text for `help NAME`; may be NULL */
};

/* A growing table of the built-in commands and those of plugins. */
struct cmd_table;

struct cmd_table *cmd_table_new(const struct cmd *builtin); /* ends with a NULL name; may be NULL */
void cmd_table_free(struct cmd_table *t);

/* Copies *c; its strings must outlive the table. ERR_CONFLICT: the name is taken. */
bool cmd_table_add(struct cmd_table *t, const struct cmd *c, struct err *err);

size_t cmd_table_len(const struct cmd_table *t);
const struct cmd *cmd_table_at(const struct cmd_table *t, size_t i); /* sorted by name */

/* ERR_USAGE names the nearest command. Borrowed. */
const struct cmd *cmd_find(const struct cmd_table *t, const char *name, struct err *err);

/* Appends the words of a typed line, which begins with a command's name. Behind the
 * options of a CMD_TEXT command the rest of the line is one argument, as it was typed:
 * quotes and # mean nothing in it, unless all of it is in quotes. Fails like
 * words_split(). */
bool cmd_words(const struct cmd_table *t, const char *line, struct strv *argv, struct err *err);

/* Separates options from arguments (--name VALUE, --name=VALUE, -NVALUE, -N VALUE,
 * and +VALUE for an option named "+"), checks both against the table, and runs the
 * command. "--" ends the options. */
bool cmd_run(struct workbench *w, const struct cmd *c, char *const *argv, size_t argc,
	     const char *source, bool trusted, enum cmd_status *status, struct err *err);

/* Like cmd_run() on the workbench's screen, outside a task. *as_job: nothing was
 * done; call cmd_run() in a task instead. */
bool cmd_run_at_once(struct workbench *w, const struct cmd *c, char *const *argv, size_t argc,
		     bool *as_job, struct err *err);

/* Value of an option; "" if it takes none; NULL if it was not given. */
const char *cmd_opt(const struct cmd_call *c, const char *name);

/* Sets *n to the option's value, a number from 1 to most; leaves *n unchanged if it
 * was not given. ERR_USAGE. */
bool cmd_number(const struct cmd_call *c, const char *name, unsigned most, unsigned *n,
		struct err *err);

/* The command of a line that is typed where questions are: "/lint", or ":lint" as elsewhere on
 * the screen. Points behind the mark. NULL: it is a question, as ":-)" is. */
const char *cmd_in_chat(const char *line);

/* Appends the arguments separated by blanks, for commands that take a sentence. */
void cmd_sentence(const struct cmd_call *c, struct str *out);

/* Like cmd_sentence() for a question to a model. ERR_USAGE: it is blank. */
bool cmd_question(const struct cmd_call *c, struct str *out, struct err *err);

void cmd_help(const struct cmd *c, struct str *out);

enum { CMD_TOPIC_MAX = 15 };

/* Commands that belong together, to keep the list readable. */
struct cmd_topic {
	const char *title;
	const char *names[CMD_TOPIC_MAX + 1]; /* ends with NULL */
};

/* The shell's commands by topic (ends with a NULL title), then those without a
 * topic, which are from plugins. */
void cmd_table_help(const struct cmd_table *t, const struct cmd_topic *topics, struct str *out);

/* Commands that exist only on the screen. */
void cmd_screen_help(const struct cmd_table *t, struct str *out);
void cmd_manual(const struct cmd_table *t, struct str *out); /* troff, section 1 */

#endif
