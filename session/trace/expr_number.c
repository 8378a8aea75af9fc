/* A based number is the concatenation of its digits' bits, extended or truncated to
 * its size. Decimal digits have no bits of their own: the number is halved repeatedly,
 * so any size is exact. */
#include "config.h"

#include "session/trace/expr_number.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/trace/bits.h"

char *expr_number_bits(uint64_t n, unsigned width)
{
	char *bits = mem_alloc(width + 1);

	for (unsigned i = 0; i < width; i++)
		bits[width - 1 - i] = (char)('0' + (i < 64 ? n >> i & 1 : 0));
	bits[width] = '\0';
	return bits;
}

static bool bad(struct expr_number *out, const char *wrong)
{
	out->wrong = wrong;
	return false;
}

/* digits: decimal, may contain _. Returns as many bits as the number needs. */
static char *decimal_bits(const char *digits, size_t len)
{
	char *rest = mem_strndup(digits, len);
	struct str low_first = STR_INIT;
	size_t n = 0;
	bool any = true;

	for (size_t i = 0; i < len; i++)
		if (digits[i] != '_')
			rest[n++] = digits[i];
	/* Halve the number until it is 0. */
	while (any) {
		int carry = 0;

		any = false;
		for (size_t i = 0; i < n; i++) {
			int d = carry * 10 + rest[i] - '0';

			rest[i] = (char)('0' + d / 2);
			carry = d % 2;
			any = any || d / 2;
		}
		str_addc(&low_first, (char)('0' + carry));
	}
	free(rest);
	rest = mem_alloc(low_first.len + 1);
	for (size_t i = 0; i < low_first.len; i++)
		rest[i] = low_first.data[low_first.len - 1 - i];
	rest[low_first.len] = '\0';
	str_free(&low_first);
	return rest;
}

/* Extends to size bits with 0, or with x or z if the number begins with one. */
static char *sized(char *bits, size_t size)
{
	size_t len = strlen(bits);
	char *out = mem_alloc(size + 1);
	char fill = bits[0] == 'x' || bits[0] == 'z' ? bits[0] : '0';

	for (size_t i = 0; i < size; i++)
		out[size - 1 - i] = i < len ? bits[len - 1 - i] : fill;
	out[size] = '\0';
	free(bits);
	return out;
}

static int digit_bits(char base)
{
	return base == 'h' ? 4 : base == 'o' ? 3 : 1;
}

static bool based_digit(struct str *bits, char c, int n)
{
	int d = isdigit((unsigned char)c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

	if (c == 'x' || c == 'z' || c == '?') {
		for (int i = 0; i < n; i++)
			str_addc(bits, c == 'x' ? 'x' : 'z');
		return true;
	}
	if (d < 0 || d >= 1 << n)
		return false;
	for (int i = n; i-- > 0;)
		str_addc(bits, (char)('0' + (d >> i & 1)));
	return true;
}

/* Parses what follows the base letter. size 0: none was given. */
static bool based(const char **at, char base, size_t size, struct expr_number *out)
{
	struct str bits = STR_INIT;
	const char *s = *at + strspn(*at, " \t");
	const char *from = s;
	bool any = false;

	if (base == 'd' && isdigit((unsigned char)*s)) {
		s += strspn(s, "0123456789_");
		str_free(&bits);
		out->bits = decimal_bits(from, (size_t)(s - from));
		any = true;
	} else if (base == 'd') {
		any = based_digit(&bits, (char)tolower((unsigned char)*s), 1);
		s += any;
		s += strspn(s, "_");
		any = any && (bits.data[0] == 'x' || bits.data[0] == 'z');
	} else {
		for (; *s == '_' ? any
				 : based_digit(&bits, (char)tolower((unsigned char)*s),
					       digit_bits(base));
		     s++)
			any = true;
	}
	*at = s;
	if (!any || isalnum((unsigned char)*s)) {
		str_free(&bits);
		free(out->bits);
		out->bits = NULL;
		return bad(out, "the number's digits do not fit its base");
	}
	if (!out->bits)
		out->bits = str_take(&bits);
	if (size == 0)
		size = strlen(out->bits) < 32 ? 32 : strlen(out->bits);
	out->bits = sized(out->bits, size);
	return true;
}

/* '0 '1 'x 'z: s is after the quote. */
static bool is_fill(const char *s)
{
	return strchr("01xXzZ", *s) && *s && !isalnum((unsigned char)s[1]) && s[1] != '_';
}

static bool after_quote(const char **at, size_t size, struct expr_number *out)
{
	char base;

	if (size == 0 && is_fill(*at)) {
		out->fill = true;
		out->bits = mem_strndup(*at, 1);
		out->bits[0] = (char)tolower((unsigned char)out->bits[0]);
		++*at;
		return true;
	}
	if (**at == 's' || **at == 'S') {
		out->sign = true;
		++*at;
	}
	base = (char)tolower((unsigned char)**at);
	if (base == '\0' || !strchr("bodh", base))
		return bad(out, "after ' one of b, o, d, h, 0, 1, x, z is expected");
	++*at;
	return based(at, base, size, out);
}

static bool real(const char **at, struct expr_number *out)
{
	char *end;

	out->real = true;
	out->value = strtod(*at, &end);
	*at = end;
	return !isalnum((unsigned char)*end) || bad(out, "a number ends with a letter");
}

bool expr_number_read(const char **at, struct expr_number *out)
{
	const char *s = *at;
	size_t digits = strspn(s, "0123456789_"), size = 0;
	const char *after = s + digits + strspn(s + digits, " \t");

	*out = (struct expr_number){ 0 };
	if (digits && (s[digits] == '.' || s[digits] == 'e' || s[digits] == 'E'))
		return real(at, out);
	if (*after == '\'') {
		for (size_t i = 0; i < digits; i++)
			if (s[i] != '_' && size <= BITS_WIDTH_MAX)
				size = size * 10 + (size_t)(s[i] - '0');
		if (digits && (size == 0 || size > BITS_WIDTH_MAX))
			return bad(out, "a number's size is 1 to 131072 bits");
		*at = after + 1;
		return after_quote(at, size, out);
	}
	*at = s + digits;
	if (isalpha((unsigned char)s[digits]))
		return bad(out, "a number ends with a letter");
	out->sign = true;
	out->bits = decimal_bits(s, digits);
	/* A leading 1 would make it negative. */
	size = strlen(out->bits) + 1;
	out->bits = sized(out->bits, size < 32 ? 32 : size);
	return true;
}
