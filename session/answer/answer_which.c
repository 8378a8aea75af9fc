/* By what it is named, then by what it defines, then a new one. */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_edit.h"
#include "session/answer/answer_merge.h"
#include "session/answer/answer_name.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/text/patch.h"

/* --file */

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

	return part->kind == PART_CODE && !part->path && !p->shapes[i].units &&
	       !p->shapes[i].blank && !part_is_foreign(part);
}

static bool any_code(const struct placer *p, size_t i)
{
	return part_is_code(&p->parts->v[i]);
}

static bool named_testbench(const char *name, size_t len)
{
	struct slice s = { name, len };

	return slice_is(s, "tb") || slice_is(s, "testbench") || slice_starts(s, "tb_") ||
	       (len > 3 && memcmp(name + len - 3, "_tb", 3) == 0);
}

/* More are not compared with each other. */
#define MAX_TOPS 200

static bool instantiated(const struct voutline *o, const char *name)
{
	for (size_t i = 0; i < o->n; i++)
		for (size_t k = 0; k < o->modules[i].n_instances; k++)
			if (strcmp(o->modules[i].instances[k].module, name) == 0)
				return true;
	return false;
}

/* What a file is named after: the module that no other one of it instantiates,
 * else the first. */
static const struct vmodule *top_unit(const struct voutline *o)
{
	const struct vmodule *first = NULL;

	for (size_t i = 0; i < o->n; i++) {
		if (o->modules[i].kind != VUNIT_MODULE)
			continue;
		if (o->n <= MAX_TOPS && !instantiated(o, o->modules[i].name))
			return &o->modules[i];
		first = first ? first : &o->modules[i];
	}
	for (size_t i = 0; i < o->n && !first; i++)
		if (unit_counts(o, &o->modules[i]))
			first = &o->modules[i];
	return first;
}

/* Of several blocks the one that --file is for: it has a module that the file has
 * or is named after, or it is the only one that is no testbench (or is one). */
static bool for_forced(const struct placer *p, size_t i, int rule)
{
	const struct voutline *o = &p->shapes[i].outline;
	const char *path = p->project->forced_path;
	struct slice stem = name_stem(slice_of(path));
	const struct vmodule *m = top_unit(o);

	for (size_t k = 0; k < o->n && rule < 2; k++) {
		const char *file = p->project->file_of_module(p->project->ctx, o->modules[k].name);

		if (rule == 0 ? file && strcmp(file, path) == 0
			      : slice_is(stem, o->modules[k].name))
			return true;
	}
	return rule == 2 && m && vmodule_is_testbench(m) == named_testbench(stem.p, stem.n);
}

static bool choose_one(struct placer *p)
{
	for (int rule = 0; rule < 3; rule++) {
		size_t n = 0, which = 0;

		for (size_t i = 0; i < p->parts->n; i++)
			if (nameless_units(p, i) && for_forced(p, i, rule)) {
				which = i;
				n++;
			}
		if (n == 1)
			return p->shapes[which].forced = true;
	}
	return false;
}

void placer_choose_forced(struct placer *p)
{
	static bool (*const kinds[])(const struct placer *p, size_t i) = {
		nameless_units,
		nameless_edit,
		nameless_fragment,
		any_code,
	};

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]) && p->project->forced_path; k++) {
		size_t n = count_nameless(p, kinds[k]);

		if (n == 0)
			continue;
		if (n > 1 && kinds[k] == nameless_units && choose_one(p))
			return;
		p->forced_unclear = n > 1 && kinds[k] != nameless_edit && kinds[k] != any_code;
		for (size_t i = 0; i < p->parts->n && (n == 1 || kinds[k] == nameless_edit); i++)
			p->shapes[i].forced = kinds[k](p, i);
		return;
	}
}

/* Which file */

struct placed *placer_find(const struct placer *p, const char *path)
{
	for (size_t i = 0; i < p->out->n; i++)
		if (strcmp(p->out->v[i].path, path) == 0 ||
		    (p->out->v[i].moves && strcmp(p->out->v[i].moves, path) == 0))
			return &p->out->v[i];
	return NULL;
}

bool placer_known(const struct placer *p, const char *path)
{
	return placer_find(p, path) || p->project->exists(p->project->ctx, path);
}

static bool hidden(const char *path)
{
	return path[0] == '.' || path[0] == '~' || strstr(path, "/.") != NULL;
}

/* The cleaned path; NULL: refused. Hidden files run things (.git/hooks) or
 * are ours (.posedge): no answer has business there. */
