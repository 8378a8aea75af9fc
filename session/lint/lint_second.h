/* lint_second.h - what a second tool says of designs that the first one accepts, or cannot
 * read.
 *
 * Verilator lets pass what others refuse: a net declared twice, a reg driven by an
 * instance, a vector declared again with another range. A design without errors is not
 * "ok" if the next tool cannot read it. Only designs read as Verilog are shown to
 * Icarus, since it lacks much of SystemVerilog. Without Icarus, or when it takes
 * too long, the first tool's word stands.
 */
#ifndef POSEDGE_LINT_SECOND_H
#define POSEDGE_LINT_SECOND_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct black_boxes;
struct diag;
struct diag_list;
struct lint_item;
struct project;
struct simulator_ops;
struct strv;
struct workbench;

/* Adds a risk to said for each error that only the second tool reports. first: the tool
 * whose results v holds. Waits in the calling task. False: cancelled. */
bool lint_second(struct workbench *w, const struct simulator_ops *first, const struct project *p,
		 const struct lint_item *v, size_t n, const struct black_boxes *boxes,
		 struct diag_list *said, struct err *err);

/* Shows the second tool the designs on which the first one gave up. Those that it accepts
 * count as read: their `why` is cleared, its findings are added to theirs, and a note says
 * that fewer checks were made. Designs that it refuses, too, keep their state, since nobody
 * knows whose fault that is. False: cancelled. */
bool lint_second_instead(struct workbench *w, const struct simulator_ops *first,
			 const struct project *p, struct lint_item *v, size_t n, struct strv *notes,
			 struct err *err);

/* True for such a risk. Posedge's own finding on the same line says it better. */
bool lint_is_second(const struct diag *d);

#endif
