/* attach.h - what a question takes along besides the spec and the files.
 *
 * "@lint" the findings, "@sim" or "@wave" the cycles before the first failure,
 * "@why" what drove the signals that failed, "@wave:120..160ns" what the waves show in that time,
 * "@coverage" and "@mutants" what the last `coverage` and `mutants` found,
 * "@mcp:SERVER:ADDRESS" a resource of a server of tools,
 * "@rtl/fifo.sv" a file, "@rtl/fifo.sv:10-40" some of its lines. Images
 * ("@fsm.png") are none of its business: see ask_image.h.
 */
#ifndef POSEDGE_ATTACH_H
#define POSEDGE_ATTACH_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct prompt_piece;
struct workbench;

struct attached {
	struct prompt_piece *v;
	size_t n, cap;
	struct strv texts;   /* titles and texts of v */
	struct str question; /* of attach_fix() */
};

void attached_fini(struct attached *a);

/* All that question names by @. ERR_NOT_FOUND: no such file, or nothing there
 * to attach. */
bool attach_named(struct workbench *w, const char *question, const char *cycles, struct attached *a,
		  struct err *err);

/* In a task: the table for "@wave:RANGE". ERR_NOT_FOUND: there are no waves;
 * ERR_USAGE: it is no range. */
bool attach_wave(struct workbench *w, const char *range, struct str *title, struct str *text,
		 struct err *err);

/* The texts for "@coverage" and "@mutants". ERR_NOT_FOUND: the command was not run yet. */
bool attach_coverage(struct workbench *w, struct str *out, struct err *err);
bool attach_mutants(struct workbench *w, struct str *out, struct err *err);

/* The findings, else the failure, as a question; nothing is attached to it.
 * ERR_USAGE: nothing is to be fixed. */
bool attach_fix(struct workbench *w, const char *cycles, struct attached *a, struct err *err);

/* Paths and words that could stand after an @ and begin with prefix. */
void attach_complete(struct workbench *w, const char *prefix, struct strv *out);

#endif
