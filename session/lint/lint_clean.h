/* lint_clean.h - designs in which a tool found nothing to say, remembered between commands.
 *
 * A file in the user's cache holds a hash of everything that the answer depends on: the tool's
 * program, what it is given, and the contents of all sources (lint_known_key). A design that is
 * in it need not be shown to that tool again. Designs with errors are not kept, so a finding is
 * always one of this run. It lies outside of the project, because a clone could bring a file that
 * says that all is well. It is not an error if the file cannot be read or written: the tool is
 * asked then.
 */
#ifndef POSEDGE_LINT_CLEAN_H
#define POSEDGE_LINT_CLEAN_H

#include <stdbool.h>

#include "session/base/hash.h"

struct sim_job;
struct simulator_ops;

#define LINT_CLEAN_MAX 2000u /* designs; the oldest give way */

struct lint_clean;

/* Reads what is remembered of that tool. Never NULL. */
struct lint_clean *lint_clean_open(const struct simulator_ops *ops);

/* True if the tool found no error in that job before. key: for lint_clean_add(); empty if a
 * source cannot be read. */
bool lint_clean_has(struct lint_clean *c, const struct sim_job *j, char key[HASH_HEX + 1]);

void lint_clean_add(struct lint_clean *c, const char *key);

/* Writes what was added. NULL is fine. */
void lint_clean_close(struct lint_clean *c);

#endif
