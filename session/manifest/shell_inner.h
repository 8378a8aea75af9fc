/* shell_inner.h - shared by the parts of shell.h; for session/manifest/shell*.c only. */
#ifndef POSEDGE_SHELL_INNER_H
#define POSEDGE_SHELL_INNER_H

#include "session/manifest/manifest_inner.h"
#include "session/manifest/shell.h"

struct shell_token {
	char *text; /* a word with its quotes, or an operator */
	int line;
	bool op;
	bool first; /* a word where a command may begin */
};

struct shell_tokens {
	struct shell_token *v;
	size_t n, cap;
};

/* line: number of the first line of text. */
void shell_lex(struct shell_tokens *t, const char *text, size_t len, int line);
void shell_tokens_fini(struct shell_tokens *t);

/* Offset behind what opens at text[i]: a quote, a backquote, `$(`, `${`, or `(`. */
size_t shell_skip(const char *text, size_t i, size_t len);

/* For NAME=value and NAME+=value, the length of NAME; else 0. */
size_t shell_assigned(const char *word);

struct shell_function {
	char *name;
	const struct shell_tokens *tokens;
	size_t from, to;
	bool called;
};

struct shell {
	const struct shell_ops *ops;
	void *ctx;
	/* shell_output(), which expands words, which call it */
	void (*output)(struct shell *s, const char *command, struct str *out);
	struct manifest_vars vars;
	struct shell_tokens **texts; /* all that were read; functions point into them */
	size_t n_texts, cap_texts;
	struct shell_function *functions;
	size_t n_functions, cap_functions;
	int depth, branches, nested, loops;
	struct shell_spent *spent;
};

/* Adds the words that the raw word stands for. */
void shell_words(struct shell *s, const char *raw, struct strv *out);

/* The raw word as one text, not split at blanks; the caller frees. */
char *shell_value(struct shell *s, const char *raw);

/* True if one of the words is a keyword that may stand before a command. */
bool shell_keyword(const char *word);

#endif
