/* $readmemh("boot.hex") is relative to a folder that the source does not name.
 *
 * The names come from the outlines. Each folder from which one of them is found
 * is a candidate, and the simulation starts in the one from which most are found.
 * A name that is not found from there but exists next to its source, next to the
 * testbench, at the root, in a data folder, or as the only or the nearest path in
 * the project with that ending, is copied to where the simulation looks. If a name is an
 * expression, it is unknown and all data files are copied.
 *
 * "/home/ann/lab3/rom.hex" and "C:/lab3/rom.hex" are paths on their author's
 * machine: the longest tail that exists in the project is used, and reported, as is
 * "ROM.HEX" for "rom.hex", which other systems take for the same. A run sees no such
 * path; in a copy of the source, paths that start with "/" are made relative to the start
 * folder, so that it also finds what it writes there.
 */
#include "config.h"

#include "session/project/design_data.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/word_table.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/text/name_map.h"

#define MAX_NAMES  2000u
#define MAX_STARTS 200u
#define MAX_NAMED  200u /* files of one name */
#define MAX_ROOTED 100u
#define MAX_DEPTH  16u /* modules that pass a name on */
#define NONE	   SIZE_MAX
#define TOO_MANY_ROOTED                                                                      \
	"more than 100 names in the sources begin with \"/\": the others are looked for as " \
	"they are, where a run has none"

/* A file name in a source. */
struct wanted {
	const char *name, *path;
	int line;
	bool optional; /* default of a parameter that is set elsewhere */
};

struct names {
	const struct project *p;
	struct wanted *v;
	size_t n, cap;
	struct strv values; /* of parameters given from outside */
	const char *testbench;
};

/* Names ------------------------------------------------------------------------ */

static void want(struct names *l, const char *name, const char *path, int line, bool optional)
{
	if (!name || !name[0] || l->n == MAX_NAMES)
		return;
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].name, name) == 0 && strcmp(l->v[i].path, path) == 0) {
			l->v[i].optional &= optional;
			return;
		}
	MEM_PUSH(l->v, l->n, l->cap, (struct wanted){ name, path, line, optional });
}

static const struct voutline *outline_of(const struct names *l, const char *path)
{
	const struct project_file *f = project_find(l->p, path);

	return f ? f->outline : NULL;
}

/* A parameter that an instance sets. */
struct setting {
	const struct vdata_param *p;
	const char *path; /* the file it is in */
	bool reads;	  /* it names what some $readmem or $fopen reads */
};

/* A parameter of a module that names what is read there or below. */
struct reader {
	const char *module, *param;
	size_t next; /* of the same module; NONE: it is the last */
};

/* Only those that name what is read, as a large design sets thousands of others. */
struct settings {
	struct setting *v;
	size_t n, cap;
	struct reader *readers;
	size_t n_readers, cap_readers;
	struct name_map modules; /* to the first reader of each */
};

static bool is_for(const struct vdata_param *p, const char *module, const char *param)
{
	return strcmp(p->module, module) == 0 && (!p->param || strcmp(p->param, param) == 0);
}

/* True if an instance may set the parameter of that module. */
static bool is_set(const struct settings *s, const char *module, const char *param)
{
	for (size_t i = 0; param && i < s->n; i++)
		if (is_for(s->v[i].p, module, param))
			return true;
	return false;
}

/* True if the module has such a reader. param NULL: any. */
static bool is_read(const struct settings *s, const char *module, const char *param)
{
	size_t i;

	if (!name_map_get(&s->modules, module, strlen(module), &i))
		return false;
	for (; param && i != NONE; i = s->readers[i].next)
		if (strcmp(s->readers[i].param, param) == 0)
			return true;
	return !param;
}

static void add_reader(struct settings *s, const char *module, const char *param)
{
	size_t first, next = NONE;

	if (!module || !param || is_read(s, module, param))
		return;
	if (!name_map_put(&s->modules, module, strlen(module), s->n_readers) &&
	    name_map_get(&s->modules, module, strlen(module), &first)) {
		next = s->readers[first].next;
		s->readers[first].next = s->n_readers;
	}
	MEM_PUSH(s->readers, s->n_readers, s->cap_readers, (struct reader){ module, param, next });
}

/* Marks the parameters that name a file to read, and those one module up that give them
 * their values. */
