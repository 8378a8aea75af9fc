/* Which file defines which unit, and which unit instantiates which. */
#include "config.h"

#include "session/project/project.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/word_table.h"
#include "session/project/project_inner.h"

static const struct vmodule *unit_of(const struct project *p, const struct definition *d)
{
	return &outline_of(p, d->file)->modules[d->unit];
}

/* Copies ---------------------------------------------------------------------- */

/* Words in names of files and folders kept next to a design: older versions, and
 * output of tools. */
static bool is_copy_word(const char *s, size_t n)
{
	static const char *const words[] = {
		"old",	   "older",	"orig",	      "original",    "bak",	    "backup",
		"backups", "copy",	"kopie",      "copie",	     "archive",	    "archived",
		"attic",   "obsolete",	"deprecated", "retired",     "unused",	    "trash",
		"tmp",	   "temp",	"gl",	      "gls",	     "gate",	    "gatelevel",
		"netlist", "netlists",	"synth",      "synthesized", "synthesised", "mapped",
		"postsyn", "postsynth", "pnr",	      "stub",	     "stubs",	    NULL
	};

	return words_has_nocase(words, s, n);
}

/* Folders that tools write into: a file there is generated if there is a source,
 * too. */
static bool is_output_folder(const char *s, size_t n)
{
	static const char *const names[] = { "build", "obj_dir",	"output",   "outputs", "db",
					     "work",  "incremental_db", "xsim.dir", NULL };

	return words_has_n(names, s, n);
}

bool project_looks_copied(const char *path)
{
	for (const char *s = path, *end; (end = strchr(s, '/')); s = end + 1)
		if (is_output_folder(s, (size_t)(end - s)))
			return true;
	for (const char *s = path; *s;) {
		size_t n = strcspn(s, "/._- ()[]+~,");

		if (is_copy_word(s, n))
			return true;
		s += n + (s[n] != '\0');
	}
	return false;
}

/* How unlikely the file is to define the unit of that name; 0 is best. For fifo,
 * rtl/fifo.v is a good place, rtl/fifo (copy).v and old/fifo.v are not. */
static unsigned oddness(const char *path, const char *name)
{
	const char *base = path_base(path);
	size_t n = strlen(name);

	return project_looks_copied(path) * 2u + !(strncmp(base, name, n) == 0 && base[n] == '.');
}

/* Index --------------------------------------------------------------------- */

/* Files are sorted by path, so their indices order them. A header comes last: its
 * definitions are compiled with its includers. */
struct keyed {
	struct definition d;
	bool header;
	size_t rank;
	unsigned odd;
};

static int by_name(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = strcmp(x->d.name, y->d.name);

	if (order == 0)
		order = (x->header > y->header) - (x->header < y->header);
	if (order == 0)
		order = (x->rank > y->rank) - (x->rank < y->rank);
	if (order == 0)
		order = (x->odd > y->odd) - (x->odd < y->odd);
	if (order == 0)
		order = (x->d.file > y->d.file) - (x->d.file < y->d.file);
	if (order == 0)
		order = (x->d.unit > y->d.unit) - (x->d.unit < y->d.unit);
	return order;
}

static void add_definitions(const struct project *p, struct project_index *x)
{
	struct keyed *all = NULL;
	size_t n = 0, cap = 0;

	for (size_t f = 0; f < p->n_files; f++) {
		const struct voutline *o = outline_of(p, f);

		for (size_t u = 0; o && u < o->n; u++) {
			if (o->modules[u].kind == VUNIT_CLASS)
				continue;
			MEM_PUSH(all, n, cap,
				 (struct keyed){
					 { o->modules[u].name, f, u },
					 p->files[f]->file.header,
					 p->files[f]->rank,
					 oddness(p->files[f]->file.path, o->modules[u].name) });
		}
	}
	if (n)
		qsort(all, n, sizeof(*all), by_name);
	x->binders = mem_calloc(p->n_files + 1, sizeof(*x->binders));
	for (size_t f = 0; f < p->n_files; f++)
		if (outline_of(p, f) && outline_of(p, f)->n_binds)
			x->binders[x->n_binders++] = f;
	x->defs = mem_calloc(n + 1, sizeof(*x->defs));
	x->n_defs = n;
	for (size_t i = 0; i < n; i++) {
		x->defs[i] = all[i].d;
		name_map_put(&x->first, all[i].d.name, strlen(all[i].d.name), i);
	}
	free(all);
}

const struct project_index *project_index(const struct project *p)
{
	project_settle(p);
	if (!p->index->fresh) {
		add_definitions(p, p->index);
		p->index->fresh = true;
	}
	return p->index;
}

