/* Compares scores, decides what to try next, and prints the table.
 *
 *	candidates --judged--> raised the best? --yes--> one that repairs it, the same effort
 *	                             |no
 *	                             +--> more reasoning --> another backend --> stop
 *
 * So an easy task costs two answers, and effort for a hard one grows step by step.
 */
#include "config.h"

#include "session/flow/solve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool solve_green(const struct solve_score *s)
{
	return s->has_code && s->linted && !s->errors && !s->risks && s->passes && !s->latches;
}

static int fewer(uint64_t a, uint64_t b)
{
	return a < b ? 1 : a > b ? -1 : 0;
}

static int yes(bool a, bool b)
{
	return (int)a - (int)b;
}

/* Failed checks in thousandths; 1000 if the failures were not counted. */
static uint64_t wrong_share(const struct solve_score *s)
{
	if (s->passes)
		return 0;
	if (s->checks <= 0 || s->failures < 0 || s->failures >= s->checks)
		return 1000;
	return s->failures ? (uint64_t)s->failures * 1000 / (uint64_t)s->checks : 1;
}

/* Compares in tenths, because the choice of mutants is random. Unknown is not worse. */
static int by_strength(const struct solve_score *a, const struct solve_score *b)
{
	if (!a->hunted || !b->hunted || !a->mutants || !b->mutants)
		return 0;
	return fewer(b->noticed * 10 / b->mutants, a->noticed * 10 / a->mutants);
}

static int by_size(const struct solve_score *a, const struct solve_score *b)
{
	int order;

	if (!a->sized || !b->sized || !a->passes || !b->passes)
		return 0;
	order = fewer(a->cells, b->cells);
	return order || a->path < 0 || b->path < 0 ? order
						   : fewer((uint64_t)a->path, (uint64_t)b->path);
}

int solve_compare(const struct solve_score *a, const struct solve_score *b)
{
	const int orders[] = {
		yes(a->has_code, b->has_code),
		yes(a->linted, b->linted),
		fewer(a->errors, b->errors),
		yes(a->passes, b->passes),
		yes(a->ran, b->ran),
		fewer(wrong_share(a), wrong_share(b)),
		by_strength(a, b),
		fewer(a->latches, b->latches),
		fewer(a->risks, b->risks),
		by_size(a, b),
	};

	for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++)
		if (orders[i])
			return orders[i];
	return 0;
}

/* The next effort --------------------------------------------------------------------- */

enum solve_stop solve_next(const struct solve_history *h, enum solve_effort *effort)
{
	*effort = h->last;
	if (h->tried >= h->most)
		return h->green ? SOLVE_DONE : SOLVE_ALL_TRIED;
	if (h->green)
		return h->all ? SOLVE_ON : SOLVE_DONE;
	if (h->tried == 0) {
		*effort = SOLVE_PLAIN;
		return SOLVE_ON;
	}
	if (h->raised && (!h->wrong || h->last > SOLVE_PLAIN))
		return SOLVE_ON;
	if (h->last == SOLVE_PLAIN)
		*effort = SOLVE_REASON;
	else if (h->last == SOLVE_REASON && h->can_escalate)
		*effort = SOLVE_ESCALATE;
	else
		return SOLVE_STUCK;
	return SOLVE_ON;
}

const char *solve_stop_text(enum solve_stop s)
{
	switch (s) {
	case SOLVE_DONE:
		return "nothing is left that a tool finds";
	case SOLVE_ALL_TRIED:
		return "all candidates are used up (--best)";
	case SOLVE_STUCK:
		return "more effort brought nothing better";
	case SOLVE_ON:
		break;
	}
	return "";
}

bool solve_level(const char *now, char out[24])
{
	static const char *const levels[] = { "off", "low", "medium", "high" };
	size_t n = now ? strspn(now, "0123456789") : 0;

	if (n && n < 7 && !now[n] && atol(now) > 0 && atol(now) < SOLVE_LEVEL_MAX) {
		long twice = 2 * atol(now);

		snprintf(out, 24, "%ld", twice < SOLVE_LEVEL_MAX ? twice : (long)SOLVE_LEVEL_MAX);
		return true;
	}
	for (size_t i = 0; i + 1 < sizeof(levels) / sizeof(*levels); i++)
		if (now && strcmp(now, levels[i]) == 0) {
			snprintf(out, 24, "%s", levels[i + 1]);
			return true;
		}
	if (!now)
		snprintf(out, 24, "high");
	return !now;
}

const char *solve_effort_name(enum solve_effort e)
{
	static const char *const names[] = { "plain", "reasoning", "escalate" };

	return names[e];
}