static void mark_settings(struct settings *s)
{
	bool more = true;

	for (size_t round = 0; more && round <= MAX_DEPTH; round++) {
		more = false;
		for (size_t i = 0; i < s->n; i++) {
			const struct vdata_param *p = s->v[i].p;

			if (s->v[i].reads || !is_read(s, p->module, p->param))
				continue;
			more = s->v[i].reads = true;
			add_reader(s, p->unit, p->from);
		}
	}
}

static void add_settings(struct settings *s, const struct names *l, const struct strv *sources)
{
	size_t n = 0;

	for (size_t i = 0; i < sources->n; i++) {
		const struct voutline *o = outline_of(l, sources->v[i]);

		for (size_t k = 0; o && k < o->n_data; k++)
			if (o->data[k].reads)
				add_reader(s, o->data[k].unit, o->data[k].param);
		for (size_t k = 0; o && k < o->n_data_params; k++)
			MEM_PUSH(s->v, s->n, s->cap,
				 (struct setting){ &o->data_params[k], sources->v[i], false });
	}
	mark_settings(s);
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].reads)
			s->v[n++] = s->v[i];
	s->n = n;
}

static void add_names(struct names *l, struct design_data *data, const struct settings *s,
		      const char *path)
{
	const struct voutline *o = outline_of(l, path);

	for (size_t i = 0; o && i < o->n_data; i++) {
		const struct vdata *d = &o->data[i];

		data->devices |= !d->name || str_starts(d->name, "/dev/");
		if (!d->reads)
			continue;
		data->open_names |= !d->name;
		want(l, d->name, path, d->line, is_set(s, d->unit, d->param));
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct vdata_param *p = s->v[i].p;

		if (s->v[i].path == path)
			want(l, p->value, path, p->line,
			     !p->param || (p->from && is_set(s, p->unit, p->from)));
	}
}

/* A parameter of the top, such as "INIT=boot.hex", may name a file. */
static void add_parameters(struct names *l, const struct strv *parameters)
{
	for (size_t i = 0; i < parameters->n; i++) {
		const char *value = strchr(parameters->v[i], '=');
		size_t len = value ? strlen(++value) : 0;

		if (len > 2 && value[0] == '"' && value[len - 1] == '"')
			strv_addn(&l->values, value + 1, len - 2);
		else if (len && strpbrk(value, "./"))
			strv_add(&l->values, value);
	}
	for (size_t i = 0; i < l->values.n; i++)
		want(l, l->values.v[i], l->testbench, 0, true);
}

/* True if the design writes the file itself. */
static bool is_written(const struct names *l, const struct strv *sources, const char *name)
{
	for (size_t i = 0; i < sources->n; i++) {
		const struct voutline *o = outline_of(l, sources->v[i]);

		for (size_t k = 0; o && k < o->n_data; k++)
			if (o->data[k].writes && o->data[k].name &&
			    strcmp(o->data[k].name, name) == 0)
				return true;
	}
	return false;
}

/* Places ------------------------------------------------------------------------ */

/* The path that the simulation opens, relative to its start folder: the literal
 * without escapes and without leading "/". The caller frees. */
static char *opened_path(const char *name)
{
	struct str out = STR_INIT;

	for (const char *p = name + (project_is_foreign(name) ? strspn(name, "/") : 0); *p; p++) {
		p += p[0] == '\\' && p[1] == '\\';
		str_addc(&out, *p);
	}
	return str_take(&out);
}

/* folder/name relative to the root, computed from the text; may begin with "../".
 * NULL if the name is absolute. The caller frees. */
static char *place_from(const char *folder, const char *literal)
{
	struct strv parts = STRV_INIT;
	struct str out = STR_INIT;
	char *name = opened_path(literal), *all = str_fmt("%s/%s", folder, name);

	for (const char *p = all; name[0] != '/' && *p; p += *p == '/') {
		size_t n = strcspn(p, "/");

		if (n == 2 && p[0] == '.' && p[1] == '.' && parts.n &&
		    strcmp(parts.v[parts.n - 1], "..") != 0)
			strv_drop(&parts, parts.n - 1);
		else if (n && !(n == 1 && p[0] == '.'))
			strv_addn(&parts, p, n);
		p += n;
	}
	for (size_t i = 0; i < parts.n; i++)
		str_addf(&out, "%s%s", i ? "/" : "", parts.v[i]);
	strv_free(&parts);
	free(all);
	free(name);
	return out.len ? str_take(&out) : NULL;
}

