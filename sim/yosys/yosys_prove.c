/* Proves assertions, one at a time.
 *
 * Each gets a number for a name, so that scripts contain no name of the design; the
 * netlist maps the number to its line. For a query the other assertions are deleted,
 * and `miter -assert` turns the remaining one into an output that is 1 when it fails.
 * With its claim replaced by 0 the same output shows if its condition ever holds: if
 * not, a proof says nothing.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/sim.h"
#include "sim/yosys/yosys_run.h"
#include "sim/yosys/yosys_equal.h"
#include "sim/yosys/yosys_order.h"
#include "sim/yosys/yosys_pdr.h"
#include "sim/yosys/yosys_size.h"
#include "sim/yosys/yosys_steps.h"
#include "sim/yosys/yosys_undeclared.h"

/* Enough cycles to forget what a property saw before the reset, unless it spans
 * more. */
#define START_CYCLES	8
#define INDUCT_STEPS	20
#define PROPERTIES_MAX	500
#define INVARIANT_SHARE 50 /* percent of a property's time */

struct asked {
	struct loop *loop;
	const struct prover_prove *job;
	struct prover_report *out;
	struct yosys y;
	struct ynet net;
	struct harness h;
	uint64_t until;
};

/* Collecting -------------------------------------------------------------------------- */

/* A position that yosys gives an assertion: "rtl/q.sv:12.24-13.20". It begins where the token
 * before ends, which may be in an earlier line, or behind another assertion. */
struct span {
	char *path;
	unsigned long line, column, last;
};

static struct span span_of(const char *part, size_t n)
{
	const char *colon = memrchr(part, ':', n);
	struct span s = { .path = colon ? mem_strndup(part, (size_t)(colon - part)) : NULL };
	char *end;

	if (!colon)
		return s;
	s.line = s.last = strtoul(colon + 1, &end, 10);
	if (*end == '.')
		s.column = strtoul(end + 1, &end, 10);
	if (*end == '-')
		s.last = strtoul(end + 1, &end, 10);
	return s;
}

/* The first "assert" in [at, end) that is not in a comment; NULL: none. */
static const char *find_assert(const char *at, const char *end)
{
	while (at < end) {
		if (at[0] == '/' && at + 1 < end && (at[1] == '/' || at[1] == '*')) {
			const char *close = at[1] == '/' ? "\n" : "*/";

			at = memmem(at + 2, (size_t)(end - at - 2), close, strlen(close));
			if (!at)
				return NULL;
		} else if ((size_t)(end - at) >= 6 && memcmp(at, "assert", 6) == 0) {
			return at;
		}
		at++;
	}
	return NULL;
}

/* The line of the assertion in a span; false: there is none. */
static bool line_in(const struct asked *a, const struct span *s, unsigned long *line)
{
	char *full = s->path ? path_join(a->y.j.stage.mirror, s->path) : NULL;
	struct str text = STR_INIT;
	const char *at, *end, *found = NULL;

	if (full && file_read(full, YOSYS_FILE_MAX, &text, NULL)) {
		at = str_cstr(&text);
		for (*line = 1; at && *line < s->line; ++*line)
			at = (at = strchr(at, '\n')) ? at + 1 : NULL;
		end = at;
		for (unsigned long n = s->line; end && *end && n <= s->last; n++)
			end = (end = strchr(end, '\n')) ? end + 1 : text.data + text.len;
		if (at && s->column && s->column - 1 <= strcspn(at, "\n"))
			found = find_assert(at + s->column - 1, end);
		for (const char *p = at; found && p < found; p++)
			*line += *p == '\n';
	}
	str_free(&text);
	free(full);
	return found != NULL;
}

/* Converts "rtl/q.sv:12.3-12.9" to "rtl/q.sv:12". In a flattened design the
 * positions of enclosing instances are listed too, in any order. */
static char *place_of(const struct asked *a, const char *src)
{
	size_t n = strcspn(src, "|");
	struct span s = span_of(src, n);
	unsigned long line = 0;
	bool found = line_in(a, &s, &line);
	char *place;

	for (const char *part = src; part[n] && !found;) {
		struct span other;

		part += n + 1;
		n = strcspn(part, "|");
		other = span_of(part, n);
		found = line_in(a, &other, &line);
		if (found) {
			free(s.path);
			s = other;
		} else {
			free(other.path);
		}
	}
	if (!s.path)
		return mem_strdup("an assertion");
	place = str_fmt("%s:%lu", stage_true_path(&a->y.j.stage, s.path), found ? line : s.line);
	free(s.path);
	return place;
}

