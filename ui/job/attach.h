/* attach.h - what a question's @words attach to it, in addition to the spec and the
 * files.
 *
 * "@lint" the findings, "@sim" or "@wave" the cycles before the first failure, "@why"
 * the drivers of the signals that failed, "@wave:120..160ns" the waves in that range,
 * "@coverage" and "@mutants" the results of the last `coverage` and `mutants`,
 * "@mcp:SERVER:ADDRESS" a resource of a tool server, "@rtl/fifo.sv" a file,
 * "@rtl/fifo.sv:10-40" lines of it. Images ("@fsm.png") are handled by ask_image.h.
 */
#ifndef POSEDGE_ATTACH_H
#define POSEDGE_ATTACH_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct ask_named;
struct workbench;

/* Attaches everything that question names by @. ERR_NOT_FOUND: no such file, or
 * nothing to attach. */
bool attach_named(struct workbench *w, const char *question, const char *cycles,
		  struct ask_named *a, struct err *err);

/* The table for "@wave:RANGE"; call in a task. ERR_NOT_FOUND: there are no waves;
 * ERR_USAGE: range is malformed. */
bool attach_wave(struct workbench *w, const char *range, struct str *title, struct str *text,
		 struct err *err);

/* The texts for "@coverage" and "@mutants". ERR_NOT_FOUND: the command has not run
 * yet. */
bool attach_coverage(struct workbench *w, struct str *out, struct err *err);
bool attach_mutants(struct workbench *w, struct str *out, struct err *err);

/* Makes a question from the findings, or else from the failure. ERR_USAGE: there is nothing
 * to fix. */
bool attach_fix(struct workbench *w, const char *cycles, struct str *question, struct err *err);

/* Appends the paths and words that may follow an @ and begin with prefix. */
void attach_complete(struct workbench *w, const char *prefix, struct strv *out);

#endif
