/* merge.h - three-way merge of two texts with a common base, line by line.
 *
 * The classic merge ("A formal investigation of diff3", Khanna, Kunal, Pierce,
 * 2007): where only one side changed, its change is taken; where both changed the
 * same or adjacent lines it is a conflict, unless the changes are equal. Nobody can
 * know which of several equal lines was added or removed; where the merged text
 * depends on it, that is a conflict too. In a conflict the result contains theirs:
 * the result is meant to be proposed over mine, so a diff of the two shows both.
 * Pure.
 */
#ifndef POSEDGE_MERGE_H
#define POSEDGE_MERGE_H

#include <stddef.h>

struct lines;
struct str;

/* Appends the merged text to out and returns the number of conflicts. */
size_t merge3(const struct lines *base, const struct lines *mine, const struct lines *theirs,
	      struct str *out);

#endif
