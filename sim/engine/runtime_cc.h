/* runtime_cc.h - g++ as all parts of a model of Verilator are compiled with it.
 */
#ifndef POSEDGE_RUNTIME_CC_H
#define POSEDGE_RUNTIME_CC_H

#include <stdbool.h>

#include "session/base/err.h"

struct engine_job;
struct strv;

/* The flags that library, header and model must have in common; gcc silently ignores
 * a header built with others. trace: the model writes waves; fst: as FST, which
 * needs zlib's header. */
void runtime_flags(bool trace, bool fst, struct strv *argv);

/* The folder of Verilator's headers and sources; the caller frees it. */
char *runtime_include(void);

/* In a task: runs a compiler in the sandbox, with dir as its folder and writable. */
bool runtime_compile(const struct engine_job *j, const char *dir, const struct strv *argv,
		     struct err *err);

/* Adds the words that make RUNTIME_LIBRARY of objects; script: a file with
 * runtime_script. */
#define RUNTIME_LIBRARY "library.o"
extern const char runtime_script[];
void runtime_merge(const struct strv *objects, const char *script, struct strv *argv);

/* Adds the words that link source, and object if it is not NULL, with the library in
 * the folder rt to out. */
void runtime_link(const struct engine_job *j, const char *rt, const char *source,
		  const char *object, const char *out, struct strv *argv);

#endif
