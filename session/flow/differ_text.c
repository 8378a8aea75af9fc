/* Renames the modules of two versions so that both can be in one simulation.
 *
 * Verilog has separate name spaces for modules and for ports and signals: "module
 * count (output count);" is legal. The suffix must go on module names only, and the
 * neighbouring tokens show which of the two a name is.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/flow/differ.h"
#include "session/verilog/verilog.h"

#define NUMBER_LEN_MAX 400u /* bytes; longer numbers are ignored */

/* The first token at or after off that is neither space nor comment. */
static struct vtoken next_word(const char *text, size_t len, size_t off, enum vlex_state state)
{
	struct vtoken t = { .kind = VTOKEN_SPACE };

	while (off < len && (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT)) {
		t = vlex_next(text, len, off, &state);
		off += t.len;
	}
	return t;
}

static bool is_text(const char *text, const struct vtoken *t, const char *what)
{
	return t->len == strlen(what) && memcmp(text + t->off, what, t->len) == 0;
}

static bool is_of(const char *text, const struct vtoken *t, const char *const *words)
{
	while (*words && !is_text(text, t, *words))
		words++;
	return *words != NULL;
}

/* True if the name is a module's and not that of a port or signal with the same name:
 * it is defined ("module m", "endmodule : m"), used ("m u0", "m #(...)", "p::") or
 * begins a hierarchical name. */
static bool names_unit(const char *text, const struct vtoken before[2], const struct vtoken *next)
{
	static const char *const openers[] = { "module",  "macromodule", "interface", "program",
					       "package", "primitive",	 NULL };
	static const char *const closers[] = { "endmodule",  "endinterface", "endprogram",
					       "endpackage", "endprimitive", NULL };
	static const char *const lifetimes[] = { "automatic", "static", NULL };
	static const char *const blocks[] = { "begin", "end", "fork", "join", NULL };
	static const char *const users[] = { "#", "::", ".", NULL };
	const struct vtoken *last = &before[1];

	if (is_of(text, is_of(text, last, lifetimes) ? &before[0] : last, openers))
		return true;
	if (is_text(text, last, ":") && is_of(text, &before[0], closers))
		return true;
	if (is_text(text, last, ".") ||
	    (is_text(text, last, ":") && is_of(text, &before[0], blocks)))
		return false;
	return next->kind == VTOKEN_NAME || is_of(text, next, users);
}

static bool is_unit(const struct voutline *o, const char *name, size_t len)
{
	for (size_t i = 0; i < o->n; i++)
		if (strlen(o->modules[i].name) == len && memcmp(o->modules[i].name, name, len) == 0)
			return true;
	return false;
}

void differ_rename(const char *text, size_t len, const char *suffix, struct str *out)
{
	struct vtoken before[2] = { { .kind = VTOKEN_SPACE }, { .kind = VTOKEN_SPACE } };
	enum vlex_state state = VLEX_CODE;
	struct voutline o;

	voutline_init(&o, text, len);
	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(text, len, off, &state), next;

		str_add(out, text + off, t.len);
		off += t.len;
		if (t.kind == VTOKEN_NAME && is_unit(&o, text + t.off, t.len)) {
			next = next_word(text, len, off, state);
			if (names_unit(text, before, &next))
				str_adds(out, suffix);
		}
		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT)
			continue;
		before[0] = before[1];
		before[1] = t;
	}
	voutline_fini(&o);
}

/* The digits of a number without "_" and blanks. */
static void number_digits(const char *text, size_t len, struct str *out)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] != '_' && text[i] != ' ')
			str_addc(out, text[i]);
}

/* Appends a literal of that value: 64'd90, or 128'h... of more bits. False: x, z, a
 * fraction, 0, 1, or more than 64 bits in decimal. */
static bool add_literal(const char *text, size_t len, struct str *out)
{
	static const char bases[] = "hHoObBdD";
	static const struct {
		const char *digits;
		int base, bits; /* of a digit; 0: of no whole number */
	} of[] = { { "0123456789abcdefABCDEF", 16, 4 },
		   { "01234567", 8, 3 },
		   { "01", 2, 1 },
		   { "0123456789", 10, 0 } };
	const char *tick = memchr(text, '\'', len), *at;
	size_t from = tick ? (size_t)(tick - text) + 1 : 0, k = 3, zeros;
	struct str digits = STR_INIT;
	bool ok;

	if (tick && from < len && strchr("sS", text[from]))
		from++;
	at = tick && from < len ? strchr(bases, text[from]) : NULL;
	if (at)
		k = (size_t)(at - bases) / 2;
	from += at != NULL;
	number_digits(text + from, len - from, &digits);
	zeros = strspn(str_cstr(&digits), "0");
	ok = digits.len > zeros && strspn(str_cstr(&digits), of[k].digits) == digits.len &&
	     strcmp(str_cstr(&digits) + zeros, "1") != 0;
	if (ok && (size_t)of[k].bits * (digits.len - zeros) > 64)
		str_addf(out, "%zu'%c%s", (digits.len - zeros) * (size_t)of[k].bits, bases[k * 2],
			 str_cstr(&digits) + zeros);
	else if (ok && (of[k].bits || digits.len - zeros < 20))
		str_addf(out, "64'd%llu", strtoull(str_cstr(&digits), NULL, of[k].base));
	else
		ok = false;
	str_free(&digits);
	return ok;
}

void differ_numbers(const char *text, size_t len, struct strv *out)
{
	enum vlex_state state = VLEX_CODE;

	for (size_t off = 0; off < len && out->n < DIFFER_NUMBERS_MAX;) {
		struct vtoken t = vlex_next(text, len, off, &state);
		struct str word = STR_INIT;

		if (t.kind == VTOKEN_NUMBER && t.len <= NUMBER_LEN_MAX &&
		    add_literal(text + off, t.len, &word) && !strv_has(out, str_cstr(&word)))
			strv_add(out, str_cstr(&word));
		str_free(&word);
		off += t.len;
	}
}
