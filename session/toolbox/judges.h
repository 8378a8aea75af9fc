/* judges.h - which files are the design's; all others may be what judges it.
 *
 * Who may change what a design is checked by can make any design pass. What
 * that is cannot be listed: testbenches, what they include, packages, models,
 * expected values, scripts, the spec. So it is the other way about: known are
 *
 *	- the sources reached from a design that a testbench instantiates
 *	  (under_test.h), unless a testbench stands in them;
 *	- sources of hardware alone that no testbench reaches, outside of
 *	  folders of tests, and what only they need;
 *	- data that the design reads and a testbench does not.
 *
 * Everything else counts as a judge. Pure: asks the project. Reads outlines as
 * they are, so it takes the time of a few walks over the design.
 */
#ifndef POSEDGE_JUDGES_H
#define POSEDGE_JUDGES_H

#include <stdbool.h>
#include <stddef.h>

struct options;
struct project;

/* Why the file counts as a judge, a clause: "the testbench q_tb needs it and the
 * design does not". NULL: it is the design's. The caller frees. */
char *judge_why(const struct project *p, const struct options *o, const char *path);

/* Whether what stands in that line, of a file in which a testbench stands too, is a module
 * under test as far as the text tells: it drives outputs, waits for no time, is named as
 * no test, and somebody instantiates it. */
bool judge_spares(const struct project *p, const struct options *o, const char *path, int line);

/* The same of a file that is not there yet and would have this text. A source is
 * nobody's judge yet, unless it would take the place of a part of one. */
char *judge_why_new(const struct project *p, const struct options *o, const char *path,
		    const char *text, size_t len);

#endif
