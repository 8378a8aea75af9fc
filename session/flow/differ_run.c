/* Runs two versions of a module next to each other in one testbench, with the same
 * random inputs, and reads which output differs first. To coexist in one design, each
 * module of the two texts gets a suffix, `__a` or `__b`.
 *
 * The testbench prints its result after a tag, the hash of both texts. A design that prints
 * the word DIFFER cannot contain its own hash, so its output is not taken for the result.
 */
#include "config.h"

#include "session/flow/differ_run.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/check/flow_sim.h"
#include "session/check/guard.h"
#include "session/flow/differ.h"
#include "session/flow/port_role.h"
#include "session/journal/session.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/overlay.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define OUTPUT_MAX (1u << 20) /* bytes of testbench output */

static const char *const suffixes[] = { "__a", "__b" };

bool differ_pair_set(struct differ_pair *p, const struct vmodule *a, const struct vmodule *b,
		     struct err *err)
{
	const struct vmodule *const m[] = { a, b };

	if (!differ_fit(a, b, err))
		return false;
	p->m = a;
	for (int i = 0; i < 2; i++) {
		free(p->module[i]);
		p->module[i] = str_fmt("%s%s", m[i]->name, suffixes[i]);
		differ_numbers(str_cstr(&p->text[i]), p->text[i].len, &p->numbers);
		port_edges(str_cstr(&p->text[i]), p->text[i].len, &p->edges);
	}
	return true;
}

void differ_pair_fini(struct differ_pair *p)
{
	for (int i = 0; i < 2; i++) {
		str_free(&p->text[i]);
		free(p->module[i]);
	}
	strv_free(&p->numbers);
	strv_free(&p->edges);
}

void differ_found_fini(struct differ_found *found)
{
	free(found->port);
	free(found->value[0]);
	free(found->value[1]);
	free(found->cycles);
}

/* Running ----------------------------------------------------------------------------- */

/* The engine to ask if that one cannot build the two and the choice is ours: Verilator reads
 * more. NULL: none. */
static const struct simulator_ops *second_engine(struct flow *f, const char *first)
{
	const struct ports *p = f->w->ports;
	bool ours = strcmp(f->w->options->engine, ENGINE_AUTO) == 0;

	return ours && strcmp(first, "icarus") == 0 && ports_has_engine(p, "verilator")
		       ? ports_simulator(p, "verilator", NULL)
		       : NULL;
}

/* Hash of both texts (FNV-1a), which they cannot contain themselves. */
static uint64_t tag_of(const struct differ_pair *p)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < p->text[i].len; k++)
			h = (h ^ (unsigned char)p->text[i].data[k]) * 0x100000001b3u;
	return h;
}

/* The testbench, both versions, and the project files they need. */
static void make_design(struct flow *f, const struct differ_pair *g, unsigned cycles, unsigned show,
			struct design *d)
{
	static const char *const paths[] = { DIFFER_PATH_A, "posedge_differ_b.sv",
					     "posedge_differ.sv" };
	struct differ_bench bench = { g->m,	 g->module[0], g->module[1], &g->numbers,
				      &g->edges, tag_of(g),    cycles,	     show };
	struct str texts[3] = { STR_INIT, STR_INIT, STR_INIT };
	struct project *p = workbench_project(f->w, NULL);
	struct overlays_below *below;
	struct overlay v[3];

	for (int i = 0; i < 2; i++)
		differ_rename(str_cstr(&g->text[i]), g->text[i].len, suffixes[i], &texts[i]);
	differ_write(&bench, &texts[2]);
	for (int i = 0; i < 3; i++)
		v[i] = (struct overlay){ paths[i], { str_cstr(&texts[i]), texts[i].len } };
	below = overlay_push(p, v, 3);
	design_init(d, p, f->w->options, paths[2], DIFFER_TOP);
	overlay_pop(below);
	for (int i = 0; i < 3; i++)
		str_free(&texts[i]);
}

/* For one engine. A run that did not build does not count as a failure. */
static bool run_with(struct flow *f, const struct simulator_ops *ops, struct design *d,
		     const char *dir, bool trace, struct run_report *report, struct err *err)
{
	struct run_job job = { .design = d->job, .trace = trace, .out_dir = dir };
	struct simulator *sim =
		guard_passes(f->w, ops, err) ? simulator_open(ops, f->w->loop, err) : NULL;
	bool ok = sim != NULL;

	if (ok) {
		job.limits = sim_limits_of(f->w->options);
		job.unguarded = guard_is_off(f->w);
		design_fill_run(d, &job);
		ok = ops->run(sim, &job, &(struct run_listener){ 0 }, report, err);
		ops->close(sim);
	}
	return ok;
}

