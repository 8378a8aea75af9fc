/* Each code part raises three questions: which file (by its name, then by what it
 * defines, then a new one), what is the current text of that file (the project's,
 * or the result of an earlier part of this answer), and how does the part change
 * it. The first question without a certain answer ends in a refusal.
 */
#include "config.h"

#include "session/answer/answer.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_drops.h"
#include "session/answer/answer_edit.h"
#include "session/answer/answer_inner.h"
#include "session/answer/answer_loss.h"
#include "session/answer/answer_merge.h"
#include "session/answer/answer_name.h"
#include "session/answer/answer_prose.h"
#include "session/answer/answer_stray.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/end_marks.h"
#include "session/text/patch.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

/* What the parts are */

static void look(struct placer *p)
{
	for (size_t i = 0; i < p->parts->n; i++) {
		const struct answer_part *part = &p->parts->v[i];
		struct shape *s = &p->shapes[i];

		if (!part_is_code(part))
			continue;
		s->blank = slice_blank(part_text(part));
		if (part->kind == PART_CODE && !part_is_foreign(part))
			voutline_init(&s->outline, part->text, part->len);
		for (size_t k = 0; k < s->outline.n; k++)
			s->units += unit_counts(&s->outline, &s->outline.modules[k]);
		p->wholes += part->kind != PART_CODE || (s->units > 0 && !part->cut);
	}
}

/* The resulting text */

static struct placed *open_file(struct placer *p, const char *path)
{
	struct placed *f = placer_find(p, path);
	struct str base = STR_INIT;
	size_t i = p->out->n;

	if (f)
		return f;
	MEM_ROOM(p->out->v, i, p->cap);
	MEM_ROOM(p->given, i, p->given_cap);
	f = &p->out->v[i];
	p->given[i] = STRV_INIT;
	p->out->n++;
	*f = (struct placed){ .path = mem_strdup(path) };
	f->new_file = !p->project->read(p->project->ctx, path, &base);
	if (f->new_file)
		str_clear(&base);
	f->base_len = base.len;
	f->base = str_take(&base);
	f->proposed = mem_strndup(f->base, f->base_len);
	f->proposed_len = f->base_len;
	return f;
}

/* Drops a file that no part changed in the end. */
static void close_file(struct placer *p, struct placed *f, bool fresh)
{
	if (!fresh)
		return;
	free(f->path);
	free(f->moves);
	free(f->base);
	free(f->proposed);
	strv_free(&p->given[--p->out->n]);
}

static bool has_conflict(struct slice code)
{
	while (code.n)
		if (edit_conflict_starts(slice_line(&code)))
			return true;
	return false;
}

/* The first mark of an edit, as a line, or of a model's template in the code, outside of
 * comments and strings; empty: there is none. */
static struct slice mark_in(struct slice code)
{
	enum vlex_state state = VLEX_CODE;

	while (code.n) {
		struct slice line = slice_line(&code);

		if (state == VLEX_CODE && edit_is_mark(line))
			return slice_trim(line);
		for (size_t at = 0; at < line.n;) {
			bool in_code = state == VLEX_CODE;
			struct vtoken t = vlex_next(line.p, line.n, at, &state);

			if (in_code && end_marks_token(slice_from(line, at)))
				return slice_trim(slice_from(line, at));
			at += t.len ? t.len : 1;
		}
	}
	return slice_from(code, code.n);
}

/* An edit with two dividers leaves one of them in the file, a gutter its signs. */
static bool no_marks(const struct placed *f, const struct str *out, struct err *err)
{
	struct slice base = { f->base, f->base_len }, now = { str_cstr(out), out->len };
	struct slice mark, stray;
	bool included = name_is_header(slice_of(f->path));

	if (!name_is_verilog(slice_of(f->path)))
		return true;
	mark = mark_in(now);
	if (mark.n && !mark_in(base).n)
		return err_set(err, ERR_CONFLICT,
			       "the change to %s would leave a mark in it that is no code (%.*s): "
			       "ask for it "
			       "again",
			       f->path, (int)(mark.n < 40 ? mark.n : 40), mark.p);
	stray = stray_token(now, included);
	if (stray.n == 0 || stray_token(base, included).n)
		return true;
	stray.n = (size_t)(now.p + now.n - stray.p);
	stray = slice_chomp(slice_line(&stray));
	return err_set(
		err, ERR_CONFLICT,
		"the change to %s would leave in it what is no code, '%.*s': ask for it again",
		f->path, (int)(stray.n < 40 ? stray.n : 40), stray.p);
}