/* Also finds files in folders that are not scanned, such as build/. */
static bool is_file(const struct project *p, const char *path)
{
	char *full, *rel = NULL;
	struct stat st;
	bool there;

	if (!path || project_has(p, path))
		return path;
	full = path_join(project_root(p), path);
	there = !str_starts(path, "../") && lstat(full, &st) == 0 && S_ISREG(st.st_mode) &&
		path_inside(project_root(p), path, &rel, NULL);
	free(rel);
	free(full);
	return there;
}

/* The file that name refers to from the folder, or NULL. */
static char *from(const struct project *p, const char *folder, const char *name)
{
	char *place = place_from(folder, name);

	if (is_file(p, place))
		return place;
	free(place);
	return NULL;
}

static char *from_data(const struct project *p, const char *folder, const char *name)
{
	static const char *const names[] = { "data", "../data" };
	char *found = NULL;

	for (size_t i = 0; !found && i < sizeof(names) / sizeof(*names); i++) {
		char *data = path_join(folder, names[i]);

		found = from(p, data, name);
		free(data);
	}
	return found;
}

/* The file whose path ends with the name; of several, the one that shares most folders
 * with the file that asks, as each lab of a course has its own prog.mem. NULL if there is
 * none, or several are equally near. Borrowed. */
static const char *nearest_named(const struct project *p, const char *name, const char *asks)
{
	const char *some[MAX_NAMED], *best = NULL;
	size_t n = project_named(p, name, some, MAX_NAMED), most = 0, equal = 0;

	for (size_t i = 0; i < n && i < MAX_NAMED; i++) {
		size_t common = path_common_folders(some[i], asks);

		equal = !best || common > most ? 1 : equal + (common == most);
		if (!best || common > most) {
			best = some[i];
			most = common;
		}
	}
	return equal == 1 && n < MAX_NAMED ? best : NULL;
}

/* Searches where the author probably meant: next to the source, next to the
 * testbench, at the root, in a data folder near these, or the nearest file whose
 * path ends with the name. */
static char *near_or_named(const struct names *l, const struct wanted *w, const char *name)
{
	char *folders[3] = { path_dir(w->path), path_dir(l->testbench), mem_strdup(".") };
	char *found = NULL;

	for (size_t i = 0; !found && i < 3; i++)
		found = from(l->p, folders[i], name);
	for (size_t i = 0; !found && i < 3; i++)
		found = from_data(l->p, folders[i], name);
	while (str_starts(name, "../") || str_starts(name, "./"))
		name = strchr(name, '/') + 1;
	if (!found && name[0] && name[0] != '/')
		found = mem_strdup(nearest_named(l->p, name, w->path));
	for (size_t i = 0; i < 3; i++)
		free(folders[i]);
	return found;
}

/* For a path of another machine, tries each tail, the longest first. */
static char *meant(const struct names *l, const struct wanted *w)
{
	char *way, *found = NULL;

	if (!project_is_foreign(w->name))
		return near_or_named(l, w, w->name);
	way = opened_path(w->name);
	for (char *p = way; *p; p++)
		if (*p == '\\')
			*p = '/';
	for (const char *end = way; end && !found; end = strchr(end, '/')) {
		end += strspn(end, "/");
		found = *end ? near_or_named(l, w, end) : NULL;
	}
	free(way);
	return found;
}

/* Start ------------------------------------------------------------------------- */

static size_t found_from(const struct names *l, const char *folder)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		char *path = from(l->p, folder, l->v[i].name);

		n += path != NULL;
		free(path);
	}
	return n;
}

static void add_start(struct strv *starts, char *folder)
{
	if (starts->n < MAX_STARTS && !strv_has(starts, folder))
		strv_give(starts, folder);
	else
		free(folder);
}

