#include "config.h"

#include "session/ask/ask_at.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

bool ask_at_words(const char *question, bool (*fn)(void *ctx, const char *word, struct err *err),
		  void *ctx, struct err *err)
{
	bool ok = true;

	for (const char *p = question; ok && (p = strchr(p, '@')); p++) {
		size_t n = strcspn(p + 1, " \t\n,;()'\"");
		char *word;

		while (n && strchr(".:?!", p[n]))
			n--;
		if (n == 0 || p[1] == '*' ||
		    (p > question && !isspace((unsigned char)p[-1]) && p[-1] != '('))
			continue;
		word = mem_strndup(p + 1, n);
		ok = fn(ctx, word, err);
		free(word);
	}
	return ok;
}
