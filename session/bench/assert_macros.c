/* The files are read as one compilation unit, up to the one with the top, behind whose last lines
 * the assertions will stand. So macros defined by then apply to the assertions.
 */
#include "config.h"

#include "session/bench/assert_macros.h"

#include <string.h>

#include "session/base/str.h"
#include "session/bench/assert_design.h"
#include "session/verilog/vpp.h"

/* The file named so beside the one that includes it, else the first whose path ends so. */
static bool include(void *ctx, const char *from, const char *name, bool angle, const char **path,
		    const char **text, size_t *len)
{
	const struct assert_design *d = ctx;
	const char *slash = strrchr(from, '/');
	size_t found = d->n, n = strlen(name), folder = slash ? (size_t)(slash + 1 - from) : 0;

	for (size_t i = d->n; i-- > 0;) {
		const char *p = d->files[i].path;
		size_t k = strlen(p);
		bool beside = k == folder + n && memcmp(p, from, folder) == 0;

		if (k < n || strcmp(p + k - n, name) != 0 || (k > n && p[k - n - 1] != '/'))
			continue;
		found = i;
		if (beside)
			break;
	}
	if (found == d->n)
		return false;
	*path = d->files[found].path;
	*text = str_cstr(&d->files[found].text);
	*len = d->files[found].text.len;
	return true;
}

static struct vmacros *macros_of(const struct assert_design *d)
{
	struct vmacros *all = vmacros_new();
	bool last = false;

	for (size_t i = 0; i < d->n && d->files[i].compiled && !last; i++) {
		const struct assert_file *file = &d->files[i];
		const struct vpp_env env = { all, include, (void *)d };
		struct vpp *p = vpp_new(file->path, str_cstr(&file->text), file->text.len, &env);
		struct vpp_token t;

		while (vpp_next(p, &t))
			;
		vmacros_merge(all, vpp_macros(p));
		vpp_free(p);
		last = i == d->top_file;
	}
	return all;
}

void assert_macros_expand(const struct assert_design *d, const char *text, size_t len,
			  struct str *out)
{
	struct vmacros *macros = macros_of(d);
	const struct vpp_env env = { .given = macros };
	struct vpp *p = vpp_new("answer", text, len, &env);
	struct vpp_token t;
	int line = 1;

	while (vpp_next(p, &t)) {
		if (t.line != line || t.gap)
			str_addc(out, t.line != line ? '\n' : ' ');
		line = t.line;
		str_add(out, t.s, t.len);
		if (t.s[0] == '\\')
			str_addc(out, ' ');
	}
	vpp_free(p);
	vmacros_free(macros);
}
