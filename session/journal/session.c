/* Recording: an event is staged, applied to the state, and only then committed.
 *
 * So an event that the state refuses never reaches the journal. Watchers are called
 * afterwards. Opening reads a snapshot, if its digest shows that it is intact, and
 * applies the events after it.
 */
#include "config.h"

#include "session/journal/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/json.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/journal/event_redact.h"
#include "session/journal/journal.h"
#include "session/journal/mark.h"
#include "session/journal/moments.h"
#include "session/journal/session_newest.h"
#include "session/journal/state.h"

/* Number of events after the last snapshot that make a new one worthwhile. */
#define SNAPSHOT_EVERY 500

struct watcher {
	void (*fn)(void *ctx, const struct event *e);
	void *ctx;
};

struct session {
	struct loop *loop;
	char *root, *dir, *id;
	struct journal *journal; /* NULL: read-only */
	struct moments *moments; /* used instead of state; may be NULL */
	struct state state;
	struct damage damage;
	char *foreign;	     /* the newest session, if all are somebody else's; else NULL */
	bool beside;	     /* created because another process has the newest open */
	uint64_t lost_bytes; /* after the damage */
	uint64_t known_n;    /* number of events in a snapshot, if the journal has fewer; else 0 */
	struct blobs blobs;
	uint64_t snapshot_n;	     /* the event of the snapshot on disk */
	const struct redact *redact; /* NULL: nothing is removed */
	struct watcher *watchers;
	size_t n_watchers, cap_watchers;
	size_t pending;		   /* jobs in the worker pool */
	struct task_queue waiting; /* waits for these jobs */
};

/* Snapshots: a line with the position in the journal, then the state. */

static bool load_snapshot(struct session *s, struct journal_start *at)
{
	struct str text = STR_INIT;
	const char *lf, *sum;
	cJSON *head = NULL;
	char digest[HASH_HEX + 1];
	bool ok = false;

	if (!file_read_in(s->dir, "snapshot.json", 0, &text, NULL) ||
	    !(lf = memchr(text.data, '\n', text.len)))
		goto out;
	head = json_parse(text.data, (size_t)(lf - text.data), NULL);
	sum = json_string(head, "sum");
	lf++;
	hash_text(lf, text.len - (size_t)(lf - text.data), digest);
	if (!sum || strlen(sum) != HASH_HEX || !json_string(head, "digest") ||
	    strcmp(json_string(head, "digest"), digest) != 0)
		goto out;
	at->offset = json_uint(head, "offset", 0);
	at->n = json_uint(head, "n", 0);
	memcpy(at->sum, sum, HASH_HEX + 1);
	ok = state_read(&s->state, lf, text.len - (size_t)(lf - text.data), NULL) &&
	     s->state.n == at->n;
out:
	if (!ok)
		*at = (struct journal_start){ 0 };
	cJSON_Delete(head);
	str_free(&text);
	return ok;
}

static void save_snapshot(struct session *s)
{
	struct journal_start at;
	struct str state = STR_INIT, all = STR_INIT;
	char *path = path_join(s->dir, "snapshot.json");
	char digest[HASH_HEX + 1];

	journal_position(s->journal, &at);
	state_write(&s->state, &state);
	hash_text(state.data, state.len, digest);
	str_addf(&all, "{\"offset\":%llu,\"n\":%llu,\"sum\":\"%s\",\"digest\":\"%s\"}\n",
		 (unsigned long long)at.offset, (unsigned long long)at.n, at.sum, digest);
	str_add(&all, state.data, state.len);
	/* If this fails, only the next start takes longer. */
	if (file_save(path, all.data, all.len, 0600, NULL))
		s->snapshot_n = at.n;
	str_free(&all);
	str_free(&state);
	free(path);
}

/* Opening */

static bool apply_one(void *ctx, const struct event *e, struct err *err)
{
	struct session *s = ctx;

	return state_apply(&s->state, e, err);
}

/* Reads everything. An event that does not fit the state is treated like damage:
 * everything before it is good. */
