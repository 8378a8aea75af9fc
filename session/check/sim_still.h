/* sim_still.h - detects that a run came to nothing because its clock never changed. */
#ifndef POSEDGE_SIM_STILL_H
#define POSEDGE_SIM_STILL_H

struct project;
struct sim_result;
struct workbench;

/* For a run that a limit stopped or that checked nothing: adds a note if the clock that the
 * sources wait for has one value in all of its waves. */
void sim_still(struct workbench *w, const struct project *p, struct sim_result *r);

#endif
