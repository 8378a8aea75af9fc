/* Reads a journal line by line from its start. Each line's sum covers the line before, so a
 * reader that keeps the sum finds the first line that was changed, torn or left out, and
 * stops there. A copy gets new sums, because its first line differs.
 */
#include "config.h"

#include "session/journal/journal_line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/str.h"
#include "session/journal/journal.h"

/* Blobs ---------------------------------------------------------------------------- */

static char *blob_path(const char *dir, const char *hash)
{
	return str_fmt("%s/texts/%s", dir, hash);
}

static bool put_blob(void *ctx, const char *hash, const char *data, size_t len, struct err *err)
{
	char *path = blob_path(ctx, hash);
	bool ok = file_exists(path) || file_save(path, data, len, 0600, err);

	free(path);
	return ok;
}

static bool get_blob(void *ctx, const char *hash, struct str *out, struct err *err)
{
	char *path = blob_path(ctx, hash);
	char real[HASH_HEX + 1];
	bool ok = file_read(path, 0, out, err);

	if (ok) {
		hash_text(out->data, out->len, real);
		if (strcmp(real, hash) != 0)
			ok = err_set(err, ERR_PARSE, "%s was changed after it was recorded", path);
	}
	free(path);
	return ok;
}

void journal_blobs_of(const char *dir, struct blobs *out)
{
	*out = (struct blobs){ .ctx = (void *)dir, .put = put_blob, .get = get_blob };
}

/* Sums ----------------------------------------------------------------------------- */

/* Checks one line (without its LF) against the previous sum and updates that sum. */
static const char *check_line(const char *line, size_t len, char sum[HASH_HEX + 1])
{
	char real[HASH_HEX + 1];
	size_t body;

	if (len < JOURNAL_SUM_TAIL + 2 || line[0] != '{')
		return "not a journal line";
	body = len - JOURNAL_SUM_TAIL;
	if (memcmp(line + body, JOURNAL_SUM_MARK, JOURNAL_SUM_MARK_LEN) != 0 ||
	    memcmp(line + len - 2, "\"}", 2) != 0)
		return "it has no sum at its end";
	hash_chain(sum, line, body, real);
	if (memcmp(real, line + len - 2 - HASH_HEX, HASH_HEX) != 0)
		return "its sum does not match";
	memcpy(sum, real, sizeof(real));
	return NULL;
}

/* Reading --------------------------------------------------------------------------- */

static void note_damage(struct damage *d, const struct journal_start *at, const char *why)
{
	d->line = at->n + 1;
	d->offset = at->offset;
	snprintf(d->why, sizeof(d->why), "%s", why);
}

/* Reads one line. False stops; damage or err says why. */
static bool take_line(const char *line, size_t len, struct journal_start *at,
		      const struct blobs *blobs,
		      bool (*fn)(void *ctx, const struct event *e, struct err *err), void *ctx,
		      struct damage *damage, struct err *err)
{
	char sum[HASH_HEX + 1];
	const char *wrong;
	struct err why = { 0 };
	struct event e;
	cJSON *v;
	bool ok;

	memcpy(sum, at->sum, sizeof(sum));
	wrong = check_line(line, len, sum);
	if (wrong) {
		note_damage(damage, at, wrong);
		return false;
	}
	v = json_parse(line, len, &why);
	ok = v && event_read(v, blobs, &e, &why);
	cJSON_Delete(v);
	if (ok && e.n != at->n + 1) {
		ok = err_set(&why, ERR_PARSE, "its number is %llu, not %llu",
			     (unsigned long long)e.n, (unsigned long long)at->n + 1);
		event_fini(&e);
	}
	if (!ok) {
		note_damage(damage, at, why.text);
		return false;
	}
	ok = fn(ctx, &e, err);
	event_fini(&e);
	if (ok) {
		at->n++;
		at->offset += len + 1;
		memcpy(at->sum, sum, sizeof(sum));
	}
	return ok;
}

/* Lines of a journal, which may be anything: no more than JOURNAL_LINE_MAX of one is kept
 * in memory. */
