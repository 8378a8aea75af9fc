/* Checks a model's stimuli and reference, as far as rules can.
 *
 * Stimuli run in the testbench's own process. They must not wait except by calling tick,
 * or open blocks that outlive it; otherwise inputs would change while outputs are
 * sampled, or the run would not end. So the statements are scanned token by token for
 * forbidden words.
 */
#include "config.h"

#include <stdlib.h>

#include "session/answer/answer.h"
#include "session/base/word_table.h"
#include "session/flow/differ.h"
#include "session/flow/tests.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

#define STIMULI_MAX (64u << 10) /* bytes */

/* State of the scan of stimuli. */
struct seen {
	const char *tick;
	bool ticks;
	int depth; /* number of begins minus ends */
	struct str *why;
};

static bool look_at(struct seen *seen, struct slice t, enum vtoken_kind kind)
{
	static const char *const blocks[] = { "module", "initial", "always",	"task", "function",
					      "fork",	"wait",	   "endmodule", NULL };
	static const char *const ends[] = { "$finish", "$stop", "$fatal", "$exit", NULL };

	if (kind == VTOKEN_NAME && slice_is(t, seen->tick))
		seen->ticks = true;
	seen->depth += slice_is(t, "begin") ? 1 : slice_is(t, "end") ? -1 : 0;
	if (kind == VTOKEN_KEYWORD && words_has_n(blocks, t.p, t.n))
		str_addf(seen->why, "\"%.*s\" is not allowed among statements", (int)t.n, t.p);
	else if (kind == VTOKEN_SYMBOL && (slice_is(t, "#") || slice_is(t, "@")))
		str_addf(seen->why, "it waits with \"%.*s\"; only %s may wait", (int)t.n, t.p,
			 seen->tick);
	else if (kind == VTOKEN_SYSTEM && words_has_n(ends, t.p, t.n))
		str_addf(seen->why, "%.*s: the end comes by itself", (int)t.n, t.p);
	else if (kind == VTOKEN_DIRECTIVE || kind == VTOKEN_OTHER)
		str_addf(seen->why, "\"%.*s\" is not allowed there", (int)(t.n > 20 ? 20 : t.n),
			 t.p);
	else if (seen->depth < 0)
		str_adds(seen->why, "it has more \"end\" than \"begin\"");
	return seen->why->len == 0;
}

static bool judge(const char *text, size_t len, const char *tick, struct str *why)
{
	enum vlex_state state = VLEX_CODE;
	struct seen seen = { .tick = tick, .why = why };
	struct vtoken t;

	if (len > STIMULI_MAX) {
		str_addf(why, "the stimuli are longer than %u KB", STIMULI_MAX >> 10);
		return false;
	}
	for (size_t off = 0; off < len; off = t.off + t.len) {
		t = vlex_next(text, len, off, &state);
		if (t.kind != VTOKEN_SPACE && t.kind != VTOKEN_COMMENT &&
		    !look_at(&seen, (struct slice){ text + t.off, t.len }, t.kind))
			return false;
	}
	if (state != VLEX_CODE || seen.depth)
		str_adds(why, "it is cut off within a block, a comment or a string");
	else if (!seen.ticks)
		str_addf(why, "it never calls %s, so no cycle would pass", tick);
	return why->len == 0;
}

bool tests_take_stimuli(struct tests_parts *p, const char *text, size_t len, struct str *why)
{
	struct answer_parts parts;
	const struct answer_part *best = NULL;
	bool ok;

	answer_parse(text, len, &parts);
	for (size_t i = 0; i < parts.n; i++)
		if (part_is_design(&parts.v[i]) && (!best || parts.v[i].len > best->len))
			best = &parts.v[i];
	if (!best)
		answer_say_lack(&parts, "block of code", why);
	else if (best->cut)
		str_adds(why, "it is cut off");
	ok = best && !best->cut && judge(best->text, best->len, p->tick, why);
	if (ok) {
		str_clear(&p->stimuli);
		str_add(&p->stimuli, best->text, best->len);
	}
	answer_parts_fini(&parts);
	return ok;
}

/* Takes a reference. False with why empty: the block has no module of that name. */
static bool take_module(struct tests_parts *p, const struct vmodule *m, const char *name,
			const char *text, size_t len, struct str *why)
{
	struct voutline o;
	const struct vmodule *ref;
	struct err err;
	bool ok = false;

	voutline_init(&o, text, len);
	ref = voutline_module(&o, name);
	if (ref)
		str_clear(why);
	if (ref && !ref->end_line)
		str_addf(why, "module %s is cut off", name);
	else if (ref && voutline_module(&o, m->name))
		str_addf(why, "it defines %s, which is the design's name", m->name);
	else if (ref && !differ_fit(m, ref, &err))
		str_addf(why, "its ports are not those of %s: %s", m->name, err.text);
	else
		ok = ref != NULL;
	for (size_t i = 0; ok && i < o.n; i++)
		if (vmodule_is_testbench(&o.modules[i])) {
			str_addf(why, "%s is a testbench, and a model was asked for",
				 o.modules[i].name);
			ok = false;
		}
	if (ok) {
		str_clear(&p->reference);
		str_add(&p->reference, text, len);
		if (len && text[len - 1] != '\n')
			str_addc(&p->reference, '\n');
	}
	voutline_fini(&o);
	return ok;
}

bool tests_take_reference(struct tests_parts *p, const struct vmodule *m, const char *answer,
			  size_t len, struct str *why)
{
	char *name = str_fmt("%s_ref", m->name), *what = str_fmt("module %s", name);
	struct answer_parts parts;
	bool ok = false;

	answer_parse(answer, len, &parts);
	str_clear(why);
	for (size_t i = 0; i < parts.n && !ok; i++)
		if (parts.v[i].kind == PART_CODE)
			ok = take_module(p, m, name, parts.v[i].text, parts.v[i].len, why);
	if (ok)
		str_clear(why);
	else if (!why->len)
		answer_say_lack(&parts, what, why);
	answer_parts_fini(&parts);
	free(name);
	free(what);
	return ok;
}
