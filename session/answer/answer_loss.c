/* Lines are compared as a bag: an earlier line that occurs nowhere in the new text
 * is lost, wherever it was. Moved text therefore loses nothing, and no diff is
 * needed. The limits are rough on purpose: a loop that replaces eight equal lines
 * is a rewrite, a module of which only the header is left is not.
 *
 *	had 45, left 13, lost 34	the body is missing
 *	had 45, left 25, lost 30	rewritten
 *	had 6, left 2, lost 4		too small to tell
 */
#include "config.h"

#include "session/answer/answer_loss.h"

#include <stdio.h>
#include <stdlib.h>

#include "session/answer/answer_bytes.h"
#include "session/answer/answer_name.h"
#include "session/base/mem.h"
#include "session/verilog/verilog.h"

#define MIN_LOST      8 /* lines of Verilog; fewer are easily noticed */
#define MIN_LOST_TEXT 3
#define MAX_UNITS     500 /* more modules are compared as one text */

struct bag {
	struct slice *v;
	size_t n, cap;
};

static bool comment(struct slice s, bool *within)
{
	if (!*within && slice_starts(s, "/*"))
		*within = true;
	else if (!*within)
		return slice_starts(s, "//");
	if (slice_find(s, "*/") < s.n)
		*within = false;
	return true;
}

/* The lines of a text, trimmed and sorted. */
static void bag_init(struct bag *b, struct slice text)
{
	bool within = false;

	*b = (struct bag){ 0 };
	while (text.n) {
		struct slice s = slice_trim(slice_line(&text));

		if (s.n == 0 || comment(s, &within))
			continue;
		MEM_PUSH(b->v, b->n, b->cap, s);
	}
	if (b->n)
		qsort(b->v, b->n, sizeof(*b->v), bytes_order);
}

static size_t in_both(const struct bag *a, const struct bag *b)
{
	size_t i = 0, k = 0, n = 0;

	while (i < a->n && k < b->n) {
		int c = bytes_order(&a->v[i], &b->v[k]);

		n += c == 0;
		i += c <= 0;
		k += c >= 0;
	}
	return n;
}

static bool loses(struct slice was, struct slice now, bool verilog, struct loss *out)
{
	struct bag a, b;

	bag_init(&a, was);
	bag_init(&b, now);
	*out = (struct loss){ .had = a.n, .left = b.n, .lost = a.n - in_both(&a, &b) };
	free(a.v);
	free(b.v);
	return out->lost >= (verilog ? MIN_LOST : MIN_LOST_TEXT) &&
	       out->left * (verilog ? 3 : 2) <= out->had;
}

static bool unit_loses(const struct voutline *a, struct slice was, const struct voutline *b,
		       struct slice now, struct loss *out)
{
	for (size_t i = 0; i < a->n && a->n <= MAX_UNITS && b->n <= MAX_UNITS; i++) {
		const struct vmodule *m = &a->modules[i], *n = voutline_module(b, m->name);

		if (n && loses(module_text(m, was), module_text(n, now), true, out)) {
			snprintf(out->what, sizeof(out->what), "%s", m->name);
			return true;
		}
	}
	return false;
}

bool answer_loses_most(const char *path, struct slice was, struct slice now, struct loss *out)
{
	struct voutline a = { 0 }, b = { 0 };
	bool verilog = name_is_verilog(slice_of(path)), yes;

	if (verilog) {
		voutline_init(&a, was.p, was.n);
		voutline_init(&b, now.p, now.n);
	}
	yes = loses(was, now, verilog && a.n, out) || unit_loses(&a, was, &b, now, out);
	voutline_fini(&a);
	voutline_fini(&b);
	return yes;
}

void answer_loss_say(const char *path, const struct loss *l, struct str *out)
{
	str_addf(out,
		 "%s: of %zu lines%s%s %zu would be left: look whether the answer forgot the rest; "
		 "it is not applied unasked",
		 path, l->had, l->what[0] ? " of " : "", l->what, l->left);
}
