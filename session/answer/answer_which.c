/* Which file a part of an answer is for. In this order: the one given by --file,
 * the one that the part names, the one that defines its modules, a new one named
 * after its top module.
 *
 * A name may have more or fewer folders than in the project, come from another
 * machine, or have the extension of the fence's language; if several files still
 * fit, nothing is guessed. Each refusal says which option or which file would
 * settle it, because the user has to act next. If a name and the modules disagree
 * neither wins: code in the wrong file would define a module twice.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_edit.h"
#include "session/answer/answer_merge.h"
#include "session/answer/answer_name.h"
#include "session/base/mem.h"
#include "session/base/path.h"

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
	return path[0] == '~' || path_is_hidden(path);
}

/* The cleaned path; NULL: refused. No answer may write hidden files: they may be
 * run (.git/hooks) or are ours (.posedge). */
char *placer_clean(struct placer *p, size_t i, const char *name, bool forced)
{
	char *path, *rel = !forced && p->project->inside ? p->project->inside(p->project->ctx, name)
							 : NULL;
	struct err err;
	bool ok = path_clean(rel ? rel : name, &path, &err);

	free(rel);
	if (!ok) {
		if (forced)
			placer_refuse(p, i, "%s; name a file inside the project", err.text);
		else
			placer_refuse(p, i, "%s; %s PATH names a file inside the project", err.text,
				      placer_file_option(p));
		return NULL;
	}
	if (strcmp(path, ".") != 0 && (forced || !hidden(path)))
		return path;
	placer_refuse(p, i, "path '%s': no file of a design; %s PATH names another", name,
		      placer_file_option(p));
	free(path);
	return NULL;
}

/* Path of a new file with that base name. */
static char *in_folder(const struct placer *p, size_t i, const char *base)
{
	const struct vmodule *m = outline_top(&p->shapes[i].outline);
	struct slice stem = name_stem(slice_of(base));
	bool tb = (m && vmodule_is_testbench(m)) || name_is_testbench(stem.p, stem.n);
	const char *dir = tb ? p->project->tb_dir : p->project->rtl_dir;

	if (!name_is_verilog(slice_of(base)) || !dir || !dir[0])
		return mem_strdup(base);
	return path_join(dir, base);
}

/* The only file of the project whose name ends with a blank and name: without quotes only the
 * last word of "my mux.v" is read as a name. NULL: none, or several. */
static const char *with_blank(const struct placer *p, const char *name)
{
	const struct answer_project *project = p->project;
	size_t len = strlen(name), found = 0, n = 0;
	const char *file;

	for (size_t i = 0; project->file_at && (file = project->file_at(project->ctx, i)); i++) {
		size_t all = strlen(file);

		if (all > len && file[all - len - 1] == ' ' && str_ends(file, name)) {
			found = i;
			n++;
		}
	}
	return n == 1 ? project->file_at(project->ctx, found) : NULL;
}

/* The project file that name must mean: it differs only in leading folders. NULL:
 * none; *several: more than one. */
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
	if (n == 0 && (one = with_blank(p, name)) != NULL)
		return one;
	if (n == 1 &&
	    (name == base || (str_ends(one, name) && one[strlen(one) - strlen(name) - 1] == '/')))
		return one;
	*several = n > 1 && name == base;
	return NULL;
}

/* True if the answer also edits path, so a module may move out of it. A block of
 * code does not count, because it never removes a module. */
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

/* A file other than path that defines a module of this part. */
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

/* "m.v" for a module in m.sv: the model used the extension of its fence's language,
 * the project another one. NULL: no such file. */
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
		result = mem_strdup(found);
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
	return mem_strdup(found);
}

/* A module of the block that is in another file, which the answer does not change:
 * in path it would be defined a second time. */
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

/* "C:/Users/me/project/rtl/x.sv", "/workspace/rtl/x.sv": the folders of another machine are
 * in front. */
static bool is_foreign(const struct placer *p, const char *name)
{
	char *own = name[0] == '/' && p->project->inside ? p->project->inside(p->project->ctx, name)
							 : NULL;
	bool yes = name_has_drive(name) || (name[0] == '/' && !own);

	free(own);
	return yes;
}