static bool may_be_file(const struct placer *p, size_t i, const struct placed *f, struct err *err)
{
	const struct shape *s = &p->shapes[i];
	const struct answer_part *part = &p->parts->v[i];
	struct slice path = slice_of(f->path);

	if (s->blank)
		return err_set(err, ERR_CONFLICT, "the block for %s is empty", f->path);
	if (has_conflict(part_text(part)))
		return err_set(err, ERR_CONFLICT,
			       "the block for %s has the marks of a conflict (<<<<<<<, >>>>>>>) in "
			       "it: ask for the "
			       "file without them",
			       f->path);
	if (placer_excerpt(p, i))
		return err_set(err, ERR_CONFLICT, "the block for %s breaks off within a module",
			       f->path);
	if (s->units || !name_is_verilog(path) || name_is_header(path) || f->base_len || s->forced)
		return true; /* for an existing file answer_merge() judges */
	if (answer_only_directives(part_text(part)))
		return true;
	return err_set(err, ERR_CONFLICT, "the block for %s is a fragment without a module",
		       f->path);
}

/* Added lines alone do not say that they are all of a file. A suggestion has no empty files. */
static bool added_is_file(const struct placed *f, struct slice diff, const struct str *out,
			  struct err *err)
{
	struct slice path = slice_of(f->path), text = { str_cstr(out), out->len };
	struct voutline o = { 0 };
	bool yes;

	if (f->new_file && out->len == 0)
		return err_set(err, ERR_CONFLICT, "the change for %s has no lines", f->path);
	if (f->proposed_len || !diff_only_adds(diff) || !name_is_verilog(path) ||
	    name_is_header(path) || answer_only_directives(text))
		return true;
	voutline_init(&o, text.p, text.n);
	yes = o.n || err_set(err, ERR_CONFLICT, "the block for %s is a fragment without a module",
			     f->path);
	voutline_fini(&o);
	return yes;
}

static bool given_before(const struct placer *p, size_t i, const struct placed *f)
{
	const struct voutline *o = &p->shapes[i].outline;
	const struct strv *given = &p->given[f - p->out->v];

	for (size_t k = 0; k < o->n; k++)
		if (strv_has(given, o->modules[k].name))
			return true;
	return false;
}

static bool no_lines(struct slice diff)
{
	while (diff.n) {
		struct slice line = slice_line(&diff);

		if (!slice_starts(line, "--- ") && !slice_starts(line, "+++ ") &&
		    !slice_starts(line, "diff ") && !slice_blank(line))
			return false;
	}
	return true;
}

static bool no_hunks(struct slice diff)
{
	while (diff.n)
		if (slice_starts(slice_line(&diff), "@@"))
			return false;
	return true;
}

/* A block cannot replace a file that the model did not see completely. An edit that
 * quotes its lines can change it, and so can a block that only continues at the end
 * of the file. */
static bool may_replace(const struct placer *p, size_t i, const struct placed *f, struct err *err)
{
	const struct answer_project *project = p->project;

	if (f->new_file || !project->seen || project->seen(project->ctx, f->path) ||
	    answer_continues((struct slice){ f->proposed, f->proposed_len },
			     part_text(&p->parts->v[i])))
		return true;
	return err_set(
		err, ERR_CONFLICT,
		"the model was not sent all of %s, so a block cannot replace it: ask for a diff, "
		"or raise prompt.budget",
		f->path);
}

static bool only_code(const struct placer *p, size_t i, const struct placed *f, struct err *err)
{
	const struct answer_part *part = &p->parts->v[i];
	struct slice path = slice_of(f->path), said = { f->path, 0 };

	if (name_is_verilog(path) && !part_is_foreign(part))
		said = prose_within(part_text(part), (struct slice){ f->base, f->base_len });
	return said.n == 0 ||
	       err_set(err, ERR_CONFLICT,
		       "the block for %s has a sentence in its code, '%.*s': ask for the file "
		       "without it",
		       f->path, said.n < 80 ? (int)said.n : 80, said.p);
}

static void say_how(struct placer *p, const char *path, enum patch_how how)
{
	if (how != PATCH_AS_IS)
		placer_note(p, "%s: the change was not quoted as the file has it: %s", path,
			    patch_how_text(how));
}

static bool put_in(const struct placer *p, size_t i, const struct placed *f, struct str *out,
		   struct err *err)
{
	const struct answer_part *part = &p->parts->v[i];
	const struct voutline *o = &p->shapes[i].outline;
	struct slice now = { f->proposed, f->proposed_len };
	struct slice code = answer_without_label(part_text(part), now, f->path);
	bool adds = part->adds || placer_before(p, i, f); /* not instead of an earlier block */

