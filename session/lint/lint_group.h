/* lint_group.h - which designs can be linted in one run of the tool.
 *
 * The designs of a group do not affect each other when their files are read one
 * after the other: no module is defined in two files, no macro of one design is
 * used by a file that only another one has, an included name is the same file for
 * all, and the options are equal. See lint_run.c for what can still go wrong.
 * Small designs are grouped freely, large ones only with designs that share most
 * of their files.
 */
#ifndef POSEDGE_LINT_GROUP_H
#define POSEDGE_LINT_GROUP_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct design;
struct project;

/* Sets group[i] to the group of design i, and *groups to their number. Groups are
 * numbered from 0 in the order of their first designs. In a task the loop turns
 * meanwhile, and p must not change; fails when that task is cancelled. */
bool lint_group(const struct project *p, const struct design *const *v, size_t n, size_t *group,
		size_t *groups, struct err *err);

#endif
