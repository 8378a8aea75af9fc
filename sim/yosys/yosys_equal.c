/* Compares two designs, flattened and turned into registers and logic, in a harness that
 * gives both the same inputs.
 *
 *	gold.il gate.il		each as read; facts about clocks and resets
 *	both.il			edges and asynchronous resets turned into logic; registers
 *				with the same name in both made outputs
 *
 * Up to four queries are made, until two are answered: with x and as bits, each first
 * with the registers in the claim, which induction proves in a step or two if they did
 * not change, then of the outputs only, which also holds for other registers, and whose
 * counterexamples are real. If no induction over them ends, ABC looks for an invariant of the bits.
 *
 * Logic without x in any part is queried as bits first, which proves it. Registers without
 * an x after the reset need no more than that, either.
 *
 * Constructs that could hide a difference are rejected in advance: nets with two drivers
 * and loops have no solution, so anything could be proved of them.
 */
#include "config.h"

#include "sim/yosys/yosys_equal.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/yosys/yosys_order.h"
#include "sim/yosys/yosys_pdr.h"
#include "sim/yosys/yosys_run.h"
#include "sim/yosys/yosys_steps.h"

#define START_CYCLES	2  /* a reset through one register has arrived by then */
#define DRIVEN_CYCLES	3  /* of a clock that must be driven */
#define EASY_STEPS	3  /* after the start: induction over registers needs no more */
#define INVARIANT_SHARE 70 /* percent of the time that is left */
#define HARD_STEPS	10 /* likewise over outputs: more rarely help, and each takes longer */

struct asked {
	struct loop *loop;
	const struct prover_equal *job;
	struct prover_report *out;
	struct yosys gold, gate;
	struct ynet gold_net, gate_net;
	struct ynet_pairs pairs;
	struct harness h;
	uint64_t until;
};

/* One design -------------------------------------------------------------------------- */

static bool facts(struct yosys *y, const char *file, const char *name, struct ynet *n, bool resets,
		  struct err *err)
{
	struct str text = STR_INIT;
	cJSON *all = NULL, *module = NULL;
	bool ok = yosys_file(y, file, &text, err) &&
		  (module = ynet_module(str_cstr(&text), text.len, name, &all, err));

	if (ok && resets)
		ynet_find_resets(module, n);
	else if (ok)
		ok = ynet_read(module, n, err);
	cJSON_Delete(all);
	str_free(&text);
	return ok;
}

static bool read_design(struct asked *a, struct yosys *y, const struct sim_job *job,
			const char *name, struct ynet *n, struct err *err)
{
	struct str script = STR_INIT;
	bool ok = yosys_begin(y, a->loop, job, &a->job->limits, a->until, err) &&
		  yosys_add_sources(y, false, &script, err);

	str_addf(&script,
		 YOSYS_PROCESSES "flatten\nopt_clean\nmemory_collect\nmemory_map\nopt_clean\n"
				 "rename -top %s\nwrite_json " YOSYS_OUT "facts.json\n"
				 "write_rtlil " YOSYS_OUT "%s.il\n"
				 "opt_dff\nwrite_json " YOSYS_OUT "resets.json\n",
		 name, name);
	ok = ok && yosys_run(y, str_cstr(&script), err) &&
	     facts(y, "facts.json", name, n, false, err) &&
	     facts(y, "resets.json", name, n, true, err);
	str_free(&script);
	return ok;
}

/* Both designs ------------------------------------------------------------------------ */

/* Lists the differences between the ports; empty: none. */
static void ports_differ(const struct ynet *a, const struct ynet *b, struct str *out)
{
	for (size_t i = 0; i < a->n_ports && out->len < 400; i++) {
		const struct prover_port *p = &a->ports[i], *q = ynet_port(b, p->name);
		const char *comma = out->len ? ", " : "";

		if (!q)
			str_addf(out, "%s%.60s is gone", comma, p->name);
		else if (p->input != q->input)
			str_addf(out, "%s%.60s was an %s", comma, p->name,
				 p->input ? "input" : "output");
		else if (p->width != q->width)
			str_addf(out, "%s%.60s had %d bit%s and has %d", comma, p->name, p->width,
				 p->width == 1 ? "" : "s", q->width);
	}
	for (size_t i = 0; i < b->n_ports && out->len < 400; i++)
		if (!ynet_port(a, b->ports[i].name))
			str_addf(out, "%s%.60s is new", out->len ? ", " : "", b->ports[i].name);
}

