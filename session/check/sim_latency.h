/* sim_latency.h - checks the spec's latency rules against a run's waves. */
#ifndef POSEDGE_SIM_LATENCY_H
#define POSEDGE_SIM_LATENCY_H

struct sim_result;
struct workbench;

/* Waits in the calling task. Adds a note for each row of spec.md that latency.h
 * understands: that it held, where it did not, or why that is unknown. Adds none
 * without waves or rows. The verdict does not change; that is the testbench's. */
void sim_latency(struct workbench *w, struct sim_result *r);

#endif
