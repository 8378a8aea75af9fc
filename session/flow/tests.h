/* tests.h - a testbench put together by rule, of parts that a model wrote. Pure.
 *
 * Written by rule: declarations, clock, reset, when inputs change and when outputs are
 * looked at, counting, the report, and the end. So what a model can get wrong is what a
 * testbench is about: stimuli, the reference model, and what has to hold.
 *
 *	clk     __|~~|__|~~|__
 *	inputs   --x-----x----		1 ns after a falling edge
 *	checks   ----^-----^--		3 ns later: outputs of this state and these inputs
 *
 * A module without a clock gets a look at its outputs 3 ns after its inputs.
 */
#ifndef POSEDGE_TESTS_H
#define POSEDGE_TESTS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct spec;
struct vmodule;

#define TESTS_CHECKS_MAX 60u	    /* lines; later ones are left out, with a note */
#define TESTS_CHECK_LEN	 400u	    /* bytes of one */
#define TESTS_PRINTED	 10	    /* failures that are printed; all are counted */
#define TESTS_TIME	 "10000000" /* ns after which it gives up */

struct tests_check {
	char *id;   /* "R1", or "R1, R3" */
	char *text; /* an expression that is true where all is well */
};

struct tests_parts {	      /* a zeroed one is empty */
	struct str stimuli;   /* statements */
	struct str reference; /* a module NAME_ref, and what it needs */
	struct tests_check *checks;
	size_t n_checks, cap_checks;
	bool checks_left; /* TESTS_CHECKS_MAX was met, and more lines came */
};

bool tests_names(const struct tests_check *c, const char *id); /* whether R1 is among its */

void tests_parts_fini(struct tests_parts *p);

/* Whether ports of m can be driven and compared: ERR_PARSE, ERR_CONFLICT name one. */
bool tests_fit(const struct vmodule *m, struct err *err);

/* A model's answers. False: *why, a clause that helps it.
 * stimuli: statements that set inputs and call tick; no other way to wait, no blocks.
 * reference: a module NAME_ref with m's ports.
 * checks: lines "R1: expression" of requirements of the spec; others are left out. */
bool tests_take_stimuli(struct tests_parts *p, const char *text, size_t len, struct str *why);
bool tests_take_reference(struct tests_parts *p, const struct vmodule *m, const char *answer,
			  size_t len, struct str *why);
bool tests_take_checks(struct tests_parts *p, const struct spec *spec, const char *text, size_t len,
		       struct str *why);

/* Adds a check against the reference for each output that no check names: of the
 * requirements that name the output. */
void tests_add_rest(struct tests_parts *p, const struct spec *spec, const struct vmodule *m);

/* The testbench NAME. reference_in_place: of a module that stands in the design's place,
 * NAME_ref: whether the checks agree with their own reference. */
void tests_write(const struct tests_parts *p, const struct vmodule *m, const char *name,
		 bool reference_in_place, struct str *out);

#endif