	code = answer_without_margin(code, now);
	return adds ? answer_append(f->path, now, code, o, out, err)
		    : answer_merge(f->path, now, code, o, out, err);
}

static bool change(struct placer *p, size_t i, const struct placed *f, struct str *out,
		   struct err *err)
{
	const struct answer_part *part = &p->parts->v[i];
	struct slice now = { f->proposed, f->proposed_len };
	enum patch_how how = PATCH_AS_IS;
	enum diff_purpose purpose;

	if (part->kind == PART_CODE)
		return may_be_file(p, i, f, err) && may_replace(p, i, f, err) &&
		       put_in(p, i, f, out, err) && only_code(p, i, f, err);
	if (part->kind == PART_EDIT && part->cut && (part->len == 0 || i + 1 < p->parts->n))
		return err_set(err, ERR_CONFLICT, "the change to %s breaks off before its end",
			       f->path);
	if (part->kind == PART_EDIT) {
		if (!(part->all ? patch_replace_all : patch_replace)(now.p, now.n, part->search,
								     part->search_len, part->text,
								     part->len, out, &how, err))
			return err_prefix(err, "change %s", f->path);
		say_how(p, f->path, how);
		return true;
	}
	purpose = diff_purpose(part_text(part));
	if (no_hunks(part_text(part)) && (purpose == DIFF_RENAMES || purpose == DIFF_COPIES))
		return str_add(out, now.p, now.n), true;
	if (purpose == DIFF_DELETES && no_lines(part_text(part)))
		return true; /* "*** Delete File:" quotes no lines */
	if (purpose == DIFF_CREATES && now.n)
		return err_set(err, ERR_CONFLICT, "the diff creates %s, which already exists",
			       f->path);
	if (!patch_apply(now.p, now.n, part->text, part->len, out, &how, err) ||
	    (purpose == DIFF_DELETES && out->len &&
	     !err_set(err, ERR_CONFLICT, "the diff deletes it, but has not all of its lines")))
		return err_prefix(err, "change %s", f->path);
	say_how(p, f->path, how);
	return added_is_file(f, part_text(part), out, err);
}

static void look_for_drops(struct placer *p, struct placed *f)
{
	struct str what = STR_INIT;

	if (name_is_verilog(slice_of(f->path)) &&
	    answer_drops((struct slice){ f->base, f->base_len },
			 (struct slice){ f->proposed, f->proposed_len }, &what)) {
		f->thin = true;
		placer_note(p,
			    "%s: %s: look whether the answer left something out; it is not "
			    "applied unasked",
			    f->path, str_cstr(&what));
	}
	str_free(&what);
}

/* For a block that replaces a whole file or module. */
static void look_for_loss(struct placer *p, size_t i, struct placed *f)
{
	struct slice was = { f->base, f->base_len }, now = { f->proposed, f->proposed_len };
	struct str said = STR_INIT;
	struct loss l;

	if (p->parts->v[i].kind != PART_CODE || f->thin || f->base_len == 0 || p->parts->v[i].cut)
		return;
	if (!answer_loses_most(f->path, was, now, &l)) {
		look_for_drops(p, f);
		return;
	}
	f->thin = true;
	answer_loss_say(f->path, &l, &said);
	placer_note(p, "%s", str_cstr(&said));
	str_free(&said);
}

/* The last line of an answer has no newline; that of a file has, unless it had none before. */
static void end_last_line(const struct answer_part *part, const struct placed *f, struct str *text)
{
	bool open = f->base_len && f->base[f->base_len - 1] != '\n';

	if (part->kind != PART_DIFF && !part->cut && !open && text->len &&
	    text->data[text->len - 1] != '\n')
		str_adds(text, patch_is_crlf(f->base, f->base_len) ? "\r\n" : "\n");
}

static void adopt(struct placer *p, size_t i, struct placed *f, struct str *text)
{
	const struct answer_part *part = &p->parts->v[i];
	const struct voutline *o = &p->shapes[i].outline;

	end_last_line(part, f, text);
	p->out->taken[p->origin[i]] = f->path;
	free(f->proposed);
	f->proposed_len = text->len;
	f->proposed = str_take(text);
	f->cut |= part->cut;
	f->removes = part->kind == PART_DIFF && diff_purpose(part_text(part)) == DIFF_DELETES;
	look_for_loss(p, i, f);
	if (f->removes && no_lines(part_text(part))) {
		f->thin = true;
		placer_note(p, "%s: to be deleted, without its lines; it is not done unasked",
			    f->path);
	}
	for (size_t k = 0; k < o->n; k++)
		strv_add(&p->given[f - p->out->v], o->modules[k].name);
}

