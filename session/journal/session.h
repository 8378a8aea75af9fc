/* session.h - a session: its record, and the state that follows from it.
 *
 * Map of session/journal: the record of a session and what follows from it.
 * Knows no tool, no model and no command.
 *
 *   event event_*                     what happened, one thing at a time
 *   journal journal_* mark            events on disk, bound by sums; who made them
 *   state state_*                     what the events made of the session
 *   session session_home sessions     record = journal + state; the sessions of a project
 *   moments moved                     the session as it was; files that are gone
 *   doc doc_stops edit                an open file, its undo tree, its changes
 *   suggestion suggestion_* proposal_group thread
 *                                     what a model proposes, what belongs together, what was asked
 *   provenance                        who wrote each line
 *   timeline lint_words               events as lines for people
 *
 * A session lies in ROOT/.posedge/sessions/ID/: journal.jsonl, texts/, runs/,
 * snapshot.json (a cache). session_record() is the only way to change the
 * state. Knows no screen, no network and no tool.
 */
#ifndef POSEDGE_SESSION_H
#define POSEDGE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/event.h"
#include "session/journal/journal.h"

struct loop;
struct redact;
struct session;
struct state;
struct str;
struct strv;

enum session_mode {
	/* the newest, reading only its last line; another holds it: a new one beside it */
	SESSION_APPEND,
	SESSION_FULL,	/* the newest with all its state; ERR_BUSY when another holds it */
	SESSION_BESIDE, /* the same, but another holds it: a new one beside it */
	SESSION_READ,	/* the newest, or id, to look at; takes no lock, records nothing */
	SESSION_NEW,
};

/* id: that session instead of the newest; NULL. Where there is none yet, one
 * is created (not by SESSION_READ: ERR_NOT_FOUND). What could not be read is
 * told by session_damage(). A session that somebody else made (mark.h) is only
 * looked at: the newest is the newest of one's own, if there is one, and to go on
 * in another by its id fails with ERR_AUTH. */
struct session *session_open(struct loop *l, const char *root, enum session_mode mode,
			     const char *id, struct err *err);

/* A session to look at as it was at the moment that m stands at, which may be
 * another one later. Takes m over; takes no lock, records nothing. */
struct moments;
struct session *session_look(struct loop *l, struct moments *m, const char *id);
bool session_only_looks(const struct session *s); /* made by session_look() */
bool session_beside(const struct session *s); /* begun because another posedge holds the newest */

/* Flushes, waits for the disk, writes a snapshot if it is worth it. */
void session_close(struct session *s);

/* Journals e and applies it; *n (may be NULL) is its number. False: the state
 * and the journal are as before; ERR_IO means nothing more can be recorded. */
bool session_record(struct session *s, struct event *e, uint64_t *n, struct err *err);

/* Where its journal ends now, with the sum of the last line; not for one that
 * can only be read. */
void session_head(const struct session *s, struct journal_start *head);

/* Writes what was recorded so far, so that its journal can be read. */
void session_flush(struct session *s);

/* The same; false when something that was recorded could not be written. */
bool session_recorded(struct session *s, struct err *err);

/* In a task: waits until all that was recorded is on the disk, and what
 * session_work() still has to record. */
bool session_sync(struct session *s, struct err *err);

/* Lets the disk begin with that; whoever has to know that it is done calls session_sync(). */
void session_sync_start(struct session *s);

/* From now on secrets are taken out of what is recorded: see event_redact.h.
 * Borrowed; NULL: no more. */
void session_redact(struct session *s, const struct redact *r);

const struct state *session_state(const struct session *s);
struct loop *session_loop(const struct session *s);
const char *session_id(const struct session *s);
const char *session_dir(const struct session *s); /* absolute */
const char *session_root(const struct session *s);
const struct blobs *session_blobs(const struct session *s);
const struct damage *session_damage(const struct session *s); /* line 0: none */

/* Adds one line on what was recovered and what was not, if the last one to
 * have the session open did not end well. */
bool session_recovery(const struct session *s, struct str *line);

/* loop_work() that session_close() waits for. */
void session_work(struct session *s, void (*work)(void *ctx), void (*done)(void *ctx), void *ctx);

/* A new session below root that goes on from event n of session id: the same
 * events up to there, and its first one names "id#n" as its parent. Its texts
 * and runs are links to those of id, or copies. *fork is its id; to be freed. It
 * is whole or not there. ERR_PARSE: id is not whole up to n; ERR_AUTH: it is not
 * mine. */
bool session_fork(const char *root, const char *id, uint64_t n, char **fork, struct err *err);

/* Called after each event was recorded; e is borrowed for the call. */
void session_watch(struct session *s, void (*fn)(void *ctx, const struct event *e), void *ctx);

/* Not any more; with the same pair. */
void session_unwatch(struct session *s, void (*fn)(void *ctx, const struct event *e), void *ctx);

/* Whether who runs this made it; ERR_AUTH says how it is taken over. */
bool session_is_mine(const char *root, const char *id, struct err *err);

/* From now on it is: for a person who was asked. */
bool session_adopt(const char *root, const char *id, struct err *err);

/* The id of one that begins now; the caller frees. Ids sort by time. */
char *session_new_id(void);

/* ids of the sessions below root, oldest first. */
void session_list(const char *root, struct strv *out);

/* ROOT/.posedge, made if need be: 0700, with a .gitignore of "*". The caller
 * frees; NULL with err when it cannot be made. */
char *session_home(const char *root, struct err *err);

/* The document as edit.h needs it: the one thing beside events that changes,
 * since a text being warm or cold is no part of the state. */
struct doc *session_doc(struct session *s, const char *path);

#endif
