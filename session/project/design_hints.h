/* design_hints.h - which line to add to the settings when something is wanting. */
#ifndef POSEDGE_DESIGN_HINTS_H
#define POSEDGE_DESIGN_HINTS_H

struct design;
struct diag_list;
struct options;
struct project;
struct strv;

/* Sentences on macros that a file of the design uses and nothing defines. */
void design_hint_macros(const struct design *d, const struct project *p, struct strv *notes);

/* Sentences on a run that did not pass: plusargs that it asks for and is not given,
 * data files that are nowhere, modules that found names as missing (may be NULL). */
void design_hint_run(const struct design *d, const struct project *p, const struct options *o,
		     const struct diag_list *found, struct strv *notes);

#endif
