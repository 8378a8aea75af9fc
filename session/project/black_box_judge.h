/* black_box_judge.h - what is known of a module without a source.
 *
 * Internal header for session/project/black_box*.c. Looks at the settings, the project's
 * modules and the files that it leaves out; reads those.
 */
#ifndef POSEDGE_BLACK_BOX_JUDGE_H
#define POSEDGE_BLACK_BOX_JUDGE_H

#include <stdbool.h>

struct black_box;
struct diag;
struct options;
struct project;

/* Sets kind, about and pattern of x, which has its module. at: the finding that the module
 * is missing; NULL: there is none. */
void black_box_judge(struct black_box *x, const struct project *p, const struct options *o,
		     const struct diag *at);

/* True if the user says that the module is a black box. */
bool black_box_is_set(const struct options *o, const char *module);

#endif
