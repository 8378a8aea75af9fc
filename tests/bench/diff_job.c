/* diff_job A B: diffs two files, as a counterpart of git diff --no-index. */
#include "config.h"

#include <stdio.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/text/diff.h"

int main(int argc, char **argv)
{
	struct str a = STR_INIT, b = STR_INIT;
	struct lines la, lb;
	struct diff d;
	struct err err;

	if (argc < 3 || !file_read(argv[1], 0, &a, &err) || !file_read(argv[2], 0, &b, &err)) {
		fprintf(stderr, "%s\n", argc < 3 ? "usage: diff_job A B" : err.text);
		return 2;
	}
	lines_init(&la, str_cstr(&a), a.len);
	lines_init(&lb, str_cstr(&b), b.len);
	diff_init(&d, &la, &lb);
	printf("%zu places\n", d.n);
	diff_fini(&d);
	lines_fini(&la);
	lines_fini(&lb);
	str_free(&a);
	str_free(&b);
	return 0;
}
