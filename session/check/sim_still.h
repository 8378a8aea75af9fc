/* sim_still.h - finds out why a run came to nothing. */
#ifndef POSEDGE_SIM_STILL_H
#define POSEDGE_SIM_STILL_H

struct project;
struct sim_job;
struct sim_result;
struct workbench;

/* For a run that a limit stopped or that checked nothing: adds notes on what the testbench waits
 * for and the waves never show, else on a clock with one value in all of its waves; and if no
 * check was reached, on the $finish that may have come before them. */
void sim_still(struct workbench *w, const struct project *p, const struct sim_job *j,
	       struct sim_result *r);

#endif
