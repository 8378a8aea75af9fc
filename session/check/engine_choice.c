/* Which simulator runs a testbench first: the one that finishes sooner.
 *
 * Icarus starts at once and runs slowly; Verilator compiles for seconds and runs
 * fast. The time each took for a testbench is remembered with the project. Icarus
 * goes first until it takes longer than SLOW_MS; then Verilator is tried, and
 * from then on the faster one goes first.
 */
#include "config.h"

#include "session/check/engine_choice.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/check/flow_sim.h"
#include "session/check/run_calls.h"
#include "session/option/opt.h"
#include "session/option/remember.h"
#include "session/output/claim.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

static const char *const engines[] = { "icarus", "verilator" };

/* If Icarus takes longer, Verilator is tried first once. */
#define SLOW_MS 5000

const char *engine_title(const char *engine)
{
	return strcmp(engine, "icarus") == 0	  ? "Icarus"
	       : strcmp(engine, "verilator") == 0 ? "Verilator"
						  : engine;
}

/* Parses "icarus 45 verilator 1200", in ms; 0: unknown. */
static void read_times(const char *root, const char *testbench, uint64_t ms[2])
{
	char *key = str_fmt("took %s", testbench), *text = remember_get(root, key);

	ms[0] = ms[1] = 0;
	for (size_t i = 0; text && i < 2; i++) {
		const char *at = strstr(text, engines[i]);

		if (at)
			ms[i] = strtoull(at + strlen(engines[i]), NULL, 10);
	}
	free(text);
	free(key);
}

const char *engine_first(const struct workbench *w, const char *testbench)
{
	uint64_t ms[2];

	if (!ports_has_engine(w->ports, engines[0]))
		return ports_has_engine(w->ports, engines[1]) ? engines[1] : ENGINE_AUTO;
	if (!ports_has_engine(w->ports, engines[1]))
		return engines[0];
	read_times(w->place.root, testbench, ms);
	if (ms[0] > SLOW_MS && (ms[1] == 0 || ms[1] < ms[0]))
		return engines[1];
	return ms[1] && ms[0] && ms[1] < ms[0] ? engines[1] : engines[0];
}

const char *engine_other(const struct ports *p, const char *engine)
{
	const char *other = strcmp(engine, engines[0]) == 0   ? engines[1]
			    : strcmp(engine, engines[1]) == 0 ? engines[0]
							      : NULL;

	return other && ports_has_engine(p, other) ? other : NULL;
}

/* Run times vary; the stored time is kept if the new one is about the same. */
static bool is_about(uint64_t took, uint64_t known)
{
	return known && took <= known + known / 3 && known <= took + took / 3;
}

void engine_took(const char *root, const char *testbench, const char *engine, uint64_t took)
{
	char *key = str_fmt("took %s", testbench), *text;
	uint64_t ms[2];

	read_times(root, testbench, ms);
	for (size_t i = 0; i < 2; i++)
		if (strcmp(engine, engines[i]) == 0 && !is_about(took, ms[i]))
			ms[i] = took ? took : 1;
	text = str_fmt("icarus %llu verilator %llu", (unsigned long long)ms[0],
		       (unsigned long long)ms[1]);
	remember_set(root, key, text);
	free(text);
	free(key);
}

/* Differences ---------------------------------------------------------------------- */

/* Prints first_time with a unit: "30 ns" for 30000 if the table begins "time in 1 ps". */
static void add_time(const struct sim_result *r, struct str *out)
{
	static const char *const units[] = { "fs", "ps", "ns", "us", "ms", "s" };
	uint64_t n = r->report.result.first_time, step = 0;
	char unit[8] = "";
	size_t u = 0;

	if (sscanf(str_cstr(&r->cycles), "time in %lu %7[a-z]", &step, unit) != 2 || step == 0 ||
	    n > UINT64_MAX / step) {
		str_addf(out, "%llu", (unsigned long long)n);
		return;
	}
	n *= step;
	while (u < 6 && strcmp(units[u], unit) != 0)
		u++;
	for (; u < 5 && n && n % 1000 == 0; u++)
		n /= 1000;
	str_addf(out, "%llu %s", (unsigned long long)n, u < 6 ? units[u] : unit);
}

/* Finds the k-th word of a line and returns its length; 0 if there is none. */
static size_t word_at(const char *line, size_t len, size_t k, const char **word)
{
	size_t i = 0;

	for (;;) {
		size_t from;

		while (i < len && isspace((unsigned char)line[i]))
			i++;
		from = i;
		while (i < len && !isspace((unsigned char)line[i]))
			i++;
		if (i == from)
			return 0;
		if (k-- == 0) {
			*word = line + from;
			return i - from;
		}
	}
}

