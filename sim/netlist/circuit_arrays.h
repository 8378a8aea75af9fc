/* circuit_arrays.h - expands arrays of instances, such as "inv u[3:0](...)". */
#ifndef POSEDGE_CIRCUIT_ARRAYS_H
#define POSEDGE_CIRCUIT_ARRAYS_H

struct circuit;

/* Replaces each array by children "u[0]", "u[1]" and so on, whose ports get their
 * slices of the connections. An array of more than 4096 instances, or with a
 * connection that cannot be sliced, stays. Call when widths are known, after
 * circuit_find_modules() and before circuit_finish(). */
void circuit_arrays_unroll(struct circuit *c);

#endif
