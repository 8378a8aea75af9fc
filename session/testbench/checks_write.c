/* Writes copies that count. A site is wrapped on its own line:
 *
 *     if (q !== 3) bad = bad + 1;
 *     begin MADE(0) if (q !== 3) begin FAILED(0) bad = bad + 1; end end
 *
 * With Icarus, MADE increments a variable in an additional top module. Where that
 * would make a process sensitive to the counters, as with always @*, it calls a
 * task that does so, which takes ten times as long. FAILED is a task, except in
 * functions and final blocks, where calls are not allowed. With Verilator both
 * are C++. With Icarus, it is noted besides whether a condition that takes x for no
 * difference was ever anything else.
 */
#include "config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

static bool no_tasks(const struct vstmts *s, int node)
{
	return vstmts_around(s, node, VSTMT_FUNCTION) >= 0 ||
	       vstmts_around(s, node, VSTMT_FINAL) >= 0;
}

/* True for "@*" and "@(*)". */
static bool waits_for_all(const struct vstmts *s, size_t at)
{
	size_t next = at + 1;

	if (vstmts_is(s, next, "("))
		next++;
	return next >= s->n_tokens || memchr(s->text + s->tokens[next].off, '*',
					     s->tokens[next].len < 2 ? s->tokens[next].len : 2);
}

/* True if everything the process waits for is named explicitly; macros do not
 * count. always_ff, _comb and _latch may restrict what they assign. */
static bool waits_by_name(const struct vstmts *s, int always)
{
	struct vspan all = s->v[always].all;

	if (!vspan_is(s, s->v[always].name, "always"))
		return false;
	for (size_t i = vstmts_token(s, all.off); i < s->n_tokens && s->tokens[i].off < all.end;
	     i++)
		if (s->text[s->tokens[i].off] == '`' ||
		    (vstmt_token_is(s, &s->tokens[i], "@") && waits_for_all(s, i)))
			return false;
	return true;
}

/* True where a counter must not be incremented by an assignment: an always @*
 * would wait for it, also through a macro, and a program may only assign its own
 * variables. */
static bool wants_task(const struct vstmts *s, int node)
{
	int unit = vstmts_around(s, node, VSTMT_UNIT);
	int always = vstmts_around(s, node, VSTMT_ALWAYS);

	if ((always >= 0 && !waits_by_name(s, always)) || vstmts_around(s, node, VSTMT_DEFINE) >= 0)
		return true;
	return unit >= 0 && !no_tasks(s, node) &&
	       vstmt_token_is(s, &s->tokens[vstmts_token(s, s->v[unit].all.off)], "program");
}

static void add_made(const struct vstmts *s, int node, enum checks_engine e, size_t i,
		     struct str *out)
{
	if (e == CHECKS_VERILATOR)
		str_addf(out, "$c(\"posedge_checks_made(%zu);\"); ", i);
	else if (wants_task(s, node))
		str_addf(out, "posedge_checks.made%zu; ", i);
	else
		str_addf(out, "posedge_checks.m%zu = posedge_checks.m%zu + 1; ", i, i);
}

/* In a macro: where it is used. */
static void add_place(enum checks_engine e, struct str *out)
{
	str_adds(out, e == CHECKS_VERILATOR
			      ? "$c(\"posedge_checks_from(\", `__LINE__, \",\\\"\", `__FILE__, "
				"\"\\\");\"); "
			      : "posedge_checks.from(`__LINE__, `__FILE__); ");
}

static void add_failed(const struct vstmts *s, int node, enum checks_engine e, size_t i,
		       struct str *out)
{
	if (vstmts_around(s, node, VSTMT_DEFINE) >= 0 && !no_tasks(s, node))
		add_place(e, out);
	if (e == CHECKS_VERILATOR)
		str_addf(out, "$c(\"posedge_checks_failed(%zu);\"); ", i);
	else if (no_tasks(s, node))
		str_addf(out,
			 "posedge_checks.f%zu = posedge_checks.f%zu + 1; if (posedge_checks.first "
			 "== 0) begin "
			 "posedge_checks.first = %zu; posedge_checks.at = $simtime; end ",
			 i, i, i + 1);
	else
		str_addf(out, "posedge_checks.failed%zu; ", i);
}

