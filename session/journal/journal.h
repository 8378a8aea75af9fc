/* journal.h - the file a session is: one event a line, each line bound to all
 * before it.
 *
 * journal.jsonl in the session's folder. A line is the event's JSON object
 * with one more member, the last: "sum", the SHA-256 (hexadecimal) over the
 * sum of the line before (64 digits; nothing for the first line) followed by
 * this line's bytes up to the comma before "sum". So every byte of every line
 * is covered, the last one's too. To check by hand:
 *
 *     printf %s "$previous${line%,\"sum\":*}" | sha256sum
 *
 * Texts above EVENT_INLINE lie in texts/HASH. The folder is 0700, files 0600.
 * Knows lines, sums, blobs and the lock; what an event means is state.h's.
 *
 * Appending goes to a tail in memory; journal_flush() hands it to the kernel
 * with one write(), journal_sync() waits until it is on the disk. After a
 * failed write or sync the journal is broken: every later append fails with
 * the same sentence, so nothing goes on unrecorded.
 */
#ifndef POSEDGE_JOURNAL_H
#define POSEDGE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/event.h"

struct journal;
struct loop;
struct str;

/* Where reading stopped, if not at the end. */
struct damage {
	uint64_t line;	 /* 1-based; 0 = whole */
	uint64_t offset; /* bytes before that line: all of them are good */
	char why[ERR_TEXT_MAX + 1];
};

/* Reads dir's journal from the start (from NULL), or from byte from->offset, with
 * the sum of the line before in from->sum, and hands each good event on; any prefix of
 * a journal is accepted. fn returning false stops with its err. While fn is
 * called *reached stands before its event. */
struct journal_start {
	uint64_t offset, n; /* bytes and events already known */
	char sum[HASH_HEX + 1];
};

bool journal_read(const char *dir, const struct journal_start *from,
		  bool (*fn)(void *ctx, const struct event *e, struct err *err), void *ctx,
		  struct journal_start *reached, struct damage *damage, struct err *err);

/* Adds the text of another journal to out: first (its event 1) instead of the
 * first line of dir's, then the lines 2 to n word for word, also those of kinds
 * that are not known, bound anew. The texts they name are the caller's to copy.
 * ERR_PARSE: dir's journal is not whole up to there. */
bool journal_copy(const char *dir, uint64_t n, struct event *first, struct str *out,
		  struct err *err);

/* Creates dir and an empty journal in it and takes its lock. */
struct journal *journal_create(struct loop *l, const char *dir, struct err *err);

/* Opens for appending after `at` (from journal_read); what follows it is
 * moved to a file damaged-OFFSET first. at NULL: at the end, reading only the
 * last line; ERR_PARSE when that is damaged. ERR_BUSY: another process holds
 * it; *holder is its pid then (0 = not known; may be NULL). */
struct journal *journal_open(struct loop *l, const char *dir, const struct journal_start *at,
			     long *holder, struct err *err);

/* Flushes; does not wait for the disk: see journal_sync(). Frees; NULL is fine. */
void journal_close(struct journal *j);

/* Two steps, so that an event which the state refuses is never written.
 * journal_stage() numbers e (the next n; the time if it is 0), keeps its large
 * texts and holds its line; journal_commit() adds the line to the tail. Staging
 * again without committing forgets the line before. */
bool journal_stage(struct journal *j, struct event *e, struct err *err);
void journal_commit(struct journal *j);
bool journal_flush(struct journal *j, struct err *err);

/* In a task: flushes, and waits until all of it is on the disk. */
bool journal_sync(struct journal *j, struct err *err);

/* Flushes and starts a sync on the pool; nobody waits for it. */
void journal_sync_start(struct journal *j);

/* Starts a sync on the pool if something is not on the disk since a second;
 * for the loop's before-sleep hook. */
void journal_tick(struct journal *j);

uint64_t journal_next(const struct journal *j); /* the number of the next event */
void journal_position(const struct journal *j, struct journal_start *at); /* flushed or not */
bool journal_empty(const struct journal *j); /* no line was written yet */
/* Whether who had it open before did not end by itself: killed, or the power cut. */
bool journal_left_open(const struct journal *j);

/* Reading blobs of a session that is not open for writing. */
void journal_blobs_of(const char *dir, struct blobs *out); /* borrows dir */

/* The pid in dir's lock if somebody holds it, else 0. */
long journal_holder(const char *dir);

#endif
