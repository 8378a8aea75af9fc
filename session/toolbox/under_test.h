/* under_test.h - which modules instantiated by a testbench it tests; for
 * session/toolbox only. */
#ifndef POSEDGE_UNDER_TEST_H
#define POSEDGE_UNDER_TEST_H

#include <stdbool.h>

struct closure;
struct project;
struct strv;
struct vmodule;

/* Adds the files that define the designs under test of this testbench, each once. c:
 * all files that it needs. Adds nothing if that cannot be determined. */
void under_test(const struct project *p, const struct closure *c, const struct vmodule *bench,
		struct strv *files);

bool is_test_folder(const char *path); /* path is in a test folder: tb/x.sv, a/verif/b.sv */
bool is_named_test(const char *name);  /* a word of the name means test: x_tb, CheckX, golden */
bool drives_outputs(const struct vmodule *m); /* has an output, an inout or an interface port */

#endif
