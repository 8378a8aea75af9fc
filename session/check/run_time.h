/* run_time.h - the time of a run's first failure, in the unit of its dump. */
#ifndef POSEDGE_RUN_TIME_H
#define POSEDGE_RUN_TIME_H

#include <stdbool.h>
#include <stdint.h>

struct run_result;
struct sim_job;
struct str;
struct told_time;
struct vprint;
struct trace;

/* Sets the place of a failure that has none to that of the statement that printed it, if only
 * one may have; has_time and first_time from r->told, the sources of j and t (NULL: no
 * dump; the unit is then the simulation's step). has_time is false if the unit is
 * unknown: no time is better than a wrong one. A first_time found by other means,
 * in steps, is kept if the line has no time. */
void run_time_settle(const struct sim_job *j, const struct trace *t, struct run_result *r);

/* The print statements of the job's sources as the tool read them. Texts read
 * from disk are put into kept, which must have room for j->n entries and be freed
 * after the result. */
struct vprint *run_time_prints(const struct sim_job *j, struct str *kept);

/* Converts a printed time to simulation steps without a dump to bound it. False
 * if its unit is uncertain. */
bool run_time_in_steps(const struct vprint *p, const struct told_time *t, uint64_t *time);

#endif