struct lines {
	int fd;
	struct str line; /* without its LF */
	char *buf;
	size_t from, to; /* what is in buf and not yet in a line */
	int error;	 /* of a read that failed; 0: none did */
};

#define LINES_BUF (256u << 10)

/* False: the end of the file, a line that is damaged, or an error. */
static bool next_line(struct lines *l, const struct journal_start *at, struct damage *damage)
{
	str_clear(&l->line);
	for (;;) {
		const char *start = l->buf + l->from;
		const char *lf = memchr(start, '\n', l->to - l->from);
		size_t n = lf ? (size_t)(lf - start) : l->to - l->from;
		ssize_t got;

		if (l->line.len + n >= JOURNAL_LINE_MAX) {
			note_damage(damage, at, "it is longer than any we write");
			return false;
		}
		str_add(&l->line, start, n);
		l->from += n + (lf != NULL);
		if (lf)
			return true;
		do
			got = read(l->fd, l->buf, LINES_BUF);
		while (got < 0 && errno == EINTR);
		if (got <= 0) {
			l->error = got < 0 ? errno : 0;
			if (got == 0 && l->line.len)
				note_damage(damage, at, "it is torn: no end of line");
			return false;
		}
		l->from = 0;
		l->to = (size_t)got;
	}
}

bool journal_read(const char *dir, const struct journal_start *from,
		  bool (*fn)(void *ctx, const struct event *e, struct err *err), void *ctx,
		  struct journal_start *reached, struct damage *damage, struct err *err)
{
	char *path = path_join(dir, "journal.jsonl");
	struct blobs blobs;
	struct err local = { 0 };
	struct lines l = { .fd = own_open(path, O_RDONLY, 0, err) };
	bool ok = l.fd >= 0;

	*reached = from ? *from : (struct journal_start){ 0 };
	memset(damage, 0, sizeof(*damage));
	journal_blobs_of(dir, &blobs);
	if (ok && lseek(l.fd, (off_t)reached->offset, SEEK_SET) < 0)
		ok = err_set(err, ERR_IO, "read %s: %s", path, strerror(errno));
	if (ok) {
		l.buf = mem_alloc(LINES_BUF);
		while (next_line(&l, reached, damage) &&
		       take_line(str_cstr(&l.line), l.line.len, reached, &blobs, fn, ctx, damage,
				 &local))
			;
		if (l.error)
			ok = err_set(err, ERR_IO, "read %s: %s", path, strerror(l.error));
	}
	str_free(&l.line);
	free(l.buf);
	if (l.fd >= 0)
		close(l.fd);
	free(path);
	return ok && (local.code == ERR_NONE || err_copy(err, &local));
}

static void add_line(const char *line, size_t len, char sum[HASH_HEX + 1], struct str *out)
{
	hash_chain(sum, line, len, sum);
	str_add(out, line, len);
	str_addf(out, "%s%s\"}\n", JOURNAL_SUM_MARK, sum);
}

bool journal_copy(const char *dir, uint64_t n, struct event *first, struct str *out,
		  struct err *err)
{
	char *path = path_join(dir, "journal.jsonl");
	char old[HASH_HEX + 1] = "", fresh[HASH_HEX + 1] = "";
	struct str text = STR_INIT, line = STR_INIT;
	uint64_t at = 0;
	bool ok = file_read(path, 0, &text, err);

	first->n = 1;
	event_fill(first);
	ok = ok && event_write(first, NULL, &line, err);
	if (ok)
		add_line(str_cstr(&line), line.len, fresh, out);
	for (const char *p = str_cstr(&text); ok && at < n; at++) {
		const char *lf = memchr(p, '\n', text.len - (size_t)(p - text.data));
		const char *wrong = lf ? check_line(p, (size_t)(lf - p), old) : "it ends before";

		if (wrong)
			ok = err_set(err, ERR_PARSE, "%s: event %llu: %s", path,
				     (unsigned long long)at + 1, wrong);
		else if (at > 0)
			add_line(p, (size_t)(lf - p) - JOURNAL_SUM_TAIL, fresh, out);
		p = lf ? lf + 1 : p;
	}
	str_free(&line);
	str_free(&text);
	free(path);
	return ok;
}