/* Picks the first folder from which most names are found; the root is tried first. */
static void choose_start(struct design_data *d, const struct names *l, const struct options *o)
{
	const char *set = o->sim_folder;
	struct strv starts = STRV_INIT;
	size_t best = 0, n;
	char *clean = NULL;

	if (set[0] && (strcmp(set, ".") == 0 || path_clean(set, &clean, NULL))) {
		d->start = clean;
		d->why = mem_strdup("`set sim.folder` says so");
		return;
	}
	add_start(&starts, mem_strdup("."));
	add_start(&starts, path_dir(l->testbench));
	for (size_t i = 0; i < l->n; i++)
		add_start(&starts, path_dir(l->v[i].path));
	for (size_t i = 0; i < starts.n; i++) {
		n = found_from(l, starts.v[i]);
		if (n > best || (i == 0 && n == best)) {
			best = n;
			free(d->start);
			d->start = strcmp(starts.v[i], ".") == 0 ? NULL : mem_strdup(starts.v[i]);
		}
	}
	d->why = best	? str_fmt("%zu of the %zu file names in the sources are there", best, l->n)
		 : l->n ? mem_strdup("no folder has a file where the sources name it")
			: mem_strdup("the sources name no file");
	strv_free(&starts);
}

/* Files --------------------------------------------------------------------------- */

static const char *keep(struct design_data *d, char *s)
{
	if (s)
		strv_give(&d->own, s);
	return s;
}

static bool has_file(const struct design_data *d, const char *path, const char *place)
{
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->files[i].path, path) == 0 &&
		    (d->files[i].place == place ||
		     (place && d->files[i].place && strcmp(d->files[i].place, place) == 0)))
			return true;
	return false;
}

static void add_file(struct design_data *d, const char *path, char *place)
{
	if (has_file(d, path, place)) {
		free(place);
		return;
	}
	MEM_ROOM(d->files, d->n, d->cap);
	d->files[d->n].path = keep(d, mem_strdup(path));
	d->files[d->n++].place = keep(d, place);
}

/* True for what a parameter says instead of a name: `if (INIT != "none") $readmemh(INIT, m)`. */
static bool means_no_file(const char *name)
{
	static const char *const words[] = { "none", "null", "unused", "nofile", NULL };

	return words_has_nocase(words, name, strlen(name));
}

static void miss(struct design_data *d, const struct wanted *w)
{
	if (means_no_file(w->name))
		return;
	MEM_PUSH(d->missing, d->n_missing, d->cap_missing,
		 (struct data_missing){ mem_strdup(w->name), mem_strdup(w->path), w->line });
}

/* Only so many literals are rewritten in a copy of the source; the rest stays as it is. */
static void add_rooted(struct design_data *d, const char *name)
{
	if (name[0] != '/' || !project_is_foreign(name) || name[strspn(name, "/")] == '\0' ||
	    strv_has(&d->rooted, name))
		return;
	if (d->rooted.n < MAX_ROOTED)
		strv_add(&d->rooted, name);
	else
		strv_add_once(&d->guesses, TOO_MANY_ROOTED);
}

static void note_misnamed(struct design_data *d, const struct wanted *w, const char *path)
{
	add_rooted(d, w->name);
	strv_addf(&d->guesses, "%s:%d reads %s: %s of the project is used for it", w->path, w->line,
		  w->name, path);
}

/* The file that is already laid where the code looks, NULL if there is none. */
static const char *laid_at(const struct design_data *d, const char *place)
{
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->files[i].place ? d->files[i].place : d->files[i].path, place) == 0)
			return d->files[i].path;
	return NULL;
}

/* A run has one file of a name: two modules that each have their own read the same. */
static void note_beside(struct design_data *d, const struct names *l, const struct wanted *w,
			const char *path)
{
	char *folder = path_dir(w->path), *beside = from(l->p, folder, w->name);

	if (beside && w->line && strcmp(beside, path) != 0)
		strv_addf(&d->guesses,
			  "%s:%d reads %s: %s is used for it, since a run has one file of that "
			  "name, and not %s beside it",
			  w->path, w->line, w->name, path, beside);
	free(beside);
	free(folder);
}