static bool find_properties(struct asked *a, const cJSON *module, struct err *err)
{
	struct prover_report *out = a->out;
	char name[40];

	for (size_t i = 0;; i++) {
		const cJSON *cell;
		const char *src;

		snprintf(name, sizeof(name), "posedge_assert_%zu", i);
		cell = json_object(json_object(module, "cells"), name);
		if (!cell)
			return true;
		if (i == PROPERTIES_MAX)
			return err_set(err, ERR_LIMIT, "it has more than %d assertions",
				       PROPERTIES_MAX);
		src = json_string(json_object(cell, "attributes"), "src");
		out->properties = mem_realloc(out->properties, (i + 1) * sizeof(*out->properties));
		out->properties[out->n_properties++] =
			(struct prover_property){ .name = place_of(a, src ? src : ""),
						  .why = mem_strdup("") };
	}
}

/* A design can print the same line, but spoils only its own result. */
static void find_undeclared(struct asked *a, const struct str *said)
{
	static const char words[] = " Warning: Identifier `\\";
	struct strv names = STRV_INIT, places = STRV_INIT;

	for (const char *at = str_cstr(said); (at = strstr(at, words)); at += sizeof(words) - 1) {
		const char *from = at, *name = at + sizeof(words) - 1;
		char *line;

		while (from > said->data && from[-1] != '\n')
			from--;
		line = mem_strndup(from, (size_t)(at - from) - (at > from)); /* without the colon */
		strv_addn(&names, name, strcspn(name, "'\n"));
		strv_give(&places, place_of(a, line));
		free(line);
	}
	yosys_undeclared_mark(a->job->design, &names, &places, a->out);
	strv_free(&names);
	strv_free(&places);
}

static bool facts(struct asked *a, const char *file, bool resets, struct err *err)
{
	struct str text = STR_INIT;
	cJSON *all = NULL, *module = NULL;
	bool ok = yosys_file(&a->y, file, &text, err) &&
		  (module = ynet_module(str_cstr(&text), text.len, YOSYS_GATE, &all, err));

	if (ok && resets)
		ynet_find_resets(module, &a->net);
	else if (ok)
		ok = ynet_read(module, &a->net, err) && find_properties(a, module, err);
	cJSON_Delete(all);
	str_free(&text);
	return ok;
}

/* Turns edges and asynchronous resets into logic. */
static void add_steps(const char *command, struct str *script)
{
	str_addf(script,
		 "%s\nopt_clean\nwrite_rtlil " YOSYS_OUT "gate.il\n"
		 "setundef -undriven -undef\ntee -q -o " YOSYS_OUT "check.log check\n",
		 command);
}

static bool read_design(struct asked *a, struct err *err)
{
	struct str script = STR_INIT, said = STR_INIT;
	bool ok = yosys_begin(&a->y, a->loop, a->job->design, &a->job->limits, a->until, err) &&
		  yosys_add_sources(&a->y, true, &script, err);

	str_adds(&script, YOSYS_PROCESSES
		 "flatten\nopt_clean\nmemory_collect\nmemory_map\nopt_clean\n"
		 "chformal -live -fair -cover -remove\nrename -top " YOSYS_GATE "\n"
		 "rename -hide " YOSYS_GATE "/t:$assert\n"
		 "rename -enumerate -pattern posedge_assert_% " YOSYS_GATE "/t:$assert\n"
		 "write_json " YOSYS_OUT "facts.json\n"
		 "write_rtlil " YOSYS_OUT "read.il\n"
		 "design -save read\nopt_dff\nwrite_json " YOSYS_OUT "resets.json\n"
		 "design -load read\n");
	add_steps("async2sync", &script);
	ok = ok && yosys_run(&a->y, str_cstr(&script), err);
	a->out->unread = !ok && err->code == ERR_TOOL;
	ok = ok && facts(a, "facts.json", false, err) && facts(a, "resets.json", true, err) &&
	     yosys_file(&a->y, YOSYS_READ_LOG, &said, err);
	if (ok)
		find_undeclared(a, &said);
	str_free(&script);
	str_free(&said);
	return ok;
}