static bool is_value(const char *s, size_t len)
{
	bool unknown = false;

	for (size_t i = 0; i < len; i++) {
		unknown = unknown || s[i] == 'x' || s[i] == 'X';
		if (!strchr("0123456789abcdefABCDEFxXzZ_'", s[i]))
			return false;
	}
	return unknown;
}

static bool in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '[' || c == ']';
}

/* Finds "q=x", "q is 4'bxx01" or "q: xx" in the failing line. */
static bool add_printed_unknown(const char *line, struct str *out)
{
	for (const char *p = line; *p;) {
		size_t n = 0;
		const char *name, *end;
		struct claim claim;

		while (*p && !in_name(*p))
			p++;
		while (in_name(p[n]) || p[n] == '\'')
			n++;
		for (end = p; end > line && strchr(" =:", end[-1]); end--)
			;
		if (end - line > 3 && strncmp(end - 3, " is", 3) == 0)
			end -= 3;
		for (name = end; name > line && in_name(name[-1]); name--)
			;
		if (n && name < end && end < p && is_value(p, n)) {
			/* "ERROR: x" names no signal */
			claim_read(name, (size_t)(end - name), &claim);
			if (claim.fail)
				str_adds(out, ", a value is x");
			else
				str_addf(out, ", %.*s is x", (int)(end - name), name);
			return true;
		}
		p += n;
	}
	return false;
}

/* Finds the first signal that is x in the last row of the table. */
static bool add_unknown(const struct sim_result *r, struct str *out)
{
	const char *head = strchr(str_cstr(&r->cycles), '\n'), *last = head, *word, *name;
	size_t len, name_len;

	if (!head)
		return false;
	head++;
	for (const char *p = head; (p = strchr(p, '\n')) && p[1] && p[1] != '\n'; p++)
		last = p + 1;
	for (size_t k = 1; (len = word_at(last, strcspn(last, "\n"), k, &word)) > 0; k++) {
		const char *value = memchr(word, '\'', len);
		size_t skip = value ? (size_t)(value - word) + 2 : 0;

		if (skip >= len || !memchr(word + skip, 'x', len - skip))
			continue;
		name_len = word_at(head, strcspn(head, "\n"), k, &name);
		if (name_len)
			str_addf(out, ", %.*s is x", (int)name_len, name);
		return name_len > 0;
	}
	return false;
}

/* Adds "Icarus: FAIL at 30 ns, q is x"; true if a signal was x. */
static bool add_side(const struct sim_result *r, struct str *out)
{
	const struct run_result *v = &r->report.result;

	str_addf(out, "%s: ", engine_title(r->engine));
	if (v->verdict != VERDICT_FAIL) {
		run_result_print(v, r->path, out);
		return false;
	}
	str_adds(out, "FAIL");
	if (v->has_time) {
		str_adds(out, " at ");
		add_time(r, out);
	}
	return add_unknown(r, out) || add_printed_unknown(v->first, out);
}

static bool draws(const struct sim_job *j)
{
	struct run_calls calls;
	bool random;

	run_calls_read(j, &calls);
	random = calls.random;
	run_calls_fini(&calls);
	return random;
}

static const char *usually(const struct sim_result *icarus, const struct sim_result *verilator,
			   bool unknown)
{
	if (icarus->report.result.verdict == VERDICT_FAIL &&
	    verilator->report.result.verdict == VERDICT_PASS)
		return unknown ? run_unset_usually(icarus->report.result.unset)
			       : "Usually a value that is x or z, which Verilator does not have, "
				 "or a race";
	if (icarus->report.result.verdict == VERDICT_PASS &&
	    verilator->report.result.verdict != VERDICT_PASS)
		return "Usually the expected value is x, which Verilator does not have, a race, or "
		       "a "
		       "change that logic makes in the very step in which a process begins to "
		       "wait: "
		       "Verilator misses it";
	return "Usually a race: two processes that one edge starts, in another order";
}

void engine_differ(const struct sim_result *a, const struct sim_result *b, const struct sim_job *j,
		   struct str *out)
{
	const struct run_result *x = &a->report.result, *y = &b->report.result;
	bool unknown;

	if (x->verdict == y->verdict || verdict_is_broken(x->verdict) ||
	    verdict_is_broken(y->verdict))
		return;
	unknown = add_side(a, out);
	str_adds(out, "; ");
	unknown = add_side(b, out) || unknown;
	/* No verdict comes with its own reason. */
	if (x->verdict == VERDICT_NONE || y->verdict == VERDICT_NONE)
		return;
	str_adds(out, ". ");
	if (!unknown && draws(j)) {
		str_adds(out, "Usually the random numbers: each simulator draws its own, also from "
			      "the same seed");
		return;
	}
	str_adds(out, strcmp(a->engine, "icarus") == 0 ? usually(a, b, unknown)
						       : usually(b, a, unknown));
}