/* Renames and copies. Both names are in the diff; nothing is guessed. */

static char *old_name(struct placer *p, size_t i)
{
	struct slice old = diff_old_path(part_text(&p->parts->v[i]));
	char *name = name_normalize(old), *path = placer_clean(p, i, name, false);

	free(name);
	return path;
}

/* True if git's header says so, or if of two names the first is a file and the
 * second is not. */
static bool moves(const struct placer *p, size_t i, enum diff_purpose *purpose)
{
	const struct answer_part *part = &p->parts->v[i];
	struct slice old = part->kind == PART_DIFF ? diff_old_path(part_text(part))
						   : (struct slice){ part->text, 0 };
	char *from;
	bool yes;

	if (old.n == 0 || !part->path || p->shapes[i].forced)
		return false;
	*purpose = diff_purpose(part_text(part));
	if (*purpose != DIFF_CHANGES)
		return true;
	*purpose = DIFF_RENAMES;
	from = name_normalize(old);
	yes = strcmp(from, part->path) != 0 && placer_known(p, from) &&
	      !placer_known(p, part->path);
	free(from);
	return yes;
}

static bool may_move(struct placer *p, size_t i, const char *from, const char *to)
{
	const struct placed *f = placer_find(p, from);

	if (!placer_known(p, from) || (f && f->new_file))
		return placer_refuse(p, i, "there is no %s that could become %s", from, to);
	if (placer_known(p, to))
		return placer_refuse(p, i, "%s already exists: %s is not renamed to it", to, from);
	return !(f && f->moves) || placer_refuse(p, i, "%s gets two names in one answer", from);
}

/* A new file that begins as a copy of another one. */
static void place_copy(struct placer *p, size_t i, const char *from, const char *to)
{
	struct placed was = { .path = (char *)from }, *f = placer_find(p, from);
	struct str base = STR_INIT, text = STR_INIT;
	struct err err;

	if (!f && !p->project->read(p->project->ctx, from, &base)) {
		placer_refuse(p, i, "%s cannot be read", from);
		return;
	}
	was.proposed = f ? f->proposed : (char *)str_cstr(&base);
	was.proposed_len = f ? f->proposed_len : base.len;
	if (change(p, i, &was, &text, &err))
		adopt(p, i, open_file(p, to), &text);
	else
		placer_refuse(p, i, "%s", err.text);
	str_free(&text);
	str_free(&base);
}

static void place_move(struct placer *p, size_t i, enum diff_purpose purpose)
{
	char *from = old_name(p, i),
	     *to = from ? placer_clean(p, i, p->parts->v[i].path, false) : NULL;
	struct str text = STR_INIT;
	struct placed *f;
	struct err err;
	bool fresh;

	if (!to || !may_move(p, i, from, to))
		goto out;
	if (purpose == DIFF_COPIES) {
		place_copy(p, i, from, to);
		goto out;
	}
	fresh = !placer_find(p, from);
	f = open_file(p, from);
	if (f->new_file) {
		placer_refuse(p, i, "%s cannot be read", from);
		close_file(p, f, fresh);
	} else if (!change(p, i, f, &text, &err)) {
		placer_refuse(p, i, "%s", err.text);
		close_file(p, f, fresh);
	} else {
		adopt(p, i, f, &text);
		f->moves = to;
		to = NULL;
	}
out:
	str_free(&text);
	free(from);
	free(to);
}

/* A module that the answer contains twice: "before" and "after", one of which
 * equals the file, or a first attempt and its correction. */
static void place_again(struct placer *p, size_t i, struct placed *f, struct str *text)
{
	struct slice base = { f->base, f->base_len }, now = { f->proposed, f->proposed_len };
	struct slice fresh = { text->data, text->len };

	if (version_is_old(base, now, fresh)) {
		adopt(p, i, f, text);
	} else if (version_same_text(fresh, now) || version_is_old(base, fresh, now)) {
		p->out->taken[p->origin[i]] = f->path;
	} else if (answer_corrects(p->parts, i) || placer_replaces(p, i, f)) {
		adopt(p, i, f, text);
		placer_note(p,
			    "%s: the answer gives it twice and corrects the first version; the "
			    "later one is shown",
			    f->path);
	} else {
		f->thin |= !answer_offers_choice(p->parts, i) ||
			   answer_is_other_way(p->parts, placer_before(p, i, f) - 1);
		placer_refuse(p, i,
			      "the answer gives %s twice, in different versions; only the first "
			      "is shown%s",
			      f->path, f->thin ? ", and not applied unasked" : "");
	}
}

/* A change of the file as it was that leads to what an earlier part has made of it: the answer
 * shows the same twice, as a file and as a diff. */
