/* bench_code.h - an answer as code, by our own rules.
 *
 * The rules by which an answer becomes files for a person (session/answer), for a
 * project that is empty: what they refuse is no code here either. Pure.
 */
#ifndef POSEDGE_BENCH_CODE_H
#define POSEDGE_BENCH_CODE_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* Adds the files that the answer proposes, one after another. False: it has none;
 * *why, which the caller frees, then says what it had instead. */
bool bench_code(const char *answer, size_t len, struct str *code, char **why);

#endif
