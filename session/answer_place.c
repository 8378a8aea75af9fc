/* Each part that is code goes through three questions: which file (by what it
 * is named, then by what it defines, then a new one), what does that file hold
 * by now (the project's text, or what an earlier part of this answer made of
 * it), and how does the part change that. The first question that has no
 * certain answer ends in a refusal. */
#include "config.h"

#include "session/answer.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "session/answer_edit.h"
#include "session/answer_merge.h"
#include "session/answer_name.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/patch.h"
#include "session/slice.h"
#include "session/verilog.h"

struct shape {
	struct voutline outline;	/* of code that may be Verilog */
	size_t units;
	bool blank;
	bool forced;	/* --file is for this one */
};

struct placer {
	const struct answer_parts *parts;
	const struct answer_project *project;
	struct placement *out;
	struct shape *shapes;		/* one for each part */
	struct strv *given;		/* one for each placed file: the modules this answer gave it */
	size_t cap, given_cap, refused_cap;
	size_t wholes;			/* parts that are no mere example */
	bool forced_unclear;		/* --file was given and several parts could be meant */
};

__attribute__((format(printf, 3, 4)))
static bool refuse(struct placer *p, size_t part, const char *fmt, ...)
{
	struct refused *r;
	struct str s = STR_INIT;
	struct err clean;
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	err_set(&clean, ERR_CONFLICT, "%s", str_cstr(&s));	/* names come from the model */
	str_free(&s);
	p->refused_cap = mem_grow((void **)&p->out->refused, p->refused_cap, p->out->n_refused + 1, sizeof(*r));
	r = &p->out->refused[p->out->n_refused++];
	*r = (struct refused){ .part = part, .why = mem_strdup(clean.text) };
	return false;
}

/* What the parts are */

static bool is_code(const struct answer_part *part)
{
	return part->kind == PART_CODE || part->kind == PART_EDIT || part->kind == PART_DIFF;
}

static struct slice text_of(const struct answer_part *part)
{
	return (struct slice){ part->text, part->len };
}

/* Of a language that no design file is written in. */
static bool foreign(const struct answer_part *part)
{
	static const char *const ours[] = { "verilog", "systemverilog", "sv",  "v",    "svh",       "vh",
					    "hdl",     "rtl",           "text", "txt", "plaintext", "code" };

	if (!part->language)
		return false;
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (strcmp(part->language, ours[i]) == 0)
			return false;
	return true;
}

static void look(struct placer *p)
{
	for (size_t i = 0; i < p->parts->n; i++) {
		const struct answer_part *part = &p->parts->v[i];
		struct shape *s = &p->shapes[i];

		if (!is_code(part))
			continue;
		s->blank = slice_blank(text_of(part));
		if (part->kind == PART_CODE && !foreign(part))
			voutline_init(&s->outline, part->text, part->len);
		for (size_t k = 0; k < s->outline.n; k++)
			s->units += unit_counts(&s->outline, &s->outline.modules[k]);
		p->wholes += part->kind != PART_CODE || (s->units > 0 && !part->cut);
	}
}

static size_t count_nameless(const struct placer *p, bool (*what)(const struct placer *p, size_t i))
{
	size_t n = 0;

	for (size_t i = 0; i < p->parts->n; i++)
		n += what(p, i);
	return n;
}

static bool nameless_units(const struct placer *p, size_t i)
{
	return p->parts->v[i].kind == PART_CODE && !p->parts->v[i].path && p->shapes[i].units;
}

static bool nameless_edit(const struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];

	return (part->kind == PART_EDIT || part->kind == PART_DIFF) && !part->path;
}

static bool nameless_fragment(const struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];

	return part->kind == PART_CODE && !part->path && !p->shapes[i].units && !p->shapes[i].blank &&
	       !foreign(part);
}

static bool any_code(const struct placer *p, size_t i)
{
	return is_code(&p->parts->v[i]);
}

static void choose_forced(struct placer *p)
{
	static bool (*const kinds[])(const struct placer *p, size_t i) = {
		nameless_units, nameless_edit, nameless_fragment, any_code,
	};

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]) && p->project->forced_path; k++) {
		size_t n = count_nameless(p, kinds[k]);

		if (n == 0)
			continue;
		p->forced_unclear = n > 1 && kinds[k] != nameless_edit && kinds[k] != any_code;
		for (size_t i = 0; i < p->parts->n && (n == 1 || kinds[k] == nameless_edit); i++)
			p->shapes[i].forced = kinds[k](p, i);
		return;
	}
}

