/* batch_module.h - batch_inside.c as a VPI module of Icarus, compiled once.
 *
 * Compiled in a sandbox and kept in the user's cache under a hash of its source.
 */
#ifndef POSEDGE_BATCH_MODULE_H
#define POSEDGE_BATCH_MODULE_H

struct engine_job;

/* Call in a task before the job has run anything in its stage. The folder with
 * batch.vpi; the caller frees it. NULL: no compiler, or no cache. */
char *batch_module(const struct engine_job *j);

#endif
