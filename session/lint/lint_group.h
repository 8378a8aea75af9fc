/* lint_group.h - which designs can be given to the tool in one go.
 *
 * Those of a group do not see each other when their files are read one after
 * the other: no two files of it define one module, a macro of one design means
 * nothing to a file that only another has, a name that is included is the same
 * file to all, and the options are the same. See lint_run.c for what may still
 * go wrong. Small designs are put together, larger ones only with those that
 * hold mostly the same files.
 */
#ifndef POSEDGE_LINT_GROUP_H
#define POSEDGE_LINT_GROUP_H

#include <stddef.h>

struct design;
struct project;

/* group[i] becomes the number of design i's; they are numbered from 0 in the
 * order of their first designs. How many there are. */
size_t lint_group(const struct project *p, const struct design *const *v, size_t n, size_t *group);

#endif
