/* journal.h - the file of a session: one event per line, each line bound to all
 * lines before it.
 *
 * journal.jsonl in the session's folder. A line is the event's JSON object with one
 * more member at the end: "sum", the SHA-256 (hexadecimal) over the sum of the line
 * before (64 digits; nothing for the first line) followed by this line's bytes up
 * to the comma before "sum". So every byte of every line is covered, including the
 * last line's. To check it by hand:
 *
 *     printf %s "$previous${line%,\"sum\":*}" | sha256sum
 *
 * Texts above EVENT_INLINE bytes are in texts/HASH. The folder has mode 0700, files
 * 0600. Knows lines, sums, blobs and the lock; state.h knows what events mean.
 *
 * Appending adds to a tail in memory; journal_flush() passes it to the kernel with
 * one write(), journal_sync() waits until it is on disk. After a failed write the
 * tail is kept, and every append tries it again first and fails as long as that does;
 * after a failed sync every later append fails. So nothing continues unrecorded.
 */
#ifndef POSEDGE_JOURNAL_H
#define POSEDGE_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/event.h"

struct journal;
struct loop;
struct str;

/* Where reading stopped, if not at the end. */
struct damage {
	uint64_t line;	 /* 1-based; 0: no damage */
	uint64_t offset; /* number of bytes before that line; all of them are good */
	char why[ERR_TEXT_MAX + 1];
};

/* Reads dir's journal from the start (from NULL), or from byte from->offset with
 * the previous line's sum in from->sum, and passes each good event to fn. Any
 * prefix of a journal is accepted. If fn returns false, reading stops with its err.
 * During fn *reached is the position before its event. */
struct journal_start {
	uint64_t offset, n; /* bytes and events already known */
	char sum[HASH_HEX + 1];
};

bool journal_read(const char *dir, const struct journal_start *from,
		  bool (*fn)(void *ctx, const struct event *e, struct err *err), void *ctx,
		  struct journal_start *reached, struct damage *damage, struct err *err);

/* Appends the text of a derived journal to out: first (its event 1) in place of
 * line 1 of dir's journal, then lines 2 to n unchanged, including unknown event
 * types, with new sums. The caller copies the texts they refer to. ERR_PARSE: dir's
 * journal is damaged before line n. */
bool journal_copy(const char *dir, uint64_t n, struct event *first, struct str *out,
		  struct err *err);

/* Creates dir with an empty journal and takes its lock. */
struct journal *journal_create(struct loop *l, const char *dir, struct err *err);

/* Opens the journal for appending at `at` (from journal_read); anything after it is
 * first moved to a file damaged-OFFSET. at NULL: at the end, reading only the last
 * line; ERR_PARSE when that line is damaged. ERR_BUSY: another process has it open. */
struct journal *journal_open(struct loop *l, const char *dir, const struct journal_start *at,
			     struct err *err);

/* Before each sleep of the loop the journal flushes, and a second after a write it syncs
 * in the pool. Close flushes and frees; it does not wait for the disk, see
 * journal_sync(). NULL is fine. */
void journal_close(struct journal *j);

/* Recording takes two steps, so that an event which the state refuses is never
 * written. journal_stage() numbers e (the next n; the time if it is 0), stores its
 * large texts and prepares its line; journal_commit() appends the line to the tail.
 * Staging again without a commit drops the earlier line. */
bool journal_stage(struct journal *j, struct event *e, struct err *err);
void journal_commit(struct journal *j);
bool journal_flush(struct journal *j, struct err *err);

/* In a task: flushes, and waits until everything is on disk. */
bool journal_sync(struct journal *j, struct err *err);

/* Flushes and starts a sync in the pool without waiting for it. */
void journal_sync_start(struct journal *j);

uint64_t journal_next(const struct journal *j); /* number of the next event */
/* end of the journal, including what is not flushed */
void journal_position(const struct journal *j, struct journal_start *at);
bool journal_empty(const struct journal *j);   /* no line was ever written */
bool journal_stalled(const struct journal *j); /* the last write failed */
/* True if the last process that had it open did not exit normally: it was killed,
 * or the power failed. */
bool journal_unclean(const struct journal *j);

/* Reads blobs of a session that is not open for writing. */
void journal_blobs_of(const char *dir, struct blobs *out); /* borrows dir */

/* Pid of the process that holds dir's lock, 0 if none. */
long journal_holder(const char *dir);

#endif
