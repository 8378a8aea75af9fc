/* Any bytes as a Makefile, main.cpp and test_a.py: everything found has a sentence. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>

#include "session/base/str.h"
#include "session/manifest/foreign.h"
#include "session/manifest/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

struct given {
	const uint8_t *data;
	size_t len;
};

static bool given_read(void *ctx, const char *path, size_t limit, struct str *out, struct err *err)
{
	const struct given *g = ctx;

	str_clear(out);
	str_add(out, g->data, g->len < limit ? g->len : limit);
	str_adds(out, "");
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char *const paths[] = { "Makefile", "main.cpp", "test_a.py" };
	struct given g = { data, len };
	struct tree t = { .paths = paths, .n = 3, .read = given_read, .ctx = &g };
	struct foreign_list l;

	foreign_find(&l, &t);
	for (size_t i = 0; i < l.n; i++)
		if (!l.v[i].sentence[0])
			abort();
	foreign_list_fini(&l);
	return 0;
}
