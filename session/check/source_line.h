/* source_line.h - single lines of the sources on disk, for what shows them beside something else.
 * Keeps the file that was asked about last.
 */
#ifndef POSEDGE_SOURCE_LINE_H
#define POSEDGE_SOURCE_LINE_H

#include <stdint.h>

#include "session/base/str.h"

struct source_line {
	const char *root; /* borrowed */
	char *path;	  /* of the file that is kept; NULL: none */
	struct str text;  /* "" if it cannot be read */
};

/* From the beginning of a line, 1-based, to the end of the file. path: relative to the root.
 * NULL: there is no such line. Borrowed until the next call. */
const char *source_line(struct source_line *s, const char *path, uint32_t line);
void source_line_fini(struct source_line *s);

#endif