size_t project_definitions(const struct project *p, const char *name, size_t len, size_t *first)
{
	const struct project_index *x = project_index(p);
	size_t i;

	if (!name_map_get(&x->first, name, len, &i))
		return 0;
	*first = i;
	while (i < x->n_defs && strncmp(x->defs[i].name, name, len) == 0 &&
	       x->defs[i].name[len] == '\0')
		i++;
	return i - *first;
}

/* Nearness ------------------------------------------------------------------ */

/* Number of folders in path, below those that it shares with here, that here has
 * as well by name: boards/xc7/top.v and lib/clock/xc7/pll.v are for the same
 * board. */
static size_t namesakes(const char *path, const char *here)
{
	size_t n = 0, skip = path_common_folders(path, here);

	for (const char *end; (end = strchr(path, '/')); path = end + 1) {
		size_t len = (size_t)(end + 1 - path);

		if (skip) {
			skip--;
			continue;
		}
		for (const char *p = here; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL) {
			/* xc7/ matches xc7-vga/ */
			if (strncmp(p, path, len - 1) == 0 && !isalnum((unsigned char)p[len - 1])) {
				n++;
				break;
			}
		}
	}
	return n;
}

/* uart.v for uart_tb.v, tb_uart.v or test_uart.v: length of the file name if the
 * name of the asking file contains it, else 0. */
static size_t named_after(const char *path, const char *here)
{
	const char *base = path_base(path), *asks = path_base(here);
	size_t n = strcspn(base, ".");

	return n > 1 && memmem(asks, strcspn(asks, "."), base, n) ? n : 0;
}

/* How near a definition is to the file that refers to it. */
struct nearness {
	const char *path;
	bool apart;	   /* manifest_apart() of the asking file */
	bool header, made; /* by a tool: project_made_by() */
	bool told;	   /* a description gives a tool both */
	bool strange;	   /* kept beside another testbench, for that one */
	bool bare;	   /* without ports: nobody instantiates such a module */
	size_t common, namesakes, named, rank, folders;
	unsigned odd;
};

/* Length of the folder of the description that names the file, which where begins with
 * as in "sim/cpu.f:12"; 0: the root. */
static size_t folder_of(const char *where)
{
	size_t n = strcspn(where, ":,"), at = 0;

	for (size_t i = 0; i < n; i++)
		at = where[i] == '/' ? i + 1 : at;
	return at;
}

/* True if one description speaks of both files, or one of two does that lies above the
 * other file, or names a library's folder. Those for two boards name no file together. */
static bool is_told(const struct project *p, size_t file, const char *here)
{
	const char *path = p->files[file]->file.path;
	const struct manifest *m = &p->look->said->m;
	const struct manifest_file *a = manifest_file(m, path), *b = manifest_file(m, here);
	size_t n = a ? strcspn(a->where, ":,") : 0;

	if (!a || !b)
		return b && p->files[file]->rank == m->n_files;
	return (n == strcspn(b->where, ":,") && strncmp(a->where, b->where, n) == 0) ||
	       strncmp(a->where, here, folder_of(a->where)) == 0 ||
	       strncmp(b->where, path, folder_of(b->where)) == 0;
}

/* True if the folder of the file has a testbench of its own and the asking file does not lie
 * in there: a copy that was put beside one test is not meant by the others. */
static bool is_of_other_test(const struct project *p, const char *path, const char *here)
{
	char *folder = path_dir(path);
	size_t n = strcmp(folder, ".") == 0 ? 0 : strlen(folder) + 1, at;
	bool other = n && strncmp(path, here, n) != 0, found = false;

	if (other) {
		folder = mem_realloc(folder, n + 1);
		folder[n - 1] = '/';
		folder[n] = '\0';
		project_place_of(p, folder, &at);
	}
	for (; other && !found && at < p->n_files; at++) {
		const char *file = p->files[at]->file.path;
		const struct voutline *o = outline_of(p, at);

		if (strncmp(file, folder, n) != 0)
			break;
		for (size_t u = 0; o && !strchr(file + n, '/') && u < o->n; u++)
			found |= vmodule_is_testbench(&o->modules[u]);
	}
	free(folder);
	return found;
}

static struct nearness nearness_of(const struct project *p, const struct definition *d, size_t from)
{
	const struct entry *e = p->files[d->file];
	const char *path = e->file.path, *here = p->files[from]->file.path;

	return (struct nearness){ .path = path,
				  .apart = manifest_apart(&p->look->said->m, path, here),
				  .header = e->file.header,
				  .told = is_told(p, d->file, here),
				  .strange = is_of_other_test(p, path, here),
				  .bare = unit_of(p, d)->n_ports == 0,
				  .made = project_made_by(p, path) != NULL,
				  .common = path_common_folders(path, here),
				  .namesakes = namesakes(path, here),
				  .named = named_after(path, here),
				  .rank = e->rank,
				  .folders = path_folders(path),
				  .odd = oddness(path, d->name) };
}

