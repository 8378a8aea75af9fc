/* merge.h - two texts that were made from one, as one text: line by line.
 *
 * The classic three-way merge ("A formal investigation of diff3", Khanna,
 * Kunal, Pierce, 2007): where only one side changed, its change is taken;
 * where both changed the same lines, or lines with nothing unchanged between,
 * it is a conflict unless both say the same. Which of several equal lines was
 * added or removed nobody can know; where the merged text would depend on it,
 * that is a conflict, too. In a conflict the result holds
 * theirs: it is meant to be proposed over mine, so that a diff of mine and
 * the result shows both. Pure.
 */
#ifndef POSEDGE_MERGE_H
#define POSEDGE_MERGE_H

#include <stddef.h>

struct lines;
struct str;

/* The number of conflicts; the merged text is added to out. */
size_t merge3(const struct lines *base, const struct lines *mine, const struct lines *theirs,
	      struct str *out);

#endif
