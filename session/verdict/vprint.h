/* vprint.h - the statements of a design that print, and which of them printed
 * a line: so that the number in it that is a time is found, with its unit.
 *
 * Reads $display, $write, $error and their like, $sformatf too, `timescale and
 * timeunit, and $timeformat. Follows `include where the file was added; expands
 * no macros and reads all branches of an `ifdef. Limits: 4096 statements, each
 * of 64 pieces; four million tokens in their brackets; includes 16 deep.
 */
#ifndef POSEDGE_VPRINT_H
#define POSEDGE_VPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/verdict/told_time.h"

struct vprint;

struct vprint *vprint_new(void);
void vprint_free(struct vprint *p); /* NULL is fine */

/* In the order in which the tool reads them: a `timescale holds on into the
 * next file. path as an `include would end in it; both borrowed until
 * vprint_end(). */
void vprint_add(struct vprint *p, const char *path, const char *text, size_t len);
void vprint_end(struct vprint *p); /* once, after the last */

/* Puts into t what the sources know of the time in line, which is t as
 * told_time_read() or the simulator's own line gave it: the number that the
 * statement printed as $time, its unit, or that the statement prints no time. */
void vprint_time(const struct vprint *p, const char *line, size_t len, struct told_time *t);

/* How many letters of its own the statement has that explains most of the line; 0: none
 * printed it. */
int vprint_score(const struct vprint *p, const char *line, size_t len);

/* The step of the simulation as the `timescales ask for it: false when there
 * is none, or some module has none. */
bool vprint_step(const struct vprint *p, int *exponent);

/* The last resort for a number without a unit: it is taken for a time of the
 * dump when only one of the units in the sources, or the step, puts it at or
 * before end. As told_time_to_dump(). */
bool vprint_settle(const struct vprint *p, const struct told_time *t, int magnitude, int exponent,
		   uint64_t end, uint64_t *time);

#endif
