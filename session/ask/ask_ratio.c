/* The error of the token estimate for one backend, learned from its answers. Each
 * exchange has p, the estimated tokens of prose, c, those of code, and t, the server's
 * total; the factors a and b are chosen so that a p + b c is close to t. That is a
 * least-squares fit with two unknowns.
 *
 * Often p and c grow together. Then the factors cannot be separated, and the plain
 * solution would be wild. So both are pulled towards the common factor m = sum t / sum
 * (p + c) by a small weight (ridge regression), and the result is clamped to 60 to 250
 * percent.
 */
#include "config.h"

#include "session/ask/ask_ratio.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_turns.h"
#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/model/entries.h"

#define COUNTED_MIN 256	 /* tokens; smaller requests say little */
#define DRAWN	    0.02 /* weight of the common factor, relative to all squares */

struct sums { /* over requests: p prose and c code as estimated, t as counted */
	double p, c, t, pp, pc, cc, pt, ct;
	size_t n;
};

static bool is_code(const struct prompt_entry *e)
{
	return e->kind == ENTRY_FILE || e->kind == ENTRY_DESIGN || e->kind == ENTRY_BESIDE ||
	       e->kind == ENTRY_ABSENT;
}

static void add(struct sums *s, const struct exchange *x)
{
	struct entries_message *messages;
	struct entries l;
	size_t n;
	double p = 0, c = 0, t = (double)x->in;

	if (!entries_read(str_cstr(&x->sent), x->sent.len, &l, &messages, &n))
		return;
	for (size_t i = 0; i < l.n; i++)
		if (entry_is_sent(&l.v[i]))
			*(is_code(&l.v[i]) ? &c : &p) += (double)l.v[i].tokens;
	free(messages);
	entries_fini(&l);
	if (p + c <= 0)
		return;
	s->n++;
	s->p += p;
	s->c += c;
	s->t += t;
	s->pp += p * p;
	s->pc += p * c;
	s->cc += c * c;
	s->pt += p * t;
	s->ct += c * t;
}

static unsigned percent(double factor)
{
	double v = factor * 100 + 0.5;

	return v < 60 ? 60 : v > 250 ? 250 : (unsigned)v;
}

/*	| pp+d  pc   |   | prose |   | pt + d m |
 *	| pc    cc+d | * | code  | = | ct + d m |	m: the common factor
 */
void ask_ratio(const struct state *s, const char *backend, struct ask_ratio *out)
{
	struct sums v = { 0 };
	double m, d, det;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < s->n_chat; i++) {
		const struct exchange *x = s->chat[i];

		if (x->sent.len && x->in >= COUNTED_MIN && x->rounds < 2 &&
		    strcmp(x->backend, backend) == 0 && !ask_was_cut(x->estimated, x->in))
			add(&v, x);
	}
	if (v.n == 0)
		return;
	m = v.t / (v.p + v.c);
	d = DRAWN * (v.pp + v.cc) / (double)v.n;
	det = (v.pp + d) * (v.cc + d) - v.pc * v.pc; /* positive because d is */
	out->prose = percent(((v.pt + d * m) * (v.cc + d) - (v.ct + d * m) * v.pc) / det);
	out->code = percent(((v.ct + d * m) * (v.pp + d) - (v.pt + d * m) * v.pc) / det);
}

unsigned ask_ratio_of(const struct ask_ratio *r, const struct prompt_entry *e)
{
	unsigned part = is_code(e) ? r->code : r->prose;

	return part ? part : 100;
}
