/* The file in the cache has a key per line, the newest last; at the limit the first lines go.
 * The tool is part of a key by path, size and date of its program, so that another version
 * is asked again. Two commands that write at a time may lose each other's keys, which costs a
 * lint and no finding. */
#include "config.h"

#include "session/lint/lint_clean.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/lint/lint_known.h"
#include "session/text/name_map.h"
#include "session/tool/simulator.h"

#define NAME "lint-clean" /* one key a line, the newest last */

struct lint_clean {
	char *tool; /* its program, and when that was made */
	struct strv keys;
	struct name_map at; /* keys are borrowed from keys */
	struct lint_hashes hashes;
	size_t added;
};

/* Identifies the installed version of a tool by the path, size and date of its program. */
static char *tool_of(const struct simulator_ops *ops)
{
	char *where = NULL, *tool;
	struct stat st = { 0 };

	if (simulator_available(ops, &where, NULL) && where)
		stat(where, &st);
	tool = str_fmt("%s %s %lld %lld", ops->name, where ? where : "", (long long)st.st_size,
		       (long long)st.st_mtime);
	free(where);
	return tool;
}

static bool is_key(const char *s, size_t len)
{
	return len == HASH_HEX && strspn(s, "0123456789abcdef") == HASH_HEX;
}

static void put(struct lint_clean *c, const char *key)
{
	if (name_map_has(&c->at, key, HASH_HEX))
		return;
	strv_add(&c->keys, key);
	name_map_put(&c->at, c->keys.v[c->keys.n - 1], HASH_HEX, 0);
}

struct lint_clean *lint_clean_open(const struct simulator_ops *ops)
{
	struct lint_clean *c = mem_zalloc(sizeof(*c));
	char *path = path_user_cache(NAME);
	struct str text = STR_INIT;

	c->tool = tool_of(ops);
	if (path && file_read(path, LINT_CLEAN_MAX * (HASH_HEX + 2), &text, NULL))
		for (const char *s = str_cstr(&text); *s; s += strcspn(s, "\n"), s += *s == '\n')
			if (is_key(s, strcspn(s, "\n"))) {
				char *key = mem_strndup(s, HASH_HEX);

				put(c, key);
				free(key);
			}
	str_free(&text);
	free(path);
	return c;
}

bool lint_clean_has(struct lint_clean *c, const struct sim_job *j, char key[HASH_HEX + 1])
{
	bool has;

	if (!lint_known_key(&c->hashes, c->tool, j, key))
		key[0] = '\0';
	has = key[0] && name_map_has(&c->at, key, HASH_HEX);
	if (has)
		log_line("cache", "%s found no error in %.12s before", c->tool, key);
	return has;
}

void lint_clean_add(struct lint_clean *c, const char *key)
{
	size_t had = c->keys.n;

	if (key[0])
		put(c, key);
	c->added += c->keys.n - had;
}

static void save(const struct lint_clean *c)
{
	char *folder = path_user_cache(NULL), *path = path_user_cache(NAME);
	size_t from = c->keys.n > LINT_CLEAN_MAX ? c->keys.n - LINT_CLEAN_MAX : 0;
	struct str text = STR_INIT;

	for (size_t i = from; i < c->keys.n; i++)
		str_addf(&text, "%s\n", c->keys.v[i]);
	if (folder && path && file_make_dirs(folder, 0700, NULL))
		file_put(path, str_cstr(&text), text.len, 0600, NULL);
	str_free(&text);
	free(folder);
	free(path);
}

void lint_clean_close(struct lint_clean *c)
{
	if (!c)
		return;
	if (c->added)
		save(c);
	lint_hashes_fini(&c->hashes);
	name_map_fini(&c->at);
	strv_free(&c->keys);
	free(c->tool);
	free(c);
}
