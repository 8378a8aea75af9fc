/* In each module the directly nested ones are blanked except for line ends; then each
 * of these is added in the same way. The byte ranges from keyword to end tell the
 * nesting; nothing is lifted from a text whose ends do not match.
 */
#include "config.h"

#include "sim/stage/nested.h"

#include "session/base/str.h"
#include "session/verilog/verilog.h"

static bool is_within(const struct vmodule *in, const struct vmodule *m)
{
	return in != m && in->off > m->off && in->end <= m->end;
}

/* True if m is nested directly in `in`. */
static bool is_right_within(const struct voutline *o, const struct vmodule *in,
			    const struct vmodule *m)
{
	if (!is_within(in, m))
		return false;
	for (size_t i = 0; i < o->n; i++)
		if (is_within(in, &o->modules[i]) && is_within(&o->modules[i], m))
			return false;
	return true;
}

static bool is_inner(const struct voutline *o, const struct vmodule *in)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->modules[i].end_line > 0 && in->end_line > 0 && is_within(in, &o->modules[i]))
			return in->kind == VUNIT_MODULE && o->modules[i].kind == VUNIT_MODULE;
	return false;
}

static void blank(char *text, size_t from, size_t to)
{
	for (; from < to; from++)
		if (text[from] != '\n' && text[from] != '\r')
			text[from] = ' ';
}

/* Appends the text of m (NULL: everything) with the directly nested modules blanked. */
static void add_without_inner(const struct voutline *o, const struct vmodule *m, const char *text,
			      size_t len, struct str *out)
{
	size_t from = m ? m->off : 0, to = m ? m->end : len, start = out->len;

	str_add(out, text + from, to - from);
	for (size_t i = 0; i < o->n; i++) {
		const struct vmodule *in = &o->modules[i];
		bool outermost = !m;

		for (size_t k = 0; outermost && k < o->n; k++)
			outermost = !is_inner(o, &o->modules[k]) || !is_within(in, &o->modules[k]);
		if (is_inner(o, in) && (m ? is_right_within(o, in, m) : outermost))
			blank(out->data + start, in->off - from, in->end - from);
	}
}

static size_t column(const char *text, size_t off)
{
	size_t n = 0;

	while (n < off && text[off - n - 1] != '\n')
		n++;
	return n;
}

/* The copy repeats each nested module with its contents, after blanks. */
static bool is_short(const struct voutline *o, const char *text, size_t len)
{
	size_t sum = 0;

	for (size_t i = 0; o->n <= NESTED_MODULES && i < o->n && sum <= len + NESTED_MORE; i++)
		if (is_inner(o, &o->modules[i]))
			sum += column(text, o->modules[i].off) + o->modules[i].end -
			       o->modules[i].off;
	return o->n <= NESTED_MODULES && sum <= len + NESTED_MORE;
}

bool nested_lift(const char *path, const char *text, size_t len, struct str *out)
{
	struct voutline o;
	bool any = false;

	voutline_init(&o, text, len);
	for (size_t i = 0; i < o.n && o.n <= NESTED_MODULES && !any; i++)
		any = is_inner(&o, &o.modules[i]);
	any = any && is_short(&o, text, len);
	if (any)
		add_without_inner(&o, NULL, text, len, out);
	for (size_t i = 0; any && i < o.n; i++) {
		const struct vmodule *m = &o.modules[i];

		if (!is_inner(&o, m))
			continue;
		str_addf(out, "\n`line %d \"%s\" 0\n%*s", m->line, path, (int)column(text, m->off),
			 "");
		add_without_inner(&o, m, text, len, out);
	}
	if (any)
		str_addc(out, '\n');
	voutline_fini(&o);
	return any;
}
