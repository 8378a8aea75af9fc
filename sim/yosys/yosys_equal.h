/* yosys_equal.h - equal() of the yosys prover; see session/tool/prover.h. */
#ifndef POSEDGE_YOSYS_EQUAL_H
#define POSEDGE_YOSYS_EQUAL_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/tool/prover.h"

bool yosys_equal(struct loop *l, const struct prover_equal *j, struct prover_report *out,
		 struct err *err);

#endif
