/* Assigning the numbers of a request to parameters is an assignment problem with a few
 * parameters and at most a dozen numbers, so all assignments are tried, cutting a
 * branch once it costs more than the best so far. The cost of a number for a parameter
 * is its distance, in words, from one of the parameter's words; leaving a parameter
 * without a number costs more than any distance.
 */
#include "config.h"

#include "backends/cookbook/cookbook_numbers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backends/cookbook/cookbook_asks.h"
#include "backends/cookbook/cookbook_card.h"
#include "backends/cookbook/cookbook_words.h"
#include "session/base/mem.h"

#define MAX_NUMBERS 12
#define FAR	    100

static long legal(const struct cookbook_param *p, long v)
{
	if (v < p->least)
		v = p->least;
	if (v > p->most)
		v = p->most;
	if (p->pow2) {
		long power = 1;

		while (power < v)
			power *= 2;
		v = power > p->most ? power / 2 : power;
	}
	return v;
}

static void give(const struct cookbook_param *p, struct cookbook_value *v, double asked)
{
	v->asked = asked < 1e9 ? lround(asked) : 1000000000;
	v->value = legal(p, v->asked);
	v->given = true;
}

/* Rates and times ----------------------------------------------------------------- */

struct unit {
	const char *name;
	double factor;
};

static const struct unit frequency_units[] = {
	{ "hz", 1 }, { "khz", 1e3 }, { "mhz", 1e6 }, { "ghz", 1e9 }, { NULL, 0 },
};
static const struct unit baud_units[] = {
	{ "baud", 1 },	 { "bauds", 1 },    { "bd", 1 },      { "bps", 1 }, { "kbaud", 1e3 },
	{ "kbps", 1e3 }, { "baudrate", 1 }, { "baudios", 1 }, { NULL, 0 },
};
static const struct unit time_units[] = {
	{ "s", 1 },
	{ "ms", 1e-3 },
	{ "us", 1e-6 },
	{ "ns", 1e-9 },
	{ "seconds", 1 },
	{ "milliseconds", 1e-3 },
	{ "second", 1 },
	{ "millisecond", 1e-3 },
	{ "microsecond", 1e-6 },
	{ "microseconds", 1e-6 },
	{ NULL, 0 },
};

/* Collects the quantities in one of units, in the order of the request; returns how many. */
static size_t quantities(const struct words *r, const struct unit *units, double *out, size_t max)
{
	size_t n = 0;

	for (size_t k = 0; k + 1 < r->n && n < max; k++)
		for (const struct unit *u = units; r->v[k].number && u->name; u++)
			if (strcmp(r->v[k + 1].text, u->name) == 0) {
				double digits = strtod(r->v[k].text, NULL);

				out[n++] =
					(digits > 0 ? digits : (double)r->v[k].value) * u->factor;
				break;
			}
	return n;
}

/* True for the number of a rate or a time, which is neither a width nor a count. */
static bool has_unit(const struct words *r, size_t k)
{
	static const struct unit *const kinds[] = { frequency_units, baud_units, time_units };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		for (const struct unit *u = kinds[i]; k + 1 < r->n && u->name; u++)
			if (strcmp(r->v[k + 1].text, u->name) == 0)
				return true;
	return false;
}

/* "9600 baud", "baud rate 9600", "baudrate of 9600"; 0: none. */
static double baud(const struct words *r)
{
	double v;

	if (quantities(r, baud_units, &v, 1))
		return v;
	for (size_t k = 0; k < r->n; k++)
		if (strncmp(r->v[k].text, "baud", 4) == 0)
			for (size_t i = k + 1; i < r->n && i <= k + 3; i++)
				if (r->v[i].number && r->v[i].value >= 300)
					return (double)r->v[i].value;
	return 0;
}

/* "0 to 9", "up to 9", "counts to 9", "until 59", "after 59": one more than the last;
 * 0: none. */
static double states(const struct words *r)
{
	static const char to[] = "to bis a hasta jusqu through thru till until";
	static const char until[] = "until till after bis hasta reaches reaching";

	/* In "wraps after 24 hours, so 0 to 23" the range is more exact, so it has priority. */
	for (int pass = 0; pass < 2; pass++)
		for (size_t k = 0; k + 1 < r->n; k++) {
			bool from_zero =
				k > 0 && ((r->v[k - 1].number && r->v[k - 1].value == 0) ||
					  word_means(&r->v[k - 1], "up count counts counting"));
			bool says = pass == 0 ? from_zero && word_among(&r->v[k], to)
					      : word_among(&r->v[k], until);

			if (r->v[k + 1].number && says)
				return (double)r->v[k + 1].value + 1;
		}
	return 0;
}

