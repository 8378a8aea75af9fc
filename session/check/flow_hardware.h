/* flow_hardware.h - what changes in hardware if a suggestion is taken. Waits in the task. */
#ifndef POSEDGE_FLOW_HARDWARE_H
#define POSEDGE_FLOW_HARDWARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct hardware;
struct state;
struct strv;
struct overlay;
struct text_memo;
struct workbench;

#define HARDWARE_MEMO_SIZE 32

struct text_memo *hardware_memo_new(void); /* see text_memo.h */

/* Adds to *out the modules of the first file, with everything below them, as if
 * all n files had these texts. Nothing is added if the text has no module.
 * Records nothing. memo: cache; may be NULL. */
bool flow_hardware_if(struct workbench *w, struct text_memo *memo, const struct overlay *v,
		      size_t n, struct hardware *out, struct err *err);

/* True if flow_hardware() would compare all of suggestion n, because none of it
 * is decided. */
bool flow_hardware_all(const struct state *st, uint64_t n);

/* Compares the base of suggestion n with what was taken or, if nothing is decided
 * yet, with all of it; the answer's other files are in both. A module of another
 * file that only one of the two uses is not reported: its instance is, and the
 * change of that file covers the rest. Adds the lines of hardware_compare() to
 * *lines. False: err says which side cannot be elaborated, and why. */
bool flow_hardware(struct workbench *w, struct text_memo *memo, uint64_t n, struct strv *lines,
		   struct err *err);

#endif
