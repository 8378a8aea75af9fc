/* No testbench can notice a change that makes no difference: a default that every
 * case overwrites, a reset value that is set again before it is read. Counting such
 * changes would make good testbenches look weak. */
#include "config.h"

#include "session/flow/flow_kit.h"
#include "session/flow/trust.h"
#include "session/formal/first_values.h"
#include "session/formal/same.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/overlay.h"
#include "session/project/project.h"
#include "session/text/slice.h"
#include "session/tool/prover.h"
#include "session/verilog/verilog.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define PROOF_MS 4000u

static bool change_line(const struct str *text, int line, const char *after, struct str *out)
{
	struct slice rest = { str_cstr(text), text->len };
	int n = 0;

	while (rest.n) {
		struct slice l = slice_line(&rest);

		if (++n == line)
			str_addf(out, "%s\n", after);
		else
			str_add(out, l.p, l.n);
	}
	return n >= line;
}

/* The first design the testbench instantiates, with n overlaid files. */
static bool design_of(struct flow *f, struct project *p, const char *testbench,
		      const struct overlay *v, size_t n, struct design *d)
{
	struct overlays_below *below = overlay_push(p, v, n);
	const struct vmodule *tb = project_vmodule(p, testbench);
	const char *top = tb && tb->n_instances ? tb->instances[0].module : NULL;
	const struct project_file *file = top ? project_module(p, top, NULL) : NULL;

	if (file)
		design_init(d, p, f->w->options, file->path, top);
	overlay_pop(below);
	return file != NULL;
}

/* True if the module runs with its default parameters. Looks at the overlaid files,
 * because the testbench may be one of them. */
static bool uses_first_values(struct flow *f, struct project *p, const char *module,
			      const struct overlay *v, size_t n)
{
	struct overlays_below *below = overlay_push(p, v, n);
	bool first = !f->w->options->parameters.n && first_values(p, module);

	overlay_pop(below);
	return first;
}

bool trust_same(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
		const char *path, int line, const char *after, struct err *why)
{
	const struct prover_ops *prover = f->w->ports->prover;
	struct project *p = workbench_project(f->w, NULL);
	struct design a = { .top = NULL }, b = { .top = NULL };
	struct str text = STR_INIT, changed = STR_INIT;
	struct overlay both[2] = { { NULL, { NULL, 0 } } };
	bool ok = p && prover && prover->here(NULL) && n <= 1 && flow_text(f, path, &text) &&
		  change_line(&text, line, after, &changed) && design_of(f, p, testbench, v, n, &a);

	if (ok) {
		if (n)
			both[0] = v[0];
		both[n] = (struct overlay){ path, { str_cstr(&changed), changed.len } };
		ok = design_of(f, p, testbench, both, n + 1, &b) &&
		     uses_first_values(f, p, a.job.top, v, n) &&
		     formal_same_designs(f->w, &a, &b, PROOF_MS, why);
	}
	design_fini(&a);
	design_fini(&b);
	str_free(&text);
	str_free(&changed);
	return ok;
}