/* Which file */

static struct placed *find_placed(const struct placer *p, const char *path)
{
	for (size_t i = 0; i < p->out->n; i++)
		if (strcmp(p->out->v[i].path, path) == 0 || (p->out->v[i].moves && strcmp(p->out->v[i].moves, path) == 0))
			return &p->out->v[i];
	return NULL;
}

static bool known(const struct placer *p, const char *path)
{
	return find_placed(p, path) || p->project->exists(p->project->ctx, path);
}

static bool hidden(const char *path)
{
	return path[0] == '.' || path[0] == '~' || strstr(path, "/.") != NULL;
}

/* The cleaned path; NULL: refused. Hidden files run things (.git/hooks) or
 * are ours (.posedge): no answer has business there. */
static char *clean_name(struct placer *p, size_t i, const char *name, bool forced)
{
	struct err err;
	char *path;

	if (!path_clean(name, &path, &err)) {
		refuse(p, i, "%s; %s", err.text, forced ? "name a file inside the project" :
							  "--file PATH names a file inside the project");
		return NULL;
	}
	if (strcmp(path, ".") != 0 && (forced || !hidden(path)))
		return path;
	refuse(p, i, "path '%s': no file of a design; --file PATH names another", name);
	free(path);
	return NULL;
}

static bool named_testbench(const char *name, size_t len)
{
	struct slice s = { name, len };

	return slice_is(s, "tb") || slice_is(s, "testbench") || slice_starts(s, "tb_") ||
	       (len > 3 && memcmp(name + len - 3, "_tb", 3) == 0);
}

static const struct vmodule *first_unit(const struct voutline *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->modules[i].kind == VUNIT_MODULE)
			return &o->modules[i];
	for (size_t i = 0; i < o->n; i++)
		if (unit_counts(o, &o->modules[i]))
			return &o->modules[i];
	return NULL;
}

/* Where a new file of that base name goes. */
static char *in_folder(const struct placer *p, size_t i, const char *base)
{
	const struct vmodule *m = first_unit(&p->shapes[i].outline);
	struct slice stem = name_stem(slice_of(base));
	bool tb = (m && vmodule_is_testbench(m)) || named_testbench(stem.p, stem.n);
	const char *dir = tb ? p->project->tb_dir : p->project->rtl_dir;

	if (!name_is_verilog(slice_of(base)) || !dir || !dir[0])
		return mem_strdup(base);
	return path_join(dir, base);
}

/* A file of the project that name must mean: the same one with folders more
 * or less in front. NULL: there is none; *several: more than one. */
static const char *matching_file(const struct placer *p, const char *name, bool *several)
{
	const char *base = path_base(name), *one = NULL;
	const struct answer_project *project = p->project;
	size_t n;

	*several = false;
	if (known(p, name))
		return name;
	for (const char *s = strchr(name, '/'); s && strchr(s + 1, '/'); s = strchr(s + 1, '/'))
		if (known(p, s + 1))
			return s + 1;
	for (size_t i = 0; i < p->out->n && name == base; i++)
		if (strcmp(path_base(p->out->v[i].path), base) == 0)
			return p->out->v[i].path;
	n = project->files_named(project->ctx, base, &one);
	if (n == 1 && (name == base || (str_ends(one, name) && one[strlen(one) - strlen(name) - 1] == '/')))
		return one;
	*several = n > 1 && name == base;
	return NULL;
}

/* Whether the answer also edits path: then a module may move out of it. A
 * block of code does not count, since it never takes a module away. */
static bool answer_edits(const struct placer *p, const char *path)
{
	bool several;

	for (size_t i = 0; i < p->parts->n; i++) {
		const struct answer_part *part = &p->parts->v[i];
		const char *name = part->kind == PART_CODE ? NULL : part->path;
		const char *file = name ? matching_file(p, name, &several) : NULL;

		if (file && strcmp(file, path) == 0)
			return true;
	}
	return false;
}

/* A file that defines a module of this part, other than path. */
static const char *definer(const struct placer *p, size_t i, const char **module)
{
	const struct voutline *o = &p->shapes[i].outline;

	for (size_t k = 0; k < o->n; k++) {
		const char *file = p->project->file_of_module(p->project->ctx, o->modules[k].name);

		*module = o->modules[k].name;
		if (file && (!file[0] || !answer_edits(p, file)))
			return file;
	}
	return NULL;
}

