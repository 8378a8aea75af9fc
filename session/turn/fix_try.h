/* fix_try.h - scores a set of proposals: lints and simulates the design with all of
 * them. The score comes from the tools, never from the model's claims. */
#ifndef POSEDGE_FIX_TRY_H
#define POSEDGE_FIX_TRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct session;
struct workbench;

struct fix_score {
	bool ran;	/* a simulation reached a verdict */
	bool passes;	/* the verdict is PASS */
	uint64_t fails; /* number of failed checks; UINT64_MAX: not known */
	size_t errors, risks;
};

/* Below 0: a is worse than b; 0: equal. */
int fix_compare(const struct fix_score *a, const struct fix_score *b);

/* Scores suggestion n together with the other open ones of its answer. testbench
 * NULL: none to run. said: findings, verdict, cycles before the first failure.
 * False: the task was cancelled. */
bool fix_try(struct workbench *w, uint64_t n, const char *testbench, struct fix_score *score,
	     struct str *said, struct err *err);

/* Proposals kept as texts, so that they can be restored. Zeroed: empty. */
struct fix_kept {
	struct fix_file {
		char *path;
		struct str text;
	} * v;
	size_t n;
};

void fix_keep(struct session *session, const uint64_t *suggestions, size_t n, struct fix_kept *out);
void fix_kept_fini(struct fix_kept *k);

/* Proposes the kept texts again: suggestions[i] becomes the number of its
 * replacement. Closes suggestions for other files; *n becomes the number left. */
bool fix_bring_back(struct session *session, const struct fix_kept *k, uint64_t *suggestions,
		    size_t *n, struct err *err);

#endif