/* The first attempt was for one clock. */
static bool make_steps(struct asked *a, struct err *err)
{
	struct str script = STR_INIT, checked = STR_INIT;
	bool ok = true;

	if (!a->h.by_cycle) {
		str_adds(&script, "read_rtlil " YOSYS_OUT "read.il\n");
		add_steps("clk2fflogic", &script);
		ok = yosys_run(&a->y, str_cstr(&script), err);
	}
	ok = ok && yosys_file(&a->y, "check.log", &checked, err);
	if (ok && !yosys_says(&checked, "Found and reported 0 problems."))
		ok = err_set(err, ERR_TOOL,
			     "a net has more than one driver, or logic loops without a register");
	str_free(&script);
	str_free(&checked);
	return ok;
}

/* Queries ----------------------------------------------------------------------------- */

/* Adds the commands that leave one assertion, as an output that is 1 when it fails.
 * condition: replace the claim by 0, see above. */
static void add_property(size_t i, bool condition, struct str *before)
{
	str_addf(before,
		 "read_rtlil " YOSYS_OUT "gate.il\n"
		 "select -set others " YOSYS_GATE "/t:$assert " YOSYS_GATE
		 "/c:posedge_assert_%zu %%d\ndelete @others\n",
		 i);
	if (condition)
		str_addf(before,
			 "cd " YOSYS_GATE "\nconnect -port posedge_assert_%zu A 1'0\ncd ..\n", i);
	str_adds(before, "setundef -undriven -anyseq\n"
			 "miter -assert -make_outputs " YOSYS_GATE "\n");
}

static bool ask(struct asked *a, size_t i, bool condition, enum steps_way way, unsigned most,
		struct steps *out, struct err *err)
{
	struct str before = STR_INIT;
	bool ok;

	add_property(i, condition, &before);
	ok = steps_ask(&a->y, str_cstr(&before), &a->h, way, a->h.start + most, !condition, out,
		       err);
	str_free(&before);
	return ok;
}

static unsigned past_start(const struct asked *a, unsigned steps)
{
	return steps > a->h.start ? steps - a->h.start : 0;
}

static void set(struct prover_property *p, enum prover_answer answer, unsigned steps,
		const char *why)
{
	p->answer = answer;
	p->steps = steps;
	free(p->why);
	p->why = mem_strdup(why);
}

/* Checks the condition of an assertion that holds as far as was searched. */
static bool look_at_condition(struct asked *a, size_t i, struct err *err)
{
	struct prover_property *p = &a->out->properties[i];
	struct steps s;

	if (!ask(a, i, true, STEPS_REACH, a->job->limits.depth, &s, err))
		return false;
	if (s.end == STEPS_BOUNDED)
		set(p, PROVER_VACUOUS, past_start(a, s.steps), "");
	else if (s.end != STEPS_BROKEN && p->answer == PROVER_PROVED)
		free(p->why),
			p->why = mem_strdup("whether its condition ever holds was not decided");
	return true;
}

/* Proves by an invariant. *done: it is proved. */
static bool find_invariant(struct asked *a, size_t i, bool *done, struct err *err)
{
	struct str before = STR_INIT;
	bool ok;

	add_property(i, false, &before);
	ok = pdr_ask(&a->y, str_cstr(&before), &a->h, INVARIANT_SHARE, done, err);
	str_free(&before);
	if (!ok || !*done)
		return ok;
	set(&a->out->properties[i], PROVER_PROVED, 0, "");
	*done = look_at_condition(a, i, err);
	return *done;
}

/* With several clocks induction rarely helps: see yosys_pdr.h. */
static bool look_for_break(struct asked *a, size_t i, struct steps *s, struct err *err)
{
	unsigned depth = a->job->limits.depth;
	unsigned induct = depth < INDUCT_STEPS ? depth : INDUCT_STEPS;
	struct steps more;

	if (!a->h.by_cycle && pdr_here())
		return ask(a, i, false, STEPS_FIRST, depth, s, err);
	if (!ask(a, i, false, STEPS_INDUCT, induct, s, err))
		return false;
	if (s->end == STEPS_BOUNDED && depth > induct) {
		if (!ask(a, i, false, STEPS_SEARCH, depth, &more, err))
			return false;
		if (more.end != STEPS_UNKNOWN)
			*s = more;
	}
	return true;
}