/* The table --------------------------------------------------------------------------- */

static void add_lint(const struct solve_score *s, struct str *out)
{
	if (!s->has_code)
		str_adds(out, "no module");
	else if (!s->linted)
		str_adds(out, "-");
	else if (s->errors || s->risks)
		str_addf(out, "%zu err %zu risk", s->errors, s->risks);
	else
		str_adds(out, "ok");
}

static bool shows_share(const struct solve_score *s)
{
	return s->checks > 0 && s->failures >= 0 && s->failures <= s->checks;
}

static void add_function(const struct solve_score *s, struct str *out)
{
	if (!s->ran)
		str_adds(out, "-");
	else if (s->passes && s->checks >= 0)
		str_addf(out, "PASS %ld", s->checks);
	else if (s->passes)
		str_adds(out, "PASS");
	else if (shows_share(s))
		str_addf(out, "FAIL %ld of %ld", s->failures, s->checks);
	else
		str_adds(out, "FAIL");
}

static void add_strength(const struct solve_score *s, struct str *out)
{
	if (s->hunted)
		str_addf(out, "%zu/%zu", s->noticed, s->mutants);
	else
		str_adds(out, "-");
}

static void add_structure(const struct solve_score *s, struct str *out)
{
	if (!s->elaborated)
		str_adds(out, "-");
	else if (s->latches)
		str_addf(out, "%llu ff %zu latch", (unsigned long long)s->registers, s->latches);
	else
		str_addf(out, "%llu ff", (unsigned long long)s->registers);
}

static void add_size(const struct solve_score *s, bool small, struct str *out)
{
	if (!small || !s->sized)
		str_adds(out, "-");
	else if (s->path >= 0)
		str_addf(out, "%lu cells, path %ld", s->cells, s->path);
	else
		str_addf(out, "%lu cells", s->cells);
}

#define ROW "%s %-9s %-9s %-12s %-13s %-7s %-9s %s\n"

void solve_head(struct str *out)
{
	str_addf(out, ROW, " ", "candidate", "effort", "lint", "function", "mutants", "structure",
		 "size");
}

void solve_row(const char *name, const char *how, const struct solve_score *s, bool small,
	       bool best, struct str *out)
{
	void (*const cells[])(const struct solve_score *s,
			      struct str *out) = { add_lint, add_function, add_strength,
						   add_structure };
	struct str text[5] = { STR_INIT, STR_INIT, STR_INIT, STR_INIT, STR_INIT };

	for (size_t i = 0; i < 4; i++)
		cells[i](s, &text[i]);
	add_size(s, small, &text[4]);
	str_addf(out, ROW, best ? ">" : " ", name, how, str_cstr(&text[0]), str_cstr(&text[1]),
		 str_cstr(&text[2]), str_cstr(&text[3]), str_cstr(&text[4]));
	for (size_t i = 0; i < 5; i++)
		str_free(&text[i]);
}

void solve_brief(const struct solve_score *s, bool small, struct str *out)
{
	if (s->ran)
		add_function(s, out);
	else
		add_lint(s, out);
	if (s->ran && s->passes && s->checks > 0)
		str_adds(out, " checks");
	else if (s->ran && !s->passes && shows_share(s))
		str_adds(out, " checks failed");
	if (s->hunted)
		str_addf(out, ", %zu of %zu mutants noticed", s->noticed, s->mutants);
	if (s->linted && s->risks)
		str_addf(out, ", %zu risk%s", s->risks, s->risks == 1 ? "" : "s");
	if (small && s->sized) {
		str_adds(out, ", ");
		add_size(s, true, out);
	}
}

void solve_json(const struct solve_score *s, bool small, struct str *out)
{
	str_addf(out, ",\"module\":%s", s->has_code ? "true" : "false");
	if (s->linted)
		str_addf(out, ",\"errors\":%zu,\"risks\":%zu", s->errors, s->risks);
	if (s->ran)
		str_addf(out, ",\"verdict\":\"%s\"", s->passes ? "pass" : "fail");
	if (s->ran && s->checks >= 0)
		str_addf(out, ",\"checks\":%ld,\"failures\":%ld", s->checks, s->failures);
	if (s->hunted)
		str_addf(out, ",\"mutants\":%zu,\"noticed\":%zu", s->mutants, s->noticed);
	if (s->elaborated)
		str_addf(out, ",\"registers\":%llu,\"latches\":%zu",
			 (unsigned long long)s->registers, s->latches);
	if (small && s->sized)
		str_addf(out, ",\"cells\":%lu,\"flip_flops\":%lu,\"path\":%ld", s->cells,
			 s->flip_flops, s->path);
}
