/* Uses the testbench of differ, with the module as it is beside the one with the assertions:
 * nothing has to differ, but inputs, clocks and resets are driven in the same way. Each line
 * "ROW cycle" that it prints dates the failures below it.
 *
 * A simulation knows no assumptions, so a module that has some is not simulated.
 */
#include "config.h"

#include "session/flow/assert_try.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/check/sva.h"
#include "session/check/sva_sample.h"
#include "session/flow/differ_run.h"
#include "session/flow/flow_kit.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

#define RESET_CYCLES 3u /* at the start, in which no assertion is judged */

static bool is_open(const struct assertion *a)
{
	return a->line && assertion_holds(a) && a->verdict != ASSERTION_PROVED;
}

static void add_why(struct assertion *a, const char *clause)
{
	char *why = str_fmt("%s%s%s", a->why, a->why[0] ? "; " : "", clause);

	assertion_judge(a, a->verdict, why);
	free(why);
}

static void take_failure(struct assertions *a, int line, unsigned long cycle, const char *wave)
{
	for (size_t i = 0; i < a->n; i++) {
		char *why;

		if (a->v[i].line != line || !is_open(&a->v[i]))
			continue;
		why = str_fmt("in cycle %lu of a simulation with random inputs", cycle);
		assertion_judge(&a->v[i], ASSERTION_FAILED, why);
		free(why);
		free(a->v[i].wave);
		a->v[i].wave = mem_strdup(wave);
	}
}

/* "ROW 12 ...", "ERROR: posedge_differ_a.sv:31: " */
static bool read_failures(const struct str *out, struct assertions *a, const char *wave,
			  struct err *err)
{
	struct slice rest = { str_cstr(out), out->len };
	unsigned long cycle = 0;
	bool whole = false;

	while (rest.n) {
		struct slice l = slice_chomp(slice_line(&rest));
		size_t at = slice_find(l, DIFFER_PATH_A ":");

		if (slice_starts(l, "ROW "))
			cycle = strtoul(l.p + 4, NULL, 10);
		else if (slice_starts(l, "ERROR: ") && at < l.n && cycle >= RESET_CYCLES)
			take_failure(a, atoi(l.p + at + strlen(DIFFER_PATH_A ":")), cycle, wave);
		whole |= slice_starts(l, "SAME ");
	}
	return whole || err_set(err, ERR_TOOL, "the simulation did not come to its end");
}

/* The text for Icarus. False: one of the assertions cannot be simulated. */
static bool rewrite(const struct str *text, struct str *out)
{
	struct strv unread = STRV_INIT;
	struct str sampled = STR_INIT;
	bool ok = sva_rewrite(str_cstr(text), text->len, SVA_X_HOLDS, out, &unread) && !unread.n;

	if (ok && sva_sample(str_cstr(out), out->len, &sampled)) {
		str_free(out);
		*out = sampled;
	}
	strv_free(&unread);
	return ok;
}

static bool run(struct flow *f, const char *module, const struct str *text, struct str *out,
		struct str *wave, struct err *err)
{
	struct differ_pair pair = { .m = NULL };
	const struct vmodule *m;
	struct voutline o;
	bool ok;

	voutline_init(&o, str_cstr(text), text->len);
	m = voutline_module(&o, module);
	ok = m && rewrite(text, &pair.text[0]) ? true
					       : err_set(err, ERR_PARSE, "Icarus cannot read it");
	str_add(&pair.text[1], pair.text[0].data, pair.text[0].len);
	ok = ok && differ_pair_set(&pair, m, m, err) &&
	     differ_run(f, &pair, ASSERT_TRY_CYCLES, 0, out, wave, err);
	differ_pair_fini(&pair);
	voutline_fini(&o);
	return ok;
}

static size_t count_open(const struct assertions *a)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		n += is_open(&a->v[i]);
	return n;
}

/* False with why set: nothing was tried. */
static bool simulate(struct flow *f, const char *module, const struct str *text,
		     struct assertions *a, struct err *why)
{
	struct str out = STR_INIT, wave = STR_INIT;
	bool ok;

	if (strcmp(flow_engine(f), "icarus") != 0)
		return err_set(why, ERR_TOOL, "only Icarus does that");
	if (memmem(str_cstr(text), text->len, "assume", 6))
		return err_set(why, ERR_CONFLICT, "the module assumes something");
	ok = run(f, module, text, &out, &wave, why) && read_failures(&out, a, str_cstr(&wave), why);
	str_free(&wave);
	str_free(&out);
	return ok;
}

bool assert_try(struct flow *f, const char *module, const struct str *text, struct assertions *a,
		struct str *said, struct err *err)
{
	struct str note = STR_INIT;
	struct err why = { 0 };
	size_t n = count_open(a);
	bool ok = true;

	if (n == 0)
		return true;
	if (simulate(f, module, text, a, &why)) {
		str_addf(&note, "%u cycles with random inputs do not break it", ASSERT_TRY_CYCLES);
		str_addf(said, "%zu simulated with random inputs, %zu of them failed\n", n,
			 n - count_open(a));
	} else {
		ok = err_pass_cancel(err, &why);
		str_addf(&note, "not simulated: %s", why.text);
		str_addf(said, "%s\n", str_cstr(&note));
	}
	for (size_t i = 0; i < a->n; i++)
		if (is_open(&a->v[i]))
			add_why(&a->v[i], str_cstr(&note));
	str_free(&note);
	return ok;
}
