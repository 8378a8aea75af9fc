/* header.h - a header of HTTP requests as a person gives it: "NAME=VALUE". Pure.
 *
 * The value may name a secret (backends/hosted/secret.h) and is not looked up here.
 */
#ifndef POSEDGE_HEADER_H
#define POSEDGE_HEADER_H

#include <stdbool.h>

#include "session/base/err.h"

/* True if it can stand in a request as one line. ERR_USAGE begins with "header.NAME". */
bool header_check(const char *option, struct err *err);

#endif