char *placer_clean(struct placer *p, size_t i, const char *name, bool forced)
{
	char *path,
		*rel = !forced && (name[0] == '/' || str_starts(name, "~/")) && p->project->inside
			       ? p->project->inside(p->project->ctx, name)
			       : NULL;
	struct err err;
	bool ok = path_clean(rel ? rel : name, &path, &err);

	free(rel);
	if (!ok) {
		placer_refuse(p, i, "%s; %s", err.text,
			      forced ? "name a file inside the project"
				     : "--file PATH names a file inside the project");
		return NULL;
	}
	if (strcmp(path, ".") != 0 && (forced || !hidden(path)))
		return path;
	placer_refuse(p, i, "path '%s': no file of a design; --file PATH names another", name);
	free(path);
	return NULL;
}

/* Where a new file of that base name goes. */
static char *in_folder(const struct placer *p, size_t i, const char *base)
{
	const struct vmodule *m = top_unit(&p->shapes[i].outline);
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
	if (placer_known(p, name))
		return name;
	for (const char *s = strchr(name, '/'); s && strchr(s + 1, '/'); s = strchr(s + 1, '/'))
		if (placer_known(p, s + 1))
			return s + 1;
	for (size_t i = 0; i < p->out->n && name == base; i++)
		if (strcmp(path_base(p->out->v[i].path), base) == 0)
			return p->out->v[i].path;
	n = project->files_named(project->ctx, base, &one);
	if (n == 1 &&
	    (name == base || (str_ends(one, name) && one[strlen(one) - strlen(name) - 1] == '/')))
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

static const char *file_of(const struct placer *p, const char *module)
{
	for (size_t i = 0; i < p->out->n; i++)
		if (strv_has(&p->given[i], module))
			return p->out->v[i].path;
	return p->project->file_of_module(p->project->ctx, module);
}

static char *other_ending(const char *path)
{
	struct slice stem = slice_of(path), name = name_stem(stem);

	stem.n = (size_t)(name.p - path) + name.n;
	return str_fmt("%.*s%s", (int)stem.n, path, str_ends(path, ".v") ? ".sv" : ".v");
}

static bool same_stem(const char *a, const char *b)
{
	struct slice x = name_stem(slice_of(a)), y = name_stem(slice_of(b));

	return x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
}

/* m.v, where m is in m.sv: what the model calls by the language of its fence has
 * the ending that the project gave it. NULL: there is no such file. */
static char *twin(struct placer *p, size_t i, const char *path)
{
	const struct voutline *o = &p->shapes[i].outline;
	const char *found = NULL;
	bool several;

	if (!str_ends(path, ".v") && !str_ends(path, ".sv"))
		return NULL;
	if (p->parts->v[i].kind != PART_CODE) {
		char *other = other_ending(path), *result;

		found = matching_file(p, other, &several);
		result = found ? mem_strdup(found) : NULL;
		free(other);
		return result;
	}
	for (size_t k = 0; k < o->n; k++) {
		const char *file =
			unit_counts(o, &o->modules[k]) ? file_of(p, o->modules[k].name) : NULL;

		if (file &&
		    (!file[0] || !same_stem(file, path) || (found && strcmp(found, file) != 0)))
			return NULL;
		found = file ? file : found;
	}
	return found ? mem_strdup(found) : NULL;
}

/* A module of the block that is in another file, which the answer leaves as it is:
 * put into path, it would be there twice. */
static const char *elsewhere(const struct placer *p, size_t i, const char *path,
			     const char **module)
{
	const struct voutline *o = &p->shapes[i].outline;

	for (size_t k = 0; k < o->n; k++) {
		const char *name = o->modules[k].name, *file;

		file = unit_counts(o, &o->modules[k])
			       ? p->project->file_of_module(p->project->ctx, name)
			       : NULL;
		*module = name;
		if (file && file[0] && strcmp(file, path) != 0 && !answer_edits(p, file))
			return file;
	}
	return NULL;
}

/* "C:/Users/me/project/rtl/x.sv": a file of the project with folders in front that
 * another machine has. */
static char *from_drive(struct placer *p, size_t i, const char *name)
{
	bool several;
	const char *file = strstr(name, "..") ? NULL : matching_file(p, name, &several);

	if (file)
		return mem_strdup(file);
	placer_refuse(p, i, "%s is not in this project; --file PATH names the file that is meant",
		      name);
	return NULL;
}

static char *by_name(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];
	char *path = name_has_drive(part->path) ? from_drive(p, i, part->path)
						: placer_clean(p, i, part->path, false);
	char *result = NULL;
	const char *module, *file, *other;
	bool several;

	if (!path)
		return NULL;
	file = matching_file(p, path, &several);
	if (file && part->kind == PART_CODE && (other = elsewhere(p, i, file, &module)) != NULL) {
		placer_refuse(p, i,
			      "the block is named %s, and its module %s is in %s; --file PATH says "
			      "which file is meant",
			      file, module, other);
	} else if (file) {
		result = mem_strdup(file);
	} else if (!several && (result = twin(p, i, path)) != NULL) {
		placer_note(p, "%s: the answer calls it %s", result, path);
	} else if (several) {
		placer_refuse(p, i, "there is more than one %s; --file PATH says which", path);
	} else if ((part->kind == PART_EDIT && part->search_len) ||
		   (part->kind == PART_DIFF && diff_purpose(part_text(part)) == DIFF_CHANGES)) {
		placer_refuse(p, i,
			      "there is no %s to change; --file PATH names the file that is meant",
			      path);
	} else if ((file = definer(p, i, &module)) != NULL) {
		placer_refuse(p, i,
			      "%s does not exist, and %s is already in %s; --file PATH says where "
			      "it goes",
			      path, module, file[0] ? file : "several files");
	} else {
		result = strchr(path, '/') ? mem_strdup(path) : in_folder(p, i, path);
	}
	free(path);
	return result;
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
			placer_refuse(p, i, "more than one file defines %s; --file PATH says which",
				      m->name);
			return "";
		}
		if (found && strcmp(found, file) != 0) {
			placer_refuse(p, i,
				      "the block has modules of %s and of %s; --file PATH says "
				      "where it goes",
				      found, file);
			return "";
		}
		found = file;
	}
	return found;
}