static void wrap_side(const struct vstmts *s, const struct check_found *f, enum checks_engine e,
		      size_t i, struct edits *edits)
{
	struct vspan around = s->v[f->fails].all;
	struct wrap *w = checks_wrap(edits, around);

	str_adds(&w->open, "begin ");
	add_failed(s, f->fails, e, i, &w->open);
	str_adds(&w->close, checks_ends_statement(s, around) ? " end" : "; end");
}

/* assert (a);  assert (a) else begin FAILED(0) $error; end, which prints the same. */
static void wrap_end(const struct vstmts *s, const struct check_found *f, enum checks_engine e,
		     size_t i, struct edits *edits)
{
	struct vspan all = s->v[f->node].all, semicolon = { all.end - 1, all.end };
	bool acts = f->node + 1 < s->v[f->node].end;
	struct wrap *w = checks_wrap(edits, acts ? all : semicolon);

	w->drop = !acts;
	str_adds(&w->close, " else begin ");
	add_failed(s, f->node, e, i, &w->close);
	str_adds(&w->close,
		 e == CHECKS_VERILATOR ? "$error(\"'assert' failed.\"); end" : "$error; end");
}

/* The value before the statement, and after it a failure if that has changed: 64 bits of
 * it, which a count of failures has. */
static void keep(const struct vstmts *s, const struct check_found *f, enum checks_engine e,
		 size_t i, struct str *out)
{
	if (e == CHECKS_VERILATOR)
		str_addf(out, "$c(\"posedge_checks_keep(%zu,\", ", i);
	else
		str_addf(out, "posedge_checks.k%zu = ", i);
	checks_add_tokens(s, f->after, out);
	str_adds(out, e == CHECKS_VERILATOR ? ", \");\"); " : "; ");
}

static void add_changed(const struct vstmts *s, const struct check_found *f, enum checks_engine e,
			size_t i, struct str *out)
{
	if (e == CHECKS_VERILATOR) {
		str_addf(out, " $c(\"posedge_checks_changed(%zu,\", ", i);
		checks_add_tokens(s, f->after, out);
		str_adds(out, ", \");\"); ");
		return;
	}
	str_adds(out, " if ((");
	checks_add_tokens(s, f->after, out);
	str_addf(out, ") !== posedge_checks.k%zu) begin ", i);
	add_failed(s, f->node, e, i, out);
	str_adds(out, "end ");
}

/* A wait is a check once it is over: "begin @(posedge ack); MADE end", or before what is
 * done then: "@(posedge ack) begin MADE y = q; end". */
static void wrap_wait(const struct vstmts *s, const struct check_found *f, enum checks_engine e,
		      size_t i, struct edits *edits)
{
	const struct vstmt *v = &s->v[f->node];
	bool before = v->kind == VSTMT_PREFIX && f->node + 1 < v->end;
	struct vspan around = before ? s->v[f->node + 1].all : v->all;
	struct wrap *w = checks_wrap(edits, around);

	str_adds(&w->open, "begin ");
	str_adds(&w->close, checks_ends_statement(s, around) ? " " : "; ");
	add_made(s, f->node, e, i, before ? &w->open : &w->close);
	str_adds(&w->close, "end");
}

/* One of the two vectors in the only comparison of the condition, if that takes two values of
 * nothing but x for equal: q of "go && q !== e". Empty: it is another condition. */
static struct vspan exact_operand(const struct checks *c, const struct check_source *src, int node)
{
	const struct vstmts *s = &src->s;
	struct vspan found = { 0, 0 };
	struct check_cond q;
	size_t compares = 0;

	checks_read_cond(s, s->v[node].head, &q);
	for (size_t i = 0; i < q.n; i++) {
		const struct check_term *t = &q.v[i];
		struct vspan name = checks_plain_name(s, t->left);

		compares += t->asks == ASKS_SAME || t->asks == ASKS_X || t->asks == ASKS_ORDER;
		if (t->asks == ASKS_SAME && t->exact && checks_may_change(c, s, t->right) &&
		    name.off == t->left.off && checks_facts_at(src, node, name) & NAME_VECTOR)
			found = t->left;
	}
	return compares == 1 ? found : (struct vspan){ 0, 0 };
}