/* True if the project has files in the folder that begins path. */
static bool has_folder(const struct placer *p, const char *path, size_t n)
{
	const struct answer_project *project = p->project;
	const char *own[] = { project->rtl_dir, project->tb_dir }, *file;

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (own[i] && strlen(own[i]) == n && strncmp(own[i], path, n) == 0)
			return true;
	for (size_t i = 0; project->file_at && (file = project->file_at(project->ctx, i)); i++)
		if (strncmp(file, path, n) == 0 && file[n] == '/')
			return true;
	return false;
}

/* "/rtl/new.sv", "/workspace/rtl/new.sv", "/new.sv": the name of a new file in a folder of the
 * project; NULL: its folder is none. */
static const char *new_in_folder(const struct placer *p, const char *name)
{
	const char *base = strrchr(name, '/');

	if (base == name)
		return name + 1;
	for (const char *s = strchr(name, '/'); s && s < base; s = strchr(s + 1, '/'))
		if (has_folder(p, s + 1, (size_t)(base - s) - 1))
			return s + 1;
	return NULL;
}

/* The file of the project with such a name. */
static char *from_elsewhere(struct placer *p, size_t i, const char *name)
{
	bool several = false, out = strstr(name, "..") != NULL;
	const char *file = out ? NULL : matching_file(p, name, &several);

	if (!file && !out && !several && p->parts->v[i].kind == PART_CODE)
		file = new_in_folder(p, name);
	if (file) {
		placer_note(p, "%s: the answer calls it %s", file, name);
		return placer_clean(p, i, file, false);
	}
	placer_refuse(p, i, "%s is not in this project; %s PATH names the file that is meant", name,
		      placer_file_option(p));
	return NULL;
}

static char *by_name(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];
	char *path = is_foreign(p, part->path) ? from_elsewhere(p, i, part->path)
					       : placer_clean(p, i, part->path, false);
	char *result = NULL, *real;
	const char *module, *file, *other;
	bool several;

	if (!path)
		return NULL;
	file = matching_file(p, path, &several);
	real = file && p->project->inside ? p->project->inside(p->project->ctx, file) : NULL;
	file = real ? real : file; /* with fewer folders it may name a link */
	if (file && part->kind == PART_CODE && (other = elsewhere(p, i, file, &module)) != NULL) {
		placer_refuse(p, i,
			      "the block is named %s, and its module %s is in %s; %s PATH says "
			      "which file is meant",
			      file, module, other, placer_file_option(p));
	} else if (file) {
		result = mem_strdup(file);
	} else if (!several && (result = twin(p, i, path)) != NULL) {
		placer_note(p, "%s: the answer calls it %s", result, path);
	} else if (several) {
		placer_refuse(p, i, "there is more than one %s; %s PATH says which", path,
			      placer_file_option(p));
	} else if ((part->kind == PART_EDIT && part->search_len) ||
		   (part->kind == PART_DIFF && diff_purpose(part_text(part)) == DIFF_CHANGES &&
		    !diff_only_adds(part_text(part)))) {
		placer_refuse(p, i,
			      "there is no %s to change; %s PATH names the file that is meant",
			      path, placer_file_option(p));
	} else if ((file = definer(p, i, &module)) != NULL) {
		placer_refuse(
			p, i,
			"%s does not exist, and %s is already in %s; %s PATH says where it goes",
			path, module, file[0] ? file : "several files", placer_file_option(p));
	} else {
		result = strchr(path, '/') ? mem_strdup(path) : in_folder(p, i, path);
	}
	free(real);
	free(path);
	return result;
}

/* The one file that defines modules of o. "": refused; NULL: none does. */
static const char *defining_file(struct placer *p, size_t i, const struct voutline *o)
{
	const char *found = NULL;

	for (size_t k = 0; k < o->n; k++) {
		const struct vmodule *m = &o->modules[k];
		const char *file = unit_counts(o, m) ? file_of(p, m->name) : NULL;

		if (!file)
			continue;
		if (!file[0] && p->project->meant &&
		    (file = p->project->meant(p->project->ctx, m->name)) != NULL)
			placer_note(p,
				    "%s: of the files that define %s, the one that the question "
				    "is about",
				    file, m->name);
		if (!file || !file[0]) {
			placer_refuse(p, i, "more than one file defines %s; %s PATH says which",
				      m->name, placer_file_option(p));
			return "";
		}
		if (found && strcmp(found, file) != 0) {
			placer_refuse(
				p, i,
				"the block has modules of %s and of %s; %s PATH says where it goes",
				found, file, placer_file_option(p));
			return "";
		}
		found = file;
	}
	return found;
}

