/* Puts a block of code where its modules are.
 *
 * A block with every module of the file is the new file. One with some of them
 * replaces these and keeps the rest: a block that shows one module of five must not
 * delete the other four. Modules are matched by name, so if a name occurs twice
 * only the whole can be compared. Anything that would silently lose a line or a
 * module is refused, with the reason.
 */
#include "config.h"

#include "session/answer/answer_merge.h"

#include <string.h>

#include "session/answer/answer_elide.h"
#include "session/answer/answer_raw.h"
#include "session/base/str.h"
#include "session/text/patch.h"
#include "session/verilog/verilog.h"

#define BOM "\xef\xbb\xbf"

bool unit_counts(const struct voutline *o, const struct vmodule *m)
{
	if (m->kind != VUNIT_CLASS)
		return true;
	for (size_t i = 0; i < o->n; i++)
		if (o->modules[i].kind != VUNIT_CLASS)
			return false;
	return true;
}

bool answer_only_directives(struct slice text)
{
	bool within = false, any = false;

	while (text.n) {
		struct slice line = slice_line(&text);

		if (!within && slice_blank(line))
			continue;
		if (!raw_leads(line, &within))
			return false;
		any = true;
	}
	return any;
}

/* How the modules of the block and of the file relate. */
struct overlap {
	size_t code, base; /* number of modules in each */
	size_t common;	   /* number of the block's modules that the file has too */
	bool twice;	   /* a name occurs twice in one of them */
};

static size_t named(const struct voutline *o, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < o->n; i++)
		n += unit_counts(o, &o->modules[i]) && strcmp(o->modules[i].name, name) == 0;
	return n;
}

/* With more modules only whole files are compared, because this is quadratic. */
#define MAX_UNITS 500

static struct overlap compare(const struct voutline *code, const struct voutline *base)
{
	struct overlap v = { .twice = code->n > MAX_UNITS || base->n > MAX_UNITS };

	for (size_t i = 0; i < base->n; i++)
		v.base += unit_counts(base, &base->modules[i]);
	for (size_t i = 0; i < code->n; i++) {
		const struct vmodule *m = &code->modules[i];

		if (!unit_counts(code, m))
			continue;
		v.code++;
		if (v.twice)
			continue;
		v.common += named(base, m->name) > 0;
		v.twice = named(code, m->name) > 1 || named(base, m->name) > 1;
	}
	return v;
}

static size_t unit_end(const struct vmodule *m, size_t len)
{
	return m->end_line && m->end <= len ? m->end : len;
}

/* The text before and after the modules. */
static void around(struct slice text, const struct voutline *o, struct slice *before,
		   struct slice *after)
{
	size_t first = text.n, last = 0;

	for (size_t i = 0; i < o->n; i++) {
		if (o->modules[i].off < first)
			first = o->modules[i].off;
		if (unit_end(&o->modules[i], text.n) > last)
			last = unit_end(&o->modules[i], text.n);
	}
	*before = (struct slice){ text.p, first };
	*after = slice_from(text, last > text.n ? text.n : last);
}

static bool bare(struct slice text, const struct voutline *o)
{
	struct slice before, after;

	around(text, o, &before, &after);
	return slice_blank(before) && slice_blank(after);
}

static bool has_line(struct slice text, struct slice wanted)
{
	while (text.n) {
		struct slice s = slice_trim(slice_line(&text));

		if (s.n == wanted.n && (s.n == 0 || memcmp(s.p, wanted.p, s.n) == 0))
			return true;
	}
	return false;
}

/* The first line of code above the block's modules that the file does not have:
 * replacing only modules would lose it. */
static struct slice lost_line(struct slice code, const struct voutline *o, struct slice base)
{
	struct slice before, after;
	bool within = false;

	around(code, o, &before, &after);
	for (int i = 0; i < 200 && before.n; i++) {
		struct slice s = slice_trim(slice_line(&before));
		bool comment = within || slice_starts(s, "//") || slice_starts(s, "/*");

		raw_leads(s, &within);
		if (!comment && s.n && !has_line(base, s))
			return s;
	}
	return (struct slice){ code.p, 0 };
}