static bool load(struct session *s, struct journal_start *at, struct err *err)
{
	struct journal_start from = { 0 };
	struct err why = { 0 };
	struct stat st;
	char *path = path_join(s->dir, "journal.jsonl");
	uint64_t size;

	size = stat(path, &st) < 0 ? 0 : (uint64_t)st.st_size;
	free(path);
	if (load_snapshot(s, &from) && size < from.offset) {
		s->known_n = from.n;
		state_fini(&s->state);
		state_init(&s->state);
		from = (struct journal_start){ 0 };
	}
	s->snapshot_n = from.n;
	if (!journal_read(s->dir, &from, apply_one, s, at, &s->damage, &why)) {
		if (why.code != ERR_PARSE) {
			return err_copy(err, &why);
		}
		s->damage.line = at->n + 1;
		s->damage.offset = at->offset;
		snprintf(s->damage.why, sizeof(s->damage.why), "%s", why.text);
	}
	s->lost_bytes = s->damage.line && size > s->damage.offset ? size - s->damage.offset : 0;
	return true;
}

void session_head(const struct session *s, struct journal_start *head)
{
	journal_position(s->journal, head);
}

bool session_recorded(struct session *s, struct err *err)
{
	return !s->journal || journal_flush(s->journal, err);
}

void session_flush(struct session *s)
{
	session_recorded(s, NULL);
}

static bool record_start(struct session *s, const char *neighbour, struct err *err)
{
	struct event e = { .type = EVENT_START };

	s->state.partial = false;
	e.start.version = PACKAGE_VERSION;
	e.start.neighbour = neighbour;
	return session_record(s, &e, NULL, err);
}

static bool start_new(struct session *s, const char *neighbour, struct err *err)
{
	free(s->id);
	free(s->dir);
	s->id = session_new_id();
	s->dir = str_fmt("%s/.posedge/sessions/%s", s->root, s->id);
	s->journal = journal_create(s->loop, s->dir, err);
	/* Without a home folder there is no key, so the session cannot be continued later. */
	if (s->journal)
		mark_write(s->dir, s->id, NULL);
	return s->journal && record_start(s, neighbour, err);
}

/* Starts a session whose first line never reached the disk completely. */
static bool start_if_empty(struct session *s, struct err *err)
{
	return journal_next(s->journal) > 1 || record_start(s, "", err);
}

/* Another posedge has the wanted session open. */
static bool start_another(struct session *s, struct err *err)
{
	char *neighbour = mem_strdup(s->id);

	state_fini(&s->state);
	state_init(&s->state);
	s->snapshot_n = s->known_n = s->lost_bytes = 0;
	s->damage.line = 0; /* it may still be written by the other posedge */
	s->beside = true;
	if (!start_new(s, neighbour, err))
		s->beside = false;
	free(neighbour);
	return s->beside;
}

static bool open_append(struct session *s, struct err *err)
{
	struct err why = { 0 };

	s->journal = journal_open(s->loop, s->dir, NULL, &why);
	if (s->journal) {
		s->state.partial = true;
		s->state.n = journal_next(s->journal) - 1;
		return start_if_empty(s, err);
	}
	if (why.code == ERR_PARSE) { /* damaged at the end: read up to there */
		struct journal_start at;

		if (!load(s, &at, err))
			return false;
		s->journal = journal_open(s->loop, s->dir, &at, err);
		return s->journal && start_if_empty(s, err);
	}
	if (why.code == ERR_BUSY)
		return start_another(s, err);
	return err_copy(err, &why);
}

static bool open_as(struct session *s, enum session_mode mode, struct err *err)
{
	struct journal_start at;

	if (mode == SESSION_NEW || !s->id)
		return mode == SESSION_READ ? err_set(err, ERR_NOT_FOUND,
						      "there is no session in %s yet", s->root)
					    : start_new(s, "", err);
	if (mode == SESSION_APPEND)
		return open_append(s, err);
	if (!load(s, &at, err))
		return false;
	if (mode == SESSION_READ)
		return true;
	s->journal = journal_open(s->loop, s->dir, &at, err);
	if (!s->journal && mode == SESSION_BESIDE && err->code == ERR_BUSY)
		return start_another(s, err);
	return s->journal && start_if_empty(s, err);
}

/* The user's newest session; for read-only use also somebody else's. NULL: none. */
static char *choose(struct session *s, const struct strv *ids, enum session_mode mode)
{
	size_t i;

	if (mode == SESSION_NEW || !ids->n)
		return NULL;
	i = session_newest_of(s->root, ids);
	if (i < ids->n)
		return mem_strdup(ids->v[i]);
	s->foreign = mem_strdup(ids->v[ids->n - 1]);
	return mode == SESSION_READ ? mem_strdup(s->foreign) : NULL;
}

