/* run_words.h - finds the line printed by the check that failed first. */
#ifndef POSEDGE_RUN_WORDS_H
#define POSEDGE_RUN_WORDS_H

struct run_result;
struct sim_job;

/* Sets r->first, replacing a summary or posedge's own words, to the first line of
 * the output that matches a statement of r->said best, or one of r->said_shared if
 * it prints r->first_time. Otherwise r->first is unchanged. output: a file; ignored
 * if larger than a megabyte; only its first 2000 lines are read. Call before
 * run_time_settle(). */
void run_words(const struct sim_job *j, const char *output, struct run_result *r);

#endif
