/* What a project's descriptions name and does not exist.
 *
 * A list that was not kept up, or a clone without its submodules, misses many files at
 * once: more than a few of one description are told in one sentence. */
#include "config.h"

#include "session/project/project.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/manifest/manifest.h"

#define FEW	      3
#define MODULES_MAX   (64u << 10) /* bytes of .gitmodules */
#define MODULES_LINES 2000

static const char missing[] = ": there is no such file", outside[] = " is outside the project";

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

/* Length of the description's path in a note "PATH: NAME: there is no such file" or
 * "PATH:LINE: NAME: ...", *name: where NAME begins; 0 for any other note. ending: what
 * the note ends in, or NULL: in one of endings, which is set. */
static size_t description_of(const char *note, const char **ending, const char **name)
{
	static const char *const endings[] = { missing, outside };
	const char *colon = strchr(note, ':'), *at;

	for (size_t i = 0; i < 2 && !*ending; i++)
		*ending = str_ends(note, endings[i]) ? endings[i] : NULL;
	if (!colon || !*ending || !str_ends(note, *ending))
		return 0;
	at = colon + 1;
	at += strspn(at, "0123456789");
	at += at > colon + 1 && *at == ':';
	*name = at + strspn(at, " ");
	return (size_t)(colon - note);
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
	const char *name;

	for (size_t i = 0, n; i < said->n; i += n) {
		const char *ending = NULL, *next;
		size_t len = description_of(said->v[i], &ending, &name);
		size_t name_len = len ? strlen(name) - strlen(ending) : 0;

		for (n = 1; len && i + n < said->n; n++)
			if (description_of(said->v[i + n], &ending, &next) != len ||
			    strncmp(said->v[i], said->v[i + n], len) != 0)
				break;
		if (!others && (!len || ending != missing))
			continue;
		if (n > FEW)
			strv_addf(notes, "%.*s names %zu files that are %s, the first %.*s",
				  (int)len, said->v[i], n,
				  ending == missing ? "not there" : "outside the project",
				  (int)name_len, name);
		for (size_t k = i; n <= FEW && k < i + n; k++)
			strv_add(notes, said->v[k]);
	}
	say_submodules(p, said, notes);
}

void project_missing(const struct project *p, struct strv *notes)
{
	notes_of(p, false, notes);
}

void project_notes(const struct project *p, struct strv *notes)
{
	notes_of(p, true, notes);
}