static char *by_name(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];
	char *path = clean_name(p, i, part->path, false), *result = NULL;
	const char *module, *file;
	bool several;

	if (!path)
		return NULL;
	file = matching_file(p, path, &several);
	if (file) {
		result = mem_strdup(file);
	} else if (several) {
		refuse(p, i, "there is more than one %s; --file PATH says which", path);
	} else if ((part->kind == PART_EDIT && part->search_len) ||
		   (part->kind == PART_DIFF && diff_purpose(text_of(part)) == DIFF_CHANGES)) {
		refuse(p, i, "there is no %s to change; --file PATH names the file that is meant", path);
	} else if ((file = definer(p, i, &module)) != NULL) {
		refuse(p, i, "%s does not exist, and %s is already in %s; --file PATH says where it goes", path,
		       module, file[0] ? file : "several files");
	} else {
		result = strchr(path, '/') ? mem_strdup(path) : in_folder(p, i, path);
	}
	free(path);
	return result;
}

static const char *file_of(const struct placer *p, const char *module)
{
	for (size_t i = 0; i < p->out->n; i++)
		if (strv_has(&p->given[i], module))
			return p->out->v[i].path;
	return p->project->file_of_module(p->project->ctx, module);
}

/* The one file that defines modules of o. "" : refused; NULL: none does. */
static const char *defining_file(struct placer *p, size_t i, const struct voutline *o)
{
	const char *found = NULL;

	for (size_t k = 0; k < o->n; k++) {
		const struct vmodule *m = &o->modules[k];
		const char *file = unit_counts(o, m) ? file_of(p, m->name) : NULL;

		if (!file)
			continue;
		if (!file[0]) {
			refuse(p, i, "more than one file defines %s; --file PATH says which", m->name);
			return "";
		}
		if (found && strcmp(found, file) != 0) {
			refuse(p, i, "the block has modules of %s and of %s; --file PATH says where it goes",
			       found, file);
			return "";
		}
		found = file;
	}
	return found;
}

static char *new_file(struct placer *p, size_t i)
{
	const struct vmodule *m = first_unit(&p->shapes[i].outline);
	struct slice name = slice_of(m->name);
	const char *one;
	char *base, *path;

	if (slice_word(name) != name.n || name.n == 0 || name.n > 200) {
		refuse(p, i, "module %s cannot name a file; --file PATH does", m->name);
		return NULL;
	}
	base = str_fmt("%s%s", m->name, p->project->extension ? p->project->extension : ".sv");
	path = in_folder(p, i, base);
	if (known(p, path) || p->project->files_named(p->project->ctx, base, &one) > 0) {
		refuse(p, i, "there is a %s already, and it does not define %s; --file PATH says where that goes",
		       base, m->name);
		free(path);
		path = NULL;
	}
	free(base);
	return path;
}

static char *by_module(struct placer *p, size_t i)
{
	const char *file = defining_file(p, i, &p->shapes[i].outline);

	if (file)
		return file[0] ? mem_strdup(file) : NULL;
	return new_file(p, i);
}

/* An edit without a name may quote a module's head. */
static char *by_quote(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];
	struct voutline o = { 0 };
	const char *file = NULL;
	char *path = NULL;

	if (part->kind == PART_EDIT)
		voutline_init(&o, part->search, part->search_len);
	file = defining_file(p, i, &o);
	if (!file)
		refuse(p, i, "the answer does not say which file this change is for; --file PATH does");
	else if (file[0])
		path = mem_strdup(file);
	voutline_fini(&o);
	return path;
}

/* Code without a module in it. Whether it may be a file by itself is seen
 * when the file is known; without a name it is not. */
static char *of_fragment(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];

	if (foreign(part) || p->shapes[i].blank || (p->wholes && !p->forced_unclear))
		return NULL;	/* a command, or an example beside the real thing */
	refuse(p, i, "a block without a %s: if it is a file, --file PATH names it; if it is a part of one, "
		     "ask for the whole module or a diff",
	       p->shapes[i].units ? "whole module" : "module");
	return NULL;
}

/* The start of a module in a block that was closed, with more after it: not
 * the end of an answer that was cut off, but a quotation. */
static bool excerpt(const struct placer *p, size_t i)
{
	const struct voutline *o = &p->shapes[i].outline;

	return p->parts->v[i].cut && i + 1 < p->parts->n && o->n && o->modules[o->n - 1].end_line == 0;
}

