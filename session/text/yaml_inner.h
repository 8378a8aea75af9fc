/* yaml_inner.h - the cursor of the YAML reader, and how it reads one word or line.
 * For session/text/yaml*.c only.
 */
#ifndef POSEDGE_YAML_INNER_H
#define POSEDGE_YAML_INNER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/json.h"
#include "session/base/str.h"

#define YAML_MAX_ANCHORS 1000

struct yaml {
	const char *s;
	size_t len, i;
	size_t line_start;
	int depth;
	size_t nodes;
	struct strv names;			/* of the anchors */
	const cJSON *anchors[YAML_MAX_ANCHORS]; /* point into the tree */
	cJSON *merged;				/* keeps values of `<<`: an anchor may point into
						 * them */
	struct err *err;
	bool failed;
};

/* Returns NULL. Keeps the first failure, with its line number. */
cJSON *yaml_fail(struct yaml *y, const char *why);

/* Counts n and returns it; fails above YAML_MAX_NODES. */
cJSON *yaml_node(struct yaml *y, cJSON *n);
cJSON *yaml_string(struct yaml *y, struct str *s); /* takes s over */

char yaml_at(const struct yaml *y, size_t i); /* the byte at i; a newline after the end */
bool yaml_blank(char c);
bool yaml_ends_word(const struct yaml *y, size_t i);
void yaml_skip_blanks(struct yaml *y);

/* True if only blanks and a comment, which it skips, are left in the line. */
bool yaml_line_is_over(struct yaml *y);

/* Moves to the next content and returns its column, or -1 at the end of the
 * document. */
int yaml_next(struct yaml *y);
int yaml_column(const struct yaml *y);

/* Appends the quoted string at the cursor. False when its quote is not closed. */
bool yaml_quoted(struct yaml *y, struct str *out);

/* Appends the text up to the end of the line, a comment or, in flow context, a
 * bracket, a comma or `: `. */
void yaml_plain_line(struct yaml *y, struct str *out, bool in_flow);

/* An unquoted scalar; continues on lines that are indented deeper than col. */
cJSON *yaml_plain(struct yaml *y, int col);

/* A `|` or `>` scalar: the lines that are indented deeper than col. */
cJSON *yaml_literal(struct yaml *y, int col);

#endif
