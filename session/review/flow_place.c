/* From an answer to suggestions: parses it, places it in the project, records it,
 * and replaces earlier suggestions for the same request. answer_place() knows no
 * project and asks through a struct of functions; here they use the workbench: the
 * text of an open file is the one on the screen. What was refused is returned as
 * sentences.
 */
#include "config.h"

#include "session/review/flow_place.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/review/flow_replace.h"
#include "session/review/flow_suggest.h"
#include "session/text/slice.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

void place_result_fini(struct place_result *r)
{
	free(r->suggestions);
	free(r->thin);
	strv_free(&r->refused);
	strv_free(&r->notes);
	strv_free(&r->taken);
	strv_free(&r->taken_in);
	memset(r, 0, sizeof(*r));
}

struct placing {
	struct workbench *w;
	const struct project *p;
	const struct strv *unseen, *about;
};

static bool place_read(void *ctx, const char *path, struct str *out)
{
	struct placing *pl = ctx;

	return workbench_read(pl->w, path, out);
}

static bool place_exists(void *ctx, const char *path)
{
	struct placing *pl = ctx;
	char *full = str_fmt("%s/%s", pl->w->place.root, path);
	bool yes = file_exists(full);

	free(full);
	return yes;
}

static const char *place_module(void *ctx, const char *module)
{
	struct placing *pl = ctx;
	size_t others = 0;
	const struct project_file *f = project_module(pl->p, module, &others);

	return !f ? NULL : others ? "" : f->path;
}

static const char *place_meant(void *ctx, const char *module)
{
	struct placing *pl = ctx;
	const struct project_file *found = NULL;

	for (size_t i = 0; pl->about && i < pl->about->n; i++) {
		const struct project_file *f = project_find(pl->p, pl->about->v[i]);

		if (!f || f == found || !project_file_defines(f, module))
			continue;
		if (found)
			return NULL;
		found = f;
	}
	return found ? found->path : NULL;
}

static size_t place_named(void *ctx, const char *base_name, const char **one)
{
	struct placing *pl = ctx;
	const char *asked = NULL;
	size_t n = 0, n_asked = 0;

	for (size_t i = 0; i < project_files(pl->p); i++) {
		const struct project_file *f = project_file(pl->p, i);

		if (strcmp(path_base(f->path), base_name) != 0)
			continue;
		*one = f->path;
		n++;
		if (pl->about && strv_has(pl->about, f->path)) {
			asked = f->path;
			n_asked++;
		}
	}
	if (n_asked == 1)
		*one = asked;
	return n_asked == 1 ? 1 : n;
}

static const char *place_at(void *ctx, size_t i)
{
	struct placing *pl = ctx;

	return i < project_files(pl->p) ? project_file(pl->p, i)->path : NULL;
}

static char *place_inside(void *ctx, const char *path)
{
	struct placing *pl = ctx;
	const char *home = getenv("HOME");
	char *rel = NULL, *full = str_starts(path, "~/") && home ? str_fmt("%s%s", home, path + 1)
								 : mem_strdup(path);
	bool ok = workplace_name(&pl->w->place, full, &rel, NULL);

	free(full);
	return ok ? rel : NULL;
}

static bool place_seen(void *ctx, const char *path)
{
	struct placing *pl = ctx;

	return !pl->unseen || !strv_has(pl->unseen, path);
}

/* Extension for new files; NULL if unknown. */
static const char *extension(const struct placing *pl)
{
	bool any = pl->w->options->language[0] != '\0';

	for (size_t i = 0; i < project_files(pl->p) && !any; i++)
		any = str_ends(project_file(pl->p, i)->path, ".v") ||
		      str_ends(project_file(pl->p, i)->path, ".sv");
	return any ? project_extension(pl->p, design_lang(pl->p, pl->w->options)) : NULL;
}

static bool record_suggestion(struct session *s, const struct placed *pl,
			      const struct place_request *r, uint64_t group, uint64_t *n,
			      struct err *err)
{
	struct proposed p = { .ask = r->ask,
			      .group = group,
			      .path = pl->path,
			      .by = r->by,
			      .new_file = pl->new_file,
			      .incomplete = pl->cut,
			      .removes = pl->removes,
			      .moves = pl->moves,
			      .base = { pl->base, pl->base_len },
			      .text = { pl->proposed, pl->proposed_len } };

	return flow_suggest(s, &p, n, err);
}

static void place_parts(struct placing *pl, const struct answer_parts *parts,
			const char *forced_path, struct placement *out)
{
	struct answer_project ap = {
		.ctx = pl,
		.read = place_read,
		.exists = place_exists,
		.file_of_module = place_module,
		.meant = place_meant,
		.files_named = place_named,
		.file_at = place_at,
		.inside = place_inside,
		.seen = place_seen,
		.rtl_dir = project_rtl_dir(pl->p),
		.tb_dir = project_tb_dir(pl->p),
		.extension = extension(pl),
		.forced_path = forced_path,
		.file_option = pl->w->screen ? "/ask --file" : NULL,
	};

	answer_place(parts, &ap, out);
}

