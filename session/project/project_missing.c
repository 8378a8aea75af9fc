/* What a project's descriptions name and does not exist.
 *
 * A list that was not kept up, or a clone without its submodules, misses many files at
 * once: if one description misses more than a few, one sentence reports them all. */
#include "config.h"

#include "session/project/project_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/manifest/manifest.h"

#define FEW	      3
#define MODULES_MAX   (64u << 10) /* bytes of .gitmodules */
#define MODULES_LINES 2000

static const char missing[] = ": there is no such file";

static bool has_files(const struct project *p, const char *folder)
{
	size_t n, len = strlen(folder);
	const char *const *paths = project_tree(p, &n);

	for (size_t i = 0; i < n; i++)
		if (strncmp(paths[i], folder, len) == 0 && paths[i][len] == '/')
			return true;
	return false;
}

void project_empty_submodules(const struct project *p, struct strv *out)
{
	char *path = path_join(project_root(p), ".gitmodules");
	struct str text = STR_INIT;
	size_t lines = 0;

	if (!file_read(path, MODULES_MAX, &text, NULL))
		str_clear(&text);
	for (const char *s = str_cstr(&text); *s && lines < MODULES_LINES; lines++) {
		size_t n = strcspn(s, "\r\n");
		const char *line = s + strspn(s, " \t"), *value = line + 4;
		char *folder;

		s += n + strspn(s + n, "\r\n");
		if (!str_starts(line, "path"))
			continue;
		value += strspn(value, " \t");
		if (*value++ != '=')
			continue;
		value += strspn(value, " \t");
		folder = mem_strndup(value, strcspn(value, " \t\r\n"));
		if (folder[0] && !has_files(p, folder))
			strv_add(out, folder);
		free(folder);
	}
	str_free(&text);
	free(path);
}

/* Notes "PATH: BEGINS NAME ENDS", or "PATH:LINE: ...", of which many become one. */
struct folded {
	const char *begins, *ends;
	const char *many, *what; /* "names 12 files that are not there" */
	const char *stop;	 /* where NAME ends if before ENDS; NULL: nowhere */
	bool counts;		 /* lint says it, too */
};

static const struct folded kinds[] = {
	{ "", missing, "names", "files that are not there", NULL, true },
	{ "", ": settings of Verilator, which are not read", "names",
	  "files with settings of Verilator, which are not read", NULL, true },
	{ "", " is outside the project", "names", "files that are outside the project", NULL,
	  false },
	{ "", " is not known here", "names", "files by variables that are not known here", ": $",
	  false },
	{ "the sources for ", " are not taken: for a board or another tool", "has",
	  "groups of sources for boards or other tools, which are not taken", NULL, false },
};

/* Length of PATH in the note if it is of this kind, else 0. *name, *len: its NAME. */
static size_t description_of(const char *note, const struct folded *k, const char **name,
			     size_t *len)
{
	const char *colon = strchr(note, ':'), *at, *stop;
	size_t n = strlen(note), ends = strlen(k->ends);

	if (!colon || !str_ends(note, k->ends))
		return 0;
	at = colon + 1;
	at += strspn(at, "0123456789");
	at += at > colon + 1 && *at == ':';
	at += strspn(at, " ");
	if (!str_starts(at, k->begins) || (size_t)(at - note) + strlen(k->begins) + ends > n)
		return 0;
	*name = at + strlen(k->begins);
	*len = n - ends - (size_t)(*name - note);
	stop = k->stop ? strstr(*name, k->stop) : NULL;
	if (stop && (size_t)(stop - *name) < *len)
		*len = (size_t)(stop - *name);
	return (size_t)(colon - note);
}

static const struct folded *kind_of(const char *note, size_t *path, const char **name, size_t *len)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if ((*path = description_of(note, &kinds[i], name, len)) > 0)
			return &kinds[i];
	return NULL;
}

/* The submodules that would bring some of the missing files. */
static void say_submodules(const struct project *p, const struct strv *said, struct strv *notes)
{
	struct strv empty = STRV_INIT;

	project_empty_submodules(p, &empty);
	for (size_t i = 0; i < empty.n; i++) {
		for (size_t k = 0; k < said->n; k++) {
			if (!str_ends(said->v[k], missing) || !strstr(said->v[k], empty.v[i]))
				continue;
			strv_addf(notes,
				  "%s is a git submodule and empty here: `git submodule update "
				  "--init` fetches it",
				  empty.v[i]);
			break;
		}
	}
	strv_free(&empty);
}

static void notes_of(const struct project *p, bool others, struct strv *notes)
{
	const struct strv *said = &project_manifest(p)->notes;

	for (size_t i = 0, n; i < said->n; i += n) {
		const char *name, *next;
		size_t path, len, other;
		const struct folded *k = kind_of(said->v[i], &path, &name, &len);

		for (n = 1; k && i + n < said->n; n++)
			if (description_of(said->v[i + n], k, &next, &other) != path ||
			    strncmp(said->v[i], said->v[i + n], path) != 0)
				break;
		if (!others && !(k && k->counts))
			continue;
		if (n > FEW)
			strv_addf(notes, "%.*s %s %zu %s, the first %.*s", (int)path, said->v[i],
				  k->many, n, k->what, (int)len, name);
		for (size_t m = i; n <= FEW && m < i + n; m++)
			strv_add(notes, said->v[m]);
	}
	say_submodules(p, said, notes);
}

static bool is_used(const struct project *p, const char *module)
{
	for (size_t f = 0; f < p->n_files; f++) {
		const struct voutline *o = p->files[f]->file.outline;

		if (o && voutline_instantiates(o, module))
			return true;
	}
	return false;
}

/* Two files that differ in the extension alone: cnt.v and cnt.sv. A module that is used has a
 * sentence from the choice between them, see project_closure.c. */
static void say_twins(const struct project *p, struct strv *notes)
{
	const struct project_index *x = project_index(p);

	for (size_t i = 0; i + 1 < x->n_defs; i++) {
		const char *a = p->files[x->defs[i].file]->file.path;
		const char *b = p->files[x->defs[i + 1].file]->file.path;
		size_t n = (size_t)(strrchr(a, '.') - a) + 1;

		if (strcmp(x->defs[i].name, x->defs[i + 1].name) == 0 && strcmp(a, b) != 0 &&
		    strncmp(a, b, n) == 0 && !strchr(b + n, '.') && !strchr(b + n, '/') &&
		    !is_used(p, x->defs[i].name))
			strv_addf(notes,
				  "%s is defined in %s and %s: a design can have one of them",
				  x->defs[i].name, a, b);
	}
}

void project_missing(const struct project *p, struct strv *notes)
{
	notes_of(p, false, notes);
	say_twins(p, notes);
}

void project_notes(const struct project *p, struct strv *notes)
{
	notes_of(p, true, notes);
}
