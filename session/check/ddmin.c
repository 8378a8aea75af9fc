/* The parts are split into chunks. If a single chunk passes, it replaces the set;
 * if all but one pass, that one is dropped; if neither, the chunks are split
 * further, down to single parts. */
#include "config.h"

#include "session/check/ddmin.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

struct search {
	size_t n;
	ddmin_test *test;
	void *ctx;
	bool *now; /* smallest passing set so far */
	bool *trial;
	bool *failed; /* sets that did not pass, n flags each */
	size_t n_failed, cap;
	bool stopped;
};

static bool passes(struct search *s, const bool *set)
{
	enum ddmin_answer a;

	for (size_t i = 0; i < s->n_failed; i++)
		if (memcmp(s->failed + i * s->n, set, s->n) == 0)
			return false;
	a = s->stopped ? DDMIN_STOP : s->test(s->ctx, set, s->n);
	s->stopped = a == DDMIN_STOP;
	if (a == DDMIN_FAILS) {
		s->cap = mem_grow((void **)&s->failed, s->cap, (s->n_failed + 1) * s->n, 1);
		memcpy(s->failed + s->n_failed++ * s->n, set, s->n);
	}
	return a == DDMIN_PASSES;
}

static size_t count(const struct search *s)
{
	size_t sum = 0;

	for (size_t i = 0; i < s->n; i++)
		sum += s->now[i];
	return sum;
}

/* Sets trial to chunk k of `chunks` alone, or to all but that chunk. */
static void cut(struct search *s, size_t left, size_t chunks, size_t k, bool alone)
{
	size_t from = left * k / chunks, to = left * (k + 1) / chunks, at = 0;

	for (size_t i = 0; i < s->n; i++) {
		bool in = at >= from && at < to;

		s->trial[i] = s->now[i] && in == alone;
		at += s->now[i];
	}
}

static bool shrink(struct search *s, size_t left, size_t chunks, bool alone)
{
	for (size_t k = 0; k < chunks && !s->stopped; k++) {
		cut(s, left, chunks, k, alone);
		if (passes(s, s->trial)) {
			memcpy(s->now, s->trial, s->n);
			return true;
		}
	}
	return false;
}

bool ddmin(bool *set, size_t n, ddmin_test *test, void *ctx)
{
	struct search s = { .n = n, .test = test, .ctx = ctx, .now = set };
	size_t left, chunks = 2;

	s.trial = mem_calloc(n + 1, sizeof(*s.trial));
	if (n && count(&s) && passes(&s, s.trial)) /* the empty set passes */
		memset(set, 0, n);
	while ((left = count(&s)) >= 2 && !s.stopped) {
		if (shrink(&s, left, chunks, true))
			chunks = 2;
		else if (shrink(&s, left, chunks, false))
			chunks = chunks > 2 ? chunks - 1 : 2;
		else if (chunks < left)
			chunks = 2 * chunks < left ? 2 * chunks : left;
		else
			break;
	}
	free(s.trial);
	free(s.failed);
	return !s.stopped;
}
