/* yaml_inner.h - the cursor of the YAML reader, and what one word or line of it is. For
 * session/text/yaml*.c only.
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
	struct strv names;			/* of anchors */
	const cJSON *anchors[YAML_MAX_ANCHORS]; /* inside the tree */
	cJSON *merged;				/* what `<<` named: an anchor may lie in it */
	struct err *err;
	bool failed;
};

/* NULL; the first failure is kept, with its line. */
cJSON *yaml_fail(struct yaml *y, const char *why);

/* n, counted: above YAML_MAX_NODES it fails. */
cJSON *yaml_node(struct yaml *y, cJSON *n);
cJSON *yaml_string(struct yaml *y, struct str *s); /* takes s over */

char yaml_at(const struct yaml *y, size_t i); /* a line feed after the end */
bool yaml_blank(char c);
bool yaml_ends_word(const struct yaml *y, size_t i);
void yaml_skip_blanks(struct yaml *y);

/* At the end of a line but for blanks and a comment, which are skipped. */
bool yaml_line_is_over(struct yaml *y);

/* Goes to the next content; its column, or -1 at the end of the document. */
int yaml_next(struct yaml *y);
int yaml_column(const struct yaml *y);

/* Adds what stands in the quotes at the cursor. False: they are not closed. */
bool yaml_quoted(struct yaml *y, struct str *out);

/* Up to the end of the line, a comment or, in flow, a bracket, a comma or `: `. */
void yaml_plain_line(struct yaml *y, struct str *out, bool in_flow);

/* A scalar without quotes; goes on in lines that are further in than col. */
cJSON *yaml_plain(struct yaml *y, int col);

/* `|` or `>`: the lines that are further in than col. */
cJSON *yaml_literal(struct yaml *y, int col);

#endif
