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

#define NUMBER_LEN_MAX 24u /* bytes; longer numbers are ignored */

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

static bool number_value(const char *text, size_t len, unsigned long long *n)
{
	const char *tick = memchr(text, '\'', len);
	char digits[NUMBER_LEN_MAX + 1], *end;
	size_t k = 0, from = tick ? (size_t)(tick - text) + 1 : 0;
	int base = 10;

	if (tick && from < len && strchr("sS", text[from]))
		from++;
	if (tick && from < len) {
		const char *bases = "hHdDoObB", *at = strchr(bases, text[from]);

		if (!at)
			return false;
		base = (int[]){ 16, 10, 8, 2 }[(at - bases) / 2];
		from++;
	}
	for (; from < len && k < NUMBER_LEN_MAX; from++)
		if (text[from] != '_' && text[from] != ' ')
			digits[k++] = text[from];
	digits[k] = '\0';
	*n = strtoull(digits, &end, base);
	return k > 0 && *end == '\0' && from == len;
}

void differ_numbers(const char *text, size_t len, struct strv *out)
{
	enum vlex_state state = VLEX_CODE;

	for (size_t off = 0; off < len && out->n < DIFFER_NUMBERS_MAX;) {
		struct vtoken t = vlex_next(text, len, off, &state);
		unsigned long long n;
		char *word;

		if (t.kind == VTOKEN_NUMBER && number_value(text + off, t.len, &n) && n > 1) {
			word = str_fmt("%llu", n);
			if (!strv_has(out, word))
				strv_add(out, word);
			free(word);
		}
		off += t.len;
	}
}