static bool is_restated(struct placer *p, size_t i, const struct placed *f)
{
	struct slice base = { f->base, f->base_len }, now = { f->proposed, f->proposed_len };
	struct placed was = *f;
	struct str text = STR_INIT;
	size_t notes = p->out->notes.n;
	bool same;

	if (p->parts->v[i].kind == PART_CODE || version_same_text(base, now))
		return false;
	was.proposed = f->base;
	was.proposed_len = f->base_len;
	same = change(p, i, &was, &text, NULL) &&
	       version_same_code((struct slice){ str_cstr(&text), text.len }, now);
	while (p->out->notes.n > notes)
		free(p->out->notes.v[--p->out->notes.n]);
	str_free(&text);
	return same;
}

static void place(struct placer *p, size_t i)
{
	enum diff_purpose purpose = DIFF_CHANGES;
	bool move = moves(p, i, &purpose);
	char *path = move ? NULL : placer_which(p, i);
	struct str text = STR_INIT;
	struct placed *f;
	struct err err;
	bool fresh, again;

	if (move)
		place_move(p, i, purpose);
	if (!path)
		return;
	fresh = !placer_find(p, path);
	f = open_file(p, path);
	if (f->new_file && p->project->exists(p->project->ctx, path)) {
		placer_refuse(p, i, "%s cannot be read", path);
		close_file(p, f, fresh);
		free(path);
		return;
	}
	if (placer_repeats(p, i, f)) {
		p->out->taken[p->origin[i]] = f->path;
		goto out;
	}
	again = given_before(p, i, f);
	if (!again && placer_other_way(p, i, f))
		goto out;
	if (!change(p, i, f, &text, &err) || !no_marks(f, &text, &err)) {
		bool block = p->parts->v[i].kind == PART_CODE;

		if (is_restated(p, i, f)) {
			p->out->taken[p->origin[i]] = f->path;
			goto out;
		}
		if (block)
			placer_refuse(p, i, "%s; %s PATH names another file", err.text,
				      placer_file_option(p));
		else
			placer_refuse(p, i, "%s", err.text);
		if (!block)
			strv_add(&p->failed, path);
		close_file(p, f, fresh);
	} else if (again) {
		place_again(p, i, f, &text);
	} else {
		adopt(p, i, f, &text);
	}
out:
	str_free(&text);
	free(path);
}

/* A block of which a part was refused was not taken. */
static void find_taken(struct placement *out, const size_t *into, size_t n)
{
	for (size_t i = 0; i < out->n_refused; i++)
		out->taken[out->refused[i].part] = NULL;
	for (size_t i = 0; i < n; i++)
		out->taken[i] = out->taken[into[i]];
}

void answer_place(const struct answer_parts *parts, const struct answer_project *project,
		  struct placement *out)
{
	struct answer_parts ready;
	struct placer p = { .parts = &ready, .project = project, .out = out };
	size_t *origin = mem_calloc(parts->n + 1, sizeof(*origin));
	size_t *into = mem_calloc(parts->n + 1, sizeof(*into));

	*out = (struct placement){ .taken = mem_calloc(parts->n + 1, sizeof(*out->taken)) };
	for (size_t i = 0; i < parts->n; i++)
		origin[i] = i;
	answer_ready(parts, &ready, into, &out->notes);
	answer_split(&ready, &origin, project, &out->notes);
	p.origin = origin;
	p.shapes = mem_calloc(ready.n + 1, sizeof(*p.shapes));
	look(&p);
	placer_choose_forced(&p);
	for (size_t i = 0; i < ready.n; i++)
		if (part_is_code(&ready.v[i]))
			place(&p, i);
	if (out->n + out->n_refused == 0)
		answer_rest(&p);
	else
		answer_note_unread(&p);
	answer_doubt_warned(&p);
	answer_doubt_half(&p);
	find_taken(out, into, parts->n);
	for (size_t i = 0; i < ready.n; i++)
		voutline_fini(&p.shapes[i].outline);
	for (size_t i = 0; i < out->n; i++)
		strv_free(&p.given[i]);
	free(p.given);
	strv_free(&p.failed);
	free(p.shapes);
	free(origin);
	free(into);
	answer_parts_fini(&ready);
}

void placement_fini(struct placement *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->v[i].path);
		free(p->v[i].moves);
		free(p->v[i].base);
		free(p->v[i].proposed);
	}
	for (size_t i = 0; i < p->n_refused; i++)
		free(p->refused[i].why);
	free(p->v);
	free(p->refused);
	free(p->taken);
	strv_free(&p->notes);
	*p = (struct placement){ 0 };
}