static bool end(struct asked *a, enum prover_answer answer, const char *why)
{
	free(a->out->why);
	a->out->answer = answer;
	a->out->why = mem_strdup(why);
	return true;
}

/* Takes the ports of the later design, with the facts about clocks from both. */
static bool same_clock(struct asked *a)
{
	bool same = a->gold_net.one_clock && a->gate_net.one_clock;

	for (size_t i = 0; i < a->gold_net.resets.n || i < a->gate_net.resets.n; i++)
		same = same && i < a->gold_net.resets.n && i < a->gate_net.resets.n &&
		       strcmp(a->gold_net.resets.v[i], a->gate_net.resets.v[i]) == 0;
	for (size_t i = 0; i < a->gold_net.n_ports; i++) { /* a clock in one, data in the other */
		const struct prover_port *p = &a->gold_net.ports[i];
		size_t k = (size_t)(ynet_port(&a->gate_net, p->name) - a->gate_net.ports);

		same &= !(p->clock && a->gate_net.data[k]) &&
			!(a->gate_net.ports[k].clock && a->gold_net.data[i]);
	}
	for (size_t i = 0; i < a->gate_net.n_ports; i++) {
		struct prover_port *p = &a->gate_net.ports[i];
		const struct prover_port *q = ynet_port(&a->gold_net, p->name);

		if (p->clock && q->clock && p->falling != q->falling)
			same = false;
		for (size_t k = 0; k < a->gate_net.n_ports; k++)
			same &= k == i || !q->clock || !a->gate_net.ports[k].clock;
		if (q->clock && !p->clock) {
			p->clock = true;
			p->falling = q->falling;
		}
		if (q->reset && !p->reset) {
			p->reset = true;
			p->active = q->active;
		}
	}
	return same;
}

static bool has(const struct ynet *n, bool clock)
{
	for (size_t i = 0; i < n->n_ports; i++)
		if (clock ? n->ports[i].clock : n->ports[i].reset)
			return true;
	return false;
}

static bool is_sequential(const struct asked *a)
{
	return a->gold_net.registers + a->gate_net.registers + a->gold_net.latches +
		       a->gate_net.latches >
	       0;
}

static void say_clock(struct asked *a)
{
	const struct ynet *n = &a->gate_net;

	if (!is_sequential(a)) {
		strv_add(&a->out->driven, "combinational: all values of all inputs");
		return;
	}
	if (!a->h.by_cycle) {
		strv_add(&a->out->driven,
			 "not one clock alone, or resets that act at once on other registers: a "
			 "step is any change of the inputs");
		return;
	}
	for (size_t i = 0; i < n->n_ports; i++)
		if (n->ports[i].clock)
			strv_addf(&a->out->driven,
				  "clock %s: a step is a cycle, from one %s edge "
				  "to the next",
				  n->ports[i].name, n->ports[i].falling ? "falling" : "rising");
}

static void say_driven(struct asked *a)
{
	const struct ynet *n = &a->gate_net;

	say_clock(a);
	if (a->h.by_cycle && n->resets.n)
		strv_add(&a->out->driven, "asynchronous resets act at once, on the same registers "
					  "of both");
	for (size_t i = 0; a->h.start && i < n->n_ports; i++)
		if (n->ports[i].reset)
			strv_addf(&a->out->driven,
				  "%s is %d in the first %u steps, then as free as any input",
				  n->ports[i].name, n->ports[i].active, a->h.start);
	if (is_sequential(a) && !a->h.start)
		strv_add(&a->out->driven, "no reset is driven (--reset NAME): registers begin as "
					  "declared, or unknown");
	else if (is_sequential(a))
		strv_add(&a->out->driven, "registers begin as declared, or unknown");
}

