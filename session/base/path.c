/* Paths as text, and a check that one stays inside a folder.
 *
 * path_clean() resolves "." and ".." by text alone, which is only right where no
 * part is a link. So path_inside() then asks the system where the path really
 * leads, as far as it exists: for a file that does not exist yet its folders are
 * checked, and a dangling link is refused, since a file made through it would be
 * elsewhere.
 */
#include "config.h"

#include "session/base/path.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"

char *path_join(const char *dir, const char *name)
{
	if (name[0] == '/' || strcmp(dir, ".") == 0)
		return mem_strdup(name);
	return str_fmt("%s%s%s", dir, str_ends(dir, "/") ? "" : "/", name);
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

size_t path_folders(const char *path)
{
	size_t n = 0;

	for (; *path; path++)
		n += *path == '/';
	return n;
}

size_t path_common_folders(const char *a, const char *b)
{
	size_t n = 0;

	for (; *a && *a == *b; a++, b++)
		n += *a == '/';
	return n;
}

char *path_dir(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_strdup(".");
	return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

/* Accepts bytes that are not UTF-8: file names in older encodings contain them. */
static bool is_visible(const char *path)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < len;) {
		unsigned cp;
		size_t n = utf8_decode(path + i, len - i, &cp);

		if (n && utf8_is_control(cp))
			return false;
		i += n ? n : 1;
	}
	return true;
}

/* Takes the last component off; false: there is none. */
static bool step_up(struct str *s)
{
	char *slash = s->len ? strrchr(s->data, '/') : NULL;

	if (s->len == 0)
		return false;
	str_cut(s, slash ? (size_t)(slash - s->data) : 0);
	return true;
}

bool path_clean(const char *path, char **out, struct err *err)
{
	struct str s = STR_INIT;
	const char *p = path;

	*out = NULL;
	if (path[0] == '/' || path[0] == '\0')
		return err_set(err, ERR_USAGE, "path '%s': %s", path,
			       path[0] ? "it is absolute" : "it is empty");
	if (!is_visible(path))
		return err_set(err, ERR_USAGE,
			       "path '%s': it holds a control character or an invisible one", path);
	while (*p) {
		size_t n = strcspn(p, "/");

		if (n == 2 && memcmp(p, "..", 2) == 0) {
			if (!step_up(&s)) {
				str_free(&s);
				return err_set(err, ERR_USAGE, "path '%s': it leaves the project",
					       path);
			}
		} else if (n > 0 && !(n == 1 && *p == '.')) {
			if (s.len)
				str_addc(&s, '/');
			str_add(&s, p, n);
		}
		p += n;
		while (*p == '/')
			p++;
	}
	if (s.len == 0)
		str_addc(&s, '.');
	*out = str_take(&s);
	return true;
}

/* True if full (root joined with a clean path), as far as it exists, is below root
 * after resolving links. */
static bool really_below(const char *root, const char *full)
{
	char *r = realpath(root, NULL);
	char *p = mem_strdup(full);
	char *real = NULL;
	bool ok = false;

	while (r && !(real = realpath(p, NULL))) {
		struct stat st;
		char *up;

		/* A dangling link: a file made through it would be elsewhere. */
		if (lstat(p, &st) == 0 || strcmp(p, root) == 0 || !strchr(p, '/'))
			break;
		up = path_dir(p);
		free(p);
		p = up;
	}
	if (r && real) {
		size_t n = strlen(r);

		ok = strcmp(r, "/") == 0 ||
		     (strncmp(real, r, n) == 0 && (real[n] == '\0' || real[n] == '/'));
	}
	free(real);
	free(p);
	free(r);
	return ok;
}

bool path_is_hidden(const char *rel)
{
	return rel[0] == '.' || strstr(rel, "/.");
}

bool path_inside(const char *root, const char *path, char **rel, struct err *err)
{
	const char *tail = path;
	char *real_root = NULL;
	char *full = NULL;
	bool ok = false;

	*rel = NULL;
	if (path[0] == '/') {
		size_t n;

		real_root = realpath(root, NULL);
		n = real_root ? strlen(real_root) : 0;
		if (!real_root || strncmp(path, real_root, n) != 0 || path[n] != '/') {
			err_set(err, ERR_USAGE, "path '%s': it is outside the project", path);
			goto out;
		}
		tail = path + n + 1;
	}
	if (!path_clean(tail, rel, err))
		goto out;
	full = str_fmt("%s/%s", root, *rel);
	ok = really_below(root, full);
	if (!ok)
		err_set(err, ERR_USAGE, "path '%s': it leaves the project through a link", path);
out:
	if (!ok) {
		free(*rel);
		*rel = NULL;
	}
	free(full);
	free(real_root);
	return ok;
}

char *path_without_links(const char *path)
{
	char *dir = mem_strdup(path), *real = NULL, *out;

	while (!real && strcmp(dir, "/") != 0 && strcmp(dir, ".") != 0) {
		char *up = path_dir(dir);

		free(dir);
		dir = up;
		real = realpath(dir, NULL);
	}
	out = real ? path_join(real, path + strlen(dir) + (path[strlen(dir)] == '/'))
		   : mem_strdup(path);
	free(real);
	free(dir);
	return out;
}

/* In the environment, so that everything that reads HOME agrees: also git and the other
 * programs that are started. */
void path_ensure_home(void)
{
	const char *home = getenv("HOME");
	const struct passwd *user = home && home[0] == '/' ? NULL : getpwuid(geteuid());

	if (user && user->pw_dir && user->pw_dir[0] == '/')
		setenv("HOME", user->pw_dir, 1);
}

static char *user_dir(const char *variable, const char *below_home, const char *name)
{
	const char *dir = getenv(variable);
	const char *home = getenv("HOME");
	const char *slash = name ? "/" : "", *rest = name ? name : "";

	if (dir && dir[0] == '/')
		return str_fmt("%s/posedge%s%s", dir, slash, rest);
	return home && home[0] == '/' ? str_fmt("%s/%s/posedge%s%s", home, below_home, slash, rest)
				      : NULL;
}

char *path_user_cache(const char *name)
{
	return user_dir("XDG_CACHE_HOME", ".cache", name);
}

char *path_user_config(const char *name)
{
	return user_dir("XDG_CONFIG_HOME", ".config", name);
}

char *path_user_data(const char *name)
{
	return user_dir("XDG_DATA_HOME", ".local/share", name);
}
