/* bench_code.h - extracts code from an answer by our own rules.
 *
 * These are the rules that turn an answer into files for a person (session/answer),
 * applied to an empty project. What they refuse does not count as code. Pure.
 */
#ifndef POSEDGE_BENCH_CODE_H
#define POSEDGE_BENCH_CODE_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* Appends the files in the answer, one after another. False: there are none; *why
 * says what the answer contains instead, and the caller frees it. */
bool bench_code(const char *answer, size_t len, struct str *code, char **why);

#endif
