/* lint_gather.h - what several runs of a tool said, as one list. */
#ifndef POSEDGE_LINT_GATHER_H
#define POSEDGE_LINT_GATHER_H

#include <stddef.h>

struct black_boxes;
struct diag_list;
struct lint_item;
struct project;

#define LINT_MAX_FINDINGS 5000u /* of a lint; the others are left out */
#define LINT_FILE_ERRORS  20u	/* the first errors of a file are the cause of the rest */

/* Adds to said what the n runs found, each once, without what is not the design's:
 * about our own tops and boxes, what cocotb drives, what only follows from a missing
 * module; and no more errors of one file than that. */
void lint_gather(const struct project *p, const struct lint_item *items, size_t n,
		 const struct black_boxes *boxes, struct diag_list *said);

#endif
