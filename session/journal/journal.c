/* Appends lines to a file, each of which covers all lines before it.
 *
 * A line passes through three places: staged (the state may still refuse it), the
 * tail in memory, the file. Only what is on disk counts as kept. One sync at a time
 * runs in the pool; a task that waits for the disk waits until the next one ends.
 *
 * Everything after the first damaged line is copied to another file before the
 * journal is truncated, so that nothing is lost that somebody may want to look at.
 */
#include "config.h"

#include "session/journal/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/crash.h"
#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/json.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/journal/journal_line.h"

#define SYNC_AFTER_MS 1000

struct journal {
	struct loop *loop;
	char *dir;
	int fd, lock;
	struct journal_start end; /* of file and tail together */
	struct str staged;	  /* a line that may still be refused */
	struct str tail;	  /* committed, not yet written */
	uint64_t written, synced; /* bytes of the file */
	uint64_t syncing_to;	  /* how far the running sync covers */
	bool waits;		  /* the timer is set for what is not synced */
	bool syncing;
	struct loop_timer *timer;
	struct task_queue waiting;
	bool left_open;
	bool broken;  /* for good: what is on disk is not known */
	bool stalled; /* the tail could not be written, and is kept for another try */
	struct err why;
	struct blobs blobs;
};

/* The lock: flock() on a file of its own, which names the holder. */

/* left: set if the last holder did not exit normally, so that its pid is still in
 * the file; NULL: only look and keep that pid. */
static int take_lock(const char *dir, long *holder, bool *left, struct err *err)
{
	char *path = path_join(dir, "lock");
	int fd = own_open(path, O_RDWR | O_CREAT, 0600, err);
	char pid[32];
	ssize_t n;

	if (holder)
		*holder = 0;
	if (fd < 0)
		goto out;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		n = pread(fd, pid, sizeof(pid) - 1, 0);
		pid[n > 0 ? n : 0] = '\0';
		if (holder)
			*holder = strtol(pid, NULL, 10);
		err_set(err, errno == EWOULDBLOCK ? ERR_BUSY : ERR_IO,
			"the session is open in another posedge (process %s): do it there, or "
			"leave that one first",
			n > 0 ? pid : "unknown");
		close(fd);
		fd = -1;
		goto out;
	}
	if (!left)
		goto out;
	*left = pread(fd, pid, 1, 0) == 1;
	snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	if (ftruncate(fd, 0) < 0 || pwrite(fd, pid, strlen(pid), 0) < 0) {
		/* Only the holder's pid is missing then; the lock itself is held. */
	}
out:
	free(path);
	return fd;
}

long journal_holder(const char *dir)
{
	long pid = 0;
	int fd = take_lock(dir, &pid, NULL, NULL);

	if (fd >= 0)
		close(fd);
	return fd >= 0 ? 0 : pid;
}

/* Opening */

static void on_timer(void *ctx);
static void write_what_waits(void *ctx);

static struct journal *assemble(struct loop *l, const char *dir, int fd, int lock)
{
	struct journal *j = mem_zalloc(sizeof(*j));

	j->loop = l;
	j->dir = mem_strdup(dir);
	j->fd = fd;
	j->lock = lock;
	j->timer = loop_timer_new(l, on_timer, j);
	journal_blobs_of(j->dir, &j->blobs);
	crash_add_tail(j->fd, &j->tail, j->dir);
	loop_before_sleep(l, write_what_waits, j);
	return j;
}

struct journal *journal_create(struct loop *l, const char *dir, struct err *err)
{
	char *texts = path_join(dir, "texts");
	char *path = path_join(dir, "journal.jsonl");
	struct journal *j = NULL;
	int lock = -1, fd;
	bool left;

	if (!file_make_dirs(texts, 0700, err))
		goto out;
	lock = take_lock(dir, NULL, &left, err);
	if (lock < 0)
		goto out;
	fd = own_open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND, 0600, err);
	if (fd < 0) {
		err_prefix(err, "create the session's journal");
		close(lock);
		goto out;
	}
	j = assemble(l, dir, fd, lock);
out:
	free(path);
	free(texts);
	return j;
}

