/* runtime.h - Verilator's run-time library, compiled once and cached.
 *
 * `verilator --binary` compiles it in every build, which is most of the time. Here it
 * is compiled at first use, together with a precompiled header, into the user's cache,
 * in a folder named by a hash of the tools and the flags.
 */
#ifndef POSEDGE_RUNTIME_H
#define POSEDGE_RUNTIME_H

#include <stdbool.h>

#include "session/base/err.h"

struct engine_job;
struct run_listener;

/* True if it is in the cache. */
bool runtime_there(bool trace, bool fst);

/* Call in a task: the folder with the library and its header, built if necessary; the
 * caller frees it. Of two callers one builds it and the other waits. If the cache is
 * not writable it is built in the stage for this run only, and progress says what to
 * set. NULL: it does not compile, or not in time. */
char *runtime_get(const struct engine_job *j, const struct run_listener *to, struct err *err);

/* Call in a task: builds dir/RUNTIME_COVERAGE if it is missing, for a model that
 * records coverage. dir: from runtime_get(). */
#define RUNTIME_COVERAGE "verilated_cov.o"
bool runtime_coverage(const struct engine_job *j, const char *dir, struct err *err);

#endif
