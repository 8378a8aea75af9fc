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

/* From r->told, the sources of j and t (NULL: there is no dump, and the step
 * of the simulation is the unit): sets has_time and first_time. has_time is
 * false when the unit cannot be known: no time is better than a wrong one.
 * A first_time that was found otherwise, in steps, holds when the line tells
 * none. */
void run_time_settle(const struct sim_job *j, const struct trace *t, struct run_result *r);

/* The print statements of the job's sources, as the tool read them; the texts from disk
 * are put into kept, which has room for j->n of them and is to be freed after it. */
struct vprint *run_time_prints(const struct sim_job *j, struct str *kept);

/* A told time in the simulation's steps, without a dump whose end a wrong unit would
 * pass. False: its unit is not certain. */
bool run_time_in_steps(const struct vprint *p, const struct told_time *t, uint64_t *time);

#endif