/* How it shows that a check could have failed. */
enum sight {
	SIGHT_SURE,	 /* it could each time, or that is not known */
	SIGHT_CONDITION, /* if the condition is not x: "if (q != e) errors = errors + 1;" */
	SIGHT_OPERAND,	 /* if some bit of an operand is not x: "if (q !== e) ..." */
};

static enum sight sight_of(const struct checks *c, const struct check_found *f,
			   struct vspan *operand)
{
	static const char *const sees[] = { "===", "!==", "$isunknown", "==?", "!=?", NULL };
	const struct check_source *src = &c->sources[f->site.source];
	const struct vstmts *s = &src->s;
	struct vspan head = s->v[f->node].head;
	bool then = f->fails >= 0 && !f->fails_else && s->v[f->fails].role == VROLE_THEN;

	if (!checks_compares_at(&f->site) || s->v[f->node].kind != VSTMT_IF ||
	    wants_task(s, f->node) || !checks_is_pure(c, s, head))
		return SIGHT_SURE;
	*operand = exact_operand(c, src, f->node);
	if (operand->off < operand->end)
		return SIGHT_OPERAND;
	return then && !checks_has_any(s, head, sees) ? SIGHT_CONDITION : SIGHT_SURE;
}

/* Notes once that the check could have failed. */
static void add_seen(const struct checks *c, const struct check_found *f, size_t i, struct str *out)
{
	const struct vstmts *s = &c->sources[f->site.source].s;
	struct vspan operand;

	switch (sight_of(c, f, &operand)) {
	case SIGHT_SURE:
		return;
	case SIGHT_CONDITION:
		str_addf(out, "if (!posedge_checks.s%zu) if (((", i);
		checks_add_tokens(s, s->v[f->node].head, out);
		str_adds(out, ") ? 1'b1 : 1'b0) !== 1'bx)");
		break;
	case SIGHT_OPERAND: /* a known bit is the same as itself */
		str_addf(out, "if (!posedge_checks.s%zu) if ((| (~ (", i);
		checks_add_tokens(s, operand, out);
		str_adds(out, "^ ");
		checks_add_tokens(s, operand, out);
		str_adds(out, "))) === 1'b1)");
		break;
	}
	str_addf(out, " posedge_checks.s%zu = 1; ", i);
}

static void wrap_site(const struct checks *c, const struct check_found *f, enum checks_engine e,
		      size_t i, struct edits *edits)
{
	const struct vstmts *s = &c->sources[f->site.source].s;
	struct vspan around = s->v[f->node].all;
	struct wrap *w = checks_wrap(edits, around);
	bool closed = checks_ends_statement(s, around), gate;

	str_adds(&w->open, "begin if (");
	gate = checks_gate(c, f, &w->open);
	if (!gate)
		str_cut(&w->open, w->open.len - strlen("if ("));
	str_adds(&w->open, gate ? ") begin " : "");
	add_made(s, f->node, e, i, &w->open);
	if (e == CHECKS_ICARUS)
		add_seen(c, f, i, &w->open);
	str_adds(&w->open, gate ? "end " : "");
	if (f->condition.off < f->condition.end) {
		str_adds(&w->open, "if (");
		str_adds(&w->open, f->strict ? "(" : "");
		checks_add_tokens(s, f->condition, &w->open);
		str_adds(&w->open, f->strict ? ") !== 0" : "");
		str_adds(&w->open, f->inverse ? ") begin " : ") ; else begin ");
		add_failed(s, f->node, e, i, &w->open);
		str_adds(&w->open, "end ");
	}
	if (f->after.off < f->after.end && f->after_want == AFTER_SAME) {
		keep(s, f, e, i, &w->open);
		str_adds(&w->close, closed ? "" : ";");
		add_changed(s, f, e, i, &w->close);
		str_adds(&w->close, "end");
	} else if (f->after.off < f->after.end) {
		str_addf(&w->close, "%s if ((", closed ? "" : ";");
		checks_add_tokens(s, f->after, &w->close);
		str_adds(&w->close, f->after_want == AFTER_ANY	 ? ") === 0) begin "
				    : f->after_want == AFTER_ONE ? ") !== 1) begin "
								 : ") !== 0) begin ");
		add_failed(s, f->node, e, i, &w->close);
		str_adds(&w->close, "end end");
	} else if (f->fails_else && closed) {
		str_adds(&w->close, " else begin ");
		add_failed(s, f->node, e, i, &w->close);
		str_adds(&w->close, "end end");
	} else {
		str_adds(&w->close, closed ? " end" : "; end");
	}
	if (f->fails >= 0)
		wrap_side(s, f, e, i, edits);
	else if (f->bare)
		wrap_end(s, f, e, i, edits);
}

