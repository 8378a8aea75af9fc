/* yosys_size.h - measure() of the yosys prover; see session/tool/prover.h. */
#ifndef POSEDGE_YOSYS_SIZE_H
#define POSEDGE_YOSYS_SIZE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/tool/prover.h"

bool yosys_measure(struct loop *l, const struct sim_job *j, const struct prover_limits *limits,
		   struct prover_size *out, struct err *err);

/* Parses the output of `stat -json` and `ltp`; ERR_TOOL: malformed. Pure. */
bool yosys_size_read(const char *stat, size_t len, const char *ltp, struct prover_size *out,
		     struct err *err);

#endif
