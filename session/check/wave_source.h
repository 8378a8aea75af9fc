/* wave_source.h - finds the clock of a dump from the sources.
 *
 * Reads the edges that the always blocks of each module wait for, and looks up
 * these names in the dump's scopes, along the instances.
 */
#ifndef POSEDGE_WAVE_SOURCE_H
#define POSEDGE_WAVE_SOURCE_H

#include <stdbool.h>

#include "session/trace/trace_clock.h"

struct loop;
struct project;
struct vmodule;

/* For struct trace_rows: the outermost name of the signal that drives the most
 * processes of the design under test, and the edge they wait for; otherwise what
 * the testbench waits for. TRACE_NO_CLOCK: all modules were found and none waits
 * for an edge. TRACE_NONE: unknown. path: file of the trace's first module; NULL:
 * find it.
 *
 * Runs on l's thread pool, from a task; nobody may use t meanwhile. Returns
 * TRACE_NONE if p is NULL or the task is cancelled, too. */
struct trace_clock wave_source_clock_aside(struct loop *l, const struct project *p,
					   const char *path, const struct trace *t);

/* The module of a scope such as "tb.dut.u0"; NULL if its source is missing. *top:
 * it is the outermost one. */
const struct vmodule *wave_source_module(const struct project *p, const char *scope, bool *top);

#endif
