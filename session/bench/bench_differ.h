/* bench_differ.h - where the two judges differ about a row, and why. Pure. */
#ifndef POSEDGE_BENCH_DIFFER_H
#define POSEDGE_BENCH_DIFFER_H

#include "session/bench/bench_row.h"

/* NULL: they agree whether it passes. Constant. */
const char *bench_differ(const struct bench_row *r);

#endif