/* Concurrent assertions --------------------------------------------------------- */

/* The body of "property p; ... endproperty" in this source. */
static struct vspan declared_property(const struct vstmts *s, struct vspan name)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct vstmt *v = &s->v[i];
		size_t t = vstmts_token(s, v->all.off);

		if (v->kind != VSTMT_ITEM || t + 3 >= s->n_tokens ||
		    !vstmt_token_is(s, &s->tokens[t], "property") ||
		    !vstmt_token_is(s, &s->tokens[t + 2], ";") ||
		    !checks_same(s, checks_token(s, t + 1), s, name))
			continue;
		for (size_t k = t + 3; k < s->n_tokens && s->tokens[k].off < v->all.end; k++) {
			if (vstmt_token_is(s, &s->tokens[k], "endproperty"))
				return (struct vspan){ s->tokens[t + 3].off, s->tokens[k].off };
		}
	}
	return (struct vspan){ 0, 0 };
}

/* The span inside the bracket at token *i; moves *i past the closing one. */
static struct vspan bracketed(const struct vstmts *s, size_t *i, struct vspan all)
{
	struct vspan in = { 0, 0 };
	size_t open = *i;

	if (!checks_is(s, open, "("))
		return in;
	*i = checks_closing(s, open, all);
	if (checks_in_span(s, *i, all))
		in = (struct vspan){ s->tokens[open].off + 1, s->tokens[(*i)++].off };
	return in;
}

struct property {
	struct vspan clock, disable, before; /* empty: none */
};

/* Parses "@(clock) disable iff (d) a |-> b". False if it has no clock, or starts
 * with a sequence that takes more than one cycle. */
static bool read_property(const struct vstmts *s, struct vspan in, struct property *p)
{
	size_t i = vstmts_token(s, in.off), from;
	int depth = 0;

	*p = (struct property){ { 0, 0 }, { 0, 0 }, { 0, 0 } };
	if (i >= s->n_tokens || !vstmt_token_is(s, &s->tokens[i], "@"))
		return false;
	i++;
	p->clock = bracketed(s, &i, in);
	if (i + 1 < s->n_tokens && vstmt_token_is(s, &s->tokens[i], "disable")) {
		i += 2;
		p->disable = bracketed(s, &i, in);
	}
	for (from = i; i < s->n_tokens && s->tokens[i].off < in.end; i++) {
		const struct vstmt_token *t = &s->tokens[i];

		depth += vstmt_token_is(s, t, "(") - vstmt_token_is(s, t, ")");
		if (vstmt_token_is(s, t, "##"))
			return false;
		if (depth == 0 && (vstmt_token_is(s, t, "|->") || vstmt_token_is(s, t, "|=>"))) {
			p->before = (struct vspan){ s->tokens[from].off, t->off };
			break;
		}
	}
	return p->clock.off < p->clock.end;
}

static void count_property(const struct vstmts *s, const struct check_found *f, size_t i,
			   struct edits *edits)
{
	const struct vstmt *v = &s->v[f->node];
	struct vspan in = v->head, named = declared_property(s, checks_last_name(s, v->head));
	struct property p;
	struct wrap *w;

