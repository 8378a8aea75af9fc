/* Builds the outline in one pass over the tokens, item by item.
 *
 * A unit starts at its keyword; its header is read and then its body is scanned.
 * In a body only the start of an item matters:
 *
 *     foo #(...) u0 [3:0] (...), u1 (...);    two names and a bracket: instances
 *     foo (...);                              one name: a call
 *     foo x;  foo x = y;                      a variable
 *
 * No expression has two adjacent names, so anything that looks like an instance
 * at the start of an item is one. There is no recursion and nothing is read
 * twice. Each bracketed list ends at the latest before a semicolon or the next
 * module, so that incomplete text only affects its surroundings.
 */
#include "config.h"

#include "session/verilog/verilog.h"

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/print_task.h"
#include "session/verilog/verilog_build.h"
#include "session/verilog/vmacros.h"
#include "session/verilog/vpp.h"

/* Position within a unit. */
struct walk {
	struct vbuild *b;
	struct vscan *s;
	bool at_start;	  /* at the start of an item or statement */
	enum vword first; /* first word of the current item */
	bool in_sub;	  /* in a function, task or clocking block: its inputs are no ports */
	size_t braces;	  /* open braces outside of units */
	enum {
		TIME_NONE,
		TIME_UNIT,
		TIME_PRECISION
	} time; /* the next number belongs to timeunit or timeprecision */
};

static void reset_item(struct walk *w)
{
	w->at_start = true;
	w->first = VWORD_NONE;
	w->in_sub = false;
}

/* Skips past the semicolon, or to a keyword that ends the item anyway. */
static void skip_to_semicolon(struct vscan *s)
{
	while (s->cur.symbol != ';' && !vtok_breaks(&s->cur))
		vscan_next(s);
	if (s->cur.symbol == ';')
		vscan_next(s);
}

static void skip_item(struct walk *w)
{
	skip_to_semicolon(w->s);
	w->at_start = true;
}

/* Skips ": name" after begin, end and endmodule; returns its end offset. */
static size_t skip_label(struct vscan *s)
{
	size_t end = s->prev.to;

	if (s->cur.symbol != ':' || !vtok_name(&s->next))
		return end;
	vscan_next(s);
	end = s->cur.to;
	vscan_next(s);
	return end;
}

/* Units --------------------------------------------------------------------- */

