/* The two halves of a proof by induction are two runs: nothing is violated in the first
 * n steps, and n steps without a violation are followed by one without. The first alone
 * gives a bound. yosys-smtbmc exits with 0 only if it has shown what was asked; any
 * other output is not a result.
 */
#include "config.h"

#include "sim/yosys/yosys_smt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "sim/yosys/yosys_harness.h"

#define DESIGN "design.smt2"
#define FAILED "  Status: FAILED" /* wording of yosys-smtbmc 0.9 to 0.40 */

static bool has(const char *program)
{
	char *path = child_which(program);
	bool here = path != NULL;

	free(path);
	return here;
}

bool smt_here(void)
{
	return has("yosys-smtbmc") && has("z3");
}

static bool write_design(struct yosys *y, const char *before, struct err *err)
{
	char *script = str_fmt("%sread_verilog -sv -formal " YOSYS_OUT "harness.sv\n"
			       "hierarchy -top " YOSYS_HARNESS "\n"
			       "proc -noopt\nflatten\nopt_clean\nmemory -nomap\nmemory_map\n"
			       "opt_clean\ndffunmap\nwrite_smt2 -wires " YOSYS_OUT DESIGN "\n",
			       before);
	bool ok = yosys_run(y, script, err);

	free(script);
	return ok;
}

/* Runs one half. False: cancelled. */
static bool run(struct yosys *y, bool induction, unsigned steps, enum smt_end *end, struct err *err)
{
	char number[16];
	const char *argv[] = { "yosys-smtbmc",	 "-s", "z3", "--noprogress", "-t", number,
			       YOSYS_OUT DESIGN, NULL, NULL };
	struct child_result r = { 0 };
	struct str said = STR_INIT;
	uint64_t now = loop_now_ms(y->j.loop);
	struct err why;
	bool ran;

	*end = SMT_NOTHING;
	if (now >= y->until)
		return true;
	if (induction) {
		argv[7] = argv[6];
		argv[6] = "-i";
	}
	snprintf(number, sizeof(number), "%u", steps);
	y->j.limits.build_ms = y->until - now;
	ran = engine_tool(&y->j, argv, &said, &r, &why);
	if (ran && !r.signal && !r.timed_out && !r.flooded) {
		if (r.status == 0)
			*end = SMT_BOUNDED;
		else if (strstr(str_cstr(&said), FAILED))
			*end = SMT_BROKEN;
	}
	str_free(&said);
	if (!ran && why.code == ERR_CANCELLED)
		err_copy(err, &why);
	return ran || why.code != ERR_CANCELLED;
}

bool smt_ask(struct yosys *y, const char *before, unsigned most_steps, bool induct,
	     enum smt_end *end, struct err *err)
{
	enum smt_end step = SMT_NOTHING;
	struct err why;

	*end = SMT_NOTHING;
	if (!write_design(y, before, &why)) {
		if (why.code == ERR_CANCELLED)
			err_copy(err, &why);
		return why.code != ERR_CANCELLED;
	}
	if (!run(y, false, most_steps, end, err))
		return false;
	if (*end != SMT_BOUNDED || !induct)
		return true;
	if (!run(y, true, most_steps, &step, err))
		return false;
	if (step == SMT_BOUNDED)
		*end = SMT_PROVED;
	return true;
}