static bool prove_one(struct asked *a, size_t i, struct err *err)
{
	struct prover_property *p = &a->out->properties[i];
	struct steps s;
	bool done = false;

	if (!a->h.by_cycle && (!find_invariant(a, i, &done, err) || done))
		return done;
	if (!look_for_break(a, i, &s, err))
		return false;
	if (s.end == STEPS_BROKEN) {
		set(p, PROVER_DIFFERENT, past_start(a, s.steps), "");
		p->trace = s.trace;
		return true;
	}
	if (a->h.by_cycle && s.end == STEPS_BOUNDED && (!find_invariant(a, i, &done, err) || done))
		return done;
	if (s.end == STEPS_PROVED)
		set(p, PROVER_PROVED, 0, "");
	else if (past_start(a, s.steps))
		set(p, PROVER_BOUNDED, past_start(a, s.steps), s.why.code ? s.why.text : "");
	else
		set(p, PROVER_UNDECIDED, 0, s.why.text);
	return p->answer == PROVER_UNDECIDED || look_at_condition(a, i, err);
}

/* Each gets an equal share of the remaining time, including what others left over. */
static bool prove_all(struct asked *a, struct err *err)
{
	for (size_t i = 0; i < a->out->n_properties; i++) {
		uint64_t now = loop_now_ms(a->loop), left = a->until > now ? a->until - now : 0;

		a->y.until = now + left / (a->out->n_properties - i);
		if (!a->out->properties[i].unread && !prove_one(a, i, err))
			return false;
	}
	return true;
}

static bool take_resets(struct asked *a, struct err *err)
{
	if (!ynet_take_resets(&a->net, a->job->resets, err))
		return false;
	for (size_t i = 0; i < a->net.n_ports; i++)
		if (a->net.ports[i].reset && a->net.registers)
			a->h.start = harness_cycles(&a->h, START_CYCLES);
	return true;
}

static void say_driven(struct asked *a)
{
	struct strv *driven = &a->out->driven;

	if (!a->h.by_cycle)
		strv_add(driven, "not one clock alone: a step is any change of any inputs, and "
				 "clocks have their edges in any order, or at once");
	for (size_t i = 0; i < a->net.n_ports; i++) {
		const struct prover_port *p = &a->net.ports[i];

		if (p->clock && a->h.by_cycle)
			strv_addf(driven,
				  "clock %s: a step is a cycle, from one %s edge to the next",
				  p->name, p->falling ? "falling" : "rising");
		if (p->reset && a->h.start)
			strv_addf(driven,
				  "%s is %d in the first %u steps, then as free as any input",
				  p->name, p->active, a->h.start);
	}
	if (a->net.registers)
		strv_add(driven, "registers begin as declared, or with any value");
}

static bool prove(struct asked *a, struct err *err)
{
	if (!read_design(a, err))
		return false;
	if (a->net.unsupported)
		return err_set(err, ERR_TOOL, "%s", a->net.unsupported);
	a->h.by_cycle = a->net.one_clock;
	if (!a->h.by_cycle && !yosys_order(&a->y, "read.il", YOSYS_GATE, &a->net, err))
		return false;
	if (a->net.unordered)
		return err_set(err, ERR_TOOL, "%s", a->net.unordered);
	a->h.ports = a->net.ports;
	a->h.n_ports = a->net.n_ports;
	if (!take_resets(a, err))
		return false;
	say_driven(a);
	return make_steps(a, err) && prove_all(a, err);
}

static bool prove_design(struct loop *l, const struct prover_prove *j, struct prover_report *out,
			 struct err *err)
{
	struct asked a = { .loop = l, .job = j, .out = out };
	uint64_t began = loop_now_ms(l);
	struct err why = { 0 };
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!yosys_here(err))
		return false;
	out->why = mem_strdup("");
	a.until = began + j->limits.ms;
	ok = prove(&a, &why);
	yosys_end(&a.y);
	ynet_fini(&a.net);
	if (!ok && (why.code == ERR_CANCELLED || why.code == ERR_USAGE)) {
		prover_report_fini(out);
		return err_copy(err, &why);
	}
	out->answer = ok ? PROVER_PROVED : PROVER_UNDECIDED;
	if (!ok) {
		free(out->why);
		out->why = mem_strdup(why.text);
	}
	out->ms = loop_now_ms(l) - began;
	return true;
}

const struct prover_ops prover_yosys = {
	.name = "yosys",
	.here = yosys_here,
	.equal = yosys_equal,
	.prove = prove_design,
	.measure = yosys_measure,
};