/* Without files to go by: what the fence says, where the code agrees. */
static const char *extension(const struct placer *p, size_t i)
{
	const char *language = p->parts->v[i].language;
	bool verilog = language && (strcmp(language, "verilog") == 0 || strcmp(language, "v") == 0);

	if (p->project->extension)
		return p->project->extension;
	return verilog && !p->shapes[i].outline.systemverilog ? ".v" : ".sv";
}

static char *new_file(struct placer *p, size_t i)
{
	const struct vmodule *m = top_unit(&p->shapes[i].outline);
	struct slice name = slice_of(m->name);
	const char *one;
	char *base, *path;

	if (slice_word(name) != name.n || name.n == 0 || name.n > 200) {
		placer_refuse(p, i, "module %s cannot name a file; --file PATH does", m->name);
		return NULL;
	}
	base = str_fmt("%s%s", m->name, extension(p, i));
	path = in_folder(p, i, base);
	if (placer_known(p, path) || p->project->files_named(p->project->ctx, base, &one) > 0) {
		placer_refuse(p, i,
			      "there is a %s already, and it does not define %s; --file PATH says "
			      "where that goes",
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

/* Files read, for all parts of an answer, to see which one a part fits. */
#define MAX_SEARCHES 2000

static bool fits(const struct answer_part *part, struct slice text, bool strict)
{
	enum patch_how how = PATCH_AS_IS;
	struct str out = STR_INIT;
	bool ok;

	if (part->kind == PART_CODE)
		ok = answer_continues(text, part_text(part));
	else if (part->kind == PART_EDIT)
		ok = part->search_len &&
		     patch_replace(text.p, text.n, part->search, part->search_len, part->text,
				   part->len, &out, &how, NULL);
	else
		ok = patch_apply(text.p, text.n, part->text, part->len, &out, &how, NULL);
	str_free(&out);
	return ok && (!strict || how == PATCH_AS_IS);
}

/* The only file of the project that the part fits; strict: as it is quoted. NULL:
 * none, or more than one. The caller frees. */
static char *fitting(struct placer *p, size_t i, bool strict, bool *several)
{
	const struct answer_project *project = p->project;
	const char *path;
	char *found = NULL;
	struct str text = STR_INIT;

	for (size_t k = 0; project->file_at && (path = project->file_at(project->ctx, k)) != NULL;
	     k++) {
		if (p->searches++ >= MAX_SEARCHES)
			goto several;
		str_clear(&text);
		if (!project->read(project->ctx, path, &text) ||
		    !fits(&p->parts->v[i], (struct slice){ str_cstr(&text), text.len }, strict))
			continue;
		if (found)
			goto several;
		found = mem_strdup(path);
	}
	str_free(&text);
	return found;
several:
	*several = true;
	free(found);
	str_free(&text);
	return NULL;
}

static char *fitting_file(struct placer *p, size_t i)
{
	bool several = false;
	char *path = fitting(p, i, true, &several);

	return path || several ? path : fitting(p, i, false, &several);
}

/* An edit without a name may quote a module's head, or lines that only one file has. */
static char *by_quote(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];
	struct voutline o = { 0 };
	const char *file = NULL;
	char *path = NULL;

	if (part->kind == PART_EDIT)
		voutline_init(&o, part->search, part->search_len);
	file = defining_file(p, i, &o);
	if (file && file[0])
		path = mem_strdup(file);
	else if (!file && (path = fitting_file(p, i)) != NULL)
		placer_note(p,
			    "%s: the answer does not name it, but only this file has the lines "
			    "that it changes",
			    path);
	else if (!file)
		placer_refuse(
			p, i,
			"the answer does not say which file this change is for; --file PATH does");
	voutline_fini(&o);
	return path;
}

/* Whether it is code at all, and not a table, a drawing or what a tool prints. */
static bool like_code(const struct answer_part *part)
{
	static const char *const words[] = { "module",	"endmodule", "assign", "always", "begin",
					     "initial", "wire",	     "reg",    "logic" };
	struct slice text = part_text(part);
	bool plain = !part->language || strcmp(part->language, "text") == 0 ||
		     strcmp(part->language, "txt") == 0 || strcmp(part->language, "plaintext") == 0;

	if (!plain)
		return true;
	while (text.n) {
		struct slice s = slice_trim(slice_line(&text)), w = { s.p, slice_word(s) };

		if (s.n && s.p[s.n - 1] == ';')
			return true;
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (slice_is(w, words[i]) && s.n > w.n && s.p[w.n] == ' ')
				return true;
	}
	return false;
}

/* Edits in a form that is not read. */
static bool holds_edits(const struct answer_part *part)
{
	static const char *const words[] = { "old_str",	 "new_str",  "oldText",	   "newText",
					     "old_text", "new_text", "\"search\"", "\"replace\"" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_find(part_text(part), words[i]) < part->len)
			return true;
	return false;
}

/* Lines that a file has as they are: a quotation, which wants nothing. */
static bool quotes(struct placer *p, size_t i)
{
	const struct answer_project *project = p->project;
	struct slice wanted = slice_trim(part_text(&p->parts->v[i]));
	char *lines = slice_dup(wanted);
	struct str text = STR_INIT;
	const char *path;
	bool yes = false;

	for (size_t k = 0;
	     !yes && project->file_at && (path = project->file_at(project->ctx, k)) != NULL; k++) {
		str_clear(&text);
		if (p->searches++ >= MAX_SEARCHES)
			break;
		yes = project->read(project->ctx, path, &text) &&
		      memchr(wanted.p, '\n', wanted.n) && strstr(str_cstr(&text), lines) != NULL;
	}
	str_free(&text);
	free(lines);
	return yes;
}

/* Code without a module in it. Whether it may be a file by itself is seen
 * when the file is known; without a name it is not. */
static char *of_fragment(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];

	char *path;

	if (part_is_foreign(part) && holds_edits(part))
		placer_refuse(p, i,
			      "a change in a form that is not read: ask for a diff, or for the "
			      "whole file");
	if (part_is_foreign(part) || p->shapes[i].blank || (p->wholes && !p->forced_unclear) ||
	    !like_code(part))
		return NULL; /* a command, a table, or an example beside the real thing */
	if (slice_find(part_text(part), "endmodule") < part->len &&
	    (path = fitting_file(p, i)) != NULL)
		return path;
	if (quotes(p, i))
		return NULL;
	placer_refuse(p, i,
		      "a block without a %s: if it is a file, --file PATH names it; if it is a "
		      "part of one, "
		      "ask for the whole module or a diff",
		      p->shapes[i].units ? "whole module" : "module");
	return NULL;
}

/* The start of a module in a block that was closed, with more after it: not
 * the end of an answer that was cut off, but a quotation. */
bool placer_excerpt(const struct placer *p, size_t i)
{
	const struct voutline *o = &p->shapes[i].outline;

	return p->parts->v[i].cut && i + 1 < p->parts->n && o->n &&
	       o->modules[o->n - 1].end_line == 0;
}

char *placer_which(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];
	const struct shape *s = &p->shapes[i];

	if (s->forced)
		return placer_clean(p, i, p->project->forced_path, true);
	if (part->path)
		return by_name(p, i);
	if (p->forced_unclear && (s->units || nameless_fragment(p, i))) {
		placer_refuse(p, i,
			      "--file is for one block, and several of this answer have no name");
		return NULL;
	}
	if (part->kind != PART_CODE)
		return by_quote(p, i);
	if (s->units == 0 || placer_excerpt(p, i))
		return of_fragment(p, i);
	return by_module(p, i);
}
