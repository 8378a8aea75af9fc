/* Line endings of what a patch writes: always those of the file, whatever the patch
 * uses.
 */
#include "config.h"

#include "session/base/str.h"
#include "session/text/patch.h"
#include "session/text/patch_inner.h"
#include "session/text/slice.h"

bool patch_is_crlf(const char *text, size_t len)
{
	struct slice rest = { text, len };
	size_t lf = 0, crlf = 0;

	while (rest.n) {
		struct slice line = slice_line(&rest);

		lf += line.p[line.n - 1] == '\n';
		crlf += line.n > 1 && line.p[line.n - 1] == '\n' && line.p[line.n - 2] == '\r';
	}
	return crlf * 2 > lf;
}

void patch_add_end(struct str *out, bool crlf)
{
	str_adds(out, crlf ? "\r\n" : "\n");
}

bool patch_open_line(const struct str *out, size_t from)
{
	return out->len > from && out->data[out->len - 1] != '\n';
}

void patch_drop_end(struct str *out)
{
	str_cut(out, slice_chomp((struct slice){ out->data, out->len }).n);
}

void patch_add_lines(struct str *out, const char *text, size_t len, bool crlf)
{
	struct slice rest = { text, len };

	while (rest.n) {
		struct slice line = slice_line(&rest);
		struct slice bare = slice_chomp(line);

		str_add(out, bare.p, bare.n);
		if (line.p[line.n - 1] == '\n')
			patch_add_end(out, crlf);
		else if (bare.n < line.n)
			str_addc(out, '\r'); /* alone at the end: no line ending */
	}
}
