/* log.h - what the program decided and why, for debugging.
 *
 * The terminal belongs to ui, so the log is a file; nothing is written until
 * one was opened, by `-v FILE` or `set log FILE`. A line is "time area text":
 *
 *   task     a task begins; it ends, and after how many ms
 *   child    a program starts, with its argv; it ends, how, and after how many ms
 *   lane     a program was run in a sandbox that was already open
 *   http     a request: its size, the status, the time to the first byte and in all
 *   frame    a frame is put off because the terminal has not taken the last; how late it came
 *   cache    a result was taken from a cache
 *   loop     a turn of the loop took long
 *   sandbox, sim, graph, gtkwave, peer, mcp, wave   decisions of these parts
 *
 * Keys, the text of prompts and answers, and headers of requests are never
 * logged.
 */
#ifndef POSEDGE_LOG_H
#define POSEDGE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;

/* 0600, appended to; an earlier one is closed. Fails with ERR_IO, and then that
 * one goes on. */
bool log_open(const char *path, struct err *err);
bool log_is_open(void); /* else what costs time to tell need not be told */

/* What each line goes through on its way, one after the other, in the order they
 * were added: secrets are taken out there. Appends what may be written to out. */
typedef void log_clean_fn(void *ctx, const char *text, size_t len, struct str *out);

void log_filter_add(log_clean_fn *clean, void *ctx);	/* until it is removed; ctx is borrowed */
void log_filter_remove(log_clean_fn *clean, void *ctx); /* that pair; the others stay */

void log_close(void);
void log_line(const char *area, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