	if (named.off < named.end)
		in = named;
	if (!v->generate || !read_property(s, in, &p))
		return;
	w = checks_wrap(edits, v->all);
	str_adds(&w->close, " always @(");
	checks_add_tokens(s, p.clock, &w->close);
	str_adds(&w->close, ") ");
	if (p.disable.off < p.disable.end) {
		str_adds(&w->close, "if (!(");
		checks_add_tokens(s, p.disable, &w->close);
		str_adds(&w->close, ")) ");
	}
	if (p.before.off < p.before.end) {
		str_adds(&w->close, "if (");
		checks_add_tokens(s, p.before, &w->close);
		str_adds(&w->close, ") ");
	}
	add_made(s, f->node, CHECKS_VERILATOR, i, &w->close);
	if (f->fails >= 0)
		wrap_side(s, f, CHECKS_VERILATOR, i, edits);
	else if (f->bare)
		wrap_end(s, f, CHECKS_VERILATOR, i, edits);
}

/* The copy ---------------------------------------------------------------------- */

bool checks_instrument(const struct checks *c, size_t source, enum checks_engine engine,
		       struct str *out)
{
	const struct check_source *src = &c->sources[source];
	struct edits edits = { 0 };

	if (engine == CHECKS_VERILATOR)
		checks_mend_scans(&src->s, &edits);
	for (size_t i = 0; i < c->n_sites; i++) {
		const struct check_found *f = &c->sites[i];

		if (f->site.source != source)
			continue;
		if (f->site.kind == CHECK_PROPERTY && engine == CHECKS_VERILATOR)
			count_property(&src->s, f, i, &edits);
		else if (f->site.kind == CHECK_AWAIT)
			wrap_wait(&src->s, f, engine, i, &edits);
		else if (f->site.kind != CHECK_PROPERTY)
			wrap_site(c, f, engine, i, &edits);
	}
	checks_drop_dumps(&src->s, &edits);
	if (engine == CHECKS_ICARUS)
		checks_mend_icarus(&src->s, &edits);
	if (engine == CHECKS_ICARUS && c->n_sites && c->top)
		checks_keep_out_of_dumps(&src->s, c->top, &edits);
	if (engine == CHECKS_VERILATOR)
		checks_mend(&src->s, &edits);
	return checks_edit(src->text, src->len, &edits, out);
}

/* Incrementing a vector is faster than a word of an array or an int. */
static void icarus_support(const struct checks *c, const char *file, struct str *out)
{
	size_t n = c->n_sites;
	struct vspan operand;

	str_adds(out,
		 "`begin_keywords \"1800-2012\"\nmodule posedge_checks;\n  integer first = 0, h;\n"
		 "  reg [63:0] at = 0;\n"
		 "  initial if ($test$plusargs(\"" CHECKS_HURRY "\")) begin\n"
		 "    wait (first != 0); #0 $finish(0);\n"
		 "  end\n"
		 "  integer line = 0;\n  string path = \"\";\n"
		 "  task from(input integer n, input string name);\n"
		 "    if (first == 0) begin line = n; path = name; end\n"
		 "  endtask\n"
		 "  task failed(input integer n);\n"
		 "    if (first == 0) begin first = n + 1; at = $simtime; end\n"
		 "  endtask\n");
	for (size_t i = 0; i < n; i++)
		str_addf(out,
			 "  reg [31:0] m%zu = 0, f%zu = 0;\n"
			 "  task made%zu; m%zu = m%zu + 1; endtask\n"
			 "  task failed%zu; begin f%zu = f%zu + 1; failed(%zu); end endtask\n",
			 i, i, i, i, i, i, i, i, i);
	for (size_t i = 0; i < n; i++) {
		if (c->sites[i].after_want == AFTER_SAME)
			str_addf(out, "  reg signed [63:0] k%zu = 0;\n", i);
		str_addf(out, "  reg s%zu = %d;\n", i,
			 sight_of(c, &c->sites[i], &operand) == SIGHT_SURE);
	}
	str_addf(out,
		 "  final begin\n    h = $fopen(\"%s\", \"w\");\n"
		 "    $fdisplay(h, \"%%0d %%0d %%0d\", %zu, first, at);\n",
		 file, n);
	for (size_t i = 0; i < n; i++)
		str_addf(out, "    $fdisplay(h, \"%%0d %%0d %%0d\", m%zu, f%zu, s%zu);\n", i, i, i);
	str_adds(out, "    $fdisplay(h, \"@%0d\", $simtime);\n"
		      "    if (line) $fdisplay(h, \"%0d %0s\", line, path);\n"
		      "    $fclose(h);\n  end\nendmodule\n");
}

