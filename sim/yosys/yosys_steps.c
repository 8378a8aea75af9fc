/* `sat -tempinduct` alternates two queries: does the claim hold for k steps from the
 * start; if so, does it hold after any k steps in which it held? A no to the first is a
 * counterexample, a yes to the second a proof. Both are void if nothing satisfies the
 * assumptions, so a run without any claim is found first.
 */
#include "config.h"

#include "sim/yosys/yosys_steps.h"

#include <string.h>

#include "session/base/loop.h"
#include "session/base/str.h"
#include "sim/yosys/yosys_smt.h"

#define SAT_SHARE 60 /* percent of the time if z3 may follow */

#define SANE  "sane.log"
#define FOUND "sat.log"
#define DUMP  "found.vcd"

/* Wording of yosys 0.9 to 0.40. */
#define LIVE	   "SAT solving finished - model found:"
#define BASE	   "Base case for induction length "
#define BASE_OK	   " proven."
#define PROVEN	   "Induction step proven: SUCCESS!"
#define BROKEN	   "SAT temporal induction proof finished - model found for base case: FAIL!"
#define ENDED	   "Reached maximum number of time steps -> proof failed."
#define BASE_ENDED "Reached maximum number of time steps -> proved base case for "
#define OUT_OF	   "Interrupted SAT solver: TIMEOUT!"
#define NONE	   "SAT proof finished - no model found: SUCCESS!"
#define ONE	   "SAT proof finished - model found: FAIL!"

static const char *as_x(const struct harness *h)
{
	return h->with_x ? " -enable_undef -set-init-undef -set-def-inputs" : "";
}

static void add_script(const struct yosys *y, const struct harness *h, const char *before,
		       enum steps_way way, unsigned most_steps, struct str *out)
{
	uint64_t now = loop_now_ms(y->j.loop);
	unsigned seconds = y->until > now ? (unsigned)((y->until - now) / 1000) + 1 : 1;
	const char *form = way == STEPS_INDUCT	? "-tempinduct -maxsteps"
			   : way == STEPS_FIRST ? "-tempinduct -tempinduct-baseonly -maxsteps"
						: "-seq";

	str_adds(out, before);
	str_addf(out,
		 "read_verilog -sv -formal " YOSYS_OUT "harness.sv\n"
		 "hierarchy -top " YOSYS_HARNESS "\n"
		 "proc -noopt\nflatten\nopt_clean\n"
		 "tee -q -o " YOSYS_OUT SANE " sat%s -set-assumes -seq %u " YOSYS_HARNESS "\n",
		 as_x(h), h->start + 1);
	str_addf(out,
		 "tee -q -o " YOSYS_OUT FOUND " sat%s -set-assumes -prove-asserts %s "
		 "%u -timeout %u -show-ports -dump_vcd " YOSYS_OUT DUMP " " YOSYS_HARNESS "\n",
		 as_x(h), form, most_steps, seconds);
}

static void understand(struct yosys *y, const struct harness *h, unsigned most_steps, bool trace,
		       struct steps *out)
{
	struct str said = STR_INIT, vcd = STR_INIT;

	if (!yosys_file(y, SANE, &said, &out->why))
		goto out;
	if (!yosys_says(&said, LIVE)) {
		err_set(&out->why, ERR_TOOL,
			"no run at all satisfies what is assumed, so nothing would be proved");
		goto out;
	}
	if (!yosys_file(y, FOUND, &said, &out->why))
		goto out;
	out->steps = yosys_counts(&said, BASE, BASE_OK);
	if (yosys_says(&said, PROVEN))
		out->end = STEPS_PROVED;
	else if (yosys_says(&said, BROKEN) || yosys_says(&said, ONE))
		out->end = STEPS_BROKEN;
	else if (yosys_says(&said, NONE) || strstr(str_cstr(&said), BASE_ENDED)) {
		out->end = STEPS_BOUNDED;
		out->steps = most_steps;
	} else if (yosys_says(&said, ENDED))
		out->end = STEPS_BOUNDED;
	else if (yosys_says(&said, OUT_OF))
		err_set(&out->why, ERR_TIMEOUT, "yosys did not end within %llu s",
			(unsigned long long)y->ms / 1000);
	else
		err_set(&out->why, ERR_TOOL, "yosys came to no result that is known here");
	if (out->end == STEPS_BROKEN && trace &&
	    !(yosys_file(y, DUMP, &vcd, &out->why) &&
	      harness_read_trace(h, str_cstr(&vcd), vcd.len, &out->trace, &out->why)))
		out->end = STEPS_UNKNOWN;
out:
	str_free(&said);
	str_free(&vcd);
}

/* Used when `sat` ran out of time. Only valid if the assumptions can be satisfied. A
 * counterexample of z3 is used only if no trace is wanted. */
static bool ask_z3(struct yosys *y, const char *before, enum steps_way way, unsigned most_steps,
		   struct steps *out, struct err *err)
{
	static const enum steps_end ends[] = { [SMT_NOTHING] = STEPS_UNKNOWN,
					       [SMT_BROKEN] = STEPS_UNKNOWN,
					       [SMT_BOUNDED] = STEPS_BOUNDED,
					       [SMT_PROVED] = STEPS_PROVED };
	struct str said = STR_INIT;
	bool sane = yosys_file(y, SANE, &said, NULL) && yosys_says(&said, LIVE), ok;
	enum smt_end end;

	str_free(&said);
	if (!sane)
		return true;
	ok = smt_ask(y, before, most_steps, way == STEPS_INDUCT, &end, err);
	if (ok)
		out->end = end == SMT_BROKEN && way == STEPS_REACH ? STEPS_BROKEN : ends[end];
	if (ok && out->end != STEPS_UNKNOWN)
		out->steps = most_steps;
	return ok;
}

static bool ask_sat(struct yosys *y, const char *before, const struct harness *h,
		    enum steps_way way, unsigned most_steps, bool trace, struct steps *out)
{
	struct str script = STR_INIT, around = STR_INIT, said = STR_INIT;
	bool ok;

	harness_write(h, &around);
	add_script(y, h, before, way, most_steps, &script);
	stage_write(&y->j.stage, SANE, "", 0, NULL);
	stage_write(&y->j.stage, FOUND, "", 0, NULL);
	ok = stage_write(&y->j.stage, "harness.sv", str_cstr(&around), around.len, &out->why) &&
	     yosys_run(y, str_cstr(&script), &out->why);
	if (ok)
		understand(y, h, most_steps, trace, out);
	else if (out->why.code == ERR_TIMEOUT && yosys_file(y, FOUND, &said, NULL))
		out->steps = yosys_counts(&said, BASE, BASE_OK);
	str_free(&script);
	str_free(&around);
	str_free(&said);
	return out->why.code != ERR_CANCELLED;
}

bool steps_ask(struct yosys *y, const char *before, const struct harness *h, enum steps_way way,
	       unsigned most_steps, bool trace, struct steps *out, struct err *err)
{
	bool second = (way == STEPS_INDUCT || way == STEPS_REACH) && !h->with_x && smt_here(), ok;
	uint64_t now = loop_now_ms(y->j.loop), until = y->until;

	memset(out, 0, sizeof(*out));
	if (second && until > now)
		y->until = now + (until - now) / 100 * SAT_SHARE;
	ok = ask_sat(y, before, h, way, most_steps, trace, out);
	y->until = until;
	if (!ok)
		err_copy(err, &out->why);
	if (ok && second && out->end == STEPS_UNKNOWN && out->why.code == ERR_TIMEOUT)
		ok = ask_z3(y, before, way, most_steps, out, err);
	return ok;
}