/* Keeps what follows a damaged line, then truncates the file. */
static bool set_aside(const char *dir, int fd, uint64_t from, uint64_t size, struct err *err)
{
	char *path = str_fmt("%s/damaged-%llu", dir, (unsigned long long)from);
	struct str rest = STR_INIT;
	bool ok = false;

	rest.cap = mem_grow((void **)&rest.data, rest.cap, size - from + 1, 1);
	while (rest.len < size - from) {
		ssize_t n = pread(fd, rest.data + rest.len, size - from - rest.len,
				  (off_t)(from + rest.len));

		if (n <= 0)
			break;
		rest.len += (size_t)n;
	}
	if (file_save(path, rest.data, rest.len, 0600, err))
		ok = ftruncate(fd, (off_t)from) == 0 ||
		     err_set(err, ERR_IO, "repair the journal in %s: %s", dir, strerror(errno));
	str_free(&rest);
	free(path);
	return ok;
}

/* Reads number and sum of the last line, starting from the end of the file. */
static bool read_last(int fd, uint64_t size, struct journal_start *at, struct err *err)
{
	size_t want = 4096;
	struct str buf = STR_INIT;
	bool ok = false;

	*at = (struct journal_start){ .offset = size };
	if (size == 0)
		return true;
	for (;;) {
		uint64_t from = size > want ? size - want : 0;
		size_t len = (size_t)(size - from);
		const char *lf;
		const char *line;
		cJSON *v;

		str_clear(&buf);
		buf.cap = mem_grow((void **)&buf.data, buf.cap, len + 1, 1);
		if (pread(fd, buf.data, len, (off_t)from) != (ssize_t)len ||
		    buf.data[len - 1] != '\n')
			break;
		lf = len > 1 ? memrchr(buf.data, '\n', len - 1) : NULL;
		if (!lf && from > 0 && want < JOURNAL_LINE_MAX) {
			want *= 8;
			continue;
		}
		line = lf ? lf + 1 : buf.data;
		len = (size_t)(buf.data + len - 1 - line);
		v = json_parse(line, len, err);
		at->n = json_uint(v, "n", 0);
		cJSON_Delete(v);
		if (at->n == 0 || len < JOURNAL_SUM_TAIL)
			break;
		memcpy(at->sum, line + len - 2 - HASH_HEX, HASH_HEX);
		at->sum[HASH_HEX] = '\0';
		ok = strspn(at->sum, "0123456789abcdef") == HASH_HEX;
		break;
	}
	str_free(&buf);
	return ok || err_set(err, ERR_PARSE, "the journal's last line is damaged");
}

struct journal *journal_open(struct loop *l, const char *dir, const struct journal_start *at,
			     struct err *err)
{
	char *path = path_join(dir, "journal.jsonl");
	bool left = false;
	int lock = take_lock(dir, NULL, &left, err);
	int fd = -1;
	struct journal *j = NULL;
	struct journal_start last;
	struct stat st;

	if (lock < 0)
		goto out;
	fd = own_open(path, O_RDWR | O_APPEND, 0, err);
	if (fd < 0)
		goto out;
	if (fstat(fd, &st) < 0) {
		err_set(err, ERR_IO, "open %s: %s", path, strerror(errno));
		goto out;
	}
	if (!at && !read_last(fd, (uint64_t)st.st_size, &last, err))
		goto out;
	if (at && at->offset < (uint64_t)st.st_size &&
	    !set_aside(dir, fd, at->offset, (uint64_t)st.st_size, err))
		goto out;
	j = assemble(l, dir, fd, lock);
	j->end = at ? *at : last;
	j->written = j->synced = j->end.offset;
	j->left_open = left;
	fd = lock = -1;
out:
	if (fd >= 0)
		close(fd);
	if (lock >= 0)
		close(lock);
	free(path);
	return j;
}

void journal_close(struct journal *j)
{
	if (!j)
		return;
	loop_before_sleep_remove(j->loop, write_what_waits, j);
	journal_flush(j, NULL);
	crash_remove_tail(&j->tail);
	while (j->syncing)
		loop_turn(j->loop, true);
	loop_timer_free(j->timer);
	if (ftruncate(j->lock, 0) < 0) {
		/* Harmless: the next start will report that this one did not exit normally. */
	}
	close(j->fd);
	close(j->lock);
	str_free(&j->staged);
	str_free(&j->tail);
	free(j->dir);
	free(j);
}

/* Appending */

