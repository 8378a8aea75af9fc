/* A testbench's score (notices 18 of 20 mutants), stored with a hash of
 * everything it depends on. `sim` prints it with the verdict only while every
 * text is the one that was scored.
 */
#include "config.h"

#include "session/mutant/score.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/hash.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/option/remember.h"
#include "session/project/design.h"
#include "session/text/bytes.h"
#include "session/workbench/workbench.h"

#define TEXT_MAX (8u << 20) /* bytes of a source; for a longer one its size is hashed */

static void add_words(struct hash *h, const char *const *v)
{
	for (; v && *v; v++)
		hash_adds(h, *v);
	hash_adds(h, "");
}

static void add_source(struct hash *h, const char *root, const struct source *s)
{
	struct str text = STR_INIT;
	char *len;

	source_read(s, root, TEXT_MAX, &text, NULL);
	len = str_fmt("%zu", text.len);
	hash_adds(h, s->path);
	hash_adds(h, len);
	hash_add(h, str_cstr(&text), text.len);
	free(len);
	str_free(&text);
}

static void hash_design(const struct design *d, char hex[HASH_HEX + 1])
{
	struct hash *h = hash_new();

	add_words(h, d->job.defines);
	add_words(h, d->job.parameters);
	add_words(h, d->job.include_dirs);
	for (size_t i = 0; i < d->plusargs.n; i++)
		hash_adds(h, d->plusargs.v[i]);
	for (size_t i = 0; i < d->job.n; i++)
		add_source(h, d->job.root, &d->job.sources[i]);
	for (size_t i = 0; i < d->data.n; i++) {
		struct source data = { .path = d->data.files[i].path };

		add_source(h, d->job.root, &data);
	}
	hash_end(h, hex);
}

void score_words(const struct score *s, struct str *out)
{
	str_addf(out, " · notices %zu of %zu mutants", s->noticed, s->of);
	if (s->same)
		str_addf(out, ", %zu more mean%s the same", s->same, s->same == 1 ? "s" : "");
	if (s->possible > s->of + s->same)
		str_addf(out, ", chosen of %zu", s->possible);
}

bool score_note(struct workbench *w, const struct design *d, const char *testbench,
		const struct score *s, struct err *err)
{
	struct event e = { .type = EVENT_NOTE };
	char hex[HASH_HEX + 1];
	char *name = str_fmt("score %s", testbench), *value;
	struct str text = STR_INIT;
	bool ok;

	hash_design(d, hex);
	str_addf(&text, "%s notices %zu of %zu mutants (of texts %.16s)", testbench, s->noticed,
		 s->of, hex);
	e.note.text = (struct bytes){ text.data, text.len };
	ok = session_record(w->session, &e, NULL, err);
	value = str_fmt("%zu %zu %s %zu %zu", s->noticed, s->of, hex, s->possible, s->same);
	if (ok)
		remember_set(w->place.root, name, value);
	free(value);
	free(name);
	str_free(&text);
	return ok;
}

void score_print(struct workbench *w, const char *testbench, const char *path, struct str *out)
{
	char *name = str_fmt("score %s", testbench), *value = remember_get(w->place.root, name);
	struct project *p = value ? workbench_project(w, NULL) : NULL;
	char hex[HASH_HEX + 1], of_then[HASH_HEX + 1];
	struct score s = { 0 };
	struct design d;

	if (p && sscanf(value, "%zu %zu %64s %zu %zu", &s.noticed, &s.of, of_then, &s.possible,
			&s.same) >= 3) {
		design_init(&d, p, w->options, path, testbench);
		design_add_data(&d, p, w->options, path);
		hash_design(&d, hex);
		design_fini(&d);
		if (strcmp(hex, of_then) == 0)
			score_words(&s, out);
	}
	free(value);
	free(name);
}
