/* The names a module declares, from its header and the declarations outside of
 * its processes, functions and tasks. A name declared in two scopes (two generate
 * blocks, say) is ambiguous and marked OWN_MANY. */
#include "config.h"

#include "session/lint/own_lint_inner.h"
#include "session/verilog/vsystem.h"

#include <stdlib.h>
#include <string.h>

static const struct vstmt_token *token(const struct own_unit *u, size_t i)
{
	return &u->s->tokens[i];
}

bool own_is_sign(const struct own_unit *u, size_t i, const char *word)
{
	return vstmts_is(u->s, i, word);
}

int own_number_at(const struct vstmts *s, size_t token)
{
	const struct vstmt_token *t = &s->tokens[token];
	int n = 0;

	for (size_t k = 0; k < t->len; k++) {
		char c = s->text[t->off + k];

		if (c < '0' || c > '9' || n > 10000)
			return -1;
		n = 10 * n + c - '0';
	}
	return n;
}

static bool is_any(const struct own_unit *u, size_t i, const char *const *words)
{
	for (; *words; words++)
		if (own_is_sign(u, i, *words))
			return true;
	return false;
}

static void declare(struct own_unit *u, size_t i, size_t set)
{
	const char *name = u->s->text + token(u, i)->off;
	size_t len = token(u, i)->len, old;

	if (name_map_put(&u->names, name, len, set) || !name_map_get(&u->names, name, len, &old))
		return;
	/* "module m(q); output q; reg q;" is one declaration in three parts. */
	set |= old | (old & OWN_PORT ? 0 : OWN_MANY);
	for (size_t k = 0; k < u->names.cap; k++)
		if (u->names.slots[k].key && u->names.slots[k].len == len &&
		    memcmp(u->names.slots[k].key, name, len) == 0)
			u->names.slots[k].value = set;
}

static size_t word_set(const struct own_unit *u, size_t i)
{
	static const char *const numbers[] = { "integer",  "real",    "realtime", "shortreal",
					       "time",	   "genvar",  "event",	  "int",
					       "shortint", "longint", "byte",	  "string",
					       "chandle",  NULL };

	if (own_is_sign(u, i, "reg"))
		return OWN_REG;
	if (own_is_sign(u, i, "inout"))
		return OWN_OUTPUT | OWN_INOUT;
	if (own_is_sign(u, i, "output") || own_is_sign(u, i, "ref"))
		return OWN_OUTPUT;
	if (own_is_sign(u, i, "input"))
		return OWN_INPUT;
	return is_any(u, i, numbers) ? OWN_NUMBER : 0;
}

/* A name followed by one of these is being declared. */
static bool ends_name(const struct own_unit *u, size_t i, size_t end)
{
	static const char *const signs[] = { ",", ";", "=", "[", ")", NULL };

	return i >= end || is_any(u, i, signs);
}

/* True for "[3:0]" before a name: a vector, whatever the parameters are. */
static bool is_wide(const struct own_unit *u, size_t i)
{
	return own_is_sign(u, i, "[") && i + 4 < u->s->n_tokens &&
	       token(u, i - 1)->kind != VTOKEN_NAME && own_number_at(u->s, i + 1) >= 0 &&
	       own_is_sign(u, i + 2, ":") && own_number_at(u->s, i + 3) >= 0 &&
	       own_number_at(u->s, i + 1) != own_number_at(u->s, i + 3) &&
	       own_is_sign(u, i + 4, "]");
}

/* The part of a set that still applies after the comma before i: all of it if a
 * name is next, as in "input [7:0] a, b"; only the direction in "input [7:0] a,
 * logic b". */
static size_t behind_comma(const struct own_unit *u, size_t i, size_t end, size_t base, size_t set)
{
	bool same = token(u, i)->kind == VTOKEN_NAME && ends_name(u, i + 1, end);

	return same ? set : base | (set & (OWN_INPUT | OWN_OUTPUT | OWN_INOUT));
}