static bool join(struct asked *a, struct err *err)
{
	struct str gold = STR_INIT, script = STR_INIT;
	bool ok = yosys_file(&a->gold, YOSYS_GOLD ".il", &gold, err) &&
		  stage_write(&a->gate.j.stage, YOSYS_GOLD ".il", str_cstr(&gold), gold.len, err);

	str_addf(&script,
		 "read_rtlil " YOSYS_OUT YOSYS_GOLD ".il\nread_rtlil " YOSYS_OUT YOSYS_GATE ".il\n"
		 "%s\nopt_clean\nexpose -shared -dff " YOSYS_GOLD " " YOSYS_GATE "\n"
		 "write_json " YOSYS_OUT "both.json\nwrite_rtlil " YOSYS_OUT "both.il\n"
		 "setundef -undriven -undef\ntee -q -o " YOSYS_OUT "check.log check\n",
		 a->h.by_cycle ? "async2sync" : "clk2fflogic");
	ok = ok && yosys_run(&a->gate, str_cstr(&script), err);
	str_free(&gold);
	str_free(&script);
	return ok;
}

/* Neither may have constructs without a solution. */
static bool is_whole(struct asked *a, struct err *err)
{
	struct str text = STR_INIT;
	bool ok = yosys_file(&a->gate, "check.log", &text, err);

	if (ok && !yosys_says(&text, "Found and reported 0 problems."))
		ok = err_set(err, ERR_TOOL, "%s",
			     strstr(str_cstr(&text), "logic loop")
				     ? "there is a loop of logic without a register in it"
				     : "a net has more than one driver");
	str_free(&text);
	return ok;
}

static bool find_pairs(struct asked *a, struct err *err)
{
	struct str text = STR_INIT;
	cJSON *all = NULL, *gold = NULL;
	const cJSON *gate;
	bool ok = yosys_file(&a->gate, "both.json", &text, err) &&
		  (gold = ynet_module(str_cstr(&text), text.len, YOSYS_GOLD, &all, err));

	gate = ok ? cJSON_GetObjectItemCaseSensitive(
			    cJSON_GetObjectItemCaseSensitive(all, "modules"), YOSYS_GATE)
		  : NULL;
	if (gate)
		ynet_pairs_find(gold, gate, &a->gate_net, &a->pairs);
	cJSON_Delete(all);
	str_free(&text);
	return ok;
}

/* Queries ----------------------------------------------------------------------------- */

static const char as_bits[] = "read_rtlil " YOSYS_OUT "both.il\nsetundef -undriven -anyseq\n";
static const char as_x[] = "read_rtlil " YOSYS_OUT "both.il\nsetundef -undriven -undef\n";

static bool has_registers(const struct asked *a)
{
	for (size_t i = 0; i < a->pairs.n; i++)
		if (!a->pairs.v[i].is_port)
			return true;
	return false;
}

/* Where a step is not a whole cycle, a cycle takes at least two steps. */
static unsigned hard_steps(const struct asked *a)
{
	return a->h.by_cycle ? HARD_STEPS : 2 * HARD_STEPS;
}

/* At most that many steps; share: percent of the remaining time. */
static bool ask_steps(struct asked *a, bool with_x, bool registers, enum steps_way way,
		      unsigned most, unsigned share, struct steps *out, struct err *err)
{
	uint64_t now = loop_now_ms(a->loop);

	a->gate.until = a->until > now ? now + (a->until - now) * share / 100 : now;
	a->h.with_x = with_x;
	a->h.registers = registers;
	return steps_ask(&a->gate, with_x ? as_x : as_bits, &a->h, way, most,
			 with_x && !registers && !a->h.exact && !a->h.lively && !a->h.known, out,
			 err);
}

