/* Sessions as folders: listed, packed, unpacked, removed.
 *
 * An archive is a tar of the session's regular files, packed by zstd. It is read
 * back and synced before the session's folder is removed. Files nested deeper than
 * DEPTH come from builds and are left out.
 */
#include "config.h"

#include "session/journal/sessions.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/tar.h"
#include "session/journal/doc.h"
#include "session/journal/journal.h"
#include "session/journal/session.h"
#include "session/journal/state.h"

#define DEPTH	4 /* of a session's folder; runs/N/obj/... has none of our files */
#define ZSTD_MS 600000

static char *place(const char *root, const char *what, const char *id)
{
	return str_fmt("%s/.posedge/%s/%s", root, what, id);
}

/* Regular files below dir, relative to it. */
static void list_files(const char *dir, const char *below, int depth, struct strv *out)
{
	char *path = path_join(dir, below);
	DIR *d = own_opendir(path);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		char *rel = str_fmt("%s%s%s", below, below[0] ? "/" : "", e->d_name),
		     *full = path_join(dir, rel);
		struct stat st;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    lstat(full, &st) < 0)
			st.st_mode = 0;
		if (S_ISDIR(st.st_mode) && depth > 0)
			list_files(dir, rel, depth - 1, out);
		else if (S_ISREG(st.st_mode) && strcmp(rel, "lock") != 0)
			strv_add(out, rel);
		free(full);
		free(rel);
	}
	if (d)
		closedir(d);
	free(path);
}

/* Reading */

static uint64_t bytes_of(const char *dir)
{
	struct strv files = STRV_INIT;
	uint64_t total = 0;

	list_files(dir, "", DEPTH, &files);
	for (size_t i = 0; i < files.n; i++) {
		char *path = path_join(dir, files.v[i]);
		struct stat st;

		if (lstat(path, &st) == 0)
			total += (uint64_t)st.st_size;
		free(path);
	}
	strv_free(&files);
	return total;
}

bool session_info(struct loop *l, const char *root, const char *id, struct session_info *out,
		  struct err *err)
{
	struct session *s = session_open(l, root, SESSION_READ, id, err);
	const struct state *st;
	const char *name;

	memset(out, 0, sizeof(*out));
	if (!s)
		return false;
	st = session_state(s);
	name = state_setting(st, SESSION_NAME);
	out->name = mem_strdup(name ? name : "");
	out->verdict = mem_strdup("");
	for (size_t i = 0; i < st->n_runs; i++) {
		if (!st->runs[i]->ended || st->runs[i]->confirms || st->runs[i]->as_if)
			continue;
		free(out->verdict);
		out->verdict = mem_strdup(st->runs[i]->verdict);
	}
	out->started_ms = st->started_ms;
	out->events = st->n;
	out->damaged = session_damage(s)->line;
	out->bytes = bytes_of(session_dir(s));
	session_close(s);
	return true;
}

void session_info_fini(struct session_info *i)
{
	free(i->name);
	free(i->verdict);
	memset(i, 0, sizeof(*i));
}

static void say_unsaved(const struct session *s, struct str *out)
{
	const struct state *st = session_state(s);
	size_t n = 0;

	for (size_t i = 0; i < st->n_docs; i++)
		if (doc_unsaved(st->docs[i]))
			str_addf(out, "%s%s",
				 n++ ? ", " : "unsaved in another session: ", st->docs[i]->path);
	if (n)
		str_addf(out, "; `resume %s` goes there\n", session_id(s));
}

#define BESIDE_MOST 8

void sessions_unsaved_beside(struct loop *l, const struct session *s, struct str *out)
{
	const char *root = session_root(s);
	char *id = mem_strdup(session_state(s)->neighbour);

	for (int i = 0; i < BESIDE_MOST && id[0] && session_is_mine(root, id, NULL); i++) {
		struct session *other = session_open(l, root, SESSION_READ, id, NULL);

		if (other && sessions_free(root, id, NULL))
			say_unsaved(other, out);
		free(id);
		id = mem_strdup(other ? session_state(other)->neighbour : "");
		session_close(other);
	}
	free(id);
}

static void list_folder(const char *root, const char *what, const char *ending, struct strv *out)
{
	struct strv names = STRV_INIT;
	char *dir = place(root, what, "");

	folder_names(dir, &names);
	for (size_t i = 0; i < names.n; i++)
		if (str_ends(names.v[i], ending))
			strv_addn(out, names.v[i], strlen(names.v[i]) - strlen(ending));
	strv_free(&names);
	free(dir);
}

void sessions_trash(const char *root, struct strv *out)
{
	list_folder(root, "trash", "", out);
}

void sessions_archived(const char *root, struct strv *out)
{
	list_folder(root, "archive", ".tar.zst", out);
}

bool sessions_free(const char *root, const char *id, struct err *err)
{
	char *dir = place(root, "sessions", id);
	struct strv ids = STRV_INIT;
	long pid = 0;
	bool ok;

	session_list(root, &ids);
	ok = strv_has(&ids, id) ||
	     err_set(err, ERR_NOT_FOUND, "there is no session %s; `posedge sessions` lists them",
		     id);
	if (ok && (pid = journal_holder(dir)))
		ok = err_set(err, ERR_BUSY, "session %s is open in process %ld", id, pid);
	strv_free(&ids);
	free(dir);
	return ok;
}

/* Moving */

