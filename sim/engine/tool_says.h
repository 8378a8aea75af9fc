/* tool_says.h - version lines of tools, kept in the user's cache.
 *
 * iverilog starts four more processes to print its version, half as long as a small
 * design takes. A line is valid while the program is the same file: by its resolved
 * path, size, inode and times. A wrapper script that now starts another tool is not
 * noticed if its own size and times are unchanged.
 */
#ifndef POSEDGE_TOOL_SAYS_H
#define POSEDGE_TOOL_SAYS_H

#include <stdbool.h>

struct str;

/* The cached line, owned by the caller; NULL: none for the current file. */
char *tool_says_kept(const char *tool);

/* No-op if the cache is not writable. */
void tool_says_keep(const char *tool, const char *line);

/* Appends a line that identifies the file; false: it does not exist. */
bool tool_says_file(const char *path, struct str *out);

#endif
