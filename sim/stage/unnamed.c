/* After a primitive's name there may be delays, then a list of instances:
 *
 *     my_and #(1, 2) (y, a, b), u2 (z, c, d);
 *            ^ skipped                        each bracket without a name gets one
 *
 * Nothing else that begins with the name of a primitive has a bracket there, except
 * its own definition. Strengths are not told from connections; they are rare, and a
 * tool then reports what it cannot read.
 */
#include "config.h"

#include "sim/stage/unnamed.h"

#include "session/base/str.h"
#include "session/verilog/verilog.h"

struct naming {
	struct vwalk w;
	struct str *out;
	size_t copied, n;
};

static void instances(struct naming *g)
{
	struct vwalk *w = &g->w;

	vwalk_next(w);
	if (vwalk_is(w, "#")) {
		vwalk_next(w);
		if (vwalk_is(w, "("))
			vwalk_skip_brackets(w);
		else
			vwalk_next(w);
	}
	for (;;) {
		if (w->at < w->len && w->t.kind == VTOKEN_NAME) {
			vwalk_next(w);
		} else if (vwalk_is(w, "(") && g->n < UNNAMED_MAX) {
			str_add(g->out, w->text + g->copied, w->at - g->copied);
			str_addf(g->out, " posedge_unnamed_%zu ", g->n++);
			g->copied = w->at;
		}
		if (!vwalk_is(w, "("))
			return;
		vwalk_skip_brackets(w);
		if (!vwalk_is(w, ","))
			return;
		vwalk_next(w);
	}
}

bool unnamed_name(const char *text, size_t len, const char *const *primitives, struct str *out)
{
	struct naming g = { .w = { .text = text, .len = len }, .out = out };
	struct vwalk *w = &g.w;
	bool defines = false;

	vwalk_next(w);
	while (w->at < len) {
		if (w->t.kind == VTOKEN_NAME && !defines && vwalk_is_any(w, primitives)) {
			instances(&g);
			continue;
		}
		defines = vwalk_is(w, "primitive");
		vwalk_next(w);
	}
	if (g.n)
		str_add(out, text + g.copied, len - g.copied);
	return g.n > 0;
}