/* Removes temporary files of a predecessor that was killed. */
static void sweep_after_kill(const struct session *s)
{
	char *texts = path_join(s->dir, "texts");

	file_sweep(s->dir, true);
	file_sweep(texts, true);
	free(texts);
	for (size_t i = 0; i < s->state.n_docs; i++) {
		char *path = path_join(s->root, s->state.docs[i]->path);
		char *dir = path_dir(path);

		file_sweep(dir, false);
		free(dir);
		free(path);
	}
}

struct session *session_open(struct loop *l, const char *root, enum session_mode mode,
			     const char *id, struct err *err)
{
	struct session *s = mem_zalloc(sizeof(*s));
	struct strv ids = STRV_INIT;
	char *home = mode == SESSION_READ ? NULL : session_home(root, err);
	struct err local;

	s->loop = l;
	s->root = mem_strdup(root);
	state_init(&s->state);
	if (!home && mode != SESSION_READ)
		goto failed;
	session_list(root, &ids);
	if (id && !strv_has(&ids, id)) {
		err_set(err, ERR_NOT_FOUND, "there is no session %s in %s", id, root);
		goto failed;
	}
	if (id && mode != SESSION_READ && mode != SESSION_NEW && !session_is_mine(root, id, err))
		goto failed;
	s->id = id ? mem_strdup(id) : choose(s, &ids, mode);
	if (s->id)
		s->dir = str_fmt("%s/.posedge/sessions/%s", root, s->id);
	if (!open_as(s, mode, err ? err : &local))
		goto failed;
	journal_blobs_of(s->dir, &s->blobs);
	if (home)
		file_sweep(home, true);
	if (s->journal && journal_unclean(s->journal))
		sweep_after_kill(s);
	strv_free(&ids);
	free(home);
	return s;
failed:
	strv_free(&ids);
	free(home);
	session_close(s);
	return NULL;
}

struct session *session_open_past(struct loop *l, struct moments *m, const char *id)
{
	struct session *s = mem_zalloc(sizeof(*s));

	s->loop = l;
	s->root = mem_strdup(moments_root(m));
	s->dir = mem_strdup(moments_dir(m));
	s->id = mem_strdup(id);
	s->moments = m;
	s->damage = *moments_damage(m);
	state_init(&s->state);
	journal_blobs_of(s->dir, &s->blobs);
	return s;
}

bool session_is_past(const struct session *s)
{
	return s->moments != NULL;
}

bool session_is_parallel(const struct session *s)
{
	return s->beside;
}

bool session_is_stalled(const struct session *s)
{
	return s->journal && journal_stalled(s->journal);
}

void session_close(struct session *s)
{
	if (!s)
		return;
	while (s->pending)
		loop_turn(s->loop, true);
	if (s->journal) {
		if (!s->state.partial && s->state.n >= s->snapshot_n + SNAPSHOT_EVERY &&
		    journal_flush(s->journal, NULL))
			save_snapshot(s);
		/* Nothing could be written: remove the session as if it had not begun. */
		if (!journal_flush(s->journal, NULL) && journal_empty(s->journal))
			file_remove_tree(s->dir, NULL);
		journal_close(s->journal);
	}
	moments_close(s->moments);
	state_fini(&s->state);
	free(s->watchers);
	free(s->foreign);
	free(s->root);
	free(s->dir);
	free(s->id);
	free(s);
}

bool session_record(struct session *s, struct event *e, uint64_t *n, struct err *err)
{
	struct redacted keep = REDACTED_INIT;
	struct event clean;
	bool ok;

	if (!s->journal)
		return err_set(err, ERR_USAGE, "this session can only be read");
	event_fill(e);
	clean = *e;
	if (s->redact)
		event_redact(s->redact, &clean, &keep);
	ok = journal_stage(s->journal, &clean, err) && state_apply(&s->state, &clean, err);
	if (ok) {
		journal_commit(s->journal);
		for (size_t i = 0; i < s->n_watchers; i++)
			s->watchers[i].fn(s->watchers[i].ctx, &clean);
		e->n = clean.n;
		e->t_ms = clean.t_ms;
	}
	if (ok && n)
		*n = clean.n;
	if (keep.texts.n || keep.found)
		redacted_fini(&keep);
	return ok;
}

