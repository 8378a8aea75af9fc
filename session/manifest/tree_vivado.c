/* Finds the folders that Vivado wrote by what lies beside them. */
#include "config.h"

#include "session/manifest/tree_vivado.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/manifest/tree.h"

/* Vivado names its folders after the project. The user's own files are in the first. */
static const char *const endings[] = { ".srcs",		 ".cache", ".gen", ".hw",
				       ".ip_user_files", ".runs",  ".sim" };

#define ENDINGS (sizeof(endings) / sizeof(*endings))

/* True if the project file, or a folder with another of these endings, lies beside the
 * folder path[0..end). */
static bool has_another(const struct tree *t, const char *path, size_t end, size_t ending)
{
	int stem = (int)(end - strlen(endings[ending]));
	char *other = str_fmt("%.*s.xpr", stem, path);
	bool has = tree_has(t, other);

	free(other);
	for (size_t i = 0; !has && i < ENDINGS; i++) {
		other = str_fmt("%.*s%s", stem, path, endings[i]);
		has = i != ending && tree_has_dir(t, other);
		free(other);
	}
	return has;
}

bool tree_is_vivado(const struct tree *t, const char *path)
{
	size_t from = 0;

	for (const char *slash = path; (slash = strchr(slash, '/')); slash++) {
		size_t end = (size_t)(slash - path);

		for (size_t i = 1; i < ENDINGS; i++) {
			size_t n = strlen(endings[i]);

			if (end - from > n && strncmp(slash - n, endings[i], n) == 0 &&
			    has_another(t, path, end, i))
				return true;
		}
		from = end + 1;
	}
	return false;
}
