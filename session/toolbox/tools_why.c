/* why: finds the statement that caused a value, one step per call. */
#include "config.h"

#include "session/base/str.h"
#include "session/check/flow_why.h"
#include "session/toolbox/tool_args.h"
#include "session/toolbox/tools.h"

#define STEPS_MAX 12

bool tool_why(struct tool_call *c, struct err *err)
{
	struct why_question q = { 0 };
	struct why_answer a = { 0 };
	uint64_t steps = 1;
	bool ok = arg_text(c->args, "signal", false, &q.signal, err) &&
		  arg_text(c->args, "time", false, &q.when, err) &&
		  arg_number(c->args, "steps", 1, STEPS_MAX, 1, &steps, err);

	q.steps = steps;
	if (ok) {
		ok = flow_why(c->w, &q, &a, err);
		if (ok)
			why_print(&a.chain, &a.unit, c->out);
		for (size_t i = 0; ok && i < a.notes.n; i++)
			str_addf(c->out, "[%s]\n", a.notes.v[i]);
		why_answer_fini(&a);
	}
	return ok;
}
