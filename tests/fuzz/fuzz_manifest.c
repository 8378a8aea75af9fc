/* A project description among a few files; its first line is its file name. The result
 * names only files and folders that exist. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/manifest/manifest.h"
#include "session/manifest/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

struct given {
	const char *name, *text;
	size_t len;
};

static bool given_read(void *ctx, const char *path, size_t limit, struct str *out, struct err *err)
{
	const struct given *g = ctx;

	str_clear(out);
	if (strcmp(path, g->name) == 0)
		str_add(out, g->text, g->len < limit ? g->len : limit);
	else if (strcmp(path, "other.f") == 0)
		str_adds(out, "rtl/a.v -f other.f\n");
	else if (strcmp(path, "lib/other.core") == 0)
		str_adds(out,
			 "CAPI=2:\nname: a:b:other:1.0\nfilesets:\n  rtl:\n    files: [o.v]\n");
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char *const fixed[] = { "inc/d.vh", "lib/o.v", "lib/other.core",
					     "other.f",	 "rtl/a.v", "rtl/b.sv" };
	const uint8_t *end = memchr(data, '\n', len < 40 ? len : 40);
	char *name = mem_strndup((const char *)data, end ? (size_t)(end - data) : 0);
	const char *paths[7];
	struct given g = { .name = name };
	struct tree t = { .paths = paths, .read = given_read, .ctx = &g };
	struct manifest m = MANIFEST_INIT;

	if (end && name[0] && !strchr(name, '/')) {
		bool put = false;

		for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++) {
			if (!put && strcmp(name, fixed[i]) <= 0) {
				paths[t.n++] = name;
				put = true;
			}
			if (strcmp(name, fixed[i]) != 0)
				paths[t.n++] = fixed[i];
		}
		if (!put)
			paths[t.n++] = name;
		g.text = (const char *)end + 1;
		g.len = len - (size_t)(end + 1 - data);
		manifest_find(&m, &t);
		for (size_t i = 0; i < m.n_files; i++)
			if (!tree_has(&t, m.files[i].path))
				abort();
		for (size_t i = 0; i < m.include_dirs.n; i++)
			if (!tree_has_dir(&t, m.include_dirs.v[i]))
				abort();
	}
	manifest_fini(&m);
	free(name);
	return 0;
}
