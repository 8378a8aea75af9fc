/* judges.h - which files belong to the design; any other file may judge it.
 *
 * Whoever may change what a design is checked by can make any design pass. Such files
 * cannot be listed: testbenches, their includes, packages, models, expected values,
 * scripts, the spec. So the design's own files are listed instead:
 *
 *	- sources reached from a design that a testbench instantiates
 *	  (under_test.h), unless they contain a testbench;
 *	- sources of hardware only that no testbench reaches, outside test
 *	  folders, and what only they need;
 *	- data that the design reads and a testbench does not.
 *
 * Every other file counts as a judge. Pure: asks the project. Uses the existing
 * outlines, so it takes the time of a few walks over the design.
 */
#ifndef POSEDGE_JUDGES_H
#define POSEDGE_JUDGES_H

#include <stdbool.h>
#include <stddef.h>

struct options;
struct project;

/* Why the file counts as a judge, as a clause: "the testbench q_tb needs it and the
 * design does not". NULL: it belongs to the design. The caller frees it. */
char *judge_why(const struct project *p, const struct options *o, const char *path);

/* For a file that also contains a testbench: true if that line is in a module under
 * test, as far as the text shows. Such a module drives outputs, waits for no time,
 * is not named like a test, and is instantiated. */
bool judge_spares(const struct project *p, const struct options *o, const char *path, int line);

/* Like judge_why() for a file that does not exist yet and would have this text. A
 * new source is not a judge, unless it would replace a part of one. */
char *judge_why_new(const struct project *p, const struct options *o, const char *path,
		    const char *text, size_t len);

#endif
