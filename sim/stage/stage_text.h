/* stage_text.h - what a staged source says differently from the project's.
 *
 * Names that start at the root of the disk, which a tool in the sandbox cannot reach,
 * become names in the run's folder; tasks of foreign_waves.h and configurations become
 * blanks. Lines and columns stay. Pure.
 */
#ifndef POSEDGE_STAGE_TEXT_H
#define POSEDGE_STAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* rooted: the names, NULL-terminated; NULL: none. out is empty. False, with nothing
 * appended: the text stays as it is. */
bool stage_text(const char *const *rooted, const char *text, size_t len, struct str *out);

#endif
