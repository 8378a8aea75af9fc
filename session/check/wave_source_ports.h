/* wave_source_ports.h - facts about a dump's signals that only the sources have:
 * which are ports, and which files define the modules.
 */
#ifndef POSEDGE_WAVE_SOURCE_PORTS_H
#define POSEDGE_WAVE_SOURCE_PORTS_H

#include <stdbool.h>

#define WAVE_SOURCE_MODULES 1000u

struct project;
struct str;
struct strv;
struct trace;

/* One letter per signal of t: 'i', 'o', 'b' (inout or reference), 0 if it is not
 * a port or its module is unknown. Directions in the dump take precedence. The
 * caller frees. */
char *wave_source_directions(const struct project *p, const struct trace *t);

/* Stems for GTKWave's source window: where each module that t has an instance of
 * is defined, and which modules it instantiates.
 *
 *     ++ module NAME file F lines A - B
 *     ++ comp INSTANCE type NAME parent NAME
 *
 * GTKWave ends F at a blank, so F is "src/N", with N the index in files (absolute
 * paths, no duplicates), and the caller must make src/N lead there. files must be
 * empty. False if there are more than WAVE_SOURCE_MODULES modules; the rest is
 * left out. Adds nothing for modules the project does not have. Source: GTKWave
 * 3.3.118, doc/vermin.1 and src/rtlbrowse.c.
 */
bool wave_source_stems(const struct project *p, const char *root, const struct trace *t,
		       struct str *stems, struct strv *files);

#endif
