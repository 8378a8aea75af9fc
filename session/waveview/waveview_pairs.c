/* A testbench that compares has both values: the actual one, and the expected one, with a
 * name that says so. One below the other, they show the failure.
 */
#include "config.h"

#include "session/waveview/waveview.h"

#include <string.h>
#include <strings.h>

#include "session/base/str.h"

static const char *const expecting[] = { "expected", "expect", "exp",	   "golden",
					 "gold",     "ref",    "reference" };

void waveview_expects(const char *name, struct str *out)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(expecting) / sizeof(*expecting); i++) {
		size_t n = strlen(expecting[i]);

		if (len > n + 1 && strncasecmp(name, expecting[i], n) == 0 && name[n] == '_') {
			str_adds(out, name + n + 1);
			return;
		}
		if (len > n + 1 && strcasecmp(name + len - n, expecting[i]) == 0 &&
		    name[len - n - 1] == '_') {
			str_add(out, name, len - n - 1);
			return;
		}
	}
	/* A bare word expects the only other value. */
	for (size_t i = 0; i < 2; i++)
		if (strcasecmp(name, expecting[i]) == 0)
			str_adds(out, "got");
}

/* Finds the nearest row named by an "expected_..." row, preferably in the same scope. */
void waveview_find_pairs(struct waveview *v)
{
	struct str got = STR_INIT;

	for (size_t i = 0; i < v->n; i++) {
		struct waveview_row *r = &v->rows[i];
		size_t best = TRACE_NONE;

		r->beside = TRACE_NONE;
		str_clear(&got);
		if (r->signal != TRACE_NONE)
			waveview_expects(waveview_last_name(r->name), &got);
		for (size_t k = 0; got.len && k < v->n; k++) {
			const struct waveview_row *o = &v->rows[k];

			if (k == i || o->signal == TRACE_NONE ||
			    strcmp(waveview_last_name(o->name), str_cstr(&got)) != 0)
				continue;
			if (best == TRACE_NONE || trace_signal_at(v->t, o->signal)->scope ==
							  trace_signal_at(v->t, r->signal)->scope)
				best = k;
		}
		r->beside = best;
	}
	str_free(&got);
}
