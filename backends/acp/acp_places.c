/* Which folders of this machine an agent may see. Its sandbox starts empty, so we have
 * to find what its program needs: the program, the target of each link that leads to
 * it, and, if npm installed it, the prefix that contains both `bin` and
 * `lib/node_modules`. System folders such as /usr are there already.
 *
 *   /opt/node/bin/agent -> ../lib/node_modules/agent/cli.js    shows /opt/node
 *
 * The folder around a program is shown only if it contains nothing personal: not the
 * home folder, the project, /tmp or a folder above one of these (too_wide); else only
 * the file itself is shown. The `config` and `see` options refuse such folders with an
 * error, since the person asked for them.
 */
#include "config.h"

#include "backends/acp/acp_places.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/mem.h"

static const char *keep(struct acp_places *p, char *text)
{
	strv_give(&p->texts, text);
	return p->texts.v[p->texts.n - 1];
}

void acp_places_add(struct acp_places *p, const char *from, const char *at, bool writable)
{
	MEM_PUSH(p->v, p->n, p->cap,
		 (struct confine_place){ keep(p, mem_strdup(from)), keep(p, mem_strdup(at)),
					 writable });
}

void acp_places_fini(struct acp_places *p)
{
	free(p->v);
	strv_free(&p->texts);
	memset(p, 0, sizeof(*p));
}

char *acp_path(const char *path)
{
	const char *home = getenv("HOME");

	if (str_starts(path, "~/") && home)
		return str_fmt("%s%s", home, path + 1);
	return path[0] == '/' ? mem_strdup(path) : NULL;
}

/* True if path is folder or below it. */
static bool below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	while (n > 1 && folder[n - 1] == '/')
		n--;
	return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == '\0' || n == 1);
}

static bool of_the_system(const char *path)
{
	static const char *const roots[] = { "/usr", "/bin", "/sbin", "/lib", "/lib64" };

	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		if (below(path, roots[i]))
			return true;
	return false;
}

/* True if the folder contains personal files, so that it must not be shown for a
 * program in it. */
static bool too_wide(const char *folder, const char *root)
{
	const char *home = getenv("HOME");

	return (home && below(home, folder)) || (root && below(root, folder)) ||
	       strcmp(folder, "/") == 0 || strcmp(folder, "/tmp") == 0;
}

/* True for a program installed in a prefix with its own libraries, as node does it. */
static bool has_modules(const char *folder, char **prefix)
{
	char *up = path_dir(folder), *lib = path_join(up, "lib/node_modules");
	bool yes = strcmp(path_base(folder), "bin") == 0 && file_is_dir(lib);

	free(lib);
	*prefix = yes ? up : NULL;
	if (!yes)
		free(up);
	return yes;
}

static void show_program(struct acp_places *p, const char *path, const char *root)
{
	char *folder = path_dir(path), *prefix = NULL;

	if (of_the_system(path))
		;
	else if (has_modules(folder, &prefix) && !too_wide(prefix, root))
		acp_places_add(p, prefix, prefix, false);
	else if (too_wide(folder, root))
		acp_places_add(p, path, path, false);
	else
		acp_places_add(p, folder, folder, false);
	free(prefix);
	free(folder);
}

bool acp_places_program(struct acp_places *p, const char *program, const char *root,
			struct str *path, struct err *err)
{
	char *found = child_which(program), *real = found ? realpath(found, NULL) : NULL;
	char *absolute = found && found[0] != '/' ? realpath(found, NULL) : mem_strdup(found);
	bool ok = real && absolute;

	if (ok) {
		char *folder = path_dir(absolute);

		show_program(p, absolute, root);
		if (strcmp(real, absolute) != 0)
			show_program(p, real, root);
		if (!of_the_system(absolute))
			str_addf(path, "%s:", folder);
		free(folder);
	} else {
		err_set(err, ERR_TOOL, "start %s: not installed, or not in PATH", program);
	}
	free(found);
	free(real);
	free(absolute);
	return ok;
}

void acp_places_argument(struct acp_places *p, const char *argument, const char *root)
{
	char *real = argument[0] == '/' ? realpath(argument, NULL) : NULL;

	if (real && !file_is_dir(real) && !(root && below(real, root))) {
		show_program(p, argument, root);
		if (strcmp(real, argument) != 0)
			show_program(p, real, root);
	}
	free(real);
}

static bool add_one(struct acp_places *p, const char *word, bool config, const char *home,
		    const char *root, struct err *err)
{
	char *path = acp_path(word), *real = path ? realpath(path, NULL) : NULL;
	const char *person = getenv("HOME");
	bool ok = true;

	if (!path)
		ok = err_set(err, ERR_USAGE, "%s: a path from / or ~/ was expected", word);
	else if (!real)
		ok = err_set(err, ERR_NOT_FOUND, "%s: there is no such file or folder", word);
	else if (root && (below(real, root) || below(root, real)))
		ok = err_set(err, ERR_USAGE,
			     "%s: the project lies there, which an agent sees only as a copy",
			     word);
	else if (person && below(person, real))
		ok = err_set(err, ERR_USAGE,
			     "%s: that would be the whole home folder; name what it needs of it",
			     word);
	if (ok && config && person && below(path, person)) {
		char *at = str_fmt("%s%s", home, path + strlen(person));

		acp_places_add(p, real, at, true);
		free(at);
	} else if (ok) {
		acp_places_add(p, real, path, config);
	}
	free(path);
	free(real);
	return ok;
}

bool acp_places_list(struct acp_places *p, const char *list, bool config, const char *home,
		     const char *root, struct err *err)
{
	bool ok = true;

	while (ok && *list) {
		size_t n = strcspn(list, ":");
		char *word = mem_strndup(list, n);

		ok = n == 0 || add_one(p, word, config, home, root, err);
		list += n + (list[n] == ':');
		free(word);
	}
	return ok;
}
