#include "config.h"

#include "session/check/data_states.h"

#include <stdbool.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"

#define MAX_FILE (1u << 20)

/* Where the comment at p ends; p if there is none. */
static const char *after_comment(const char *p, const char *end)
{
	const char *to = NULL;

	if (end - p >= 2 && p[0] == '/' && p[1] == '/')
		to = memchr(p, '\n', (size_t)(end - p));
	else if (end - p >= 2 && p[0] == '/' && p[1] == '*' &&
		 (to = memmem(p + 2, (size_t)(end - p) - 2, "*/", 2)))
		to += 2;
	else
		return p;
	return to ? to : end;
}

/* "12", "x_01z", "@1f": what $readmemh and $readmemb read. */
static bool has_x(const char *text, size_t len)
{
	const char *end = text + len, *p = text;
	bool found = false;

	while (p < end) {
		const char *next = after_comment(p, end);

		if (next > p) {
			p = next;
			continue;
		}
		if (!*p || !strchr(" \t\r\n,0123456789abcdefABCDEFxXzZ?_@", *p))
			return false;
		found = found || strchr("xXzZ?", *p);
		p++;
	}
	return found;
}

const char *data_with_x(const char *root, const struct sim_file *files, size_t n)
{
	const char *found = NULL;

	for (size_t i = 0; i < n && !found; i++) {
		struct str text = STR_INIT;

		if (file_read_in(root, files[i].path, MAX_FILE, &text, NULL) &&
		    has_x(str_cstr(&text), text.len))
			found = files[i].path;
		str_free(&text);
	}
	return found;
}
