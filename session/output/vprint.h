/* vprint.h - the print statements of a design, and which of them printed a line,
 * to find the time in the line and its unit.
 *
 * Reads $display, $write, $error and the like, also $sformatf, `timescale and
 * timeunit, and $timeformat. Follows `include if the file was added; expands no
 * macros and reads all branches of an `ifdef. Limits: 4096 statements with 64
 * pieces each; four million tokens in their arguments; 16 nested includes.
 */
#ifndef POSEDGE_VPRINT_H
#define POSEDGE_VPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/output/told_time.h"

struct vprint;

struct vprint *vprint_new(void);
void vprint_free(struct vprint *p); /* NULL is fine */

/* Add files in the order in which the tool reads them, since a `timescale applies
 * to following files as well. path: its end is compared with the name in an
 * `include. The text is borrowed until vprint_end(), the path until vprint_free(). */
void vprint_add(struct vprint *p, const char *path, const char *text, size_t len);
void vprint_end(struct vprint *p); /* call once, after the last file */

/* Updates t, the time in line according to told_time_read() or the simulator's
 * own line, with what the sources say: the number that the statement printed as
 * $time, its unit, or that the statement prints no time. */
void vprint_time(const struct vprint *p, const char *line, size_t len, struct told_time *t);

/* Number of literal characters in the statement that matches the line best; 0 if
 * none matches. */
int vprint_score(const struct vprint *p, const char *line, size_t len);

/* Where the statement is that matches the line best: the path as it was added, and the line.
 * False if several do, or none. The path is that of vprint_add(). */
bool vprint_place(const struct vprint *p, const char *line, size_t len, const char **path, int *at);

/* The simulation's step according to the `timescales. False if there are none, or
 * a module has none. */
bool vprint_step(const struct vprint *p, int *exponent);

/* Last resort for a number without a unit: accepts it as a time of the dump if
 * exactly one of the units in the sources, or the step, puts it at or before end.
 * Otherwise like told_time_to_dump(). */
bool vprint_settle(const struct vprint *p, const struct told_time *t, int magnitude, int exponent,
		   uint64_t end, uint64_t *time);

#endif