static bool kind_of(enum vword word, enum vunit_kind *kind)
{
	static const struct {
		enum vword begins, ends;
	} words[] = {
		[VUNIT_MODULE] = { VWORD_MODULE, VWORD_ENDMODULE },
		[VUNIT_INTERFACE] = { VWORD_INTERFACE, VWORD_ENDINTERFACE },
		[VUNIT_PACKAGE] = { VWORD_PACKAGE, VWORD_ENDPACKAGE },
		[VUNIT_PROGRAM] = { VWORD_PROGRAM, VWORD_ENDPROGRAM },
		[VUNIT_PRIMITIVE] = { VWORD_PRIMITIVE, VWORD_ENDPRIMITIVE },
		[VUNIT_CLASS] = { VWORD_CLASS, VWORD_ENDCLASS },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (word == words[i].begins || word == words[i].ends) {
			*kind = (enum vunit_kind)i;
			return true;
		}
	return false;
}

/* False for "virtual interface bus_if v;", "typedef class c;" and "extern module
 * m;", which name units without starting one. */
static bool begins_unit(const struct walk *w)
{
	const struct vscan *s = w->s;

	if (!vtok_name(&s->next) && s->next.word != VWORD_LIFETIME)
		return false;
	if (w->first == VWORD_EXTERN || s->prev.word == VWORD_TYPEDEF)
		return false;
	switch (s->cur.word) {
	case VWORD_MODULE:
		return true;
	case VWORD_CLASS:
		return w->at_start || s->prev.word == VWORD_VIRTUAL ||
		       s->prev.word == VWORD_INTERFACE;
	case VWORD_INTERFACE:
		if (s->next.word == VWORD_CLASS || s->prev.word == VWORD_VIRTUAL)
			return false;
		/* fallthrough */
	default:
		return w->at_start || w->b->depth == 0;
	}
}

/* True for "program p(clk, q);" in a module: a unit would need its end keyword,
 * so this is an instance of a module whose name is legal in Verilog-2001. */
static bool is_name(const struct walk *w)
{
	const struct vmodule *m = vbuild_unit(w->b);

	return m && m->kind == VUNIT_MODULE && !vscan_has_end(w->s, &w->s->cur);
}

static void header(struct walk *w)
{
	struct vscan *s = w->s;

	while (s->cur.symbol != ';' && !vtok_breaks(&s->cur)) {
		if (vtok_text_is(&s->cur, "extends") || vtok_text_is(&s->cur, "implements"))
			break;
		if (s->cur.symbol == '#' && s->next.symbol == '(') {
			vscan_next(s);
			vdecl_header_params(w->b);
		} else if (s->cur.symbol == '(') {
			vdecl_header_ports(w->b);
			break;
		} else if (s->cur.word == VWORD_IMPORT) {
			skip_to_semicolon(s);
		} else {
			vscan_next(s);
		}
	}
}

static void open_unit(struct walk *w)
{
	struct vscan *s = w->s;
	struct vtok keyword = s->cur, name;
	enum vunit_kind kind = VUNIT_MODULE;

	kind_of(keyword.word, &kind);
	vscan_next(s);
	if (s->cur.word == VWORD_LIFETIME && vtok_name(&s->next))
		vscan_next(s);
	name = s->cur;
	if (!vtok_name(&name))
		return;
	vscan_next(s);
	if (vbuild_open(w->b, kind, &keyword, &name))
		header(w);
	reset_item(w);
	skip_item(w);
}

/* Closes the innermost unit of that kind, and any unit still open inside it. */
static void close_unit(struct walk *w)
{
	struct vscan *s = w->s;
	struct vbuild *b = w->b;
	struct vtok keyword = s->cur;
	enum vunit_kind kind = VUNIT_MODULE;
	size_t i = b->depth, end;

	kind_of(keyword.word, &kind);
	vscan_next(s);
	end = skip_label(s);
	while (i > 0 && b->o->modules[b->stack[i - 1].unit].kind != kind)
		i--;
	if (i > 0) {
		while (b->depth > i)
			vbuild_close(b, keyword.off, 0, keyword.included);
		vbuild_close(b, end, keyword.line, keyword.included);
	}
	reset_item(w);
}

/* Instances ----------------------------------------------------------------- */

static void add_instance(struct vbuild *b, const struct vtok *module, const struct vtok *name)
{
	struct vinstance *i = vbuild_instance(b, module->len + (name ? name->len : 0));

	if (!i)
		return;
	i->module = vtok_text(module);
	i->name = name ? vtok_text(name) : mem_strdup("");
	i->line = name ? name->line : module->line;
}

/* Reads the rest of a list of instances; cur is at a name that may be an instance's. */
static void instance_list(struct walk *w, const struct vtok *module)
{
	struct vscan *s = w->s;

	while (vtok_name(&s->cur)) {
		struct vtok name = s->cur;

		vscan_next(s);
		while (s->cur.symbol == '[')
			vscan_skip_brackets(s);
		if (s->cur.symbol != '(')
			return;
		if (!w->in_sub)
			add_instance(w->b, module, &name);
		vscan_skip_brackets(s);
		if (s->cur.symbol != ',')
			return;
		vscan_next(s);
	}
}

static void name_at_start(struct walk *w)
{
	struct vscan *s = w->s;
	struct vtok module = s->cur;
	bool parameters = false;

	w->at_start = false;
	vscan_next(s);
	if (s->cur.symbol == '#') {
		parameters = true;
		vscan_next(s);
		if (s->cur.symbol == '(')
			vscan_skip_brackets(s);
		else if (s->cur.kind == VTOKEN_NUMBER || s->cur.kind == VTOKEN_NAME)
			vscan_next(s);
	}
	if (vtok_name(&s->cur)) {
		instance_list(w, &module);
	} else if (parameters && s->cur.symbol == '(' && vbuild_unit(w->b)) {
		if (!w->in_sub)
			add_instance(w->b, &module, NULL);
		vscan_skip_brackets(s);
	} else if (s->cur.symbol == '(' && !w->in_sub) {
		vbuild_call(w->b, &module);
	}
}

/* For "bind fifo : tb.u0, tb.u1 checks #(4) c (.*);" the instance is in fifo, but
 * the file with the bind needs the module. */
static void bind(struct walk *w)
{
	struct vscan *s = w->s;
	struct vtok target;
	struct vbind *to = NULL;
	size_t from;

	vscan_next(s);
	target = s->cur;
	if (vtok_name(&target) && vtok_name(&s->next) &&
	    (to = vbuild_bind(w->b, target.len + s->next.len))) {
		to->target = vtok_text(&target);
		to->module = vtok_text(&s->next);
		to->line = target.line;
	}
	while (vtok_name(&s->cur) && !vtok_name(&s->next) && s->next.symbol != '#' &&
	       s->next.symbol != '(') {
		vscan_next(s);
		while (s->cur.symbol == '[')
			vscan_skip_brackets(s);
		if (s->cur.symbol == '.' || s->cur.symbol == ':' || s->cur.symbol == ',')
			vscan_next(s);
	}
	if (vtok_name(&s->cur) && vtok_name(&s->next))
		vscan_next(s);
	if (s->cur.kind == VTOKEN_NAME) {
		vscan_tape(s);
		from = s->cur.at;
		name_at_start(w);
		if (to)
			to->text = vscan_text(s, from, s->cur.at, false);
		vscan_tape_stop(s);
	}
	skip_item(w);
}

/* Items --------------------------------------------------------------------- */

/* True for prototypes, which have no end: extern, pure, an import from C, and the
 * "with function sample" of a covergroup. */
static bool is_prototype(const struct walk *w)
{
	switch (w->first) {
	case VWORD_EXTERN:
	case VWORD_IMPORT:
	case VWORD_EXPORT:
	case VWORD_PURE:
	case VWORD_MODPORT:
	case VWORD_COVERGROUP:
		return true;
	default:
		return w->s->prev.word == VWORD_WITH;
	}
}

/* "default clocking cb;" refers to a block defined elsewhere. */
static void clocking(struct walk *w)
{
	struct vscan *s = w->s;

	vscan_next(s);
	if (vtok_name(&s->cur))
		vscan_next(s);
	w->in_sub = s->cur.symbol != ';';
}

static void system_task(struct walk *w)
{
	const struct vtok *t = &w->s->cur;
	enum print_task task = print_task(t->s, t->len);
	struct vmodule *m = vbuild_unit(w->b);

	if (!m)
		return;
	if (vtok_text_is(t, "$finish") || vtok_text_is(t, "$stop") ||
	    vtok_text_is(t, "$finish_and_return")) /* of Icarus: with a status */
		m->calls_finish = true;
	if (vtok_text_is(t, "$fatal"))
		m->calls_finish = m->checks = true;
	if (vtok_text_is(t, "$error"))
		m->checks = true;
	if (vtok_text_is(t, "$dumpvars"))
		m->dumps = true;
	m->prints |= task == PRINT_OUT || task == PRINT_FILE || task == PRINT_SEVERITY;
}

/* True if the word was handled and cur has advanced. */
static bool item_word(struct walk *w)
{
	struct vscan *s = w->s;
	struct vopen *top = vbuild_top(w->b);

	switch (s->cur.word) {
	case VWORD_BIND:
		if (!w->at_start)
			return false;
		bind(w);
		return true;
	case VWORD_MODPORT:
		if (!w->at_start)
			return false;
		skip_item(w);
		return true;
	case VWORD_PARAMETER:
	case VWORD_LOCALPARAM:
		if (!w->at_start || w->in_sub || !top || top->depth > 0)
			return false;
		vdecl_body_params(w->b);
		return true;
	case VWORD_INPUT:
	case VWORD_OUTPUT:
	case VWORD_INOUT:
		if (!w->at_start || w->in_sub || !top || top->ports.n == 0)
			return false;
		vdecl_body_ports(w->b);
		return true;
	case VWORD_TYPE:
	case VWORD_NEWTYPE:
		if (!w->at_start || w->in_sub || !top || top->ports.n == 0 || top->depth > 0)
			return false;
		vdecl_body_type(w->b);
		return true;
	case VWORD_FUNCTION:
		w->in_sub |= !is_prototype(w);
		return false;
	case VWORD_CLOCKING:
		if (w->in_sub || !top)
			return false;
		clocking(w);
		return true;
	default:
		return false;
	}
}

static void note_word(struct walk *w)
{
	struct vopen *top = vbuild_top(w->b);
	struct vmodule *m = vbuild_unit(w->b);

	if (!m)
		return;
	switch (w->s->cur.word) {
	case VWORD_INITIAL:
		m->has_initial = true;
		break;
	case VWORD_FINAL:
		m->has_initial |= w->at_start;
		break;
	case VWORD_ASSERT:
		m->checks = true;
		break;
	case VWORD_BEGIN:
		top->depth++;
		break;
	case VWORD_END:
		if (vtok_text_is(&w->s->cur, "end") && top->depth > 0)
			top->depth--;
		break;
	case VWORD_ENDSUB:
		w->in_sub = false;
		break;
	default:
		break;
	}
}

/* True if an item or statement may start after this token. */
static bool starts_after(const struct vtok *t)
{
	switch (t->word) {
	case VWORD_BEGIN:
	case VWORD_ELSE:
	case VWORD_END:
	case VWORD_ENDSUB:
		return true;
	default:
		return t->symbol == ';' || t->symbol == ')' || t->symbol == ':';
	}
}

/* Handles timeunit 1ns / 1ps; and timeprecision 1ps; in a unit or before all units. */
static void time_token(struct walk *w, const struct vtok *t)
{
	struct vmodule *m = vbuild_unit(w->b);
	struct vtimescale *of = m ? &m->timescale : &w->b->o->timescale;
	int exponent;

	if (t->word == VWORD_SURE && vtok_text_is(t, "timeunit")) {
		w->time = TIME_UNIT;
		w->b->o->timeunit |= !m;
		*of = (struct vtimescale){ 0 };
	} else if (t->word == VWORD_SURE && vtok_text_is(t, "timeprecision")) {
		w->time = TIME_PRECISION;
	} else if (w->time && t->symbol == '/') {
		w->time = TIME_PRECISION;
	} else if (w->time && t->symbol == ';') {
		w->time = TIME_NONE;
	} else if (w->time && t->kind == VTOKEN_NUMBER && vpp_time(t->s, t->len, &exponent)) {
		if (w->time == TIME_UNIT) {
			of->known = true;
			of->unit = of->precision = exponent;
		} else {
			of->precision = exponent;
		}
	}
}

static bool begins_item(const struct vtok *prev)
{
	return prev->len == 0 || prev->symbol == ';' || prev->word == VWORD_END ||
	       prev->word == VWORD_ENDSUB || vtok_breaks(prev);
}

/* Records what the file has outside of units, except the fields of a struct. */
static void outside(struct walk *w, const struct vtok *t)
{
	enum vunit_kind kind;

	if (t->included)
		return;
	if (kind_of(t->word, &kind) && (vtok_breaks(t) || begins_unit(w)))
		w->b->has_units = true;
	else if (begins_item(&w->s->prev) && !w->in_sub && w->braces == 0)
		vfacts_outside(w->b, t);
	if (t->symbol == '{')
		w->braces++;
	else if (t->symbol == '}' && w->braces > 0)
		w->braces--;
}

/* Recognises "#5" at the start of a statement, but not the # in "foo #(5) u0". */
static void delay(struct walk *w)
{
	struct vmodule *m = vbuild_unit(w->b);
	const struct vtok *prev = &w->s->prev;

	if (m && !w->in_sub &&
	    (prev->word == VWORD_LOOP || prev->word == VWORD_BEGIN || prev->word == VWORD_INITIAL ||
	     prev->symbol == ';' || prev->symbol == ')'))
		m->delays = true;
}

static void step(struct walk *w)
{
	struct vscan *s = w->s;
	enum vunit_kind kind;
	struct vtok t = s->cur;

	if (w->at_start)
		w->first = t.word;
	if (w->b->depth == 0)
		outside(w, &t);
	if (w->time || t.word == VWORD_SURE)
		time_token(w, &t);
	if (kind_of(t.word, &kind)) {
		bool closes = vtok_breaks(&t) && t.word != VWORD_MODULE;

		if (closes || (begins_unit(w) && !is_name(w))) {
			if (closes)
				close_unit(w);
			else
				open_unit(w);
			return;
		}
	}
	if (w->at_start && (t.kind == VTOKEN_NAME || vscan_names_module(s))) {
		name_at_start(w);
		return;
	}
	if (t.kind == VTOKEN_KEYWORD) {
		note_word(w);
		if (item_word(w)) {
			w->at_start = starts_after(&s->prev);
			return;
		}
	} else if (t.kind == VTOKEN_SYSTEM) {
		system_task(w);
	} else if (t.symbol == '#') {
		delay(w);
	}
	vscan_next(s);
	w->at_start = starts_after(&t);
	if (w->at_start && t.kind == VTOKEN_KEYWORD)
		skip_label(s);
}

/* Outline ------------------------------------------------------------------- */

static void take_facts(struct vbuild *b)
{
	struct voutline *o = b->o;
	struct vpp *pp = b->s.pp;
	struct strv notes;

	vfacts_finish(b);
	vtypes_take(&b->types, &o->names, &o->lacked);
	o->systemverilog = b->s.systemverilog;
	o->old_names = b->s.old_names && !b->s.new_forms;
	o->v2005 = b->s.v2005 || vpp_saw_2005(pp);
	o->kind = vfacts_kind(b, vpp_saw_directive(pp), vpp_saw_dead(pp), vpp_saw_tool(pp));
	o->configures = b->outside_config;
	o->asks_tool = vpp_saw_tool(pp);
	if (vpp_timescale(pp).known)
		o->timescale = vpp_timescale(pp);
	o->nettype = mem_strdup(vpp_nettype(pp));
	vpp_take_uses(pp, &o->uses, &o->n_uses);
	vpp_take_includes(pp, &o->included, &o->n_included);
	vpp_take_notes(pp, &notes);
	o->notes = notes.v;
	o->n_notes = notes.n;
	o->macros = vpp_take_macros(pp);
	vfacts_includes(o);
}

void voutline_read(struct voutline *o, const char *path, const char *text, size_t len,
		   const struct vpp_env *env)
{
	struct vbuild b = { .s = { .text = text, .len = len },
			    .o = o,
			    .budget = 16 * len + (1u << 20) };
	struct walk w = { .b = &b, .s = &b.s };

	*o = (struct voutline){ 0 };
	if (vfacts_unreadable(text, len, &o->kind)) {
		o->macros = vmacros_new();
		o->nettype = mem_strdup("");
		return;
	}
	b.s.pp = vpp_new(path, text, len, env);
	b.s.calls = &b.calls;
	b.s.ctx = b.calls.ctx = &b;
	b.s.on_token = vbuild_token;
	b.s.on_package = vbuild_import;
	b.s.on_head = vbuild_head;
	b.calls.on_call = vfacts_call;
	b.calls.on_literal = vfacts_literal;
	b.calls.on_override = vfacts_override;
	vscan_start(&b.s);
	reset_item(&w);
	while (!b.s.cur.end)
		step(&w);
	while (b.depth > 0)
		vbuild_close(&b, len, 0, vbuild_top(&b)->included);
	take_facts(&b);
	strv_free(&b.file_imports);
	vcalls_fini(&b.calls);
	vtypes_fini(&b.types);
	vscan_fini(&b.s);
	vpp_free(b.s.pp);
}

void voutline_init(struct voutline *o, const char *text, size_t len)
{
	voutline_read(o, "", text, len, NULL);
}