static void add_whole(struct slice base, struct slice code, struct str *out)
{
	size_t from = out->len;
	bool open = base.n && base.p[base.n - 1] != '\n';

	if (slice_starts(base, BOM) && !slice_starts(code, BOM))
		str_adds(out, BOM);
	patch_add_lines(out, code.p, code.n, patch_is_crlf(base.p, base.n));
	while (open && out->len > from &&
	       (out->data[out->len - 1] == '\n' || out->data[out->len - 1] == '\r'))
		str_cut(out, out->len - 1);
}

static void add_units(struct slice base, const struct voutline *b, struct slice code,
		      const struct voutline *c, struct str *out)
{
	bool crlf = patch_is_crlf(base.p, base.n);
	size_t done = 0;

	for (size_t i = 0; i < b->n; i++) {
		const struct vmodule *m = &b->modules[i];
		const struct vmodule *n = voutline_module(c, m->name);

		if (!n || !unit_counts(b, m) || m->off < done)
			continue;
		str_add(out, base.p + done, m->off - done);
		patch_add_lines(out, code.p + n->off, unit_end(n, code.n) - n->off, crlf);
		done = unit_end(m, base.n);
	}
	str_add(out, base.p + done, base.n - done);
}

static const char *other_unit(const struct voutline *o, const struct voutline *known)
{
	for (size_t i = 0; i < o->n; i++)
		if (unit_counts(o, &o->modules[i]) && named(known, o->modules[i].name) == 0)
			return o->modules[i].name;
	return "";
}

/* True if the block has each unit of the file, as often as the file. */
static bool has_all(const struct voutline *code, const struct voutline *base)
{
	if (code->n > MAX_UNITS || base->n > MAX_UNITS)
		return code->n >= base->n;
	for (size_t i = 0; i < base->n; i++)
		if (unit_counts(base, &base->modules[i]) &&
		    named(code, base->modules[i].name) < named(base, base->modules[i].name))
			return false;
	return true;
}

static bool may_replace_whole(const char *path, const struct voutline *c, const struct voutline *b,
			      const struct overlap *v, struct err *err)
{
	if (v->base == 0 || (v->common == v->base && v->common))
		return true;
	if (v->twice && v->code && has_all(c, b))
		return true;
	if (v->code == 0)
		return err_set(err, ERR_CONFLICT, "the block has no module and %s holds %s", path,
			       other_unit(b, c));
	/* Renaming the only module is fine, but not replacing a design by a testbench. */
	if (v->base == 1 && v->common == 0 && v->code == 1 &&
	    vmodule_is_testbench(&c->modules[0]) == vmodule_is_testbench(&b->modules[0]))
		return true;
	if (v->twice)
		return err_set(err, ERR_CONFLICT,
			       "%s has a module twice (of `ifdef branches?), and the block gives "
			       "only %s of %zu: "
			       "ask for the whole file or a diff",
			       path, v->code == 1 ? "one" : "some", v->base);
	return err_set(err, ERR_CONFLICT,
		       "the block has %s, which %s does not hold, and lacks %s, which it does",
		       other_unit(c, b), path, other_unit(b, c));
}

static bool merge(const char *path, struct slice base, const struct voutline *b, struct slice code,
		  const struct voutline *c, struct str *out, struct err *err)
{
	struct overlap v = compare(c, b);
	bool only_some = !v.twice && v.code && v.common == v.code && v.common < v.base;
	bool only_units =
		!v.twice && v.code && v.common == v.code && bare(code, c) && !bare(base, b);
	struct slice lost = only_some ? lost_line(code, c, base) : (struct slice){ code.p, 0 };

	if (lost.n)
		return err_set(err, ERR_CONFLICT,
			       "the block has '%.*s' before its module, which %s lacks",
			       lost.n < 80 ? (int)lost.n : 80, lost.p, path);
	if (only_some || only_units) {
		add_units(base, b, code, c, out);
		return true;
	}
	if (!may_replace_whole(path, c, b, &v, err))
		return false;
	add_whole(base, code, out);
	return true;
}

/* A module that code has more often than base, without an `ifdef branch between:
 * "before" and "after" in one block. NULL: none. */
