/* tests_steps.h - the state of the flow `tests`, and its steps that ask the model.
 * For tests_*.c only. */
#ifndef POSEDGE_TESTS_STEPS_H
#define POSEDGE_TESTS_STEPS_H

#include "session/flow/flow_kit.h"
#include "session/flow/spec.h"
#include "session/flow/tests.h"
#include "session/flow/trust.h"
#include "session/verilog/verilog.h"

struct testing {
	bool given;	   /* judge an existing testbench, write none */
	char *name, *path; /* of the testbench */
	char *module;
	struct str design, spec_text;
	struct spec spec;
	struct voutline o;
	bool read; /* o is filled */
	const struct vmodule *m;
	struct tests_parts parts;
	bool whole;	 /* all parts are complete */
	struct str text; /* of the testbench; "": none */
	struct trust trust;
	bool judged;
	struct str useless;    /* why the parts, which are complete, make no testbench; "" */
	struct str evidence;   /* which side is supported by what; "" */
	struct str second;     /* another reference, written without the first; "" */
	bool second_as_design; /* where the first reference and the design disagree, the
			        * second agrees with the design */
	/* The person chose so: of the testbench, of its reference, of the design. */
	bool withdrawn, replaced, design_wrong;
};

/* Assembles the parts into the testbench text, with g's name and path. */
void testing_write(struct testing *g);

/* Steps. */
bool testing_stimuli(struct flow *f, struct str *said, struct err *err);
bool testing_reference(struct flow *f, struct str *said, struct err *err);
bool testing_checks(struct flow *f, struct str *said, struct err *err);

/* Asks one question for more stimuli, for changes the testbench does not notice.
 * *any: there are some. */
bool testing_more(struct flow *f, bool *any, struct err *err);

/* Asks one or two questions for a reference written without the first. */
bool testing_second(struct flow *f, struct err *err);

#endif
