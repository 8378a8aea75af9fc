/* batch_module.h - batch_inside.c as a module of Icarus, compiled once and kept.
 *
 * In the user's cache, under a name made of its text; compiled in a sandbox.
 */
#ifndef POSEDGE_BATCH_MODULE_H
#define POSEDGE_BATCH_MODULE_H

struct engine_job;

/* In a task, before anything of the job has run in its stage: the folder that
 * holds batch.vpi; the caller frees. NULL: there is no compiler, or no cache. */
char *batch_module(const struct engine_job *j);

#endif