static void break_it(struct journal *j, const char *doing, int error)
{
	if (j->broken)
		return;
	j->broken = true;
	err_set(&j->why, ERR_IO,
		"%s the journal in %s: %s; the session can only be read from here on", doing,
		j->dir, strerror(error));
}

static void sync_soon(struct journal *j)
{
	if (!j->waits)
		loop_timer_set(j->timer, SYNC_AFTER_MS);
	j->waits = true;
}

/* Truncates the file, so that it ends with a whole event: a part of the tail may have
 * been written. */
static void stall(struct journal *j, int error)
{
	j->stalled = true;
	err_set(&j->why, ERR_IO,
		"write the journal in %s: %s; the session can only be read until there is room",
		j->dir, strerror(error));
	if (ftruncate(j->fd, (off_t)j->written) < 0) /* the next start sets that part aside */
		break_it(j, "truncate", errno);
}

static void write_tail(struct journal *j)
{
	bool whole;

	if (j->broken || j->tail.len == 0)
		return;
	mem_hold_exit();
	whole = file_write_all(j->fd, j->tail.data, j->tail.len);
	mem_release_exit();
	if (!whole) {
		stall(j, errno);
		return;
	}
	j->stalled = false;
	j->written += j->tail.len;
	str_clear(&j->tail);
	if (!j->syncing)
		sync_soon(j);
}

/* The journal's hook of the loop. */
static void write_what_waits(void *ctx)
{
	struct journal *j = ctx;

	if (!j->stalled) /* else the next event tries it */
		write_tail(j);
}

bool journal_stage(struct journal *j, struct event *e, struct err *err)
{
	struct timespec now;

	if (j->stalled)
		write_tail(j);
	if (j->broken || j->stalled)
		return err_copy(err, &j->why);
	str_clear(&j->staged);
	e->n = j->end.n + 1;
	if (e->t_ms == 0) {
		clock_gettime(CLOCK_REALTIME, &now);
		e->t_ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
	}
	return event_write(e, &j->blobs, &j->staged, err);
}

void journal_commit(struct journal *j)
{
	char sum[HASH_HEX + 1];

	hash_chain(j->end.sum, j->staged.data, j->staged.len, sum);
	str_add(&j->staged, JOURNAL_SUM_MARK, JOURNAL_SUM_MARK_LEN);
	str_add(&j->staged, sum, HASH_HEX);
	str_add(&j->staged, "\"}\n", 3);
	str_add(&j->tail, j->staged.data, j->staged.len);
	j->end.n++;
	j->end.offset += j->staged.len;
	memcpy(j->end.sum, sum, sizeof(sum));
	str_clear(&j->staged);
}

bool journal_flush(struct journal *j, struct err *err)
{
	write_tail(j);
	return !(j->broken || j->stalled) || err_copy(err, &j->why);
}

static void on_synced(void *ctx, int error)
{
	struct journal *j = ctx;

	j->syncing = false;
	if (error && error != EINVAL && error != EROFS)
		break_it(j, "sync", error);
	else
		j->synced = j->syncing_to;
	if (!j->broken && j->synced != j->written) /* written meanwhile */
		sync_soon(j);
	task_queue_wake(&j->waiting);
}

static void start_sync(struct journal *j)
{
	if (j->syncing || j->broken || j->synced == j->written)
		return;
	loop_timer_stop(j->timer);
	j->waits = false;
	j->syncing = true;
	j->syncing_to = j->written;
	loop_fsync(j->loop, j->fd, on_synced, j);
}

static void on_timer(void *ctx)
{
	start_sync(ctx);
}

bool journal_sync(struct journal *j, struct err *err)
{
	uint64_t upto;

	if (!journal_flush(j, err))
		return false;
	upto = j->written;
	while (!j->broken && j->synced < upto) {
		start_sync(j);
		task_queue_wait(&j->waiting);
	}
	return !j->broken || err_copy(err, &j->why);
}

void journal_sync_start(struct journal *j)
{
	if (journal_flush(j, NULL))
		start_sync(j);
}

uint64_t journal_next(const struct journal *j)
{
	return j->end.n + 1;
}

void journal_position(const struct journal *j, struct journal_start *at)
{
	*at = j->end;
}

bool journal_empty(const struct journal *j)
{
	return j->written == 0;
}

bool journal_stalled(const struct journal *j)
{
	return j->stalled || j->broken;
}

bool journal_unclean(const struct journal *j)
{
	return j->left_open;
}
