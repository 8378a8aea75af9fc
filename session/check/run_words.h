/* run_words.h - the line that the check which failed first has printed. */
#ifndef POSEDGE_RUN_WORDS_H
#define POSEDGE_RUN_WORDS_H

struct run_result;
struct sim_job;

/* That line becomes r->first, in place of a summary or of words of ours: the first one of
 * the output that a statement of r->said explains best of all in the sources, or one of
 * r->said_shared that tells r->first_time. None: r->first stays. output: a file; what it
 * has above a megabyte, and after 2000 lines, is not read. Before run_time_settle(). */
void run_words(const struct sim_job *j, const char *output, struct run_result *r);

#endif
