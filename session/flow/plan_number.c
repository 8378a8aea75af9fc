/* Numbers in the connections of a plan, as Verilog writes them: 0, 1'b0, 8'hff, '0. */
#include "config.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/flow/plan.h"

static long bits_needed(unsigned long v)
{
	long n = 0;

	for (; v; v >>= 1)
		n++;
	return n;
}

/* A value that no width would hold counts as the largest. */
static long decimal_bits(const char *s)
{
	unsigned long v = 0;

	for (; isdigit((unsigned char)*s) || *s == '_'; s++)
		if (*s != '_')
			v = v > ULONG_MAX / 16 ? ULONG_MAX / 8 : v * 10 + (unsigned)(*s - '0');
	return bits_needed(v);
}

/* each: bits of a digit. */
static long digit_bits(const char *s, int each)
{
	long bits = 0;

	for (s += strspn(s, "0_"); *s; s++) {
		char one[2] = { *s, '\0' };

		if (*s != '_')
			bits += bits ? each : bits_needed(strtoul(one, NULL, 16));
	}
	return bits;
}

/* Digits after the tick, base 2, 8, 10 or 16 in front of them. The bits that the value needs. */
static bool digits(const char *s, long *bits)
{
	static const char bases[] = "bodh";
	static const struct {
		const char *set;
		int each;
	} of[] = { { "01_", 1 },
		   { "01234567_", 3 },
		   { "0123456789_", 0 },
		   { "0123456789abcdefABCDEF_", 4 } };
	const char *b = *s ? strchr(bases, tolower((unsigned char)*s)) : NULL;
	size_t base = b ? (size_t)(b - bases) : 2;

	s += b ? 1 : 0;
	*bits = 0;
	if (!isxdigit((unsigned char)*s) || strspn(s, of[base].set) != strlen(s))
		return false;
	*bits = of[base].each ? digit_bits(s, of[base].each) : decimal_bits(s);
	return true;
}

bool plan_number(const char *s, long *bits, long *needs)
{
	size_t size = strspn(s, "0123456789");

	*bits = 0;
	*needs = 0;
	if (s[size] != '\'') {
		*needs = decimal_bits(s);
		return size && s[size] == '\0';
	}
	*bits = size ? strtol(s, NULL, 10) : 0;
	return (size == 0 || *bits) && digits(s + size + 1, needs);
}
