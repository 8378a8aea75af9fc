/* wave_source.h - which signal of a dump is the clock, as the sources say.
 *
 * Reads the edges that the always blocks of each module wait for, and finds
 * these names again below the dump's scopes, along the instances.
 */
#ifndef POSEDGE_WAVE_SOURCE_H
#define POSEDGE_WAVE_SOURCE_H

#include <stdbool.h>

#include "session/trace/trace_clock.h"

struct loop;
struct project;
struct vmodule;

/* For struct trace_rows: the outermost name of the signal that drives the most
 * processes of the design under test, and the edge that those wait for; else what the
 * testbench itself waits for. TRACE_NO_CLOCK: all modules were found and none waits
 * for an edge. TRACE_NONE: not known. path: the file of the trace's first module,
 * NULL: to be looked for. */
struct trace_clock wave_source_clock(const struct project *p, const char *path,
				     const struct trace *t);

/* The same on a thread of l's pool, in a task, while nobody asks t anything. p may be
 * NULL: TRACE_NONE then, as when the task is cancelled. */
struct trace_clock wave_source_clock_aside(struct loop *l, const struct project *p,
					   const char *path, const struct trace *t);

/* The module of a scope "tb.dut.u0"; NULL: its source is not there. *top: it is the
 * outermost one. */
const struct vmodule *wave_source_module(const struct project *p, const char *scope, bool *top);

#endif
