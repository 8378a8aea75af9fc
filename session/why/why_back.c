/* What a read should have been, by trial: which single value in its place would have given
 * the signal what was wanted.
 *
 * All values of up to SMALL bits are tried, so that of such a read it is known that no value
 * would have helped (as long as one read alone was wrong). Of a wider one those are tried that
 * an addition, a subtraction, an exclusive or, an inversion or a copy on the way would need, and
 * those of the other reads, as a comparison would; what another one would have given is not known.
 */
#include "config.h"

#include "session/why/why_back.h"

#include <string.h>

#include "session/base/str.h"

#define SMALL	  4
#define BACK_WORK (WORK_MAX / 8) /* per step */
#define READS_MAX 24

struct trial {
	struct making *m;
	const struct site *s;
	uint32_t port;
	struct bits got, wanted; /* the bits in question */
	bool unsure;		 /* a trial had no known result: nothing can be ruled out */
};

/* The bits in question of a value of the target. */
static bool part(const struct trial *k, const struct bits *whole, struct bits *out)
{
	struct range range = k->m->range;

	*out = range.n ? bits_part(&k->m->w->pool, whole, range.low, range.n) : *whole;
	return out->width == k->wanted.width;
}

/* Executes the statement with the values at a time. */
static bool result(struct trial *k, uint64_t time, struct bits *out)
{
	struct why *w = k->m->w;
	struct pass r;
	struct bits whole;
	bool known = false;

	if (k->port) {
		pass_init(&r, w, w->c->instances[k->m->place.instance].parent, time);
		whole = eval(&r, k->port);
		whole = bits_resize(&w->pool, &whole, place_width(w, &k->m->place), false);
		known = true;
	} else {
		pass_init(&r, w, k->s->instance, time);
		r.target = k->m->place;
		r.wanted = k->m->range;
		r.writes_only = true;
		known = place_value(w, &k->m->place, time, &whole) && k->s->clocked;
		whole = bits_resize(&w->pool, &whole, place_width(w, &k->m->place), false);
		pass_process(&r, k->s->driver->process);
		for (size_t i = 0; i < r.n_writes; i++) {
			const struct write *x = &r.writes[i];
			uint32_t n = x->range.n ? x->range.n : whole.width;

			known = true;
			for (uint32_t b = 0; b < n && b < x->value.width; b++)
				if (x->range.low + b < whole.width)
					bits_set(&whole, x->range.low + b, bits_get(&x->value, b));
		}
	}
	known = known && part(k, &whole, out);
	k->unsure |= !known || r.unsure;
	pass_fini(&r);
	return known;
}

static bool helps(struct trial *k, const struct why_read *read, const struct bits *was,
		  const struct bits *value)
{
	struct why *w = k->m->w;
	struct place p = place_of(&read->at);
	struct bits whole = bits_resize(&w->pool, was, was->width, false), given;
	uint32_t n = read->at.bits ? read->at.bits : whole.width;
	bool ok;

	for (uint32_t i = 0; i < n && read->at.low + i < whole.width; i++)
		bits_set(&whole, read->at.low + i, bits_get(value, i));
	w->instead = (struct instead){ .on = true, .place = p, .time = read->time, .value = whole };
	ok = result(k, read->time, &given) && bits_same(&given, &k->wanted) == '1';
	w->instead.on = false;
	return ok && w->instead.used && w->work > 0;
}

static bool keep(struct why_read *read, const struct bits *value)
{
	struct str text = STR_INIT;

	if (value->width < WHY_WANTED) {
		bits_print(value, &text);
		memcpy(read->wanted, str_cstr(&text), text.len + 1);
	}
	str_free(&text);
	return true;
}

static bool try_small(struct trial *k, struct why_read *read, const struct bits *was,
		      const struct bits *now)
{
	struct bits_pool *pool = &k->m->w->pool;
	uint64_t number = 0, all = (UINT64_C(1) << now->width) - 1;

	for (uint64_t i = bits_fits(now, &number) ? 1 : 0; i <= all; i++) {
		/* +1, -1, +2, -2 ... */
		uint64_t n = (i & 1 ? number + (i + 1) / 2 : number - i / 2) & all;
		struct bits value = bits_number(pool, now->width, n);

		if (helps(k, read, was, &value))
			return keep(read, &value);
	}
	return false;
}

static bool try_wide(struct trial *k, struct why_read *read, const struct bits *was,
		     const struct bits *now)
{
	struct bits_pool *pool = &k->m->w->pool;
	uint32_t n = now->width;
	struct bits got = bits_resize(pool, &k->got, n, bits_negative(&k->got));
	struct bits wanted = bits_resize(pool, &k->wanted, n, bits_negative(&k->wanted));
	struct bits more = bits_sub(pool, &wanted, &got), other = bits_xor(pool, &wanted, &got);
	struct bits tries[] = { wanted, bits_add(pool, now, &more), bits_sub(pool, now, &more),
				bits_xor(pool, now, &other), bits_not(pool, &wanted) };

	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++)
		if (!bits_unknown(&tries[i]) && bits_same(&tries[i], now) != '1' &&
		    helps(k, read, was, &tries[i]))
			return keep(read, &tries[i]);
	return false;
}

/* The values of the other reads of that width. */
static bool try_others(struct trial *k, struct why_read *read, const struct bits *was,
		       const struct bits *now)
{
	const struct why_step *step = k->m->step;

	for (size_t i = 0; i < step->n_reads && i < READS_MAX; i++) {
		size_t len = strlen(step->reads[i].value);
		struct bits value;

		if (len != now->width || &step->reads[i] == read)
			continue;
		value = bits_text(&k->m->w->pool, now->width, step->reads[i].value, len);
		if (!bits_unknown(&value) && bits_same(&value, now) != '1' &&
		    helps(k, read, was, &value))
			return keep(read, &value);
	}
	return false;
}

static void try_read(struct trial *k, struct why_read *read)
{
	struct why *w = k->m->w;
	struct place p = place_of(&read->at);
	struct bits was, now;

	if (read->wanted[0] || read->here || !place_value(w, &p, read->time, &was))
		return;
	now = read->at.bits ? bits_part(&w->pool, &was, read->at.low, read->at.bits) : was;
	w->instead.used = false;
	k->unsure = false;
	if (now.width <= SMALL) {
		if (!try_small(k, read, &was, &now))
			read->cleared = w->instead.used && w->work > 0 && !k->unsure;
	} else if (now.width < WIDTH_MAX && !bits_unknown(&now)) {
		if (!try_wide(k, read, &was, &now))
			try_others(k, read, &was, &now);
	}
}

void back_wanted(struct making *m, const struct site *s, uint32_t port)
{
	struct why *w = m->w;
	struct trial k = { .m = m, .s = s, .port = port };
	struct why_step *step = m->step;
	struct bits now;
	long was = w->work;

	if (!w->wanted || !w->wanted[0] || m->only_x || was <= 0 ||
	    (s && s->driver->process == CIRCUIT_NONE) || !place_value(w, &m->place, m->time, &now))
		return;
	k.wanted = bits_text(&w->pool, (uint32_t)strlen(w->wanted), w->wanted, strlen(w->wanted));
	if (!part(&k, &now, &k.got) || bits_same(&k.got, &k.wanted) == '1')
		return;
	w->work = was < BACK_WORK ? was : BACK_WORK;
	for (size_t i = 0; i < step->n_reads && i < READS_MAX && w->work > 0; i++)
		try_read(&k, &step->reads[i]);
	w->spent += (was < BACK_WORK ? was : BACK_WORK) - w->work;
	w->work = was;
}
