/* Parses around the word "cycle": a number or a range before it, a name before that,
 * "after" or "of" and a name after it. The rest of a sentence is ignored, so a
 * requirement may have many words.
 *
 * Causes wait in a ring until the effect comes or their last cycle has passed. One
 * effect serves every waiting cause in whose range it is: a handshake held high
 * answers many cycles. */
#include "config.h"

#include "session/trace/latency.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/trace/query.h"
#include "session/trace/trace.h"

/* Parsing a line ---------------------------------------------------------------------- */

#define WORDS 200u

struct word {
	const char *s;
	size_t len;
};

/* Splits a line into words. Text between backticks is one word, without them; trailing
 * commas and full stops are dropped from others, and so are the marks of lists, tables
 * and emphasis. */
static size_t words_of(const char *s, size_t len, struct word *w)
{
	const char *end = s + len;
	size_t n = 0;

	while (s < end && n < WORDS) {
		const char *start = s, *tick;

		if (*s == '`' && (tick = memchr(s + 1, '`', (size_t)(end - s - 1)))) {
			w[n++] = (struct word){ s + 1, (size_t)(tick - s - 1) };
			s = tick + 1;
			continue;
		}
		while (s < end && !isspace((unsigned char)*s) && *s != '`' && *s != '|')
			s++;
		len = (size_t)(s - start);
		while (len && strchr(",;:.*)", start[len - 1]))
			len--;
		while (len && strchr("*(#-", *start)) {
			start++;
			len--;
		}
		if (len)
			w[n++] = (struct word){ start, len };
		if (s < end && (s == start || *s != '`'))
			s++;
	}
	return n;
}

static bool is(const struct word *w, const char *text)
{
	return w->len == strlen(text) && strncasecmp(w->s, text, w->len) == 0;
}

static bool number(const char *s, size_t len, unsigned *out)
{
	*out = 0;
	if (len == 0 || len > 4)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!isdigit((unsigned char)s[i]))
			return false;
		*out = *out * 10 + (unsigned)(s[i] - '0');
	}
	return *out <= LATENCY_CYCLES_MAX;
}

/* Parses "2", "1..4", "1-4" or "one". */
static bool range(const struct word *w, unsigned *min, unsigned *max)
{
	const char *dots = memmem(w->s, w->len, "..", 2);
	size_t gap = 2;

	if (is(w, "one") || is(w, "a")) {
		*min = *max = 1;
		return true;
	}
	if (!dots) {
		dots = memchr(w->s, '-', w->len);
		gap = 1;
	}
	if (!dots) {
		bool ok = number(w->s, w->len, min);

		*max = *min;
		return ok;
	}
	return number(w->s, (size_t)(dots - w->s), min) &&
	       number(dots + gap, w->len - (size_t)(dots - w->s) - gap, max) && *min <= *max;
}

/* True for R1, REQ-12 or 3. */
static bool is_id(const struct word *w)
{
	size_t i = 0;

	while (i < w->len && i < 5 && isalpha((unsigned char)w->s[i]))
		i++;
	i += i < w->len && (w->s[i] == '-' || w->s[i] == '_');
	return i < w->len && strspn(w->s + i, "0123456789") >= w->len - i;
}

static bool is_name(const struct word *w)
{
	return w->len && !isdigit((unsigned char)*w->s) && w->len < 1000;
}

/* Filler words between a name and its number: "is high 2 cycles after". */
static bool says_nothing(const struct word *w)
{
	static const char *const empty[] = { "is",   "are",	"must",	  "shall", "be",
					     "high", "true",	"rises",  "comes", "asserted",
					     "set",  "exactly", "always", "goes",  "follows",
					     "will", "in" };

	for (size_t i = 0; i < sizeof(empty) / sizeof(*empty); i++)
		if (is(w, empty[i]))
			return true;
	return false;
}