static bool ask(struct asked *a, bool with_x, bool registers, enum steps_way way, unsigned share,
		struct steps *out, struct err *err)
{
	unsigned most = registers ? EASY_STEPS : a->job->limits.depth;

	if (way == STEPS_INDUCT && most > hard_steps(a))
		most = hard_steps(a);
	most = is_sequential(a) || a->h.lively ? most + a->h.start : 1;
	return ask_steps(a, with_x, registers, way, most, share, out, err);
}

/* Searches further than induction; keeps that result if nothing is found. */
static bool search(struct asked *a, bool with_x, unsigned share, struct steps *out, struct err *err)
{
	struct steps more;

	if (!ask(a, with_x, false, STEPS_SEARCH, share, &more, err))
		return false;
	if (more.end == STEPS_UNKNOWN)
		out->why = more.why;
	else
		*out = more;
	return true;
}

static bool ask_both_ways(struct asked *a, bool with_x, unsigned share, struct steps *out,
			  struct err *err)
{
	bool easy = is_sequential(a) && has_registers(a);

	if (easy) {
		if (!ask(a, with_x, true, STEPS_INDUCT, share / 2, out, err))
			return false;
		if (out->end == STEPS_PROVED)
			return true;
		prover_trace_fini(&out->trace);
	}
	return ask(a, with_x, false, STEPS_INDUCT, easy ? share / 2 : share, out, err) &&
	       (out->end != STEPS_BOUNDED || a->job->limits.depth <= hard_steps(a) ||
		search(a, with_x, share, out, err));
}

/* Where the two keep the same in other registers (a count, or two pointers), no number of steps
 * may be enough for an induction. That nothing was broken so far showed that the assumptions can
 * be met. */
static bool find_invariant(struct asked *a, struct steps *bits, struct err *err)
{
	bool proved = false;

	a->gate.until = a->until;
	a->h.with_x = a->h.registers = false;
	if (!pdr_ask(&a->gate, as_bits, &a->h, INVARIANT_SHARE, &proved, err))
		return false;
	if (proved)
		bits->end = STEPS_PROVED;
	return true;
}

static unsigned past_start(const struct asked *a, unsigned steps)
{
	return steps > a->h.start ? steps - a->h.start : 0;
}

/* x: the result with x, which is not STEPS_BROKEN; bits: the result as bits. */
static bool conclude(struct asked *a, const struct steps *x, const struct steps *bits)
{
	unsigned n = x->end == STEPS_PROVED ? UINT32_MAX : past_start(a, x->steps);

	if (x->end == STEPS_PROVED && bits->end == STEPS_PROVED)
		return end(a, PROVER_PROVED, "");
	if (bits->end == STEPS_BROKEN && n) {
		a->out->steps = x->end == STEPS_PROVED ? 0 : n;
		return end(a, PROVER_KNOWN,
			   "in some step an output of the earlier version is x, or depends on "
			   "what a register began with; there the two may differ");
	}
	if (bits->end != STEPS_PROVED && past_start(a, bits->steps) < n)
		n = past_start(a, bits->steps);
	if (!n)
		return end(a, PROVER_UNDECIDED,
			   x->why.code	    ? x->why.text
			   : bits->why.code ? bits->why.text
					    : "no step after the start was reached");
	a->out->steps = n;
	return end(a, PROVER_BOUNDED,
		   x->why.code	    ? x->why.text
		   : bits->why.code ? bits->why.text
				    : "induction shows no more");
}

/* Cells that make x from bits give 0 or 1 when only bits are considered. So if there
 * are any, only equality with x in the same places counts as proved. */
static bool stays_x(struct asked *a, struct err *err)
{
	struct steps x = { 0 };
	bool ok;

	if (!a->gold_net.makes_x && !a->gate_net.makes_x)
		return true;
	a->h.exact = true;
	ok = ask_both_ways(a, true, 100, &x, err);
	a->h.exact = false;
	prover_trace_fini(&x.trace);
	if (ok && x.end != STEPS_PROVED)
		end(a, PROVER_KNOWN,
		    "the earlier version divides by zero or indexes past an end somewhere, which "
		    "is "
		    "x; there the two may differ");
	return ok;
}