void session_redact(struct session *s, const struct redact *r)
{
	s->redact = r;
}

bool session_sync(struct session *s, struct err *err)
{
	while (s->pending)
		task_queue_wait(&s->waiting);
	return journal_sync(s->journal, err);
}

void session_sync_start(struct session *s)
{
	journal_sync_start(s->journal);
}

struct pending_work {
	struct session *s;
	void (*work)(void *ctx);
	void (*done)(void *ctx);
	void *ctx;
};

static void run_pending(void *ctx)
{
	struct pending_work *w = ctx;

	w->work(w->ctx);
}

static void pending_done(void *ctx)
{
	struct pending_work *w = ctx;

	w->done(w->ctx);
	w->s->pending--;
	task_queue_wake(&w->s->waiting);
	free(w);
}

void session_work(struct session *s, void (*work)(void *ctx), void (*done)(void *ctx), void *ctx)
{
	struct pending_work *w = mem_alloc(sizeof(*w));

	*w = (struct pending_work){ s, work, done, ctx };
	s->pending++;
	loop_work(s->loop, run_pending, pending_done, w);
}

void session_watch(struct session *s, void (*fn)(void *ctx, const struct event *e), void *ctx)
{
	MEM_PUSH(s->watchers, s->n_watchers, s->cap_watchers, (struct watcher){ fn, ctx });
}

void session_unwatch(struct session *s, void (*fn)(void *ctx, const struct event *e), void *ctx)
{
	for (size_t i = 0; i < s->n_watchers; i++) {
		if (s->watchers[i].fn != fn || s->watchers[i].ctx != ctx)
			continue;
		memmove(&s->watchers[i], &s->watchers[i + 1],
			(s->n_watchers - i - 1) * sizeof(*s->watchers));
		s->n_watchers--;
		return;
	}
}

const struct state *session_state(const struct session *s)
{
	return s->moments ? moments_state(s->moments) : &s->state;
}

struct loop *session_loop(const struct session *s)
{
	return s->loop;
}

const char *session_id(const struct session *s)
{
	return s->id;
}

const char *session_dir(const struct session *s)
{
	return s->dir;
}

const char *session_root(const struct session *s)
{
	return s->root;
}

const struct blobs *session_blobs(const struct session *s)
{
	return &s->blobs;
}

const struct damage *session_damage(const struct session *s)
{
	return &s->damage;
}

static bool say_damage(const struct session *s, struct str *line)
{
	const struct damage *d = &s->damage;

	str_addf(line, "%s %llu events; ", s->journal ? "recovered" : "there are",
		 (unsigned long long)d->line - 1);
	str_addf(line, "the %llu bytes after them %s: %s", (unsigned long long)s->lost_bytes,
		 s->journal ? "were not" : "cannot be read", d->why);
	if (s->journal)
		str_addf(line, "; they are in .posedge/sessions/%s/damaged-%llu", s->id,
			 (unsigned long long)d->offset);
	return true;
}

bool session_recovery(const struct session *s, struct str *line)
{
	if (s->damage.line)
		return say_damage(s, line);
	if (s->known_n)
		str_addf(line,
			 "recovered %llu events; those up to %llu, which there were once, were "
			 "not: the journal ends before them",
			 (unsigned long long)s->state.n, (unsigned long long)s->known_n);
	else if (s->foreign && s->journal)
		str_addf(line,
			 "session %s was not made by you here: it is read-only, and this is "
			 "a new one; "
			 "`posedge sessions --adopt %s` makes it yours",
			 s->foreign, s->foreign);
	else if (s->journal && journal_unclean(s->journal))
		str_addf(line,
			 "recovered all %llu events; posedge did not end by itself last time, so "
			 "what was typed in its last second may be lost",
			 (unsigned long long)s->state.n);
	return line->len > 0;
}

struct doc *session_doc(struct session *s, const char *path)
{
	struct doc *d = s->moments ? moments_doc(s->moments, path, NULL) : NULL;

	return d ? d : state_doc(session_state(s), path);
}
