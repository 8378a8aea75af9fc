/* bench_differ.h - explains why the two judges disagree about a row. Pure. */
#ifndef POSEDGE_BENCH_DIFFER_H
#define POSEDGE_BENCH_DIFFER_H

#include "session/bench/bench_row.h"

/* NULL: they agree. The text is constant. */
const char *bench_differ(const struct bench_row *r);

#endif