/* Seconds of "every 10 ms", "each second"; 0: none. */
static double every(const struct words *r)
{
	for (size_t k = 0; k + 1 < r->n; k++) {
		size_t unit = k + 1 + (r->v[k + 1].number && k + 2 < r->n);
		double n = unit > k + 1 ? strtod(r->v[k + 1].text, NULL) : 1;

		if (!word_among(&r->v[k], "every each per alle jede toutes chaque cada"))
			continue;
		for (const struct unit *u = time_units; u->name; u++)
			if (strcmp(r->v[unit].text, u->name) == 0)
				return n * u->factor;
	}
	return 0;
}

static double computed(const struct cookbook_param *p, const struct words *r)
{
	double hz[2] = { 0 }, seconds = 0;
	size_t n = quantities(r, frequency_units, hz, 2);
	double clock = n ? hz[0] : COOKBOOK_CLOCK_HZ;

	switch (p->rule) {
	case COOKBOOK_BAUD:
		return baud(r) > 0 ? clock / baud(r) : 0;
	case COOKBOOK_RATIO:
		if (n == 1 && every(r) > 0)
			return hz[0] * every(r);
		return n < 2 || hz[0] <= 0 || hz[1] <= 0 ? 0
		       : hz[0] > hz[1]			 ? hz[0] / hz[1]
							 : hz[1] / hz[0];
	case COOKBOOK_TIME:
		return quantities(r, time_units, &seconds, 1) ? seconds * clock : 0;
	case COOKBOOK_STATES:
		return states(r);
	case COOKBOOK_CHOICE:
		return (double)cookbook_choice(r);
	case COOKBOOK_LINES:
		return cookbook_lines(r) > 1 ? ceil(log2((double)cookbook_lines(r))) : 0;
	case COOKBOOK_PLAIN:
		break;
	}
	return 0;
}

/* Phrases and pairs --------------------------------------------------------------- */

static bool says(const struct words *r, const char *phrase)
{
	struct words w;
	bool found = false;

	words_init(&w, phrase);
	for (size_t k = 0; w.n && k + w.n <= r->n && !found; k++) {
		found = true;
		for (size_t i = 0; i < w.n; i++)
			found = found && strcmp(w.v[i].stem, r->v[k + i].stem) == 0;
	}
	words_fini(&w);
	return found;
}

static const struct cookbook_param *named(const struct cookbook_card *card, const char *name)
{
	for (size_t i = 0; i < card->n_params; i++)
		if (strcmp(card->params[i].name, name) == 0)
			return &card->params[i];
	return NULL;
}

static void depth_by_width(const struct cookbook_card *card, const struct words *r,
			   struct cookbook_value *values)
{
	static const char by[] = "x by mal por par";
	const struct cookbook_param *depth = named(card, "DEPTH"), *width = named(card, "WIDTH");

	for (size_t k = 0; depth && width && k + 2 < r->n; k++)
		if (r->v[k].number && r->v[k + 2].number && word_among(&r->v[k + 1], by)) {
			give(depth, &values[depth - card->params], (double)r->v[k].value);
			give(width, &values[width - card->params], (double)r->v[k + 2].value);
			return;
		}
}

/* "1024 bytes" sets the depth, with 8 bits each; "16 words of 4 bytes" the width. */
static void bytes(const struct cookbook_card *card, const struct words *r,
		  struct cookbook_value *values)
{
	const struct cookbook_param *depth = named(card, "DEPTH"), *width = named(card, "WIDTH");
	size_t at = 0, numbers = 0;
	long each = 1;

	for (size_t k = 0; k + 1 < r->n; k++) {
		numbers += r->v[k].number && !has_unit(r, k);
		if (r->v[k].number && word_means(&r->v[k + 1], "byte bytes kb kib kbyte kbytes")) {
			at = k + 1;
			each = r->v[k + 1].text[0] == 'k' ? 1024 : 1;
		}
	}
	if (!depth || !width || !at)
		return;
	if (numbers == 1)
		give(depth, &values[depth - card->params], (double)r->v[at - 1].value * each);
	if (numbers == 1 || each == 1)
		give(width, &values[width - card->params],
		     numbers == 1 ? 8 : 8 * (double)r->v[at - 1].value);
}

/* Numbers next to words ---------------------------------------------------------- */

static bool announces(const struct cookbook_param *p, const struct word *w)
{
	for (size_t i = 0; i < p->words.n; i++) {
		struct words one;
		bool same;

		words_init(&one, p->words.v[i]);
		same = one.n && strcmp(one.v[0].stem, w->stem) == 0;
		words_fini(&one);
		if (same)
			return true;
	}
	return false;
}

