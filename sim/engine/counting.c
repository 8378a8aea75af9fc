/* Counters are put into copies in the stage, never into the user's files. If a design
 * does not build with them, the originals are restored and built: a verdict without a
 * count is better than none.
 */
#include "config.h"

#include "sim/engine/counting.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/text/name_map.h"
#include "sim/stage/initial.h"
#include "sim/stage/stage.h"

/* Adds the names of the files that the text includes, without their folders. True if one is
 * in a macro, and known to the preprocessor only: it may be any file. */
static bool add_includes(const struct str *text, struct name_map *names)
{
	static const char word[] = "`include";
	const char *p = str_cstr(text), *end = p + text->len, *from;
	bool any = false;

	while ((p = memmem(p, (size_t)(end - p), word, strlen(word))) != NULL) {
		p += strlen(word);
		while (p < end && isblank((unsigned char)*p))
			p++;
		any = any || (p < end && *p != '"' && *p != '<');
		for (from = p += p < end; p < end && !strchr("\">\n", *p); p++)
			if (*p == '/')
				from = p + 1;
		name_map_put(names, from, (size_t)(p - from), 0);
	}
	return any;
}

/* Which of the texts the tool reads: the first n_given, and those that they include. */
static void find_read(const struct counting *c, size_t n_given, bool *read)
{
	struct name_map names = NAME_MAP_INIT;
	bool any = false, more = true;

	for (size_t i = 0; i < n_given; i++) {
		read[i] = true;
		any |= add_includes(&c->texts[i], &names);
	}
	while (more) {
		more = false;
		for (size_t i = n_given; i < c->paths.n; i++) {
			const char *name = path_base(c->paths.v[i]);

			if (read[i] || !(any || name_map_has(&names, name, strlen(name))))
				continue;
			read[i] = more = true;
			any |= add_includes(&c->texts[i], &names);
		}
	}
	name_map_fini(&names);
}

void counting_init(struct counting *c, const struct stage *s, const struct strv *paths,
		   size_t n_given, const char *top, enum checks_engine engine)
{
	bool *read = mem_calloc(paths->n + 1, sizeof(*read));
	size_t left = COUNTING_MAX_BYTES;

	memset(c, 0, sizeof(*c));
	c->checks = checks_new();
	c->engine = engine;
	c->whole = true;
	c->texts = mem_calloc(paths->n + 1, sizeof(*c->texts));
	strv_addall(&c->paths, paths);
	for (size_t i = 0; i < paths->n && c->whole; i++) {

		c->whole =
			left > 0 && file_read_in(s->mirror, paths->v[i], left, &c->texts[i], NULL);
		left -= c->whole ? c->texts[i].len : 0;
	}
	find_read(c, n_given, read);
	for (size_t i = 0; i < paths->n && c->whole; i++)
		checks_add(c->checks, c->paths.v[i], str_cstr(&c->texts[i]),
			   read[i] ? c->texts[i].len : 0);
	free(read);
	checks_find(c->checks, top);
	checks_facts(c->checks, &c->facts);
}

/* "1ns/1ps" from "`timescale 1 ns / 1 ps", in at most len bytes of text. */
static void read_timescale(const char *text, size_t len, struct str *out)
{
	for (size_t i = 0;
	     i < len && text[i] != '\n' && !(i + 1 < len && text[i] == '/' && text[i + 1] == '/');
	     i++)
		if (!isspace((unsigned char)text[i]))
			str_addc(out, text[i]);
}

/* True for "#5", "# 5", "#(D", but not for "#(.W(8))", which is not a delay. */
static bool has_delay(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		size_t k = i + 1;

		while (text[i] == '#' && k < len && isspace((unsigned char)text[k]))
			k++;
		if (text[i] == '#' && k < len &&
		    (isdigit((unsigned char)text[k]) || text[k] == '`'))
			return true;
	}
	return false;
}

bool counting_timescales(const struct counting *c)
{
	struct str first = STR_INIT;
	bool differ = false, before = false;

	for (size_t i = 0; i < c->paths.n && c->whole && !differ; i++) {
		const char *p = str_cstr(&c->texts[i]), *end = p + c->texts[i].len, *at;

		for (; (at = memmem(p, (size_t)(end - p), "`timescale", 10)) && !differ; p = at) {
			struct str this = STR_INIT;

			before = before || (!first.len && has_delay(p, (size_t)(at - p)));
			at += 10;
			read_timescale(at, (size_t)(end - at), &this);
			differ = first.len && strcmp(str_cstr(&first), str_cstr(&this)) != 0;
			if (!first.len)
				str_addf(&first, "%s", str_cstr(&this));
			str_free(&this);
		}
		before = before || (!first.len && has_delay(p, (size_t)(end - p)));
	}
	differ = differ || (before && first.len);
	str_free(&first);
	return differ;
}

void counting_fini(struct counting *c)
{
	checks_free(c->checks);
	for (size_t i = 0; i < c->paths.n; i++)
		str_free(&c->texts[i]);
	free(c->texts);
	strv_free(&c->paths);
	memset(c, 0, sizeof(*c));
}

/* The path of the counts file is relative to the simulation's working directory. */
static bool write_support(const struct counting *c, const struct stage *s)
{
	struct strv name = STRV_INIT;
	struct str text = STR_INIT;
	bool ok;

	stage_add_product(s, COUNTING_COUNTS, &name);
	checks_support(c->checks, c->engine, name.v[0], &text);
	ok = !strpbrk(name.v[0], "\"\\%\n") &&
	     stage_write(s, c->engine == CHECKS_ICARUS ? COUNTING_ICARUS : COUNTING_VERILATOR,
			 text.data, text.len, NULL);
	str_free(&text);
	strv_free(&name);
	return ok;
}

bool counting_lay(struct counting *c, struct stage *s, enum lang lang)
{
	bool old = c->engine == CHECKS_ICARUS && lang != LANG_SV2017;
	bool ok = c->whole; /* a copy without a counter may still contain a repair */

	for (size_t i = 0; ok && i < c->paths.n; i++) {
		struct str copy = STR_INIT, moved = STR_INIT;
		bool counts = checks_instrument(c->checks, i, c->engine, &copy);
		const struct str *text = counts ? &copy : &c->texts[i];

		if (old && initial_move(str_cstr(text), text->len, &moved))
			text = &moved;
		if (text != &c->texts[i]) {
			ok = stage_replace(s, c->paths.v[i], str_cstr(text), text->len, NULL);
			c->changed = true;
		}
		c->laid |= counts;
		str_free(&moved);
		str_free(&copy);
	}
	if (ok && !c->laid) /* Icarus then reads the sources in their own language */
		return counting_lay_back(c, s, NULL);
	return ok && write_support(c, s);
}

bool counting_lay_back(struct counting *c, struct stage *s, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && c->changed && i < c->paths.n; i++)
		ok = stage_replace(s, c->paths.v[i], str_cstr(&c->texts[i]), c->texts[i].len, err);
	c->laid = c->laid && !ok;
	c->changed = c->changed && !ok;
	return ok;
}

void counting_read(const struct counting *c, const struct stage *s, struct checks_counted *out)
{
	struct str text = STR_INIT;

	*out = (struct checks_counted){ 0 };
	if (c->laid && checks_len(c->checks) > 0 &&
	    file_read_in(s->dir, COUNTING_COUNTS, COUNTING_MAX_BYTES, &text, NULL)) {
		stage_true_text(s, &text);
		checks_counted(c->checks, str_cstr(&text), text.len, out);
	}
	str_free(&text);
}
