/* wave_source_ports.h - what the sources say of a dump's signals that the dump does not:
 * which are ports, and in which files the modules stand.
 */
#ifndef POSEDGE_WAVE_SOURCE_PORTS_H
#define POSEDGE_WAVE_SOURCE_PORTS_H

#include <stdbool.h>

#define WAVE_SOURCE_MODULES 1000u

struct project;
struct str;
struct strv;
struct trace;

/* For each signal of t 'i', 'o', 'b' (both, or a reference), 0: no port, or its module is
 * not known. What the dump itself tells goes first. One letter a signal; the caller frees. */
char *wave_source_directions(const struct project *p, const struct trace *t);

/* Stems, as GTKWave's source window reads them: of each module that t has an instance of
 * where it stands, and which modules are in it.
 *
 *	++ module NAME file F lines A - B
 *	++ comp INSTANCE type NAME parent NAME
 *
 * F ends at a blank there, so it is "src/N", with N the index in files (absolute paths, one
 * for each), and the caller sees to it that these lead there. False: there are
 * more modules than WAVE_SOURCE_MODULES; the others are left out. files is empty. Source:
 * GTKWave 3.3.118, doc/vermin.1 and src/rtlbrowse.c. Nothing is added where p has none. */
bool wave_source_stems(const struct project *p, const char *root, const struct trace *t,
		       struct str *stems, struct strv *files);

#endif
