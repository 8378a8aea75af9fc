/* ROOT/.posedge and its folders; who made a session; forks.
 *
 * A fork is a copy of the journal up to a moment. Its texts and runs are links to
 * the same files, since they never change; on a file system without links they are
 * copied. The journal is written last, so an interrupted fork is not a session.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/own.h"
#include "session/base/str.h"
#include "session/journal/journal.h"
#include "session/journal/mark.h"
#include "session/journal/session.h"

/* Does not wait for the disk: if the write is lost the file is empty, and the next
 * start writes it. */
static bool ignore_all(const char *path, struct err *err)
{
	int fd = own_open(path, O_WRONLY | O_CREAT, 0600, err);
	struct stat st;
	bool ok;

	if (fd < 0)
		return false;
	ok = fstat(fd, &st) == 0 && (st.st_size > 0 || file_write_all(fd, "*\n", 2));
	if (!ok)
		err_set(err, ERR_IO, "write %s: %s", path, strerror(errno));
	close(fd);
	return ok;
}

static void close_to_others(const char *home)
{
	int fd = own_open(home, O_RDONLY | O_DIRECTORY, 0, NULL);

	if (fd >= 0) {
		fchmod(fd, 0700);
		close(fd);
	}
}

char *session_home(const char *root, struct err *err)
{
	char *home = path_join(root, ".posedge");
	char *ignore = path_join(home, ".gitignore");
	bool ok = file_make_dirs(home, 0700, err) && ignore_all(ignore, err);

	if (ok)
		close_to_others(home);
	free(ignore);
	if (!ok) {
		free(home);
		home = NULL;
	}
	return home;
}

void session_list(const char *root, struct strv *out)
{
	char *dir = str_fmt("%s/.posedge/sessions", root);
	struct strv names = STRV_INIT;

	folder_names(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *journal = str_fmt("%s/%s/journal.jsonl", dir, names.v[i]);

		if (file_exists(journal))
			strv_add(out, names.v[i]);
		free(journal);
	}
	strv_free(&names);
	free(dir);
}

/* Sorts by time, with microseconds: the newest has the last name. */
char *session_new_id(void)
{
	char stamp[32];
	struct timespec now;
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", &tm);
	return str_fmt("%s-%06ld", stamp, now.tv_nsec / 1000);
}

/* Links the files below from to the same names below to. */
static bool link_tree(const char *from, const char *to, int depth, struct err *err)
{
	struct strv names = STRV_INIT;
	bool ok = !folder_names(from, &names) || (depth < 4 && file_make_dirs(to, 0700, err));

	for (size_t i = 0; ok && i < names.n; i++) {
		char *a = path_join(from, names.v[i]), *b = path_join(to, names.v[i]);
		struct str text = STR_INIT;

		if (file_is_dir(a))
			ok = link_tree(a, b, depth + 1, err);
		else if (link(a, b) < 0) /* a file system without links */
			ok = file_read(a, 0, &text, err) &&
			     file_save(b, str_cstr(&text), text.len, 0600, err);
		str_free(&text);
		free(a);
		free(b);
	}
	strv_free(&names);
	return ok;
}

bool session_fork(const char *root, const char *id, uint64_t n, char **fork, struct err *err)
{
	static const char *const folders[] = { "texts", "runs" };
	char *from = str_fmt("%s/.posedge/sessions/%s", root, id), *name = session_new_id();
	char *to = str_fmt("%s/.posedge/sessions/%s", root, name),
	     *path = path_join(to, "journal.jsonl");
	char *parent = str_fmt("%s#%llu", id, (unsigned long long)n);
	struct event first = { .type = EVENT_START,
			       .start = { .version = PACKAGE_VERSION, .parent = parent } };
	struct str text = STR_INIT;
	struct timespec now;
	bool ok;

	if (!session_is_mine(root, id, err)) {
		free(parent);
		free(path);
		free(to);
		free(name);
		free(from);
		return false;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	first.t_ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
	ok = journal_copy(from, n, &first, &text, err);
	for (size_t i = 0; ok && i < 2; i++) {
		char *a = path_join(from, folders[i]), *b = path_join(to, folders[i]);

		ok = link_tree(a, b, 0, err);
		free(a);
		free(b);
	}
	/* Made last: a folder without a journal is not a session. */
	ok = ok && file_make_dirs(to, 0700, err) && mark_write(to, name, err) &&
	     file_save(path, str_cstr(&text), text.len, 0600, err);
	if (!ok)
		file_remove_tree(to, NULL);
	*fork = ok ? name : NULL;
	if (!ok)
		free(name);
	str_free(&text);
	free(parent);
	free(path);
	free(to);
	free(from);
	return ok;
}

bool session_is_mine(const char *root, const char *id, struct err *err)
{
	char *dir = str_fmt("%s/.posedge/sessions/%s", root, id);
	bool mine = mark_is_mine(dir, id);

	free(dir);
	return mine || err_set(err, ERR_AUTH,
			       "session %s was not made by you here, so it is read-only; "
			       "`posedge sessions --adopt %s` makes it yours",
			       id, id);
}

bool session_adopt(const char *root, const char *id, struct err *err)
{
	char *dir = str_fmt("%s/.posedge/sessions/%s", root, id);
	bool ok = mark_write(dir, id, err);

	free(dir);
	return ok;
}
