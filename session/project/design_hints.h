/* design_hints.h - hints on which setting to add when something is missing. */
#ifndef POSEDGE_DESIGN_HINTS_H
#define POSEDGE_DESIGN_HINTS_H

#include <stdbool.h>

struct design;
struct diag_list;
struct options;
struct project;
struct strv;

/* For a run that did not pass: adds sentences on plusargs that it reads and was
 * not given, data files that do not exist, and modules that found reports as
 * missing. found may be NULL. checked: something was compared. */
void design_hint_run(const struct design *d, const struct project *p, const struct options *o,
		     const struct diag_list *found, bool checked, struct strv *notes);

/* Adds a sentence if the top of the run instantiates nothing, while the project has modules
 * that it could. */
void design_hint_alone(const struct design *d, const struct project *p, const char *testbench,
		       struct strv *notes);

#endif