static const char verilator_support[] =
	"#include <cstdio>\n"
	"#define POSEDGE_CHECKS 1\n"
	"static unsigned long long posedge_checks_m[%zu], posedge_checks_f[%zu], "
	"posedge_checks_first, posedge_checks_at;\n"
	"static unsigned posedge_checks_line;\n"
	"static const char *posedge_checks_path;\n"
	"static inline void posedge_checks_from(unsigned n, const char *path) {\n"
	"  if (posedge_checks_first) return;\n"
	"  posedge_checks_line = n;\n"
	"  posedge_checks_path = path;\n"
	"}\n"
	"static VerilatedContext *posedge_checks_context;\n"
	"static bool posedge_checks_over() {\n"
	"  static const bool hurry = *posedge_checks_context->commandArgsPlusMatch(\"" CHECKS_HURRY
	"\");\n"
	"  return hurry && posedge_checks_first;\n"
	"}\n"
	"static inline void posedge_checks_made(unsigned n) { posedge_checks_m[n]++; }\n"
	"static inline void posedge_checks_failed(unsigned n) {\n"
	"  posedge_checks_f[n]++;\n"
	"  if (posedge_checks_first) return;\n"
	"  posedge_checks_first = n + 1;\n"
	"  posedge_checks_at = posedge_checks_context ? posedge_checks_context->time() : 0;\n"
	"}\n"
	"static unsigned long long posedge_checks_k[%zu];\n"
	"static inline void posedge_checks_keep(unsigned n, unsigned long long v) {\n"
	"  posedge_checks_k[n] = v;\n"
	"}\n"
	"template <std::size_t N>\n"
	"static inline void posedge_checks_keep(unsigned n, const VlWide<N> &v) {\n"
	"  posedge_checks_keep(n, v[0] | (unsigned long long)v[1] << 32);\n"
	"}\n"
	"static inline void posedge_checks_changed(unsigned n, unsigned long long v) {\n"
	"  if (v != posedge_checks_k[n]) posedge_checks_failed(n);\n"
	"}\n"
	"template <std::size_t N>\n"
	"static inline void posedge_checks_changed(unsigned n, const VlWide<N> &v) {\n"
	"  posedge_checks_changed(n, v[0] | (unsigned long long)v[1] << 32);\n"
	"}\n"
	"static void posedge_checks_write() {\n"
	"  std::FILE *h = std::fopen(\"%s\", \"w\");\n"
	"  if (!h) return;\n"
	"  std::fprintf(h, \"%%u %%llu %%llu\\n\", %zuU, posedge_checks_first, "
	"posedge_checks_at);\n"
	"  for (unsigned i = 0; i < %zuU; i++) std::fprintf(h, \"%%llu %%llu 1\\n\", "
	"posedge_checks_m[i], posedge_checks_f[i]);\n"
	"  if (posedge_checks_context) std::fprintf(h, \"@%%llu\\n\", "
	"(unsigned long long)posedge_checks_context->time());\n"
	"  if (posedge_checks_line) std::fprintf(h, \"%%u %%s\\n\", posedge_checks_line, "
	"posedge_checks_path);\n"
	"  std::fclose(h);\n"
	"}\n";

void checks_support(const struct checks *c, enum checks_engine e, const char *file, struct str *out)
{
	size_t n = c->n_sites;
	bool marked = true;

	for (size_t i = 0; i < c->n_sources; i++)
		marked = marked && checks_marks_stops(&c->sources[i].s);
	if (e == CHECKS_ICARUS) {
		icarus_support(c, file, out);
	} else {
		str_addf(out, verilator_support, n + 1, n + 1, n + 1, file, n, n);
		str_adds(out, marked ? "#define POSEDGE_MARKED 1\n" : "");
	}
}

