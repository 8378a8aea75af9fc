/* lint_gather.h - merges the findings of several runs into one list. */
#ifndef POSEDGE_LINT_GATHER_H
#define POSEDGE_LINT_GATHER_H

#include <stddef.h>

struct black_boxes;
struct diag_list;
struct lint_item;
struct project;

#define LINT_MAX_FINDINGS 5000u /* per lint; the rest is dropped */
#define LINT_FILE_ERRORS  20u	/* per file; later errors mostly follow from the first */

/* Adds the findings of n runs to said, without duplicates. Leaves out findings
 * about posedge's own tops and boxes, about signals that cocotb drives and those
 * that only follow from a missing module; keeps at most LINT_FILE_ERRORS errors
 * per file. */
void lint_gather(const struct project *p, const struct lint_item *items, size_t n,
		 const struct black_boxes *boxes, struct diag_list *said);

#endif
