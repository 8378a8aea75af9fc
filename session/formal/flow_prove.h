/* flow_prove.h - checks in the calling task whether a module's assertions hold
 * for all inputs. */
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
	const char *path, *module;   /* path relative to the root; module: the top, in that file */
	const struct overlay *texts; /* overlays for this proof; copied */
	size_t n_texts;
	const char *const *resets; /* as in prover_prove */
	unsigned depth;
	uint64_t ms; /* for all properties together */
};

/* Strings are owned. A failing property was confirmed by Icarus; its testbench
 * and waves are kept. */
struct prove_result {
	struct prover_report report;
	struct strv unread;  /* "rtl/q.sv:12: why", or of a whole file "rtl/q.sv: why" */
	struct strv benches; /* per property, "" if none */
	struct strv waves;
};

bool flow_prove(struct workbench *w, const struct prove_request *r, struct prove_result *out,
		struct err *err);
void prove_result_fini(struct prove_result *r);

/* "proved", "fails: step 3", "vacuous: ...", ... */
void prove_say(const struct prover_property *p, struct str *out);

#endif
