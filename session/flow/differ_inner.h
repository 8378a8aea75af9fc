/* differ_inner.h - the testbench of two versions while it is written. For differ*.c only. */
#ifndef POSEDGE_DIFFER_INNER_H
#define POSEDGE_DIFFER_INNER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/flow/differ.h"
#include "session/flow/port_role.h"

struct pin {
	const char *port;
	char *name; /* name in the testbench, prefixed to avoid its own names: "in_d", "out_q" */
	enum port_role role;
	long width;
};

static inline bool pin_is_data(const struct pin *p)
{
	return p->role == PORT_DATA;
}

static inline bool pin_is_bit(const struct pin *p)
{
	return p->role == PORT_DATA && p->width == 1;
}

static inline bool pin_is_vector(const struct pin *p)
{
	return p->role == PORT_DATA && p->width > 1;
}

struct bench {
	const struct differ_bench *d;
	struct pin *v;
	size_t n;
	bool clocked, reset;
	bool apart; /* it has several clocks, which are driven apart in some epochs */
	struct str *out;
};

/* Appends the function and the task that the stimuli need. */
void differ_functions(const struct bench *b);

/* Appends the statements that set the inputs for one cycle. */
void differ_drive(const struct bench *b);

/* Cycles after DIFFER_CYCLES in which most inputs are quiet. */
unsigned differ_quiet_cycles(const struct bench *b);

#endif