/* Where the earlier version is x any output is accepted, so a proof says nothing if it is x
 * everywhere. Looks for a step in which every output bit is known. */
static bool is_known_sometimes(struct asked *a, struct err *err)
{
	struct steps s = { 0 };
	bool ok;

	a->h.lively = true;
	ok = ask(a, true, false, STEPS_SEARCH, 100, &s, err);
	a->h.lively = false;
	if (ok && s.end != STEPS_BROKEN)
		end(a, PROVER_UNDECIDED,
		    "a bit of the earlier version's outputs was never seen to be known, so it "
		    "cannot "
		    "be compared: a register without reset or start value, or nothing drives it");
	return ok;
}

/* If no part of the logic can be x, a proof about bits is complete, and z3 may be used. A
 * difference is left to decide(), which finds it again with its trace. */
static bool is_proved_by_bits(struct asked *a, bool *proved, struct err *err)
{
	const struct ynet *gold = &a->gold_net, *gate = &a->gate_net;
	struct steps s = { 0 };
	bool ok = true;

	if (!is_sequential(a) && !gold->makes_x && !gate->makes_x && !gold->has_x && !gate->has_x)
		ok = ask(a, false, false, STEPS_INDUCT, 70, &s, err);
	*proved = s.end == STEPS_PROVED;
	prover_trace_fini(&s.trace);
	return ok;
}

/* After a proof about bits, which z3 may have made: it is complete if the later version is
 * never x once the start is over, and no difference shows before. (Where the earlier one is
 * known, it has that value however its x are chosen, and so has the later one, whose value
 * is the same for at least one choice.) */
static bool is_proved_without_x(struct asked *a, struct steps *x, struct err *err)
{
	struct steps s = { 0 };
	bool ok, known;

	if (!is_sequential(a) || !a->h.start || a->gold_net.makes_x || a->gate_net.makes_x)
		return true;
	a->h.known = true;
	ok = ask_steps(a, true, false, STEPS_INDUCT, a->h.start + EASY_STEPS, 70, &s, err);
	a->h.known = false;
	known = ok && s.end == STEPS_PROVED;
	prover_trace_fini(&s.trace);
	if (!known)
		return ok;
	ok = ask_steps(a, true, false, STEPS_SEARCH, a->h.start, 100, &s, err);
	if (ok && s.end == STEPS_BOUNDED)
		x->end = STEPS_PROVED;
	prover_trace_fini(&s.trace);
	return ok;
}

static bool decide(struct asked *a, struct err *err)
{
	struct steps x = { 0 }, bits = { 0 };
	bool proved = false, ok;

	if (!is_proved_by_bits(a, &proved, err))
		return false;
	if (proved)
		return end(a, PROVER_PROVED, "");
	ok = ask_both_ways(a, true, 60, &x, err);
	if (ok && x.end == STEPS_BROKEN) {
		a->out->trace = x.trace;
		return end(a, PROVER_DIFFERENT, "");
	}
	ok = ok && ask_both_ways(a, false, 70, &bits, err);
	if (ok && bits.end == STEPS_BOUNDED)
		ok = find_invariant(a, &bits, err);
	if (ok && bits.end == STEPS_PROVED && x.end != STEPS_PROVED)
		ok = is_proved_without_x(a, &x, err);
	ok = ok && conclude(a, &x, &bits);
	prover_trace_fini(&bits.trace);
	if (ok && a->out->answer == PROVER_KNOWN)
		return is_known_sometimes(a, err);
	return ok && (a->out->answer != PROVER_PROVED || stays_x(a, err));
}

static bool has_outputs(const struct ynet *n)
{
	for (size_t i = 0; i < n->n_ports; i++)
		if (!n->ports[i].input)
			return true;
	return false;
}