/* w[at] is "cycle" or "cycles". */
static bool rule_at(const struct word *w, size_t n, size_t at, struct latency_rule *r)
{
	size_t name = at, after = at + 1;
	bool within;

	if (at < 2 || after + 1 >= n)
		return false;
	name = at - 1;
	if (name >= 2 && is(&w[name - 1], "to") && number(w[name].s, w[name].len, &r->max) &&
	    number(w[name - 2].s, w[name - 2].len, &r->min) && r->min <= r->max)
		name -= 2;
	else if (!range(&w[name], &r->min, &r->max))
		return false;
	if (name == 0)
		return false;
	within = is(&w[name - 1], "within");
	if (within) {
		r->min = 0;
		name--;
	}
	while (name > 0 && says_nothing(&w[name - 1]))
		name--;
	if (name == 0 || !is_name(&w[name - 1]) ||
	    !(is(&w[after], "after") ||
	      (within && (is(&w[after], "of") || is(&w[after], "from")))) ||
	    !is_name(&w[after + 1]))
		return false;
	r->effect = mem_strndup(w[name - 1].s, w[name - 1].len);
	r->cause = mem_strndup(w[after + 1].s, w[after + 1].len);
	r->clock = after + 3 < n && is(&w[after + 2], "of") && is_name(&w[after + 3])
			   ? mem_strndup(w[after + 3].s, w[after + 3].len)
			   : mem_strdup("");
	r->id = is_id(&w[0]) && name > 1 ? mem_strndup(w[0].s, w[0].len) : mem_strdup("");
	return true;
}

static void fini_rule(struct latency_rule *r)
{
	free(r->id);
	free(r->effect);
	free(r->cause);
	free(r->clock);
}

static void add(struct latency_rules *r, struct latency_rule *one)
{
	if (r->n == LATENCY_RULES_MAX) {
		r->left++;
		fini_rule(one);
		return;
	}
	MEM_PUSH(r->v, r->n, r->cap, *one);
}

void latency_read(struct latency_rules *r, const char *spec, size_t len)
{
	const char *end = spec + len;
	struct word *w = mem_calloc(WORDS, sizeof(*w));
	int line = 1;

	for (const char *s = spec; s < end; line++) {
		const char *lf = memchr(s, '\n', (size_t)(end - s));
		size_t n = words_of(s, (size_t)((lf ? lf : end) - s), w);

		for (size_t i = 0; i < n; i++) {
			struct latency_rule one = { .line = line };

			if (!(is(&w[i], "cycle") || is(&w[i], "cycles")) || !rule_at(w, n, i, &one))
				continue;
			add(r, &one);
			break;
		}
		s = lf ? lf + 1 : end;
	}
	free(w);
}

void latency_fini(struct latency_rules *r)
{
	for (size_t i = 0; i < r->n; i++)
		fini_rule(&r->v[i]);
	free(r->v);
	*r = (struct latency_rules){ 0 };
}

void latency_words(const struct latency_rule *r, struct str *out)
{
	if (r->min == r->max)
		str_addf(out, "%u cycle%s after", r->min, r->min == 1 ? "" : "s");
	else if (r->min == 0)
		str_addf(out, "within %u cycle%s of", r->max, r->max == 1 ? "" : "s");
	else
		str_addf(out, "%u..%u cycles after", r->min, r->max);
}

/* Checking a run ---------------------------------------------------------------------- */

struct waiting {
	uint64_t sample, time;
	bool served;
};

struct check {
	const struct latency_rule *r;
	struct latency_result *out;
	struct waiting ring[LATENCY_CYCLES_MAX + 1]; /* at most one cause per cycle */
	size_t first, n;
};

#define RING (LATENCY_CYCLES_MAX + 1)

/* '0', '1' or 'x' */
static char truth(const struct expr_value *v)
{
	if (v->kind == EXPR_REAL)
		return v->real != 0 ? '1' : '0';
	return v->kind == EXPR_TEXT ? 'x' : bits_truth(&v->bits);
}

static void serve(struct check *c, uint64_t sample)
{
	for (size_t i = 0; i < c->n; i++) {
		struct waiting *w = &c->ring[(c->first + i) % RING];
		unsigned took = (unsigned)(sample - w->sample);

		if (w->served || took < c->r->min || took > c->r->max)
			continue;
		w->served = true;
		c->out->least = c->out->held == 0 || took < c->out->least ? took : c->out->least;
		c->out->most = took > c->out->most ? took : c->out->most;
		c->out->held++;
	}
}

static void expire(struct check *c, uint64_t sample)
{
	while (c->n > 0 &&
	       (c->ring[c->first].served || sample - c->ring[c->first].sample >= c->r->max)) {
		const struct waiting *w = &c->ring[c->first];

		if (!w->served && c->out->late++ == 0)
			c->out->time = w->time;
		c->first = (c->first + 1) % RING;
		c->n--;
	}
}

