/* wave_source.h - which signal of a dump is the clock, as the sources say.
 *
 * Reads the edges that the always blocks of each module wait for, and finds
 * these names again below the dump's scopes, along the instances.
 */
#ifndef POSEDGE_WAVE_SOURCE_H
#define POSEDGE_WAVE_SOURCE_H

#include <stdbool.h>

#include "session/tool/wave.h"

struct project;
struct vmodule;

/* For wave_set_clock(): the outermost name of the signal that drives the most
 * processes of the design under test, and the edge that those wait for; else what
 * the testbench itself waits for. WAVE_NO_CLOCK: all modules were found and none waits
 * for an edge. -1: not known. path: the file of the dump's first module, NULL: to be looked for. */
struct wave_clock wave_source_clock(const struct project *p, const char *path,
				    const struct wave *w);

/* The module of a scope "tb.dut.u0"; NULL: its source is not there. *top: it is the
 * outermost one. */
const struct vmodule *wave_source_module(const struct project *p, const char *scope, bool *top);

#endif
