/* yosys writes the harness as an AIG, a netlist of and-gates and inverters, whose one output
 * says that the claim is broken. ABC is asked whether that output can ever be 1. It prints a
 * sentence; anything but the sentence of a proof means "not proved", and a claim that is
 * wrong is left to the solvers that give a trace.
 */
#include "config.h"

#include "sim/yosys/yosys_pdr.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "sim/yosys/yosys_harness.h"

#define DESIGN "design.aig"
#define PROVED "Property proved." /* how the line begins, in ABC of 2010 to 2024 */

bool pdr_here(void)
{
	char *path = child_which("yosys-abc");
	bool here = path != NULL;

	free(path);
	return here;
}

/* One output remains: that the claim is broken. Registers without a start value get one
 * from an input (-zinit). */
static bool write_design(struct yosys *y, const char *before, const struct harness *h,
			 struct err *err)
{
	struct str around = STR_INIT;
	char *script = str_fmt("%sread_verilog -sv -formal " YOSYS_OUT "harness.sv\n"
			       "hierarchy -top " YOSYS_HARNESS "\n"
			       "proc -noopt\nflatten\nopt_clean\ndelete -output\nopt -full\n"
			       "techmap\nopt -fast\ndffunmap\nabc -g AND -fast\nopt_clean\n"
			       "write_aiger -zinit -I -B " YOSYS_OUT DESIGN "\n",
			       before);
	bool ok;

	harness_write(h, &around);
	ok = stage_write(&y->j.stage, "harness.sv", str_cstr(&around), around.len, err) &&
	     yosys_run(y, script, err);
	str_free(&around);
	free(script);
	return ok;
}

static bool says_proved(const struct str *said)
{
	const char *at = str_cstr(said);

	while (at && strncmp(at, PROVED, sizeof(PROVED) - 1) != 0)
		at = (at = strchr(at, '\n')) ? at + 1 : NULL;
	return at != NULL;
}

bool pdr_ask(struct yosys *y, const char *before, const struct harness *h, unsigned share,
	     bool *proved, struct err *err)
{
	const char *const argv[] = { "yosys-abc", "-c",
				     "read_aiger " YOSYS_OUT DESIGN "; fold; strash; pdr", NULL };
	uint64_t now = loop_now_ms(y->j.loop), until = y->until;
	struct str said = STR_INIT;
	struct child_result r = { 0 };
	struct err why = { 0 };
	bool ran = false;

	*proved = false;
	if (now >= until || !pdr_here())
		return true;
	y->until = now + (until - now) / 100 * share;
	if (write_design(y, before, h, &why) && (now = loop_now_ms(y->j.loop)) < y->until) {
		y->j.limits.build_ms = y->until - now;
		ran = engine_tool(&y->j, argv, &said, &r, &why);
	}
	y->until = until;
	*proved = ran && !r.signal && !r.timed_out && !r.flooded && r.status == 0 &&
		  says_proved(&said);
	str_free(&said);
	return err_pass_cancel(err, &why);
}