static bool on_sample(void *ctx, const struct query_row *row)
{
	struct check *c = ctx;
	char effect = truth(&row->values[0]), cause = truth(&row->values[1]);

	if (cause == '1') {
		c->out->causes++;
		c->ring[(c->first + c->n++) % RING] =
			(struct waiting){ row->sample, row->time, false };
	}
	c->out->unknown += cause == 'x';
	if (effect == '1')
		serve(c, row->sample);
	expire(c, row->sample);
	return true;
}

/* Names -------------------------------------------------------------------------------- */

/* Number of enclosing scopes, without Verilator's outermost one. */
static unsigned depth_of(const struct trace *t, size_t scope)
{
	unsigned n = 0;

	for (; scope != TRACE_NONE; scope = trace_scope_at(t, scope)->parent)
		n += strcmp(trace_scope_at(t, scope)->name, "TOP") != 0;
	return n;
}

#define DESIGN 2 /* depth of signals in the design under test: testbench, instance */

/* The full name of the preferred signal if a word matches several; else the word
 * itself, an expression or a unique name. The caller frees it. */
static char *meant(const struct trace *t, const char *word)
{
	size_t best = TRACE_NONE;
	unsigned best_rank = 0;
	struct str full = STR_INIT;

	for (size_t i = 0; i < trace_signals(t); i++) {
		const struct trace_signal *s = trace_signal_at(t, i);
		unsigned depth, rank;

		if (strcmp(s->name, word) != 0)
			continue;
		depth = depth_of(t, s->scope);
		rank = depth == DESIGN ? 1 : depth < DESIGN ? 2 : depth;
		if (best == TRACE_NONE || rank < best_rank) {
			best = i;
			best_rank = rank;
		}
	}
	if (best == TRACE_NONE)
		return mem_strdup(word);
	trace_full_name(t, best, &full);
	return str_take(&full);
}

static bool is_clock(const struct trace_signal *s)
{
	return s->kind == TRACE_BITS && s->width == 1 && !s->parameter &&
	       (strcasecmp(s->name, "clk") == 0 || strcasecmp(s->name, "clock") == 0);
}

/* The clock in the scope of a signal, or in an enclosing one; "": none. */
static char *clock_near(const struct trace *t, const char *full)
{
	size_t signal = trace_find(t, full);
	size_t scope = signal == TRACE_NONE ? TRACE_NONE : trace_signal_at(t, signal)->scope;
	struct str name = STR_INIT;

	for (; !name.len && scope != TRACE_NONE; scope = trace_scope_at(t, scope)->parent)
		for (size_t i = 0; !name.len && i < trace_signals(t); i++)
			if (trace_signal_at(t, i)->scope == scope &&
			    is_clock(trace_signal_at(t, i)))
				trace_full_name(t, i, &name);
	if (name.len)
		return str_take(&name);
	str_free(&name);
	/* An expression has no scope. */
	return signal == TRACE_NONE ? meant(t, "clk") : mem_strdup("");
}

bool latency_check(const struct latency_rule *r, struct trace *t, struct latency_result *out,
		   struct err *err)
{
	char *effect = meant(t, r->effect), *cause = meant(t, r->cause);
	char *clock = r->clock[0] ? meant(t, r->clock) : clock_near(t, cause);
	const char *eval[] = { effect, cause };
	char *on = str_fmt("posedge %s", clock);
	struct query_spec spec = { .on = on, .eval = eval, .n_eval = 2, .to = UINT64_MAX };
	struct query *q = NULL;
	struct query_totals totals;
	struct check *c;

	*out = (struct latency_result){ 0 };
	if (!clock[0])
		err_set(err, ERR_USAGE, "which signal is its clock is not known; say `of CLOCK`");
	else
		q = query_open(t, &spec, err);
	free(on);
	free(clock);
	free(effect);
	free(cause);
	if (!q)
		return false;
	c = mem_zalloc(sizeof(*c));
	c->r = r;
	c->out = out;
	query_run(q, on_sample, c, &totals);
	for (size_t i = 0; i < c->n; i++)
		out->open += !c->ring[(c->first + i) % RING].served;
	free(c);
	query_close(q);
	return true;
}
