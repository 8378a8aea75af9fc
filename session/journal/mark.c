/* A copied or cloned project may contain `.posedge/sessions`, and continuing
 * somebody else's session would record my decisions in it. So each session has a
 * keyed hash of its id and the user's number, made with a key that never leaves
 * this user's data folder. A session without the right mark has to be adopted
 * (`sessions --adopt`).
 */
#include "config.h"

#include "session/journal/mark.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/str.h"

static char *key_path(void)
{
	return path_user_data("session.key");
}

/* Linked into place: if two programs make a key at once, both use the first. */
static bool make_key(const char *path, struct err *err)
{
	char hex[HASH_HEX + 1];
	char *dir = path_dir(path), *tmp = str_fmt("%s.%ld", path, (long)getpid());
	bool ok;

	hash_random(hex);
	ok = file_make_dirs(dir, 0700, err) && file_save(tmp, hex, HASH_HEX, 0600, err);
	if (ok && link(tmp, path) < 0 && errno != EEXIST)
		ok = err_set(err, ERR_IO, "make %s: %s", path, strerror(errno));
	unlink(tmp);
	free(tmp);
	free(dir);
	return ok;
}

/* False: there is no key, and make is false or making one failed. */
static bool compute(const char *id, bool make, char hex[HASH_HEX + 1], struct err *err)
{
	char *path = key_path(),
	     *line = str_fmt("posedge session 1\n%s\n%lu\n", id, (unsigned long)geteuid());
	struct str key = STR_INIT;
	bool ok = path != NULL;

	if (!ok)
		err_set(err, ERR_IO, "there is no home folder to keep the key of your sessions in");
	ok = ok && (file_exists(path) || (make && make_key(path, err))) &&
	     file_read(path, 4096, &key, err);
	if (ok && !hash_keyed(str_cstr(&key), line, strlen(line), hex))
		ok = err_set(err, ERR_PARSE,
			     "%s holds no key; move it away, and the next session makes a new one",
			     path);
	str_free(&key);
	free(line);
	free(path);
	return ok;
}

bool mark_write(const char *dir, const char *id, struct err *err)
{
	char *path = path_join(dir, "mark");
	char hex[HASH_HEX + 1];
	bool ok = compute(id, true, hex, err) && file_put(path, hex, HASH_HEX, 0600, err);

	free(path);
	return ok;
}

bool mark_is_mine(const char *dir, const char *id)
{
	char hex[HASH_HEX + 1];
	struct str text = STR_INIT;
	bool ok = file_read_in(dir, "mark", 4096, &text, NULL) && compute(id, false, hex, NULL) &&
		  strcmp(str_cstr(&text), hex) == 0;

	str_free(&text);
	return ok;
}
