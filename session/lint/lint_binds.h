/* lint_binds.h - bind statements whose target no file defines. Verilator ignores them
 * without a word, so the checker would never run. */
#ifndef POSEDGE_LINT_BINDS_H
#define POSEDGE_LINT_BINDS_H

#include <stddef.h>

struct diag_list;
struct lint_item;
struct project;

/* Adds a risk for each in the sources of the items' designs. */
void lint_binds(const struct project *p, const struct lint_item *items, size_t n,
		struct diag_list *out);

#endif