/* Declares the names in [i, end) up to a ';'; each direction keyword starts a new set. */
static void declare_names(struct own_unit *u, size_t i, size_t end, size_t base)
{
	size_t set = base, added;

	while (i < end && !own_is_sign(u, i, ";")) {
		if (own_is_sign(u, i, ",") && i + 1 < end) {
			set = behind_comma(u, i + 1, end, base, set);
			i++;
		} else if (vstmts_bracket(u->s, i) > 0) {
			set |= is_wide(u, i) ? OWN_WIDE : 0;
			i = vstmts_behind(u->s, i, end);
		} else if (own_is_sign(u, i, "=")) {
			while (i < end && !own_is_sign(u, i, ",") && !own_is_sign(u, i, ";"))
				i = vstmts_behind(u->s, i, end);
		} else if (token(u, i)->kind == VTOKEN_NAME && ends_name(u, i + 1, end)) {
			declare(u, i, set | (own_is_sign(u, i + 1, "[") ? OWN_ARRAY : 0));
			i++;
		} else {
			added = word_set(u, i);
			if (added & (OWN_INPUT | OWN_OUTPUT))
				set = base;
			set |= added;
			i++;
		}
	}
}

/* Ports of "module m #(...) (input a, ...);". */
static void read_header(struct own_unit *u, size_t i, size_t end)
{
	while (i < end && !own_is_sign(u, i, ";")) {
		if (own_is_sign(u, i, "#") && own_is_sign(u, i + 1, "(")) {
			i = vstmts_behind(u->s, i + 1, end);
		} else if (own_is_sign(u, i, "(")) {
			size_t close = vstmts_behind(u->s, i, end);

			declare_names(u, i + 1, close > i + 1 ? close - 1 : close, OWN_PORT);
			i = close;
		} else {
			i++;
		}
	}
}

/* True for "state_t state, next;", false for "adder u0(...)". */
static bool is_user_typed(const struct own_unit *u, size_t i, size_t end)
{
	if (i >= end || token(u, i)->kind != VTOKEN_NAME)
		return false;
	i++;
	if (own_is_sign(u, i, "::"))
		i += 2;
	while (own_is_sign(u, i, "["))
		i = vstmts_behind(u->s, i, end);
	return i < end && token(u, i)->kind == VTOKEN_NAME && ends_name(u, i + 1, end) &&
	       !own_is_sign(u, i + 1, ")");
}

static bool is_inside_code(const struct vstmts *s, int i)
{
	return vstmts_around(s, i, VSTMT_ALWAYS) >= 0 || vstmts_around(s, i, VSTMT_INITIAL) >= 0 ||
	       vstmts_around(s, i, VSTMT_FINAL) >= 0 || vstmts_around(s, i, VSTMT_FUNCTION) >= 0 ||
	       vstmts_around(s, i, VSTMT_TASK) >= 0;
}

static void read_node(struct own_unit *u, int i)
{
	static const char *const others[] = { "parameter", "localparam", "specparam", "typedef",
					      "import",	   "export",	 "struct",    NULL };
	const struct vstmt *v = &u->s->v[i];
	size_t from = vstmts_token(u->s, v->all.off), end = vstmts_token(u->s, v->all.end);

	if ((v->kind != VSTMT_DECL && v->kind != VSTMT_ITEM) || is_any(u, from, others) ||
	    is_inside_code(u->s, i))
		return;
	if (v->kind == VSTMT_DECL || is_user_typed(u, from, end))
		declare_names(u, from, end, 0);
}

/* "t = $realtime;": the moment is kept, to check what the module is a model of. */
static bool keeps_time(const struct own_unit *u, int i)
{
	const struct vstmt *v = &u->s->v[i];
	size_t end = vstmts_token(u->s, v->all.end);

	if (v->kind != VSTMT_BLOCKING && v->kind != VSTMT_NONBLOCKING)
		return false;
	for (size_t k = vstmts_token(u->s, v->all.off); k < end; k++)
		if (vsystem_is(u->s, k, VSYSTEM_TIME))
			return true;
	return false;
}

