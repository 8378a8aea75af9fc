/* random_verilog.h - texts made of tokens that are difficult for a Verilog reader, by a seed.
 *
 * The same seed gives the same text on every machine. */
#ifndef POSEDGE_RANDOM_VERILOG_H
#define POSEDGE_RANDOM_VERILOG_H

#include <string.h>

static inline unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

static inline void random_text(unsigned seed, char *out, size_t len)
{
	static const char *const parts[] = { "/*",     "*/", "//", "\"",   "\\", "\n", " ",  "a",
					     "module", "'",  "8",  "b",	   "`",	 "$",  "(*", "*)",
					     "<<<",    "=",  ".",  "\xc3", "\0", "\r" };
	size_t n = 0;

	while (n < len) {
		unsigned i = next_random(&seed) % (sizeof(parts) / sizeof(*parts));
		size_t k = parts[i][0] ? strlen(parts[i]) : 1;

		k = k < len - n ? k : len - n;
		memcpy(out + n, parts[i], k);
		n += k;
	}
}

#endif
