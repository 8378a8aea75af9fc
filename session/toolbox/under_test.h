/* under_test.h - which of the modules that a testbench instantiates it tests;
 * for session/toolbox only. */
#ifndef POSEDGE_UNDER_TEST_H
#define POSEDGE_UNDER_TEST_H

#include <stdbool.h>

struct closure;
struct project;
struct strv;
struct vmodule;

/* Adds the files that define the designs under test of this testbench, each once.
 * c: all files that it needs. Nothing where that cannot be told. */
void under_test(const struct project *p, const struct closure *c, const struct vmodule *bench,
		struct strv *files);

bool is_test_folder(const char *path); /* tb/x.sv, a/verif/b.sv: a folder of tests holds it */
bool is_named_test(const char *name);  /* x_tb, CheckX, golden: a word of it says so */
bool drives_outputs(const struct vmodule *m); /* or an inout, or an interface */

#endif
