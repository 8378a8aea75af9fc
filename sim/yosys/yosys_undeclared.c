/* yosys reports an undeclared name once, at its first use, and invents a net for it. The other
 * assertions that use the name are found here by their text: from the line that yosys gives for
 * the assertion to the next semicolon. The name is searched in these stretches, token by token,
 * so one in a comment or a string does not count.
 */
#include "config.h"

#include "sim/yosys/yosys_undeclared.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/slice.h"
#include "session/tool/prover.h"
#include "session/verilog/verilog.h"
#include "sim/yosys/yosys_run.h"

/* An assertion from the beginning of its line to its semicolon. */
struct stretch {
	struct str text;
	const char *place; /* "rtl/q.sv:12"; borrowed */
	size_t path;	   /* length of the path in it */
	long first, last;  /* lines */
};

static bool read_path(const struct sim_job *d, const char *path, size_t len, struct str *out)
{
	for (size_t i = 0; i < d->n; i++)
		if (strlen(d->sources[i].path) == len && memcmp(d->sources[i].path, path, len) == 0)
			return source_read(&d->sources[i], d->root, YOSYS_FILE_MAX, out, NULL);
	return false;
}

static void read_stretch(const struct sim_job *d, const char *place, struct stretch *s)
{
	const char *colon = strrchr(place, ':');
	enum vlex_state state = VLEX_CODE;
	struct str whole = STR_INIT;
	struct slice rest;
	bool ended = false;

	*s = (struct stretch){ .text = STR_INIT, .place = place };
	s->path = colon ? (size_t)(colon - place) : 0;
	if (!colon || !read_path(d, place, s->path, &whole)) {
		str_free(&whole);
		return;
	}
	s->first = s->last = strtol(colon + 1, NULL, 10);
	rest = (struct slice){ str_cstr(&whole), whole.len };
	for (long n = 1; n < s->first; n++)
		slice_line(&rest);
	for (size_t off = 0; off < rest.n && !ended;) {
		struct vtoken t = vlex_next(rest.p, rest.n, off, &state);

		str_add(&s->text, rest.p + off, t.len);
		ended = t.kind == VTOKEN_SYMBOL && rest.p[off] == ';';
		off += t.len;
	}
	s->last += (long)str_count(str_cstr(&s->text), '\n');
	str_free(&whole);
}

static bool covers(const struct stretch *s, const char *place)
{
	const char *colon = strrchr(place, ':');
	long line = colon ? strtol(colon + 1, NULL, 10) : 0;

	return s->first && colon && (size_t)(colon - place) == s->path &&
	       memcmp(place, s->place, s->path) == 0 && line >= s->first && line <= s->last;
}

static bool mentions(const struct stretch *s, const char *name)
{
	enum vlex_state state = VLEX_CODE;

	for (size_t off = 0; off < s->text.len;) {
		struct vtoken t = vlex_next(s->text.data, s->text.len, off, &state);

		if (t.kind == VTOKEN_NAME && t.len == strlen(name) &&
		    memcmp(s->text.data + off, name, t.len) == 0)
			return true;
		off += t.len;
	}
	return false;
}

static void mark(struct prover_property *p, const char *name)
{
	if (p->unread)
		return;
	p->unread = true;
	free(p->why);
	p->why = str_fmt("%.100s is declared nowhere", name);
}

void yosys_undeclared_mark(const struct sim_job *design, const struct strv *names,
			   const struct strv *places, struct prover_report *report)
{
	size_t n = names->n ? report->n_properties : 0;
	struct stretch *v = mem_calloc(n + 1, sizeof(*v));

	for (size_t i = 0; i < n; i++)
		read_stretch(design, report->properties[i].name, &v[i]);
	for (size_t k = 0; k < names->n; k++) {
		bool of_assertion = false;

		for (size_t i = 0; i < n; i++) {
			if (!covers(&v[i], places->v[k]) &&
			    strcmp(report->properties[i].name, places->v[k]) != 0)
				continue;
			mark(&report->properties[i], names->v[k]);
			of_assertion = true;
		}
		for (size_t i = 0; i < n && of_assertion; i++)
			if (mentions(&v[i], names->v[k]))
				mark(&report->properties[i], names->v[k]);
	}
	for (size_t i = 0; i < n; i++)
		str_free(&v[i].text);
	free(v);
}