static void add_wanted(struct design_data *d, const struct names *l, const struct strv *sources)
{
	const char *start = d->start ? d->start : ".";

	for (size_t i = 0; i < l->n; i++) {
		const struct wanted *w = &l->v[i];
		char *place = place_from(start, w->name),
		     *path = is_file(l->p, place) ? mem_strdup(place) : meant(l, w);

		if (path && place && laid_at(d, place)) {
			note_beside(d, l, w, laid_at(d, place));
		} else if (path && place) {
			note_beside(d, l, w, path);
			add_file(d, path, strcmp(path, place) == 0 ? NULL : mem_strdup(place));
			if (w->line &&
			    (project_is_foreign(w->name) || project_other_case(path, w->name)))
				note_misnamed(d, w, path);
		} else if (!w->optional && !is_written(l, sources, w->name))
			miss(d, w);
		free(path);
		free(place);
	}
}

/* $fopen("out/log.txt", "w") needs the folder, which may be empty in the project
 * or created by a script. */
static void add_folder(struct design_data *d, const char *name)
{
	char *place = strchr(name, '/') ? place_from(d->start ? d->start : ".", name) : NULL;
	char *folder = place ? path_dir(place) : NULL;

	if (folder && strcmp(folder, ".") != 0 && !strv_has(&d->folders, folder))
		strv_add(&d->folders, folder);
	free(folder);
	free(place);
}

static void add_written(struct design_data *d, const struct names *l, const struct strv *sources)
{
	for (size_t i = 0; i < sources->n; i++) {
		const struct voutline *o = outline_of(l, sources->v[i]);

		for (size_t k = 0; o && k < o->n_data && d->folders.n < MAX_STARTS; k++) {
			if (!o->data[k].writes || !o->data[k].name)
				continue;
			add_folder(d, o->data[k].name);
			add_rooted(d, o->data[k].name);
		}
	}
}

/* True for files that no simulation reads, by extension. */
static bool is_no_data(const char *path)
{
	static const char *const endings[] = {
		".md",	 ".png",  ".jpg", ".jpeg", ".gif", ".svg",  ".pdf",  ".html",
		".css",	 ".js",	  ".doc", ".docx", ".ppt", ".pptx", ".xls",  ".xlsx",
		".zip",	 ".gz",	  ".xz",  ".tar",  ".py",  ".pyc",  ".c",    ".cc",
		".cpp",	 ".o",	  ".a",	  ".so",   ".elf", ".vcd",  ".fst",  ".ghw",
		".gtkw", ".vvp",  ".log", ".v",	   ".sv",  ".vh",   ".svh",  ".vhd",
		".vhdl", ".core", ".qsf", ".xpr",  ".f",   ".tcl",  ".sdc",  ".xdc",
		".lef",	 ".def",  ".gds", ".lib",  ".yml", ".yaml", ".json", NULL
	};

	for (const char *const *e = endings; *e; e++)
		if (str_ends(path, *e))
			return true;
	return strcmp(path_base(path), "Makefile") == 0 || strcmp(path_base(path), "LICENSE") == 0;
}

/* Code with unknown file names may open any of these. */
static void add_all(struct design_data *d, const struct project *p)
{
	size_t n;
	const char *const *paths = project_tree(p, &n);

	for (size_t i = 0; i < n && d->n < DESIGN_MAX_DATA; i++)
		if (!is_no_data(paths[i]))
			add_file(d, paths[i], NULL);
}

void design_data_init(struct design_data *d, const struct project *p, const struct options *o,
		      const struct strv *sources, const char *testbench_path,
		      const struct strv *parameters)
{
	struct names l = { .p = p, .testbench = testbench_path };
	struct settings s = { 0 };

	memset(d, 0, sizeof(*d));
	add_settings(&s, &l, sources);
	for (size_t i = 0; i < sources->n; i++)
		add_names(&l, d, &s, sources->v[i]);
	add_parameters(&l, parameters);
	choose_start(d, &l, o);
	add_wanted(d, &l, sources);
	add_written(d, &l, sources);
	if (d->open_names)
		add_all(d, p);
	strv_free(&l.values);
	free(l.v);
	name_map_fini(&s.modules);
	free(s.readers);
	free(s.v);
}

void design_data_fini(struct design_data *d)
{
	for (size_t i = 0; i < d->n_missing; i++) {
		free(d->missing[i].name);
		free(d->missing[i].path);
	}
	free(d->missing);
	free(d->files);
	free(d->start);
	free(d->why);
	strv_free(&d->own);
	strv_free(&d->folders);
	strv_free(&d->rooted);
	strv_free(&d->guesses);
	memset(d, 0, sizeof(*d));
}