/* Distance of the number at k from a word of p: 1 if the word follows, 2 if it precedes
 * ("8 bit", "width 8"), more across "of", "is", "=". FAR: none is near. */
static int distance(const struct cookbook_param *p, const struct words *r, size_t k)
{
	bool after = true, before = true;

	for (size_t d = 1; d <= 3; d++) {
		after = after && k + d < r->n && !r->v[k + d].number;
		before = before && k >= d && !r->v[k - d].number;
		if (after && announces(p, &r->v[k + d]))
			return (int)(2 * d - 1);
		if (before && announces(p, &r->v[k - d]))
			return (int)(2 * d);
	}
	return FAR;
}

struct sharing {
	const struct cookbook_card *card;
	const struct words *r;
	size_t numbers[MAX_NUMBERS], n;
	const struct cookbook_value *have;
	int *now, *best; /* for each parameter, an index into numbers; -1: none */
	int least;
};

/* Tries each unused number, and none, for each parameter; the lowest total cost wins. */
static void share(struct sharing *s, size_t param, unsigned used, int cost)
{
	if (cost >= s->least)
		return;
	if (param == s->card->n_params) {
		s->least = cost;
		memcpy(s->best, s->now, s->card->n_params * sizeof(*s->best));
		return;
	}
	/* A switch is set by a phrase, never by a nearby number. */
	for (size_t i = 0; i < s->n && !s->have[param].given && s->card->params[param].most > 1;
	     i++) {
		int d = used & 1u << i ? FAR
				       : distance(&s->card->params[param], s->r, s->numbers[i]);

		if (d == FAR)
			continue;
		s->now[param] = (int)i;
		share(s, param + 1, used | 1u << i, cost + d);
	}
	s->now[param] = -1;
	share(s, param + 1, used, cost + FAR);
}

static void share_out(const struct cookbook_card *card, const struct words *r,
		      struct cookbook_value *values)
{
	struct sharing s = {
		.card = card, .r = r, .have = values, .least = (int)(card->n_params + 1) * FAR
	};

	s.now = mem_calloc(card->n_params + 1, sizeof(*s.now));
	s.best = mem_calloc(card->n_params + 1, sizeof(*s.best));
	for (size_t k = 0; k < r->n && s.n < MAX_NUMBERS; k++)
		if (r->v[k].number && !has_unit(r, k))
			s.numbers[s.n++] = k;
	share(&s, 0, 0, 0);
	for (size_t i = 0; i < card->n_params; i++)
		if (!values[i].given && s.best[i] >= 0)
			give(&card->params[i], &values[i],
			     (double)r->v[s.numbers[s.best[i]]].value);
	free(s.now);
	free(s.best);
}

/* A clock is given but no time: use the usual time. */
static void usual_times(const struct cookbook_card *card, const struct words *r,
			struct cookbook_value *values)
{
	double hz;

	for (size_t i = 0; i < card->n_params; i++) {
		if (card->params[i].rule != COOKBOOK_TIME || values[i].given ||
		    !quantities(r, frequency_units, &hz, 1))
			continue;
		give(&card->params[i], &values[i], hz * COOKBOOK_USUAL_MS / 1000);
		values[i].usual = true;
	}
}

bool cookbook_computes(const struct cookbook_card *card, const struct words *request)
{
	for (size_t i = 0; i < card->n_params; i++)
		/* "eight lines" occurs with many designs: see cookbook_asks(). */
		if (card->params[i].rule != COOKBOOK_LINES &&
		    card->params[i].rule != COOKBOOK_CHOICE &&
		    computed(&card->params[i], request) > 0)
			return true;
	return false;
}

void cookbook_numbers(const struct cookbook_card *card, const char *request,
		      struct cookbook_value *values)
{
	struct words r;

	words_init(&r, request);
	for (size_t i = 0; i < card->n_params; i++) {
		const struct cookbook_param *p = &card->params[i];
		double v = computed(p, &r);

		values[i] = (struct cookbook_value){ .asked = p->initial, .value = p->initial };
		if (v > 0)
			give(p, &values[i], v);
		for (size_t k = 0; p->least == 0 && p->most == 1 && k < p->words.n; k++)
			if (says(&r, p->words.v[k]))
				give(p, &values[i], 1);
	}
	depth_by_width(card, &r, values);
	bytes(card, &r, values);
	share_out(card, &r, values);
	usual_times(card, &r, values);
	words_fini(&r);
}
