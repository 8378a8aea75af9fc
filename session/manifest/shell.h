/* shell.h - shell text read for the commands in it; nothing is run.
 *
 * Follows what scripts around hardware tools use: words and quotes, variables and
 * `${NAME:-x}`, `$(...)` of commands whose result follows from the files (find, ls,
 * cat, dirname ...), arrays, `for`, functions, `source`. All branches of an `if` and
 * of a `case` are read, one after the other. Loops are read once for each word of a
 * `for`, at most 20 inside one another.
 *
 * What only a run can tell, as `$1` or the output of a program, becomes
 * SHELL_UNKNOWN in the word. Knows nothing of the tools that are called.
 */
#ifndef POSEDGE_SHELL_H
#define POSEDGE_SHELL_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

#define SHELL_UNKNOWN	 '\x01'
#define SHELL_MAX_TOKENS 100000u     /* of one text */
#define SHELL_MAX_STEPS	 20000	     /* commands of a script or Makefile, loops counted each time */
#define SHELL_MAX_WORK	 (64u << 20) /* bytes that are expanded in all */
#define SHELL_MAX_VALUE	 (1u << 18)  /* bytes of a variable, of an output, of a word */

/* How much of the limits one or several shells have used; {0}: nothing. */
struct shell_spent {
	int steps;
	size_t work; /* bytes looked at */
};

bool shell_is_spent(const struct shell_spent *s); /* nothing more is read */

struct shell_ops {
	/* Adds the files that the pattern matches, as names that work where the
	 * shell is now. */
	void (*glob)(void *ctx, const char *pattern, struct strv *hits);
	/* Appends the text of the file; false if there is none. */
	bool (*read)(void *ctx, const char *name, struct str *out);
	/* Called for each command in order, words expanded. NULL: none is wanted. */
	void (*run)(void *ctx, char *const *words, size_t n, int line);
	/* Appends the repository's top folder, as a name that works here. May be NULL. */
	void (*top)(void *ctx, struct str *out);
	/* A subshell begins (true) or ends: what `cd` did in it is undone. May be NULL. */
	void (*nest)(void *ctx, bool in);
};

struct shell;

/* script: its name, for `$0`. ops, ctx and spent must outlive the shell. */
struct shell *shell_new(const struct shell_ops *ops, void *ctx, const char *script,
			struct shell_spent *spent);
void shell_free(struct shell *s); /* NULL is fine */

/* NULL: not set. Borrowed until it is set again. */
const char *shell_get(const struct shell *s, const char *name);

/* Reads commands; line is the number of the first. Variables stay for the next call. */
void shell_text(struct shell *s, const char *text, size_t len, int line);

/* Reads the functions that were defined and never called. */
void shell_end(struct shell *s);

/* Appends what the command would print; SHELL_UNKNOWN if that cannot be known. */
void shell_output(struct shell *s, const char *command, struct str *out);

/* True if the word holds something that only a run can tell. */
bool shell_unknown(const char *word);

#endif
