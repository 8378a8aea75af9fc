/* Items of a module: processes, tasks and functions, units, assignments, and
 * items of which only the end is found (properties, covergroups, constraints).
 * Each loop stops at a word that can only start something else (vparse_stops), so
 * a missing semicolon or `end` costs one item, not the rest of the file.
 */
#include "config.h"

#include <string.h>

#include "session/verilog/vstmt_inner.h"

/* Items ------------------------------------------------------------------------ */

void vparse_process(struct vparser *p, int n)
{
	bool was = p->procedural;

	vparse_node(p, n)->name = vparse_span_of(p, 0);
	vparse_node(p, n)->generate = false;
	p->procedural = true;
	p->at++;
	vparse_body(p, VROLE_BODY);
	p->procedural = was;
}

/* Reads "function automatic int f (input a);" up to its semicolon. The name is
 * the last word before the ports or the semicolon. */
static void read_sub_head(struct vparser *p, int n)
{
	for (p->at++; !vparse_ended(p) && !vparse_symbol(p, ';') && !vparse_stops(p);) {
		if (vparse_symbol(p, '(')) {
			size_t from = vparse_here(p), at = p->at;

			vparse_brackets(p, false);
			if (p->at == at)
				return;
			vparse_node(p, n)->head = vparse_span_since(p, from);
		} else if (vparse_symbol(p, '[') || vparse_symbol(p, '#')) {
			if (vparse_symbol(p, '#'))
				p->at++;
			else
				vparse_brackets(p, false);
		} else {
			if (vparse_is_word(vparse_peek(p, 0)))
				vparse_node(p, n)->name = vparse_span_of(p, 0);
			p->at++;
		}
	}
	if (vparse_symbol(p, ';'))
		p->at++;
}

void vparse_sub(struct vparser *p, int n)
{
	bool was = p->procedural;

	if (vparse_is_text(p, 0, "task"))
		vparse_node(p, n)->kind = VSTMT_TASK;
	vparse_node(p, n)->generate = false;
	read_sub_head(p, n);
	p->procedural = true;
	vparse_list_until(p, KW_ENDSUB);
	p->procedural = was;
	if (vparse_kw(p) == KW_ENDSUB) {
		p->at++;
		vparse_skip_end_label(p);
	}
}

/* Moves past the next semicolon outside of brackets, as in "typedef struct { ; } t;". */
static void skip_to_semicolon(struct vparser *p)
{
	while (!vparse_ended(p) && !vparse_symbol(p, ';') && !vparse_stops(p)) {
		size_t at = p->at;

		if (vparse_opens(vparse_peek(p, 0)->symbol))
			vparse_brackets(p, true);
		if (p->at == at)
			p->at++;
	}
	if (vparse_symbol(p, ';'))
		p->at++;
}

void vparse_unit(struct vparser *p, int n)
{
	bool was = p->procedural;

	for (p->at++; vparse_kw(p) == KW_TYPE || vparse_is_text(p, 0, "class"); p->at++)
		;
	vparse_node(p, n)->name = vparse_span_of(p, 0);
	if (!vparse_ended(p) && !vparse_symbol(p, ';'))
		p->at++;
	while (vparse_is_text(p, 0, "import")) /* module m import p::*; #(...) (...); */
		skip_to_semicolon(p);
	skip_to_semicolon(p);
	p->procedural = false;
	vparse_list_until(p, KW_ENDUNIT);
	p->procedural = was;
	if (vparse_kw(p) == KW_ENDUNIT) {
		p->at++;
		vparse_skip_end_label(p);
	}
}

/* Skips property ... endproperty, covergroup ... endgroup: to "end" plus the rest
 * of the keyword. */
static void read_foreign(struct vparser *p)
{
	char end[32] = "end";
	size_t len = vparse_peek(p, 0)->t.len;

	if (vparse_is_text(p, 0, "covergroup")) {
		memcpy(end + 3, "group", 6);
	} else if (len < sizeof(end) - 4) {
		size_t rand =
			vparse_is_text(p, 0, "randcase") || vparse_is_text(p, 0, "randsequence")
				? 4
				: 0;

		memcpy(end + 3, p->s->text + vparse_peek(p, 0)->t.off + rand, len - rand);
		end[3 + len - rand] = '\0';
	}
	for (p->at++; !vparse_ended(p) && !vparse_is_text(p, 0, end) && vparse_kw(p) != KW_ENDUNIT;
	     p->at++)
		;
	if (vparse_is_text(p, 0, end)) {
		p->at++;
		vparse_skip_end_label(p);
	}
}

/* Skips "default clocking cb;" and "default disable iff (x);". */
static void read_default(struct vparser *p)
{
	p->at++;
	if (vparse_is_text(p, 0, "clocking") && !vparse_is_text(p, 2, ";")) {
		read_foreign(p);
		return;
	}
	vparse_to_semicolon(p);
}

/* "constraint c { a > 0; }" needs no semicolon. */
static void read_constraint(struct vparser *p)
{
	while (!vparse_ended(p) && !vparse_stops(p) && !vparse_symbol(p, ';') &&
	       !vparse_symbol(p, '{'))
		p->at++;
	if (vparse_symbol(p, '{'))
		vparse_brackets(p, true);
	if (vparse_symbol(p, ';'))
		p->at++;
}

void vparse_item(struct vparser *p)
{
	/* "property p;" declares one; "cover property" is handled like an assert */
	if (vparse_kw(p) == KW_SKIP || vparse_kw(p) == KW_PROPERTY)
		read_foreign(p);
	else if (vparse_kw(p) == KW_DEFAULT)
		read_default(p);
	else if (vparse_is_text(p, 0, "constraint"))
		read_constraint(p);
	else {
		vparse_take(p, vparse_kw(p) == KW_EXTERN ? 2 : 1); /* extern module m(...); */
		skip_to_semicolon(p);
	}
}

void vparse_assign(struct vparser *p, int n)
{
	size_t from;

	p->at++;
	if (vparse_symbol(p, '#')) /* assign #5 y = a; */
		vparse_take(p, 2);
	from = p->at;
	vparse_to_semicolon(p);
	vparse_split_assignment(p, n, from);
}

void vparse_jump(struct vparser *p, int n)
{
	size_t from;

	vparse_node(p, n)->name = vparse_span_of(p, 0);
	p->at++;
	from = vparse_here(p);
	vparse_to_semicolon(p);
	if (vparse_prev_end(p) > from)
		vparse_node(p, n)->head =
			(struct vspan){ from,
					vparse_prev_end(p) - (p->v[p->at - 1].symbol == ';') };
}
