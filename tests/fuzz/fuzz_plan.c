/* A text as a spec and as a plan: read and checked; from a plan without faults code is
 * generated, and that code, read as Verilog, matches the plan. */
#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/flow/plan.h"
#include "session/flow/spec.h"
#include "session/verilog/verilog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void as_spec(const char *text, size_t len)
{
	struct spec s = { 0 };
	struct spec_opens o = { 0 };
	struct strv lines = STRV_INIT;
	struct str longer = STR_INIT;
	size_t n;

	spec_read(&s, text, len);
	spec_check(&s, &o);
	n = spec_numbered(&s);
	strv_add(&lines, "one more");
	spec_extend(text, len, &lines, &longer);
	assert(longer.len > len);
	spec_fini(&s);
	spec_read(&s, str_cstr(&longer), longer.len);
	assert(s.full || spec_numbered(&s) > n || n == 0);
	spec_opens_fini(&o);
	spec_fini(&s);
	strv_free(&lines);
	str_free(&longer);
}

static void as_planned(const struct plan *p, const struct plan_module *m)
{
	struct str text = STR_INIT;
	struct strv lines = STRV_INIT;
	struct voutline o;

	if (m->n_instances) {
		plan_make(p, m, &text);
	} else {
		plan_head(m, &text);
		str_adds(&text, "endmodule\n");
	}
	voutline_init(&o, str_cstr(&text), text.len);
	assert(o.n == 1 && strcmp(o.modules[0].name, m->name) == 0);
	plan_compare(m, &o.modules[0], &lines);
	assert(lines.n == 0);
	voutline_fini(&o);
	strv_free(&lines);
	str_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);
	struct plan p = { 0 };

	as_spec(text, size);
	plan_read(&p, text, size);
	plan_check(&p, NULL);
	for (size_t i = 0; i < p.n && p.n_faults == 0; i++)
		as_planned(&p, &p.modules[i]);
	plan_fini(&p);
	free(text);
	return 0;
}
