#include "config.h"

#include "session/tool/prover.h"

#include <stdlib.h>
#include <string.h>

static void step_fini(struct prover_step *s, size_t n_ports)
{
	for (size_t i = 0; i < n_ports; i++) {
		free(s->before[i]);
		free(s->after[i]);
	}
	free(s->before);
	free(s->after);
}

void prover_trace_fini(struct prover_trace *t)
{
	for (size_t i = 0; i < t->n_steps; i++)
		step_fini(&t->steps[i], t->n_ports);
	for (size_t i = 0; i < t->n_ports; i++)
		free(t->ports[i].name);
	free(t->ports);
	free(t->steps);
	memset(t, 0, sizeof(*t));
}

void prover_report_fini(struct prover_report *r)
{
	for (size_t i = 0; i < r->n_properties; i++) {
		free(r->properties[i].name);
		free(r->properties[i].why);
		prover_trace_fini(&r->properties[i].trace);
	}
	free(r->properties);
	free(r->why);
	strv_free(&r->driven);
	prover_trace_fini(&r->trace);
	memset(r, 0, sizeof(*r));
}
