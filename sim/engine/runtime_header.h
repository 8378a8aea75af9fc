/* runtime_header.h - the header that all models of Verilator include, precompiled.
 *
 * Made in the folder of the run-time library (runtime.h), which has the code of the
 * templates in it. It has what Verilator lacks for some testbenches, see in_order in
 * the source.
 */
#ifndef POSEDGE_RUNTIME_HEADER_H
#define POSEDGE_RUNTIME_HEADER_H

#include <stdbool.h>

#include "session/base/err.h"

struct engine_job;
struct hash;
struct strv;

/* Files in that folder. */
#define RUNTIME_HEADER	 "fast/pch.h" /* -include this: g++ finds fast/pch.h.gch */
#define RUNTIME_TEXT	 "pch.h"      /* the same, with all functions, as text */
#define RUNTIME_IN_ORDER "in_order.h" /* included in the library's sources, too */

/* Adds what the result depends on apart from tools and flags. */
void runtime_header_hash(struct hash *h);

/* g++ and the flags that header and model have in common. */
void runtime_header_flags(const struct engine_job *j, struct strv *argv);

/* Writes the text into dir. */
bool runtime_header_write(const struct engine_job *j, const char *dir, struct err *err);

/* Call in a task, with the text in dir: precompiles it. */
bool runtime_header_make(const struct engine_job *j, const char *dir, struct err *err);

/* Call in a task, with the library in dir as well: precompiles it once more, without
 * what needs it, if a small model does not link. */
bool runtime_header_try(const struct engine_job *j, const char *dir, struct err *err);

#endif
