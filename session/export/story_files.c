/* Files of a story: their text after each change, and the author of each line. */
#include "config.h"

#include "session/export/story_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/journal/provenance.h"
#include "session/model/redact.h"
#include "session/verilog/lang.h"

#define VERSIONS_MAX   400
#define VERSIONS_BYTES (4u << 20) /* of all versions together */

void story_text_fini(struct story_text *t)
{
	free(t->path);
	str_free(&t->text);
	str_free(&t->letters);
	strv_free(&t->authors);
}

static struct followed *find(const struct reader *rd, const char *path)
{
	for (size_t i = 0; i < rd->n_docs; i++)
		if (strcmp(rd->docs[i].path, path) == 0)
			return &rd->docs[i];
	return NULL;
}

static void lose(struct reader *rd, const char *path, const char *why)
{
	char *said = str_fmt("%s: %s", path, why);
	struct str clean = STR_INIT;

	redact_text(rd->r, said, strlen(said), &clean);
	strv_add_once(&rd->story->lost, str_cstr(&clean));
	str_free(&clean);
	free(said);
}

static void drop(struct followed *f)
{
	provenance_free(f->p);
	f->p = NULL;
}

static void copy(struct reader *rd, const struct followed *f, struct story_text *out)
{
	size_t len;
	const char *text = provenance_text(f->p, &len);
	struct str path = STR_INIT;

	redact_text(rd->r, f->path, strlen(f->path), &path);
	out->path = str_take(&path);
	out->moment = rd->story->n_moments ? rd->story->n_moments - 1 : 0;
	redact_lines(rd->r, text, len, &out->text);
	for (size_t i = 0; i < provenance_lines(f->p); i++) {
		struct author a = provenance_line(f->p, i);
		struct str who = STR_INIT, clean = STR_INIT;

		str_addc(&out->letters, author_letter(&rd->state, a));
		author_print(&rd->state, a, &who);
		redact_text(rd->r, str_cstr(&who), who.len, &clean);
		strv_add(&out->authors, str_cstr(&clean));
		str_free(&who);
		str_free(&clean);
	}
}

static void keep_version(struct reader *rd)
{
	struct story *s = rd->story;
	const struct followed *f = rd->changed ? find(rd, rd->changed) : NULL;
	size_t len = 0;

	free(rd->changed);
	rd->changed = NULL;
	if (!f || !f->p)
		return;
	provenance_text(f->p, &len);
	if (s->n_versions == VERSIONS_MAX || rd->kept + len > VERSIONS_BYTES) {
		s->versions_left_out = true;
		return;
	}
	rd->kept += len;
	MEM_ROOM(s->versions, s->n_versions, s->cap_versions);
	s->versions[s->n_versions] = (struct story_text){ 0 };
	copy(rd, f, &s->versions[s->n_versions++]);
}

void story_files_before(struct reader *rd, const struct event *e)
{
	if (e->type != EVENT_BASE && e->type != EVENT_EDIT && e->type != EVENT_PIECE)
		keep_version(rd);
	if (e->type == EVENT_EDIT && rd->changed && strcmp(rd->changed, e->edit.path) != 0)
		keep_version(rd);
}

/* A base is recorded after the first edit, and after edits of other documents made
 * together with it: only now is there a version to keep. */
static void begin(struct reader *rd, const struct event *e)
{
	const struct doc *d = state_doc(&rd->state, e->base.path);
	struct followed *f = find(rd, e->base.path);
	struct str base = STR_INIT;
	struct err why = { 0 };

	if (!f) {
		MEM_ROOM(rd->docs, rd->n_docs, rd->cap_docs);
		f = &rd->docs[rd->n_docs++];
		*f = (struct followed){ .path = mem_strdup(e->base.path) };
	}
	drop(f);
	f->stale = false;
	if (!d->base_kept)
		lose(rd, d->path, "too large: its lines are not recorded");
	else if (!rd->blobs->get(rd->blobs->ctx, d->base_hash, &base, &why))
		lose(rd, d->path, why.text);
	else if (!(f->p = provenance_new(&rd->state, d, d->current, str_cstr(&base), base.len)))
		lose(rd, d->path, "its edits do not fit its first text");
	if (f->p && d->current) {
		if (rd->changed && strcmp(rd->changed, d->path) != 0)
			keep_version(rd);
		free(rd->changed);
		rd->changed = mem_strdup(d->path);
	}
	str_free(&base);
}

static void follow(struct reader *rd, const char *path)
{
	const struct doc *d = state_doc(&rd->state, path);
	struct followed *f = find(rd, path);

	if (f && f->stale) { /* its new base is not recorded yet */
		drop(f);
	} else if (f && f->p && !provenance_follow(f->p, &rd->state, d)) {
		lose(rd, path, "its edits do not fit its text");
		drop(f);
	}
	free(rd->changed);
	rd->changed = mem_strdup(path);
}

bool story_files_differ(const struct reader *rd, const char *path, const char *hash)
{
	const struct followed *f = find(rd, path);
	char recorded[HASH_HEX + 1];
	const char *text;
	size_t len;

	if (!f || !f->p)
		return false;
	text = provenance_text(f->p, &len);
	hash_text(text, len, recorded);
	return strcmp(hash, recorded) != 0;
}

void story_files_after(struct reader *rd, const struct event *e)
{
	struct followed *f;

	switch (e->type) {
	case EVENT_BASE:
		begin(rd, e);
		break;
	case EVENT_EDIT:
		follow(rd, e->edit.path);
		break;
	case EVENT_RENAME:
		follow(rd, e->rename.to);
		keep_version(rd);
		follow(rd, e->rename.path);
		break;
	case EVENT_REMOVE:
		follow(rd, e->remove.path);
		break;
	case EVENT_GOTO:
		follow(rd, e->go.path);
		break;
	case EVENT_OPEN: /* a different text than the known one: start anew */
		f = find(rd, e->open.path);
		if (f)
			f->stale = state_doc(&rd->state, e->open.path)->n_nodes == 1;
		break;
	default:
		break;
	}
}

void story_files_end(struct reader *rd)
{
	struct story *s = rd->story;

	keep_version(rd);
	for (size_t i = 0; i < rd->n_docs; i++) {
		const struct doc *d = state_doc(&rd->state, rd->docs[i].path);

		if (!rd->docs[i].p || !d)
			continue;
		if (rd->docs[i].stale)
			lose(rd, d->path,
			     "another program changed it later; shown as the session last knew it");
		MEM_ROOM(s->files, s->n_files, s->cap_files);
		s->files[s->n_files] = (struct story_text){ .unsaved = doc_unsaved(d) };
		copy(rd, &rd->docs[i], &s->files[s->n_files++]);
	}
}

void story_files_fini(struct reader *rd)
{
	for (size_t i = 0; i < rd->n_docs; i++) {
		drop(&rd->docs[i]);
		free(rd->docs[i].path);
	}
	free(rd->docs);
	free(rd->changed);
}

bool story_edited(const struct story *s, size_t from, size_t to)
{
	for (size_t i = 0; i < s->n_versions; i++) {
		const struct story_text *v = &s->versions[i];

		if (v->moment > from && v->moment <= to && lang_file(v->path) != LANG_FILE_OTHER)
			return true;
	}
	for (size_t i = from + 1; s->versions_left_out && i <= to && i < s->n_moments; i++)
		if (s->moments[i].type == EVENT_EDIT)
			return true;
	return false;
}