bool differ_run(struct flow *f, const struct differ_pair *p, unsigned cycles, unsigned show,
		struct str *out, struct str *wave, struct err *err)
{
	const char *engine = flow_engine(f);
	const struct simulator_ops *ops = ports_simulator(f->w->ports, engine, err);
	const struct simulator_ops *other = second_engine(f, engine);
	char *dir = str_fmt("%s/differ", session_dir(f->w->session));
	struct run_report report = { 0 };
	struct design d = { .top = NULL };
	bool ok = ops && file_make_dirs(dir, 0700, err);

	if (ok) {
		make_design(f, p, cycles, show, &d);
		ok = run_with(f, ops, &d, dir, wave != NULL, &report, err);
	}
	if (ok && other && report.result.verdict == VERDICT_BUILD) {
		run_report_fini(&report);
		ok = run_with(f, other, &d, dir, wave != NULL, &report, err);
	}
	if (ok && report.result.verdict == VERDICT_BUILD)
		ok = err_set(err, ERR_TOOL, "the two do not build together: %s",
			     report.result.first);
	ok = ok && file_read(report.output_path, OUTPUT_MAX, out, err);
	if (ok && wave)
		str_adds(wave, report.wave_path);
	run_report_fini(&report);
	design_fini(&d);
	free(dir);
	return ok;
}

/* Reading the output ------------------------------------------------------------------ */

/* The digit of up to four bits, or 0 if only some of them are unknown. */
static char digit_of(const char *bits, size_t n)
{
	unsigned v = 0;

	if (strspn(bits, "01") < n)
		return strchr("xz", bits[0]) && strspn(bits, (char[]){ bits[0], 0 }) >= n ? bits[0]
											  : 0;
	for (size_t i = 0; i < n; i++)
		v = v * 2 + (bits[i] == '1');
	return "0123456789abcdef"[v];
}

/* Bits as a number of Verilog: 1, 8'h1f, 4'b1x0z. */
static char *number_of(struct slice bits)
{
	struct str out = STR_INIT;

	if (bits.n > 1)
		str_addf(&out, "%zu'h", bits.n);
	for (size_t i = 0, n; i < bits.n; i += n) {
		char digit;

		n = (bits.n - i - 1) % 4 + 1;
		digit = digit_of(bits.p + i, n);
		if (!digit) {
			str_clear(&out);
			str_addf(&out, "%zu'b%.*s", bits.n, (int)bits.n, bits.p);
			break;
		}
		str_addc(&out, digit);
	}
	return str_take(&out);
}

static void take_difference(struct differ_found *g, struct slice l)
{
	char *cycle;

	slice_token(&l);
	slice_token(&l); /* the tag */
	cycle = slice_dup(slice_token(&l));
	g->cycle = strtoul(cycle, NULL, 10);
	free(cycle);
	g->port = slice_dup(slice_token(&l));
	for (int i = 0; i < 2; i++)
		g->value[i] = number_of(slice_token(&l));
	g->found = true;
}

bool differ_look(struct flow *f, const struct differ_pair *p, struct differ_found *found,
		 struct err *err)
{
	struct str out = STR_INIT;
	bool ok = differ_run(f, p, DIFFER_CYCLES_MAX, DIFFER_CYCLES_MAX + 1, &out, NULL, err);
	struct slice rest = { str_cstr(&out), out.len };
	unsigned long long tag = tag_of(p);
	char *differ = str_fmt("DIFFER %016llx ", tag), *same = str_fmt("SAME %016llx ", tag);

	while (ok && rest.n) {
		struct slice l = slice_chomp(slice_line(&rest));

		if (slice_starts(l, differ) && !found->found)
			take_difference(found, l);
		if (slice_starts(l, same) && !found->cycles)
			found->cycles = slice_dup(slice_trim(slice_from(l, strlen(same))));
	}
	if (ok && !found->found && !found->cycles)
		ok = err_set(err, ERR_TOOL,
			     "the comparison ended before it came to anything "
			     "(sim.run_seconds, or the code stopped it)");
	free(differ);
	free(same);
	str_free(&out);
	return ok;
}
