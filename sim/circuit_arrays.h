/* circuit_arrays.h - arrays of instances, "inv u[3:0](...)", as the instances that they are. */
#ifndef POSEDGE_CIRCUIT_ARRAYS_H
#define POSEDGE_CIRCUIT_ARRAYS_H

struct circuit;

/* Each child that is an array becomes "u[0]", "u[1]" and so on, whose ports have their part
 * of what is connected. One that is larger than 4096, or is connected with something whose
 * parts cannot be told, stays what it is. Widths are known, and circuit_find_modules() was
 * called; circuit_finish() comes next. */
void circuit_arrays_unroll(struct circuit *c);

#endif
