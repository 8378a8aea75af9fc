/* counting.h - instruments the staged sources to count their checks.
 *
 * Between the stage and the engine: reads the staged sources, finds the check sites
 * (session/testbench/checks.h), replaces the sources by copies with counters, and reads
 * the counts after the run. If a design does not build with counters, the originals are
 * restored and built.
 */
#ifndef POSEDGE_COUNTING_H
#define POSEDGE_COUNTING_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/testbench/checks.h"
#include "session/verilog/lang.h"

struct stage;

/* Files in the stage, named in the engines' commands. */
#define COUNTING_ICARUS	   "posedge_checks.sv"
#define COUNTING_VERILATOR "posedge_checks.h"
#define COUNTING_COUNTS	   "posedge_checks.txt"

#define COUNTING_MAX_BYTES (8u << 20) /* all sources together; beyond that nothing is counted */

struct counting {
	struct checks *checks;
	struct checks_facts facts;
	struct strv paths;
	struct str *texts; /* the originals */
	enum checks_engine engine;
	bool laid;    /* the stage has the copies with counters now */
	bool changed; /* the stage has other texts than these now */
	bool whole;   /* all sources were read: the facts are reliable */
};

/* paths: sources and headers, relative to the mirror; the first n_given are given to the
 * tool. Of the others only those count that a source names in an include. */
void counting_init(struct counting *c, const struct stage *s, const struct strv *paths,
		   size_t n_given, const char *top, enum checks_engine engine);
void counting_fini(struct counting *c);

/* True if the sources have modules with different time units, or if that is not
 * certain. */
bool counting_timescales(const struct counting *c);

/* lang: the sources' own; Icarus reads the copies as SystemVerilog, see initial.h. False:
 * there is nothing to count, or it could not be written. */
bool counting_lay(struct counting *c, struct stage *s, enum lang lang);
bool counting_lay_back(struct counting *c, struct stage *s, struct err *err);

/* Call after the run. known is false if there are no counts. */
void counting_read(const struct counting *c, const struct stage *s, struct checks_counted *out);

#endif
