/* yosys_prove.h - prove() of the yosys prover; see session/tool/prover.h. */
#ifndef POSEDGE_YOSYS_PROVE_H
#define POSEDGE_YOSYS_PROVE_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/tool/prover.h"

bool yosys_prove(struct loop *l, const struct prover_prove *j, struct prover_report *out,
		 struct err *err);

#endif