static const char *doubled(struct slice code, const struct voutline *c, const struct voutline *b)
{
	for (size_t i = 1; i < c->n && c->n <= MAX_UNITS; i++) {
		const char *name = c->modules[i].name;
		size_t from = c->modules[i - 1].off;
		struct slice between = { code.p + from, c->modules[i].off - from };

		if (c->modules[i].off > code.n || c->modules[i].off < from)
			break;
		if (slice_find(between, "`el") == between.n &&
		    slice_find(between, "`if") == between.n &&
		    slice_find(between, "`endif") == between.n && named(c, name) > 1 &&
		    named(c, name) > named(b, name))
			return name;
	}
	return NULL;
}

static bool open_at_end(const struct voutline *o)
{
	return o->n && o->modules[o->n - 1].end_line == 0;
}

bool answer_continues(struct slice base, struct slice code)
{
	struct str both = STR_INIT;
	struct voutline b, c, joined;
	bool yes;

	voutline_init(&b, base.p, base.n);
	voutline_init(&c, code.p, code.n);
	yes = open_at_end(&b) && c.n == 0;
	if (yes) {
		str_add(&both, base.p, base.n);
		str_addc(&both, '\n');
		str_add(&both, code.p, code.n);
		voutline_init(&joined, str_cstr(&both), both.len);
		yes = joined.n == b.n && !open_at_end(&joined);
		voutline_fini(&joined);
		str_free(&both);
	}
	voutline_fini(&b);
	voutline_fini(&c);
	return yes;
}

static void add_rest(struct slice base, struct slice code, struct str *out)
{
	bool crlf = patch_is_crlf(base.p, base.n);

	str_add(out, base.p, base.n);
	if (base.n && base.p[base.n - 1] != '\n')
		str_adds(out, crlf ? "\r\n" : "\n");
	patch_add_lines(out, code.p, code.n, crlf);
}

/* True if base has none of the code's units. */
static bool all_new(const struct voutline *code, const struct voutline *base)
{
	bool none = code->n > 0 && code->n <= MAX_UNITS;

	for (size_t i = 0; i < code->n && none; i++)
		none = named(base, code->modules[i].name) == 0;
	return none;
}

static bool fits_behind(struct slice base, const struct voutline *code)
{
	struct voutline b;
	bool fits;

	voutline_init(&b, base.p, base.n);
	fits = !slice_blank(base) && !open_at_end(&b) && all_new(code, &b);
	voutline_fini(&b);
	return fits;
}

bool answer_merge(const char *path, struct slice base, struct slice code,
		  const struct voutline *code_outline, struct str *out, struct err *err)
{
	struct voutline b = { 0 };
	const char *twice;
	bool ok;

	if (!slice_blank(base) && answer_continues(base, code)) {
		add_rest(base, code, out);
		return true;
	}
	voutline_init(&b, base.p, base.n);
	if (!answer_elides_nothing(path, base, &b, code, code_outline, err)) {
		voutline_fini(&b);
		return false;
	}
	twice = doubled(code, code_outline, &b);
	if (twice) {
		voutline_fini(&b);
		return err_set(err, ERR_CONFLICT,
			       "the block for %s has %s twice: ask for one version of it", path,
			       twice);
	}
	if (slice_blank(base)) {
		voutline_fini(&b);
		add_whole((struct slice){ base.p, 0 }, code, out);
		return true;
	}
	ok = merge(path, base, &b, code, code_outline, out, err);
	voutline_fini(&b);
	return ok;
}

bool answer_append(const char *path, struct slice base, struct slice code,
		   const struct voutline *code_outline, struct str *out, struct err *err)
{
	struct str below = STR_INIT;
	bool ok;

	if (!fits_behind(base, code_outline))
		return answer_merge(path, base, code, code_outline, out, err);
	str_addc(&below, '\n');
	ok = answer_merge(path, (struct slice){ base.p, 0 }, code, code_outline, &below, err);
	if (ok)
		add_rest(base, (struct slice){ str_cstr(&below), below.len }, out);
	str_free(&below);
	return ok;
}
