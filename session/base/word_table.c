/* Word tables are short and most words are not in them, so the first byte decides
 * nearly always. */
#include "config.h"

#include "session/base/word_table.h"

#include <string.h>
#include <strings.h>

bool words_has(const char *const *words, const char *word)
{
	for (; *words; words++)
		if (**words == *word && strcmp(*words, word) == 0)
			return true;
	return false;
}

bool words_has_n(const char *const *words, const char *word, size_t len)
{
	for (; *words; words++)
		if (strlen(*words) == len && (len == 0 || memcmp(*words, word, len) == 0))
			return true;
	return false;
}

bool words_has_nocase(const char *const *words, const char *word, size_t len)
{
	for (; *words; words++)
		if (strlen(*words) == len && (len == 0 || strncasecmp(*words, word, len) == 0))
			return true;
	return false;
}
