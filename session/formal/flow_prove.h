/* flow_prove.h - whether a module's assertions hold for all inputs: one task. */
#ifndef POSEDGE_FLOW_PROVE_H
#define POSEDGE_FLOW_PROVE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/tool/prover.h"

struct overlay;
struct workbench;

struct prove_request {
	const char *path, *module;   /* relative; of it, the top */
	const struct overlay *texts; /* that files have for this, in place of theirs; copied */
	size_t n_texts;
	const char *const *resets; /* as in prover_prove */
	unsigned depth;
	uint64_t ms; /* for all of them */
};

/* Strings are owned. A property that fails was shown to by Icarus; its testbench and waves
 * are kept. */
struct prove_result {
	struct prover_report report;
	struct strv unread;  /* "rtl/q.sv:12: why" */
	struct strv benches; /* of each property, "" = none */
	struct strv waves;
};

bool flow_prove(struct workbench *w, const struct prove_request *r, struct prove_result *out,
		struct err *err);
void prove_result_fini(struct prove_result *r);

/* "proved", "fails: step 3", "vacuous: ...", ... */
void prove_say(const struct prover_property *p, struct str *out);

#endif
