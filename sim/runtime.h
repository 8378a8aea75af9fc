/* runtime.h - Verilator's run-time library, compiled once and kept.
 *
 * `verilator --binary` compiles it anew in every build; that is most of the
 * time. Here it is compiled on first use, together with a precompiled header,
 * into the user's cache, under a name made of the tools and the flags: another
 * Verilator, compiler or flag is another folder.
 */
#ifndef POSEDGE_RUNTIME_H
#define POSEDGE_RUNTIME_H

#include <stdbool.h>

#include "session/base/err.h"

struct engine_job;
struct run_listener;
struct strv;

/* trace: the model writes waves; fst: as FST, which needs zlib's header.
 *
 * The flags that the library, the header and the model must share to the
 * letter, or gcc ignores the header without a word. */
void runtime_flags(bool trace, bool fst, struct strv *argv);

/* Whether it is compiled already. */
bool runtime_there(bool trace, bool fst);

/* In a task: the folder with libvrt.a and pch.h.gch, made if need be; the
 * caller frees. Two that want it at once: one makes it, the other waits. Where the cache
 * cannot be written to it is made in the stage, for this run alone, and progress says
 * what to set. NULL: it does not compile, or not in time. */
char *runtime_get(const struct engine_job *j, const struct run_listener *to, struct err *err);

/* In a task: makes dir/RUNTIME_COVERAGE, for a model that counts what is reached,
 * if it is not there. dir: of runtime_get(). */
#define RUNTIME_COVERAGE "verilated_cov.o"
bool runtime_coverage(const struct engine_job *j, const char *dir, struct err *err);

#endif
