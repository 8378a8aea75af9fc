/* run_time.h - the time of a run's first failure, in the unit of its dump. */
#ifndef POSEDGE_RUN_TIME_H
#define POSEDGE_RUN_TIME_H

struct run_result;
struct sim_job;
struct wave;

/* From r->told, the sources of j and w (NULL: there is no dump, and the step
 * of the simulation is the unit): sets has_time and first_time. has_time is
 * false when the unit cannot be known: no time is better than a wrong one.
 * A first_time that was found otherwise, in steps, holds when the line tells
 * none. */
void run_time_settle(const struct sim_job *j, const struct wave *w, struct run_result *r);

/* When a check failed in words that nobody knows, r->first is ours: the line that its bad
 * side printed takes its place, if one is found in the output and no other statement of
 * the sources explains it better. output: a file; what it has above a megabyte is not read. */
void run_time_words(const struct sim_job *j, const char *output, struct run_result *r);

#endif
