/* tests_steps.h - what the flow `tests` keeps, and its steps that ask the model; for
 * tests_*.c only. */
#ifndef POSEDGE_TESTS_STEPS_H
#define POSEDGE_TESTS_STEPS_H

#include "session/flow/flow_kit.h"
#include "session/flow/spec.h"
#include "session/flow/tests.h"
#include "session/flow/trust.h"
#include "session/verilog/verilog.h"

struct testing {
	bool given;	   /* a testbench that is there is judged, and none is written */
	char *name, *path; /* of the testbench */
	char *module;
	struct str design, spec_text;
	struct spec spec;
	struct voutline o;
	bool read; /* o is */
	const struct vmodule *m;
	struct tests_parts parts;
	bool whole;	 /* all parts are there */
	struct str text; /* of the testbench; "": there is none */
	struct trust trust;
	bool judged;
	struct str evidence;   /* what speaks for either side; "" */
	struct str second;     /* another reference, made without looking at the first; "" */
	bool second_as_design; /* it does what the design does, where that fails */
	bool withdrawn;
};

/* The parts put together, with that name and path. */
void testing_write(struct testing *g);

/* Steps. */
bool testing_stimuli(struct flow *f, struct str *said, struct err *err);
bool testing_reference(struct flow *f, struct str *said, struct err *err);
bool testing_checks(struct flow *f, struct str *said, struct err *err);

/* More stimuli for what it does not notice: one question. *any: there are some. */
bool testing_more(struct flow *f, bool *any, struct err *err);

/* A reference that was made without the first: one or two questions. */
bool testing_second(struct flow *f, struct err *err);

#endif