static bool move(const char *root, const char *id, const char *from, const char *to,
		 struct err *err)
{
	char *there = place(root, to, ""), *old = place(root, from, id), *new = place(root, to, id);
	bool ok = file_make_dirs(there, 0700, err);

	if (ok && file_exists(new))
		ok = err_set(err, ERR_CONFLICT, "there is a session %s in .posedge/%s already", id,
			     to);
	if (ok && rename(old, new) < 0)
		ok = err_set(err, ERR_IO, "move session %s to .posedge/%s: %s", id, to,
			     strerror(errno));
	free(there);
	free(old);
	free(new);
	return ok;
}

bool sessions_delete(const char *root, const char *id, struct err *err)
{
	return sessions_free(root, id, err) && move(root, id, "sessions", "trash", err);
}

bool sessions_empty(const char *root, size_t *n, struct err *err)
{
	struct strv ids = STRV_INIT;
	bool ok = true;

	sessions_trash(root, &ids);
	*n = ids.n;
	for (size_t i = 0; ok && i < ids.n; i++) {
		char *dir = place(root, "trash", ids.v[i]);

		ok = file_remove_tree(dir, err);
		free(dir);
	}
	strv_free(&ids);
	return ok;
}

/* Packing */

bool sessions_archiver(char **path, struct err *err)
{
	*path = child_which("zstd");
	return *path ||
	       err_set(err, ERR_TOOL, "zstd is missing, which archives need: apt-get install zstd");
}

static bool zstd(struct loop *l, const char *const *argv, struct err *err)
{
	struct child_spec spec = { .argv = argv, .wall_ms = ZSTD_MS };
	struct str said = STR_INIT;
	struct child_result r;
	char *path = NULL;
	bool ok = sessions_archiver(&path, err) && child_run(l, &spec, 65536, NULL, &said, &r, err);

	if (ok && r.status != 0)
		ok = err_set(err, ERR_TOOL, "zstd: %.*s", (int)strcspn(str_cstr(&said), "\n"),
			     str_cstr(&said));
	str_free(&said);
	free(path);
	return ok;
}

static bool write_tar(const char *dir, const char *path, struct err *err)
{
	struct strv files = STRV_INIT;
	int fd = own_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600, err);
	struct tar *t = fd >= 0 ? tar_new(fd, err) : NULL;
	bool ok = t;

	list_files(dir, "", DEPTH, &files);
	strv_sort(&files);
	for (size_t i = 0; ok && i < files.n; i++) {
		char *full = path_join(dir, files.v[i]);

		ok = tar_add_file(t, files.v[i], full, err);
		free(full);
	}
	ok = ok && tar_end(t, err);
	tar_free(t);
	if (fd >= 0)
		close(fd);
	strv_free(&files);
	return ok;
}

/* zstd -t reads back what was written, and it is synced to disk, before the session
 * is removed. */
static bool read_back(struct loop *l, const char *packed, struct err *err)
{
	const char *const argv[] = { "zstd", "-q", "-t", "--", packed, NULL };
	int fd = own_open(packed, O_RDONLY, 0, err);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0 && !ok)
		err_set(err, ERR_IO, "write %s: %s", packed, strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok && zstd(l, argv, err);
}

bool sessions_archive(struct loop *l, const char *root, const char *id, struct err *err)
{
	char *folder = place(root, "archive", ""), *dir = place(root, "sessions", id);
	char *tar = str_fmt("%s%s.tar", folder, id), *packed = str_fmt("%s.zst", tar);
	const char *const argv[] = { "zstd", "-q", "-f", "-o", packed, "--", tar, NULL };
	bool ok = sessions_free(root, id, err) && file_make_dirs(folder, 0700, err) &&
		  write_tar(dir, tar, err) && zstd(l, argv, err) && read_back(l, packed, err);

	if (!ok)
		unlink(packed);
	unlink(tar);
	ok = ok && file_remove_tree(dir, err);
	free(packed);
	free(tar);
	free(dir);
	free(folder);
	return ok;
}

static bool unpack(struct loop *l, const char *root, const char *id, struct err *err)
{
	static const struct tar_limits limits = { .entries = 1000000, .bytes = 1ull << 40 };
	char *folder = place(root, "archive", id);
	char *packed = str_fmt("%s.tar.zst", folder), *tar = str_fmt("%s.tar", folder);
	const char *const argv[] = { "zstd", "-q", "-f", "-d", "-o", tar, "--", packed, NULL };
	bool ok = zstd(l, argv, err) && file_remove_tree(folder, err) &&
		  file_make_dirs(folder, 0700, err) &&
		  tar_unpack(tar, folder, &limits, NULL, err) &&
		  move(root, id, "archive", "sessions", err);

	if (ok)
		unlink(packed);
	else
		file_remove_tree(folder, NULL);
	unlink(tar);
	free(tar);
	free(packed);
	free(folder);
	return ok;
}

bool sessions_restore(struct loop *l, const char *root, const char *id, struct err *err)
{
	struct strv trash = STRV_INIT, archived = STRV_INIT;
	bool ok;

	sessions_trash(root, &trash);
	sessions_archived(root, &archived);
	if (strv_has(&trash, id))
		ok = move(root, id, "trash", "sessions", err);
	else if (strv_has(&archived, id))
		ok = unpack(l, root, id, err);
	else
		ok = err_set(err, ERR_NOT_FOUND,
			     "there is no session %s in the trash or the archive", id);
	strv_free(&archived);
	strv_free(&trash);
	return ok;
}
