/* text_job FILE: opens it, goes to line 900,000, inserts a line and removes it again.
 * Compared with `vim -u NONE -n -es`. */
#include "config.h"

#include <stdio.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/text/text.h"

int main(int argc, char **argv)
{
	struct str all = STR_INIT;
	struct text *t;
	size_t len, at;
	struct err err;

	if (argc < 2 || !file_read(argv[1], 0, &all, &err)) {
		fprintf(stderr, "%s\n", argc < 2 ? "usage: text_job FILE" : err.text);
		return 2;
	}
	len = all.len;
	t = text_take(str_take(&all), len);
	at = text_line_start(t, 899999);
	text_edit(t, at, 0, "new\n", 4);
	text_edit(t, at, 4, NULL, 0);
	len = text_len(t) - len;
	text_free(t);
	return len != 0;
}