/* Checks that they can be compared at all. *over: the result is in a->out. */
static bool compare_ports(struct asked *a, bool *over)
{
	struct str differ = STR_INIT;

	ports_differ(&a->gold_net, &a->gate_net, &differ);
	*over = true;
	if (differ.len)
		end(a, PROVER_PORTS, str_cstr(&differ));
	else if (a->gold_net.unsupported || a->gate_net.unsupported)
		end(a, PROVER_UNDECIDED,
		    a->gate_net.unsupported ? a->gate_net.unsupported : a->gold_net.unsupported);
	else if (!has_outputs(&a->gate_net))
		end(a, PROVER_UNDECIDED, "it has no output to compare");
	else
		*over = false;
	str_free(&differ);
	return true;
}

static bool look_at_order(struct asked *a, struct err *err)
{
	struct prover_port *p = a->gate_net.ports;

	if (!yosys_order(&a->gold, YOSYS_GOLD ".il", YOSYS_GOLD, &a->gold_net, err) ||
	    !yosys_order(&a->gate, YOSYS_GATE ".il", YOSYS_GATE, &a->gate_net, err))
		return false;
	for (size_t i = 0; i < a->gate_net.n_ports; i++)
		p[i].clock |= ynet_port(&a->gold_net, p[i].name)->clock;
	return true;
}

/* A difference is confirmed by simulation, but a proof is not: where the order of processes
 * could matter, it becomes undecided. */
static bool doubt_order(struct asked *a)
{
	const char *why = a->gate_net.unordered ? a->gate_net.unordered : a->gold_net.unordered;

	if (!a->h.by_cycle && why && a->out->answer != PROVER_DIFFERENT) {
		a->out->steps = 0;
		return end(a, PROVER_UNDECIDED, why);
	}
	return true;
}

static bool compare(struct asked *a, struct err *err)
{
	bool over;

	if (!read_design(a, &a->gold, a->job->before, YOSYS_GOLD, &a->gold_net, err))
		return err_prefix(err, "the earlier version");
	if (!read_design(a, &a->gate, a->job->after, YOSYS_GATE, &a->gate_net, err))
		return false;
	compare_ports(a, &over);
	if (over)
		return true;
	a->h.by_cycle = same_clock(a);
	if (!a->h.by_cycle && !look_at_order(a, err))
		return false;
	if (!ynet_take_resets(&a->gate_net, a->job->resets, err))
		return false;
	a->h.ports = a->gate_net.ports;
	a->h.n_ports = a->gate_net.n_ports;
	if (is_sequential(a) && has(&a->gate_net, false))
		a->h.start = harness_cycles(&a->h, a->h.by_cycle ? START_CYCLES : DRIVEN_CYCLES);
	a->h.pairs = &a->pairs;
	a->h.two = true;
	say_driven(a);
	return join(a, err) && is_whole(a, err) && find_pairs(a, err) && decide(a, err) &&
	       doubt_order(a);
}

bool yosys_equal(struct loop *l, const struct prover_equal *j, struct prover_report *out,
		 struct err *err)
{
	struct asked a = { .loop = l, .job = j, .out = out };
	uint64_t began = loop_now_ms(l);
	struct err why = { 0 };
	bool ok;

	memset(out, 0, sizeof(*out));
	out->why = mem_strdup("");
	if (!yosys_here(err))
		goto failed;
	a.until = began + j->limits.ms;
	ok = compare(&a, &why);
	yosys_end(&a.gold);
	yosys_end(&a.gate);
	ynet_fini(&a.gold_net);
	ynet_fini(&a.gate_net);
	ynet_pairs_fini(&a.pairs);
	if (!ok && (why.code == ERR_CANCELLED || why.code == ERR_USAGE)) {
		err_copy(err, &why);
		goto failed;
	}
	if (!ok)
		end(&a, PROVER_UNDECIDED, why.text);
	out->ms = loop_now_ms(l) - began;
	return true;
failed:
	prover_report_fini(out);
	return false;
}