/* True if the list names one of two files in a folder and leaves out the other. */
static bool told_apart(const struct nearness *a, const struct nearness *b)
{
	return (a->rank == SIZE_MAX) != (b->rank == SIZE_MAX) && a->folders == b->folders &&
	       path_common_folders(a->path, b->path) == a->folders;
}

/* False if equal, so the first one wins. listed: the asking file is in the
 * project's list, whose author gives the tools those files and no others, however
 * near another one lies; otherwise the list may be for another board. */
static bool nearer(const struct nearness *a, const struct nearness *b, bool listed)
{
	if (a->apart != b->apart)
		return b->apart;
	if (a->header != b->header)
		return b->header;
	/* A netlist that the list names and its source, which it does not, is meant. */
	if (a->made != b->made && (a->made ? a : b)->rank >= (a->made ? b : a)->rank)
		return b->made;
	if (a->told != b->told)
		return a->told;
	if (a->strange != b->strange && (a->strange ? b : a)->rank != SIZE_MAX)
		return b->strange;
	if (a->bare != b->bare)
		return b->bare;
	if (a->common != b->common)
		return a->common > b->common;
	if (told_apart(a, b))
		return b->rank == SIZE_MAX;
	if (!listed && a->namesakes != b->namesakes)
		return a->namesakes > b->namesakes;
	if (!listed && a->named != b->named)
		return a->named > b->named;
	if (a->rank != b->rank)
		return a->rank < b->rank;
	if (a->namesakes != b->namesakes)
		return a->namesakes > b->namesakes;
	if (a->odd != b->odd)
		return a->odd < b->odd;
	if (a->named != b->named)
		return a->named > b->named;
	return a->folders < b->folders;
}

size_t project_nearest(const struct project *p, const struct definition *defs, size_t n,
		       size_t from)
{
	struct nearness best_is = nearness_of(p, &defs[0], from);
	size_t best = 0;

	for (size_t i = 1; i < n; i++) {
		struct nearness is = nearness_of(p, &defs[i], from);

		if (nearer(&is, &best_is, p->files[from]->rank != SIZE_MAX)) {
			best = i;
			best_is = is;
		}
	}
	return best;
}

bool project_are_apart(const struct project *p, size_t file, size_t from)
{
	return file != from && manifest_apart(&p->look->said->m, p->files[file]->file.path,
					      p->files[from]->file.path);
}

const struct definition *project_meant(const struct project *p, const char *name, size_t from)
{
	size_t first, n = project_definitions(p, name, strlen(name), &first);
	const struct definition *defs = n ? project_index(p)->defs + first : NULL, *d;

	if (n == 0)
		return NULL;
	d = &defs[project_nearest(p, defs, n, from)];
	return project_are_apart(p, d->file, from) ? NULL : d;
}

/* Definitions --------------------------------------------------------------- */

const struct project_file *project_module(const struct project *p, const char *module,
					  size_t *others)
{
	const struct project_index *x = project_index(p);
	size_t first, n = project_definitions(p, module, strlen(module), &first), files = 0;

	for (size_t i = 0; i < n; i++)
		files += i == 0 || x->defs[first + i].file != x->defs[first + i - 1].file;
	if (others)
		*others = files ? files - 1 : 0;
	return n ? &p->files[x->defs[first].file]->file : NULL;
}

const struct vmodule *project_vmodule(const struct project *p, const char *module)
{
	size_t first;

	if (project_definitions(p, module, strlen(module), &first) == 0)
		return NULL;
	return unit_of(p, &project_index(p)->defs[first]);
}

bool project_is_primitive(const struct project *p, const char *name)
{
	const struct vmodule *m = project_vmodule(p, name);

	return m && m->kind == VUNIT_PRIMITIVE;
}

/* True if the word occurs in the text, but not as the name of a port or parameter. */
static bool mentions(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at += n) {
		char before = at > text ? at[-1] : ' ';

		if (!isalnum((unsigned char)before) && !strchr("_$.", before) &&
		    !isalnum((unsigned char)at[n]) && (!at[n] || !strchr("_$", at[n])))
			return true;
	}
	return false;
}

const char *project_binds_type(const struct project *p, const struct voutline *o)
{
	for (size_t i = 0; i < o->n_binds; i++) {
		const struct vmodule *m = project_vmodule(p, o->binds[i].target);

		for (size_t k = 0; m && o->binds[i].text && k < m->n_params; k++)
			if (strcmp(m->params[k].type, "type") == 0 &&
			    mentions(o->binds[i].text, m->params[k].name))
				return m->name;
	}
	return NULL;
}
