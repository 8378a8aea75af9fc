/* counting.h - a stage whose sources count their checks.
 *
 * Between the stage and the engine: reads the sources that were staged, finds
 * the check sites (session/verdict/checks.h), lays the copies with counters in their
 * place, and reads the counts after the run. A design that does not build
 * with counters is laid back as it was and built without.
 */
#ifndef POSEDGE_COUNTING_H
#define POSEDGE_COUNTING_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/verdict/checks.h"

struct stage;
struct strv;

/* Files of the stage that the engines name in their commands. */
#define COUNTING_ICARUS	    "posedge_checks.sv"
#define COUNTING_WORDS_2001 "posedge_2001.v" /* to come first: the words of that language */
#define COUNTING_WORDS_2005 "posedge_2005.v"
#define COUNTING_VERILATOR  "posedge_checks.h"
#define COUNTING_COUNTS	    "posedge_checks.txt"

#define COUNTING_MAX_BYTES (8u << 20) /* of all sources together; beyond, nothing is counted */

struct counting {
	struct checks *checks;
	struct checks_facts facts;
	struct strv paths;
	struct str *texts; /* as they are without counters */
	enum checks_engine engine;
	bool laid;  /* the stage holds the copies now */
	bool whole; /* all sources were read: the facts can be relied on */
};

/* paths: the sources, relative to the mirror, headers too. */
void counting_init(struct counting *c, const struct stage *s, const struct strv *paths,
		   const char *top, enum checks_engine engine);
void counting_fini(struct counting *c);

/* Do modules of the sources count time in different units? Says so also when it
 * is not certain. */
bool counting_timescales(const struct counting *c);

/* False when there is nothing to count, or it could not be written. */
bool counting_lay(struct counting *c, struct stage *s);
bool counting_lay_back(struct counting *c, struct stage *s, struct err *err);

/* After the run. known is false when there are no counts. */
void counting_read(const struct counting *c, const struct stage *s, struct checks_counted *out);

#endif
