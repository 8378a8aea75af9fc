/* log.h - what the program decided and why, for the one who debugs it.
 *
 * The terminal belongs to ui, so the log is a file; nothing is written until
 * one was opened. A line is "time area text". Keys are never logged.
 */
#ifndef POSEDGE_LOG_H
#define POSEDGE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;

bool log_open(const char *path, struct err *err); /* 0600, appended to */

/* What each line goes through on its way, one after the other, in the order they
 * were added: secrets are taken out there. Appends what may be written to out. */
typedef void log_clean_fn(void *ctx, const char *text, size_t len, struct str *out);

void log_filter_add(log_clean_fn *clean, void *ctx);	/* until it is removed; ctx is borrowed */
void log_filter_remove(log_clean_fn *clean, void *ctx); /* that pair; the others stay */

void log_close(void);
void log_line(const char *area, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