static bool number(const char **p, const char *end, uint64_t *n)
{
	const char *from;

	while (*p < end && (**p == ' ' || **p == '\n' || **p == '\r'))
		++*p;
	from = *p;
	for (*n = 0; *p < end && **p >= '0' && **p <= '9'; ++*p) {
		if (*n > (UINT64_MAX - 9) / 10)
			return false;
		*n = *n * 10 + (uint64_t)(**p - '0');
	}
	return *p > from;
}

/* True if a report on the count of successes found no failure. */
static bool reports_well(const struct checks *c, const uint64_t *made, const uint64_t *failed)
{
	bool asked = false;

	for (size_t i = 0; i < c->n_sites; i++) {
		if (c->sites[i].site.kind == CHECK_REPORT && failed[i])
			return false;
		asked |= c->sites[i].of_passes && made[i];
	}
	return asked;
}

/* A check that was only not counted as a success is no failure if the report says
 * that all is well; nor is "if (out == 1) $display("PASS: seen")" if it was seen
 * once. */
static bool excused(const struct check_found *f, bool well, uint64_t made, uint64_t failed)
{
	return f->weak && (well || (f->spots && failed < made));
}

/* True for sites in final blocks, such as `final if (!done) $display("FAIL")`,
 * which also complain when a run was cut short. */
static bool is_at_end(const struct checks *c, const struct check_found *f)
{
	return vstmts_around(&c->sources[f->site.source].s, f->node, VSTMT_FINAL) >= 0;
}

/* Used if the first failure is excused; the order of the others is not recorded. */
static const struct check_found *other_failure(const struct checks *c, bool well, bool cut,
					       const uint64_t *made, const uint64_t *failed)
{
	for (size_t i = 0; i < c->n_sites; i++)
		if (failed[i] && c->sites[i].site.kind != CHECK_NEEDS &&
		    !(cut && (c->sites[i].spots || is_at_end(c, &c->sites[i]))) &&
		    !excused(&c->sites[i], well, made[i], failed[i]))
			return &c->sites[i];
	return NULL;
}

static bool counts_failures(const struct check_found *f)
{
	return f->site.kind == CHECK_AWAIT || f->fails >= 0 || f->fails_else || f->bare ||
	       f->condition.off < f->condition.end || (f->after.off < f->after.end && !f->sticks);
}

/* True if a site that tells nothing of another one was evaluated. */
static bool compared(const struct checks *c, const uint64_t *made)
{
	for (size_t i = 0; i < c->n_sites; i++) {
		const struct check_site *s = &c->sites[i].site;

		if (made[i] && !s->repeats && s->kind != CHECK_GUARD && s->kind != CHECK_REPORT &&
		    s->kind != CHECK_NEEDS)
			return true;
	}
	return false;
}

