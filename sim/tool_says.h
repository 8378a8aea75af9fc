/* tool_says.h - what a tool said of itself, kept in the user's cache.
 *
 * iverilog starts four more processes to tell its version, half as long as a small design
 * takes. What it said holds as long as the program is the same file: by its path with
 * links followed, size, inode and times. After a script of the same size and times
 * another tool may stand; that is not seen.
 */
#ifndef POSEDGE_TOOL_SAYS_H
#define POSEDGE_TOOL_SAYS_H

#include <stdbool.h>

struct str;

/* The line, which the caller frees; NULL: nothing is kept of the tool as it is now. */
char *tool_says_kept(const char *tool);

/* Without a cache that can be written to nothing is kept. */
void tool_says_keep(const char *tool, const char *line);

/* Adds a line that says which file that is now; false: it is not there. */
bool tool_says_file(const char *path, struct str *out);

#endif
