/* runtime_make.h - what the run-time library consists of, compiled.
 */
#ifndef POSEDGE_RUNTIME_MAKE_H
#define POSEDGE_RUNTIME_MAKE_H

#include <stdbool.h>

#include "session/base/err.h"

struct engine_job;

/* Call in a task: compiles the library and its header into the folder dir, two files
 * at a time. Fails with the compiler's words, ERR_TIMEOUT or ERR_CANCELLED; the
 * compilers have ended then, and what they made may still be there. */
bool runtime_make(const struct engine_job *j, const char *dir, struct err *err);

#endif
