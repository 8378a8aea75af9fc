/* sim_latency.h - what the spec says of cycles, held against a run's waves. */
#ifndef POSEDGE_SIM_LATENCY_H
#define POSEDGE_SIM_LATENCY_H

struct sim_result;
struct workbench;

/* In a task. Adds a note for each row of spec.md that latency.h reads: that it held,
 * or where not, or why that cannot be said; none without waves or without rows. The
 * verdict stays: it is the testbench's. */
void sim_latency(struct workbench *w, struct sim_result *r);

#endif