void own_unit_read(struct own_unit *u)
{
	const struct vstmt *unit = &u->s->v[u->node];
	size_t from = vstmts_token(u->s, unit->all.off), end = vstmts_token(u->s, unit->all.end),
	       ports;
	bool has_initial = false, finishes = false, delays = false, times = false;

	read_header(u, from, end);
	ports = u->names.n;
	for (int i = u->node + 1; i < unit->end; i++) {
		read_node(u, i);
		has_initial |= u->s->v[i].kind == VSTMT_INITIAL;
		delays |= u->s->v[i].kind == VSTMT_PREFIX &&
			  u->s->v[i].head.off < u->s->v[i].head.end &&
			  u->s->text[u->s->v[i].head.off] != '@' &&
			  vstmts_around(u->s, i, VSTMT_INITIAL) < 0;
		times |= keeps_time(u, i);
		finishes |= u->s->v[i].kind == VSTMT_SYSTEM &&
			    (vspan_is(u->s, u->s->v[i].name, "$finish") ||
			     vspan_is(u->s, u->s->v[i].name, "$stop"));
	}
	u->simulates = delays || times || (ports == 0 && has_initial) || (ports <= 2 && finishes);
}

bool own_signal_of(const struct own_unit *u, const struct vstmt_token *t, size_t *set)
{
	return t->kind == VTOKEN_NAME && name_map_get(&u->names, u->s->text + t->off, t->len, set);
}

static bool has_name(const struct own_unit *u, struct vspan span, const struct vstmt_token *name)
{
	for (size_t k = vstmts_token(u->s, span.off), end = vstmts_token(u->s, span.end); k < end;
	     k++)
		if (token(u, k)->len == name->len &&
		    memcmp(u->s->text + token(u, k)->off, u->s->text + name->off, name->len) == 0)
			return true;
	return false;
}

bool own_is_local(const struct own_unit *u, int process, const struct vstmt_token *name)
{
	if (u->s->v[process].kind == VSTMT_TASK && has_name(u, u->s->v[process].head, name))
		return true;
	for (int i = process + 1; i < u->s->v[process].end; i++) {
		const struct vstmt *v = &u->s->v[i];

		if (v->kind == VSTMT_DECL && has_name(u, v->all, name))
			return true;
	}
	return false;
}

/* Targets ------------------------------------------------------------------------ */

static size_t one_target(const struct own_unit *u, size_t i, size_t end, struct own_target *out)
{
	size_t at = i + 1, off;

	*out = (struct own_target){ .token = i };
	off = at < u->s->n_tokens ? token(u, at)->off : u->s->len;
	while (at < end) {
		if (own_is_sign(u, at, "["))
			at = vstmts_behind(u->s, at, end);
		else if (own_is_sign(u, at, ".") && at + 1 < end)
			at += 2;
		else
			break;
	}
	out->rest.off = off;
	out->rest.end = at == i + 1 ? off : token(u, at - 1)->off + token(u, at - 1)->len;
	return at;
}

size_t own_targets(const struct own_unit *u, struct vspan lhs, struct own_target *out, size_t max)
{
	size_t n = 0;

	if (lhs.off >= lhs.end)
		return 0;
	for (size_t i = vstmts_token(u->s, lhs.off), end = vstmts_token(u->s, lhs.end);
	     i < end && n < max;) {
		if (token(u, i)->kind == VTOKEN_NAME)
			i = one_target(u, i, end, &out[n++]);
		else
			i++;
	}
	return n;
}

bool own_bits_of(const struct own_unit *u, struct vspan rest, unsigned long bits[2])
{
	const char *text = u->s->text, *p = text + rest.off + 1;
	char *end;

	if (rest.end - rest.off < 3 || text[rest.off] != '[')
		return false;
	bits[0] = bits[1] = strtoul(p, &end, 10);
	if (*end == ':')
		bits[1] = strtoul(end + 1, &end, 10);
	if (bits[0] > bits[1]) {
		unsigned long high = bits[0];

		bits[0] = bits[1];
		bits[1] = high;
	}
	return end == text + rest.end - 1 && *end == ']';
}
