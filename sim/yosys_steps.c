/* `sat -tempinduct` alternates: does it hold for k steps from the start; if so, does it
 * hold after any k steps in which it held? A no to the first is a counterexample, a yes
 * to the second a proof. Both are void if nothing at all satisfies the assumptions, so a
 * run without any claim is found first.
 */
#include "config.h"

#include "sim/yosys_steps.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/str.h"

#define SANE  "sane.log"
#define FOUND "sat.log"
#define DUMP  "found.vcd"

/* As yosys 0.9 to 0.40 word it. */
#define LIVE	"SAT solving finished - model found:"
#define BASE	"Base case for induction length "
#define BASE_OK " proven."
#define PROVEN	"Induction step proven: SUCCESS!"
#define BROKEN	"SAT temporal induction proof finished - model found for base case: FAIL!"
#define ENDED	"Reached maximum number of time steps -> proof failed."
#define OUT_OF	"Interrupted SAT solver: TIMEOUT!"
#define NONE	"SAT proof finished - no model found: SUCCESS!"
#define ONE	"SAT proof finished - model found: FAIL!"

static const char *as_x(const struct harness *h)
{
	return h->with_x ? " -enable_undef -set-init-undef -set-def-inputs" : "";
}

static void add_script(const struct yosys *y, const struct harness *h, const char *before,
		       enum steps_way way, unsigned most_steps, struct str *out)
{
	uint64_t now = loop_now_ms(y->j.loop);
	unsigned seconds = y->until > now ? (unsigned)((y->until - now) / 1000) + 1 : 1;

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
		 as_x(h), way == STEPS_INDUCT ? "-tempinduct -maxsteps" : "-seq", most_steps,
		 seconds);
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
	else if (yosys_says(&said, NONE)) {
		out->end = STEPS_BOUNDED;
		out->steps = most_steps;
	} else if (yosys_says(&said, ENDED))
		out->end = STEPS_BOUNDED;
	else if (yosys_says(&said, OUT_OF))
		err_set(&out->why, ERR_TIMEOUT, "yosys did not end within %llu s (--seconds)",
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

bool steps_ask(struct yosys *y, const char *before, const struct harness *h, enum steps_way way,
	       unsigned most_steps, bool trace, struct steps *out, struct err *err)
{
	struct str script = STR_INIT, around = STR_INIT;
	bool ok;

	memset(out, 0, sizeof(*out));
	harness_write(h, &around);
	add_script(y, h, before, way, most_steps, &script);
	stage_write(&y->j.stage, SANE, "", 0, NULL);
	stage_write(&y->j.stage, FOUND, "", 0, NULL);
	ok = stage_write(&y->j.stage, "harness.sv", str_cstr(&around), around.len, &out->why) &&
	     yosys_run(y, str_cstr(&script), &out->why);
	if (ok) {
		understand(y, h, most_steps, trace, out);
	} else if (out->why.code == ERR_TIMEOUT) {
		struct str said = STR_INIT;

		if (yosys_file(y, FOUND, &said, NULL))
			out->steps = yosys_counts(&said, BASE, BASE_OK);
		str_free(&said);
	}
	str_free(&script);
	str_free(&around);
	if (out->why.code == ERR_CANCELLED && err)
		*err = out->why;
	return out->why.code != ERR_CANCELLED;
}