static char *which_file(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];
	const struct shape *s = &p->shapes[i];

	if (s->forced)
		return clean_name(p, i, p->project->forced_path, true);
	if (part->path)
		return by_name(p, i);
	if (p->forced_unclear && (s->units || nameless_fragment(p, i))) {
		refuse(p, i, "--file is for one block, and several of this answer have no name");
		return NULL;
	}
	if (part->kind != PART_CODE)
		return by_quote(p, i);
	if (s->units == 0 || excerpt(p, i))
		return of_fragment(p, i);
	return by_module(p, i);
}

/* What it then holds */

static struct placed *open_file(struct placer *p, const char *path)
{
	struct placed *f = find_placed(p, path);
	struct str base = STR_INIT;
	size_t i = p->out->n;

	if (f)
		return f;
	p->cap = mem_grow((void **)&p->out->v, p->cap, i + 1, sizeof(*f));
	p->given_cap = mem_grow((void **)&p->given, p->given_cap, i + 1, sizeof(*p->given));
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

/* A file that no part changed in the end is not one of the placement. */
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

static bool may_be_file(const struct placer *p, size_t i, const struct placed *f, struct err *err)
{
	const struct shape *s = &p->shapes[i];
	const struct answer_part *part = &p->parts->v[i];
	struct slice path = slice_of(f->path);

	if (s->blank)
		return err_set(err, ERR_CONFLICT, "the block for %s is empty", f->path);
	if (excerpt(p, i))
		return err_set(err, ERR_CONFLICT, "the block for %s breaks off within a module", f->path);
	if (s->units || !name_is_verilog(path) || name_is_header(path) || f->base_len || s->forced)
		return true;	/* for an existing file answer_merge() judges */
	if (answer_only_directives(text_of(part)))
		return true;
	return err_set(err, ERR_CONFLICT, "the block for %s is a fragment without a module", f->path);
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

static bool no_hunks(struct slice diff)
{
	while (diff.n)
		if (slice_starts(slice_line(&diff), "@@"))
			return false;
	return true;
}

static bool change(struct placer *p, size_t i, const struct placed *f, struct str *out, struct err *err)
{
	const struct answer_part *part = &p->parts->v[i];
	struct slice now = { f->proposed, f->proposed_len };
	enum diff_purpose purpose;

	if (part->kind == PART_CODE)
		return may_be_file(p, i, f, err) &&
		       answer_merge(f->path, now, text_of(part), &p->shapes[i].outline, out, err);
	if (part->kind == PART_EDIT && part->cut && (part->len == 0 || i + 1 < p->parts->n))
		return err_set(err, ERR_CONFLICT, "the change to %s breaks off before its end", f->path);
	if (part->kind == PART_EDIT)
		return patch_replace(now.p, now.n, part->search, part->search_len, part->text, part->len, out, err) ||
		       err_prefix(err, "change %s", f->path);
	purpose = diff_purpose(text_of(part));
	if (no_hunks(text_of(part)) && (purpose == DIFF_RENAMES || purpose == DIFF_COPIES))
		return str_add(out, now.p, now.n), true;
	if (purpose == DIFF_CREATES && now.n)
		return err_set(err, ERR_CONFLICT, "the diff creates %s, which is there already", f->path);
	return (patch_apply(now.p, now.n, part->text, part->len, out, err) &&
		(purpose != DIFF_DELETES || out->len == 0 ||
		 err_set(err, ERR_CONFLICT, "the diff deletes it, but has not all of its lines"))) ||
	       err_prefix(err, "change %s", f->path);
}

static void adopt(struct placer *p, size_t i, struct placed *f, struct str *text)
{
	const struct answer_part *part = &p->parts->v[i];
	const struct voutline *o = &p->shapes[i].outline;

	if (part->kind != PART_DIFF && f->base_len == 0 && !part->cut && text->len && text->data[text->len - 1] != '\n')
		str_addc(text, '\n');
	free(f->proposed);
	f->proposed_len = text->len;
	f->proposed = str_take(text);
	f->cut |= part->cut;
	f->removes = part->kind == PART_DIFF && diff_purpose(text_of(part)) == DIFF_DELETES;
	for (size_t k = 0; k < o->n; k++)
		strv_add(&p->given[f - p->out->v], o->modules[k].name);
}

/* Renames and copies. Both names are the diff's own: nothing is guessed. */

static char *old_name(struct placer *p, size_t i)
{
	struct slice old = diff_old_path(text_of(&p->parts->v[i]));
	char *name = mem_strndup(old.p, old.n), *path = clean_name(p, i, name, false);

	free(name);
	return path;
}

/* git's words, or two names of which the first is a file and the second is none. */
static bool moves(const struct placer *p, size_t i, enum diff_purpose *purpose)
{
	const struct answer_part *part = &p->parts->v[i];
	struct slice old = part->kind == PART_DIFF ? diff_old_path(text_of(part)) : (struct slice){ part->text, 0 };
	char *from;
	bool yes;

	if (old.n == 0 || !part->path || p->shapes[i].forced)
		return false;
	*purpose = diff_purpose(text_of(part));
	if (*purpose != DIFF_CHANGES)
		return true;
	*purpose = DIFF_RENAMES;
	from = mem_strndup(old.p, old.n);
	yes = strcmp(from, part->path) != 0 && known(p, from) && !known(p, part->path);
	free(from);
	return yes;
}

static bool may_move(struct placer *p, size_t i, const char *from, const char *to)
{
	const struct placed *f = find_placed(p, from);

	if (!known(p, from) || (f && f->new_file))
		return refuse(p, i, "there is no %s that could become %s", from, to);
	if (known(p, to))
		return refuse(p, i, "%s is there already: %s does not become that", to, from);
	return !(f && f->moves) || refuse(p, i, "%s gets two names in one answer", from);
}

/* A new file that begins as another one. */
static void place_copy(struct placer *p, size_t i, const char *from, const char *to)
{
	struct placed was = { .path = (char *)from }, *f = find_placed(p, from);
	struct str base = STR_INIT, text = STR_INIT;
	struct err err;

	if (!f && !p->project->read(p->project->ctx, from, &base)) {
		refuse(p, i, "%s cannot be read", from);
		return;
	}
	was.proposed = f ? f->proposed : (char *)str_cstr(&base);
	was.proposed_len = f ? f->proposed_len : base.len;
	if (change(p, i, &was, &text, &err))
		adopt(p, i, open_file(p, to), &text);
	else
		refuse(p, i, "%s", err.text);
	str_free(&text);
	str_free(&base);
}

static void place_move(struct placer *p, size_t i, enum diff_purpose purpose)
{
	char *from = old_name(p, i), *to = from ? clean_name(p, i, p->parts->v[i].path, false) : NULL;
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
	fresh = !find_placed(p, from);
	f = open_file(p, from);
	if (f->new_file) {
		refuse(p, i, "%s cannot be read", from);
		close_file(p, f, fresh);
	} else if (!change(p, i, f, &text, &err)) {
		refuse(p, i, "%s", err.text);
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

static void place(struct placer *p, size_t i)
{
	enum diff_purpose purpose = DIFF_CHANGES;
	bool move = moves(p, i, &purpose);
	char *path = move ? NULL : which_file(p, i);
	struct str text = STR_INIT;
	struct placed *f;
	struct err err;
	bool fresh, again;

	if (move)
		place_move(p, i, purpose);
	if (!path)
		return;
	fresh = !find_placed(p, path);
	f = open_file(p, path);
	if (f->new_file && p->project->exists(p->project->ctx, path)) {
		refuse(p, i, "%s cannot be read", path);
		close_file(p, f, fresh);
		free(path);
		return;
	}
	again = given_before(p, i, f);
	if (!change(p, i, f, &text, &err)) {
		refuse(p, i, "%s%s", err.text, p->parts->v[i].kind == PART_CODE ? "; --file PATH names another file" : "");
		close_file(p, f, fresh);
	} else if (again && (text.len != f->proposed_len || memcmp(text.data, f->proposed, text.len) != 0)) {
		refuse(p, i, "the answer gives %s twice, in different versions; only the first is shown", path);
	} else {
		adopt(p, i, f, &text);
	}
	str_free(&text);
	free(path);
}

void answer_place(const struct answer_parts *parts, const struct answer_project *project,
		  struct placement *out)
{
	struct placer p = { .parts = parts, .project = project, .out = out };

	*out = (struct placement){ 0 };
	p.shapes = mem_calloc(parts->n + 1, sizeof(*p.shapes));
	look(&p);
	choose_forced(&p);
	for (size_t i = 0; i < parts->n; i++)
		if (is_code(&parts->v[i]))
			place(&p, i);
	for (size_t i = 0; i < parts->n; i++)
		voutline_fini(&p.shapes[i].outline);
	for (size_t i = 0; i < out->n; i++)
		strv_free(&p.given[i]);
	free(p.given);
	free(p.shapes);
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
	*p = (struct placement){ 0 };
}
