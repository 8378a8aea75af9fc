/* log.h - what the program decided and why, for the one who debugs it.
 *
 * The terminal belongs to ui, so the log is a file; nothing is written until
 * one was opened. A line is "time area text". Keys are never logged.
 */
#ifndef POSEDGE_LOG_H
#define POSEDGE_LOG_H

#include <stdbool.h>

#include "session/base/err.h"

bool log_open(const char *path, struct err *err);	/* 0600, appended to */
void log_close(void);
void log_line(const char *area, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
