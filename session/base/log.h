/* log.h - what the program decided and why, for debugging.
 *
 * The terminal belongs to ui, so the log is a file; nothing is written until one is
 * opened with `-v FILE` or `set log FILE`. A line is "time area text":
 *
 *   task     a task began or ended, and after how many ms
 *   child    a program was started, with its argv; how it ended and after how many ms
 *   lane     a program was run in a sandbox that was already open
 *   http     a request: its size, status, time to the first byte and in all
 *   frame    a frame was put off because the terminal has not read the last one; how late it came
 *   cache    a result was taken from a cache
 *   loop     a turn of the loop took long
 *   sandbox, sim, graph, gtkwave, peer, mcp, wave   decisions of these parts
 *
 * Keys, the text of prompts and answers, and request headers are never logged.
 */
#ifndef POSEDGE_LOG_H
#define POSEDGE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;

/* Opens path for appending, mode 0600, and closes an earlier log. On ERR_IO the
 * earlier log stays open. */
bool log_open(const char *path, struct err *err);
bool log_is_open(void); /* check before computing something only to log it */

/* Filters run on each line before it is written, in the order they were added; they
 * take secrets out. Appends the cleaned text to out. */
typedef void log_clean_fn(void *ctx, const char *text, size_t len, struct str *out);

void log_filter_add(log_clean_fn *clean, void *ctx);	/* active until it is removed; ctx is
							 * borrowed */
void log_filter_remove(log_clean_fn *clean, void *ctx); /* removes this pair only */

void log_close(void);
void log_line(const char *area, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