/* Extension without a file to compare with: that of the fence's language, if the
 * code agrees. */
static const char *extension(const struct placer *p, size_t i)
{
	const char *language = p->parts->v[i].language;
	bool verilog = language && (strcmp(language, "verilog") == 0 || strcmp(language, "v") == 0);

	if (p->project->extension)
		return p->project->extension;
	return verilog && !p->shapes[i].outline.systemverilog ? ".v" : ".sv";
}

/* True for a module, no testbench, that the answer calls an example and that instantiates one of
 * its other modules. */
static bool is_example_of_use(const struct placer *p, size_t i)
{
	const struct voutline *o = &p->shapes[i].outline;

	for (size_t k = 0; k < o->n; k++) {
		const struct vmodule *m = &o->modules[k];

		if (vmodule_is_testbench(m) || name_is_testbench(m->name, strlen(m->name)))
			return false;
		for (size_t n = 0; n < m->n_instances; n++)
			for (size_t f = 0; f < p->out->n; f++)
				if (strv_has(&p->given[f], m->instances[n].module))
					return answer_shows_use(p->parts, i);
	}
	return false;
}

static char *new_file(struct placer *p, size_t i)
{
	const struct vmodule *m = outline_top(&p->shapes[i].outline);
	struct slice name = slice_of(m->name);
	const char *one;
	char *base, *path;

	if (is_example_of_use(p, i)) {
		placer_note(p,
			    "module %s is an example of use, which is not written; --file PATH "
			    "takes it as a file",
			    m->name);
		return NULL;
	}
	if (slice_word(name) != name.n || name.n == 0 || name.n > 200) {
		placer_refuse(p, i, "module %s cannot name a file; %s PATH does", m->name,
			      placer_file_option(p));
		return NULL;
	}
	base = str_fmt("%s%s", m->name, extension(p, i));
	path = in_folder(p, i, base);
	if (placer_known(p, path) || p->project->files_named(p->project->ctx, base, &one) > 0) {
		placer_refuse(p, i,
			      "there is a %s already, and it does not define %s; %s PATH says "
			      "where that goes",
			      base, m->name, placer_file_option(p));
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

/* An edit without a name may quote a module's header, or lines that only one file has. */
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
	else if (!file && (path = placer_fitting_file(p, i)) != NULL)
		placer_note(p,
			    "%s: the answer does not name it, but only this file has the lines "
			    "that it changes",
			    path);
	else if (!file)
		placer_refuse(p, i,
			      "the answer does not say which file this change is for; %s PATH does",
			      placer_file_option(p));
	voutline_fini(&o);
	return path;
}

/* Code without a module. Whether it can be a file by itself is decided when the
 * file is known; without a name it cannot. */
static char *of_fragment(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];

	char *path;

	if (part_is_foreign(part) && part_holds_edits(part))
		placer_refuse(p, i,
			      "a change in a form that is not read: ask for a diff, or for the "
			      "whole file");
	if (part_is_foreign(part) || p->shapes[i].blank || (p->wholes && !p->forced_unclear) ||
	    !part_is_like_code(part))
		return NULL; /* a command, a table, or an example next to the actual code */
	if (slice_find(part_text(part), "endmodule") < part->len &&
	    (path = placer_fitting_file(p, i)) != NULL)
		return path;
	if (placer_quotes(p, i))
		return NULL;
	placer_refuse(p, i,
		      "a block without a %s: if it is a file, %s PATH names it; if it is a part of "
		      "one, ask for the whole module or a diff",
		      p->shapes[i].units ? "whole module" : "module", placer_file_option(p));
	return NULL;
}

/* The start of a module in a closed block with more text after it: a quotation, not
 * the end of an answer that was cut off. */
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
	if (p->forced_unclear && (s->units || placer_nameless_fragment(p, i))) {
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