static void list_taken(const struct answer_parts *parts, const struct placement *places,
		       struct place_result *out)
{
	for (size_t i = 0; i < parts->n; i++) {
		struct str text = STR_INIT;

		if (!places->taken[i])
			continue;
		answer_part_print(&parts->v[i], &text);
		strv_give(&out->taken, str_take(&text));
		strv_add(&out->taken_in, places->taken[i]);
	}
}

/* Marks where the answer was cut off: in its last block, or in the text after it. */
static void mark_cut(struct answer_parts *parts)
{
	struct answer_part *last = parts->n ? &parts->v[parts->n - 1] : NULL;

	if (last && last->kind != PART_PROSE && last->kind != PART_REASONING)
		last->cut = true;
	parts->cut = true;
}

/* An answer whose last fence is open, and of which nobody says that it is all, may be cut off
 * behind a whole module. The other files may need what is missing. */
static void doubt_unclosed(const struct answer_parts *parts, struct placement *places)
{
	const char *path = parts->n ? places->taken[parts->n - 1] : NULL;

	for (size_t i = 0; path && i < places->n; i++) {
		places->v[i].thin = true;
		if (strcmp(places->v[i].path, path) != 0)
			continue;
		strv_addf(&places->notes,
			  "%s: the last block of the answer is not closed, so it may be cut off: "
			  "look at its end; it is not applied unasked",
			  path);
	}
}

/* True if a file shows by itself that the answer was cut off. */
static bool any_cut(const struct placement *places)
{
	for (size_t i = 0; i < places->n; i++)
		if (places->v[i].cut)
			return true;
	return false;
}

/* True for a text that the file has already. */
static bool is_unchanged(const struct placed *p)
{
	return !p->moves && !p->new_file && p->base_len == p->proposed_len &&
	       memcmp(p->base, p->proposed, p->base_len) == 0;
}

/* Says what an answer without a suggestion has instead, so that it does not look like one that
 * proposes no change. */
static void say_nothing_placed(const struct answer_parts *parts, const struct placement *places,
			       const struct place_request *r, struct place_result *out)
{
	if (parts->n == 0 && !slice_blank((struct slice){ r->text, r->len }))
		strv_add(&out->refused, "the answer has a block with nothing in it: ask again");
	else if (places->n == 0 && places->n_refused == 0 && answer_unread(parts))
		strv_add(&out->refused,
			 parts->cut
				 ? "the answer breaks off within a call of a tool: ask again, or "
				   "for a diff"
				 : "the answer has a call of a tool, or a change in a form "
				   "that is not read: ask for a diff, or for the whole file");
	else if (places->n == 0 && places->n_refused == 0 && r->forced_path)
		strv_addf(&out->refused,
			  "the answer has nothing that could go into %s: ask for the whole file",
			  r->forced_path);
}

bool flow_place(struct workbench *w, const struct place_request *r, struct place_result *out,
		struct err *err)
{
	struct project *p = workbench_project(w, err);
	struct placing pl = { w, p, r->unseen, r->about };
	struct answer_parts parts;
	struct placement places;
	bool ok = p != NULL;

	memset(out, 0, sizeof(*out));
	if (!p)
		return false;
	answer_parse(r->text, r->len, &parts);
	if (r->cut)
		mark_cut(&parts);
	place_parts(&pl, &parts, r->forced_path, &places);
	if (parts.unclosed && !parts.cut && !r->done)
		doubt_unclosed(&parts, &places);
	list_taken(&parts, &places, out);
	out->cut = parts.cut;
	out->suggestions = mem_calloc(places.n, sizeof(*out->suggestions));
	out->thin = mem_calloc(places.n, sizeof(*out->thin));
	for (size_t i = 0; ok && i < places.n; i++) {
		if (is_unchanged(&places.v[i])) {
			report_note(&w->out, "%s: the answer is what the file holds already",
				    places.v[i].path);
			continue;
		}
		ok = record_suggestion(w->session, &places.v[i], r,
				       out->n ? out->suggestions[0] : 0, &out->suggestions[out->n],
				       err);
		out->thin[out->n] = places.v[i].thin;
		out->n += ok;
	}
	for (size_t i = 0; ok && i < out->n; i++)
		ok = flow_replace_earlier(w->session, out->suggestions[i], err);
	for (size_t i = 0; i < places.n_refused; i++)
		strv_add(&out->refused, places.refused[i].why);
	strv_addall(&out->notes, &places.notes);
	if (out->n && parts.cut && !r->cut && !any_cut(&places))
		strv_add(&out->notes, "the answer breaks off: more changes may have been to come");
	say_nothing_placed(&parts, &places, r, out);
	placement_fini(&places);
	answer_parts_fini(&parts);
	return ok;
}
