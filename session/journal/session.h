/* session.h - a session: its record, and the state that follows from it.
 *
 * Map of session/journal: the record of a session and what follows from it. Knows
 * no tool, no model and no command.
 *
 *   event event_*                 what happened, one thing at a time
 *   journal journal_* mark        events on disk, chained by sums; who made them
 *   state state_*                 the state that the events make
 *   session session_* sessions    record = journal + state; the sessions of a project
 *   moments moved                 the session at earlier moments; files that are gone
 *   doc doc_checkpoints edit      an open file, its undo tree, its changes
 *   suggestion suggestion_* proposal_group thread
 *                                 what a model proposes, how it is grouped, questions about it
 *   provenance                    who wrote each line
 *   timeline lint_summary         events as text for people
 *
 * A session is a folder ROOT/.posedge/sessions/ID/: journal.jsonl, texts/, runs/,
 * snapshot.json (a cache). session_record() is the only way to change the state.
 * Knows no screen, no network and no tool.
 */
#ifndef POSEDGE_SESSION_H
#define POSEDGE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct damage;
struct event;
struct journal_start;
struct loop;
struct redact;
struct session;
struct state;
struct str;
struct strv;

enum session_mode {
	/* the newest, reading only its last line; if another process has it open, a
	 * new one instead */
	SESSION_APPEND,
	SESSION_FULL,	/* the newest with its complete state; ERR_BUSY when another process has
			 * it open */
	SESSION_BESIDE, /* the same, but a new session if another process has it open */
	SESSION_READ,	/* the newest, or id, read-only; takes no lock */
	SESSION_NEW,
};

/* id: opens that session instead of the newest; may be NULL. If none exists, one is
 * created (SESSION_READ: ERR_NOT_FOUND). session_damage() reports what could not be
 * read. Sessions of other users (mark.h) can only be read: "newest" means the newest
 * of this user, if there is one, and continuing another user's session by its id
 * fails with ERR_AUTH. */
struct session *session_open(struct loop *l, const char *root, enum session_mode mode,
			     const char *id, struct err *err);

/* A read-only session as it was at m's current moment, which may change later.
 * Takes over m; takes no lock. */
struct moments;
struct session *session_open_past(struct loop *l, struct moments *m, const char *id);
bool session_is_past(const struct session *s); /* made by session_open_past() */
/* Created because another posedge has the newest session open. */
bool session_is_parallel(const struct session *s);
/* The last event could not be written, so the session can only be read: until there is
 * room, which the next event tries, or for good. */
bool session_is_stalled(const struct session *s);

/* Flushes, waits for the disk, and writes a snapshot if that is worthwhile. */
void session_close(struct session *s);

/* Writes e to the journal and applies it; *n (may be NULL) is its number. False:
 * state and journal are unchanged; ERR_IO means that nothing more can be recorded. */
bool session_record(struct session *s, struct event *e, uint64_t *n, struct err *err);

/* Current end of the journal, with the sum of the last line; not for a read-only
 * session. */
void session_head(const struct session *s, struct journal_start *head);

/* Writes everything recorded so far, so that others can read the journal. */
void session_flush(struct session *s);

/* Like session_flush(); false when something recorded could not be written. */
bool session_recorded(struct session *s, struct err *err);

/* In a task: waits until everything recorded is on disk, including what
 * session_work() has yet to record. */
bool session_sync(struct session *s, struct err *err);

/* Starts writing to disk without waiting; session_sync() waits for it. */
void session_sync_start(struct session *s);

/* From now on removes secrets from what is recorded: see event_redact.h. Borrowed;
 * NULL stops it. */
void session_redact(struct session *s, const struct redact *r);

const struct state *session_state(const struct session *s);
struct loop *session_loop(const struct session *s);
const char *session_id(const struct session *s);
const char *session_dir(const struct session *s); /* absolute */
const char *session_root(const struct session *s);
const struct blobs *session_blobs(const struct session *s);
const struct damage *session_damage(const struct session *s); /* line 0: none */

/* Adds a line on what was recovered and what was not, if the last process that had
 * the session open did not exit normally. */
bool session_recovery(const struct session *s, struct str *line);

/* Like loop_work(); session_close() waits for it. */
void session_work(struct session *s, void (*work)(void *ctx), void (*done)(void *ctx), void *ctx);

/* Makes a new session below root that continues from event n of session id: it has
 * the same events up to n, and its first event names "id#n" as its parent. Its
 * texts and runs are links to those of id, or copies. *fork is its id, which the
 * caller frees. On failure nothing is left. ERR_PARSE: id is damaged before n;
 * ERR_AUTH: id was made by somebody else. */
bool session_fork(const char *root, const char *id, uint64_t n, char **fork, struct err *err);

/* Calls fn after each recorded event; e is borrowed for the call. */
void session_watch(struct session *s, void (*fn)(void *ctx, const struct event *e), void *ctx);

/* Removes the watcher with the same pair. */
void session_unwatch(struct session *s, void (*fn)(void *ctx, const struct event *e), void *ctx);

/* True if the user who runs posedge made it; otherwise ERR_AUTH says how to take it
 * over. */
bool session_is_mine(const char *root, const char *id, struct err *err);

/* Id of the user's own session that goes on (session_newest.h), or else of the newest;
 * NULL: none. The caller frees. One that came with a clone may bear any date. */
char *session_newest(const char *root);

/* Marks it as the user's own; ask the user first. */
bool session_adopt(const char *root, const char *id, struct err *err);

/* An id for a session that begins now; the caller frees. Ids sort by time. */
char *session_new_id(void);

/* ids of the sessions below root, oldest first. */
void session_list(const char *root, struct strv *out);

/* ROOT/.posedge, created if necessary, mode 0700, with a .gitignore of "*". The
 * caller frees; NULL with err when it cannot be made. */
char *session_home(const char *root, struct err *err);

/* The document for edit.h. Apart from events, warming and cooling it is the only
 * change allowed: that is not part of the state. */
struct doc *session_doc(struct session *s, const char *path);

#endif
