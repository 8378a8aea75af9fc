#include "config.h"

#include "session/model/backend.h"

#include <string.h>

const char *finish_name(enum finish_reason f)
{
	static const char *const names[] = {
		[FINISH_STOP] = "stop",	    [FINISH_LENGTH] = "length", [FINISH_TOOLS] = "tools",
		[FINISH_FILTER] = "filter", [FINISH_PAUSE] = "pause",	[FINISH_ERROR] = "error",
		[FINISH_OTHER] = "other",
	};

	return names[f];
}

const struct backend_option *backend_option_find(const struct backend_option *list,
						 const char *word)
{
	size_t len = strcspn(word, "=");

	for (; list && list->name; list++) {
		size_t n = strlen(list->name);
		bool family = list->name[n - 1] == '.';

		if (strncmp(list->name, word, n) == 0 && (family || len == n))
			return list;
	}
	return NULL;
}
