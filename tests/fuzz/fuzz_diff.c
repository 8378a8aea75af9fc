/* Two texts, split at the first NUL: with no unit taken the suggestion composes the
 * first, with all taken the second. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/suggestion.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *text = (const char *)data;
	const char *nul = len ? memchr(text, '\0', len) : NULL;
	size_t a = nul ? (size_t)(nul - text) : len, b = nul ? len - a - 1 : 0;
	struct suggestion *s = suggestion_new("x", false, text, a, nul ? nul + 1 : "", b);
	struct str out = STR_INIT;

	if (suggestion_units(s)) {
		suggestion_compose(s, &out);
		if (out.len != a || memcmp(str_cstr(&out), text, a) != 0)
			abort();
	}
	for (size_t i = 0; i < suggestion_units(s); i++)
		suggestion_decide(s, i, DECISION_TAKEN);
	str_clear(&out);
	suggestion_compose(s, &out);
	if (out.len != b || (b && memcmp(str_cstr(&out), nul + 1, b) != 0))
		abort();
	str_clear(&out);
	suggestion_print(s, &out);
	str_free(&out);
	suggestion_free(s);
	return 0;
}
