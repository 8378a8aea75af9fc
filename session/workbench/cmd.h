/* cmd.h - the command table's shape: name, arguments, one line of help, function.
 *
 * One table (commands.c, and what plugins add) serves the command line, the
 * rc files, the help and the manual page; the screen's keys, menu and palette
 * come from it too. A command runs inside a task and may wait, but for those
 * of the screen. It prints
 * through the workbench's report and gives an exit status.
 */
#ifndef POSEDGE_CMD_H
#define POSEDGE_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;
struct workbench;

enum cmd_flags {
	CMD_RC = 1u << 0,   /* may stand in an rc file */
	CMD_SAFE = 1u << 1, /* also in a project's that is not trusted (a command checks further) */
	/* Its place. On the screen all of the shell's run as well, as jobs. */
	CMD_SHELL = 1u << 2,  /* may be given as `posedge NAME` */
	CMD_SCREEN = 1u << 3, /* the screen has its own way of it */
	CMD_REVIEW = 1u << 4, /* works in a review on the screen only */
	CMD_BOTH = CMD_SHELL | CMD_SCREEN,
};

/* So that name and help are one line of a screen of 80 columns. */
enum { CMD_HELP_MAX = 60 };

/* Exit statuses, as the shell sees them. */
enum cmd_status { CMD_FINE = 0, CMD_FOUND = 1, CMD_TROUBLE = 2, CMD_NO_VERDICT = 3 };

struct cmd_opt {
	const char *name;  /* "--file" */
	const char *value; /* "PATH"; NULL: it takes none */
	const char *help;
};

struct cmd_call {
	struct workbench *w;
	const struct cmd *cmd;
	char *const *argv; /* arguments without options and without the name */
	size_t argc;
	char *const *opts; /* "--file", "x", ...: name and value (NULL: none) in turn */
	size_t n_opts;
	const char *source;	/* "" on the command line, else "posedgerc:3" */
	bool trusted;		/* false: from a project's rc that nobody has trusted */
	enum cmd_status status; /* to be set; CMD_FINE at first */
};

struct cmd {
	const char *name;
	const char *args; /* "[FILE...]", for help; min and max are checked */
	size_t min_args, max_args;
	unsigned flags;
	const char *help;	    /* one line, CMD_HELP_MAX bytes at most */
	const struct cmd_opt *opts; /* ends with a NULL name; may be NULL */
	/* In a task. False with err: CMD_TROUBLE. NULL: the screen's alone, see screen_port.h. */
	bool (*run)(struct cmd_call *c, struct err *err);
	void *ctx;	  /* a plugin's own */
	const char *more; /* what one line does not say, for help NAME; may be NULL */
};

/* A table that grows: the built-in commands and those of plugins. */
struct cmd_table;

struct cmd_table *cmd_table_new(const struct cmd *builtin); /* ends with a NULL name; NULL: none */
void cmd_table_free(struct cmd_table *t);

/* Copies *c, whose strings must outlive the table. ERR_CONFLICT: the name is taken. */
bool cmd_table_add(struct cmd_table *t, const struct cmd *c, struct err *err);

size_t cmd_table_len(const struct cmd_table *t);
const struct cmd *cmd_table_at(const struct cmd_table *t, size_t i); /* sorted by name */

/* ERR_USAGE names the nearest. Borrowed. */
const struct cmd *cmd_find(const struct cmd_table *t, const char *name, struct err *err);

/* Sorts options from arguments (--name VALUE, --name=VALUE, -NVALUE, -N VALUE, and
 * +VALUE for one called "+"), checks both against the table, runs it. "--"
 * ends the options. */
bool cmd_run(struct workbench *w, const struct cmd *c, char *const *argv, size_t argc,
	     const char *source, bool trusted, enum cmd_status *status, struct err *err);

/* The same on the workbench's screen, not in a task; *as_job: nothing was done, and it
 * is to be given to cmd_run(), in a task. */
bool cmd_run_at_once(struct workbench *w, const struct cmd *c, char *const *argv, size_t argc,
		     bool *as_job, struct err *err);

/* The value of an option; "" for one without value; NULL when it was not given. */
const char *cmd_opt(const struct cmd_call *c, const char *name);

/* The same as a number from 1 to most, into *n, which stays where the option was not
 * given. ERR_USAGE. */
bool cmd_number(const struct cmd_call *c, const char *name, unsigned most, unsigned *n,
		struct err *err);

/* Adds the arguments with a blank between them: of commands that take a sentence. */
void cmd_sentence(const struct cmd_call *c, struct str *out);

/* The same as a question to a model. ERR_USAGE: there is nothing in it but blanks. */
bool cmd_question(const struct cmd_call *c, struct str *out, struct err *err);

void cmd_help(const struct cmd *c, struct str *out);

enum { CMD_TOPIC_MAX = 15 };

/* The commands that belong together, for a list that can be read. */
struct cmd_topic {
	const char *title;
	const char *names[CMD_TOPIC_MAX + 1]; /* ends with NULL */
};

/* The shell's commands by topic (up to a NULL title), then those of no topic, which
 * are those of plugins. */
void cmd_table_help(const struct cmd_table *t, const struct cmd_topic *topics, struct str *out);

/* Those of the screen alone. */
void cmd_screen_help(const struct cmd_table *t, struct str *out);
void cmd_manual(const struct cmd_table *t, struct str *out); /* troff, section 1 */

#endif