static void sum(const struct checks *c, const uint64_t *made, const uint64_t *failed,
		const uint64_t *seen, uint64_t first, struct checks_counted *out)
{
	bool well = reports_well(c, made, failed), others = compared(c, made);
	const struct check_found *f = first ? &c->sites[first - 1] : NULL;

	out->every = true;
	for (size_t i = 0; i < c->n_sites; i++) {
		bool needs = c->sites[i].site.kind == CHECK_NEEDS;
		bool report = c->sites[i].site.kind == CHECK_REPORT;
		bool guard = c->sites[i].site.kind == CHECK_GUARD || report || needs ||
			     (others && c->sites[i].site.repeats);

		out->made += guard ? 0 : made[i];
		out->only_x += !guard && c->sites[i].site.only_x ? made[i] : 0;
		out->reached += !guard && made[i];
		out->blind += guard || seen[i] ? 0 : made[i];
		if (!needs && !excused(&c->sites[i], well, made[i], failed[i])) {
			bool at_end = is_at_end(c, &c->sites[i]);

			out->failed += failed[i];
			out->wrong += guard ? 0 : failed[i];
			out->not_x += report || c->sites[i].site.wants_x ? 0 : failed[i];
			out->lost += c->sites[i].lost ? failed[i] : 0;
			out->unseen += at_end || c->sites[i].spots ? failed[i] : 0;
			out->at_end += at_end ? failed[i] : 0;
		}
		out->reported |= report && made[i];
		out->every &= guard || !made[i] || counts_failures(&c->sites[i]);
	}
	if (!f || vstmts_around(&c->sources[f->site.source].s, f->node, VSTMT_DEFINE) < 0 ||
	    excused(f, well, made[first - 1], failed[first - 1]))
		out->used_path = NULL;
	if (f && excused(f, well, made[first - 1], failed[first - 1]))
		f = other_failure(c, well, false, made, failed);
	if (f)
		*(f->site.kind == CHECK_NEEDS ? &out->needs : &out->first) = &f->site;
	if (f && (f->spots || is_at_end(c, f)))
		f = other_failure(c, well, true, made, failed);
	if (f && f->site.kind != CHECK_NEEDS)
		out->first_other = &f->site;
}

/* Appends the name as the source has it: Icarus writes "f\303\274r.v" for "für.v". */
static void add_unescaped(const char *name, size_t len, struct str *out)
{
	for (size_t i = 0; i < len; i++) {
		int byte = 0, n = 0;

		while (name[i] == '\\' && n < 3 && i + n + 1 < len && name[i + n + 1] >= '0' &&
		       name[i + n + 1] <= '7')
			byte = byte * 8 + name[i + ++n] - '0';
		str_addc(out, n == 3 ? (char)byte : name[i]);
		i += n == 3 ? 3 : 0;
	}
}

/* The line with the place where the macro of the first failure was used, if there is one. */
static void read_place(const struct checks *c, const char *p, const char *end,
		       struct checks_counted *out)
{
	const char *newline;
	struct str name = STR_INIT;
	uint64_t line;

	if (!number(&p, end, &line) || line > INT_MAX || p == end || *p != ' ')
		return;
	p++;
	newline = memchr(p, '\n', (size_t)(end - p));
	if (newline)
		add_unescaped(p, (size_t)(newline - p), &name);
	for (size_t i = 0; newline && i < c->n_sources; i++) {
		const char *path = c->sources[i].path;
		size_t len = strlen(path);

		if (!str_ends(str_cstr(&name), path) ||
		    (name.len > len && str_cstr(&name)[name.len - len - 1] != '/'))
			continue;
		out->used_path = path;
		out->used_line = (int)line;
	}
	str_free(&name);
}

/* "@5000". */
static void read_ended(const char **p, const char *end, struct checks_counted *out)
{
	const char *at = *p;

	while (at < end && (*at == ' ' || *at == '\n' || *at == '\r'))
		at++;
	if (at == end || *at++ != '@')
		return;
	out->has_ended = number(&at, end, &out->ended);
	*p = at;
}

void checks_counted(const struct checks *c, const char *text, size_t len,
		    struct checks_counted *out)
{
	const char *p = text, *end = text + len;
	uint64_t n, first, time, *made, *failed, *seen;
	bool ok = true;

	*out = (struct checks_counted){ .checks = c };
	if (!number(&p, end, &n) || !number(&p, end, &first) || !number(&p, end, &time) ||
	    n != c->n_sites || first > n)
		return;
	made = mem_calloc(n + 1, sizeof(*made));
	failed = mem_calloc(n + 1, sizeof(*failed));
	seen = mem_calloc(n + 1, sizeof(*seen));
	for (size_t i = 0; ok && i < n; i++)
		ok = number(&p, end, &made[i]) && number(&p, end, &failed[i]) &&
		     number(&p, end, &seen[i]);
	if (ok) {
		read_ended(&p, end, out);
		read_place(c, p, end, out);
		sum(c, made, failed, seen, first, out);
		out->time = time;
		out->known = true;
	}
	free(made);
	free(failed);
	free(seen);
}
