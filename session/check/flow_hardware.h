/* flow_hardware.h - what changes as hardware when a suggestion is taken: one task. */
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

/* The modules of the first file, with all below them, if all n held these
 * texts; adds to *out. A text without a module is no hardware. Nothing is
 * recorded. From memory when memo (may be NULL) knows it. */
bool flow_hardware_if(struct workbench *w, struct text_memo *memo, const struct overlay *v,
		      size_t n, struct hardware *out, struct err *err);

/* Whether the next is about all of suggestion n: nothing of it is decided yet. */
bool flow_hardware_all(const struct state *st, uint64_t n);

/* The base of suggestion n against it with what was taken or, while nothing is
 * decided, against all of it; with the other files of its answer in both. A
 * module of another file that only one of the two uses is no difference: the
 * instance is, and what changes in that file is told for it. Adds the lines of
 * hardware_compare() to *lines. False: err says which of the two
 * cannot be elaborated, and why. */
bool flow_hardware(struct workbench *w, struct text_memo *memo, uint64_t n, struct strv *lines,
		   struct err *err);

#endif
