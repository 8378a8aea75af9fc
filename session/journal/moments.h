/* moments.h - a recorded session as it was at any moment.
 *
 * Moment n is the state after event n; 0 is before the first event. Opening reads
 * the journal once, up to its last good line, and keeps the time and type of each
 * event and, every MOMENTS_EVERY events, a copy of the state. A copy costs a few
 * pointers per item, because it shares the items with the state it was copied from
 * (state_copy()); going to a moment starts at the nearest copy before it and reads
 * on from there. Document texts have intermediate copies too, made on first use
 * (doc_checkpoints.h). All of this exists only in memory: reading states from disk would
 * take as long as making them, half a second for 100,000 events, and so nothing can
 * be stale or left over. To see events recorded meanwhile, open the session again.
 *
 * Takes no lock and writes nothing; works while another posedge records.
 */
#ifndef POSEDGE_MOMENTS_H
#define POSEDGE_MOMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/event.h"

struct damage;
struct doc;
struct moments;
struct state;

#define MOMENTS_EVERY 500

struct moment {	       /* summary of an event, for searching */
	uint64_t t_ms; /* since 1970 */
	enum event_type type;
};

/* id: a session below root. NULL: the journal cannot be read at all. A torn or
 * damaged end is not a failure: see moments_damage(). */
struct moments *moments_open(const char *root, const char *id, struct err *err);
void moments_close(struct moments *m); /* NULL is fine */

uint64_t moments_count(const struct moments *m);	      /* number of the last moment */
const struct damage *moments_damage(const struct moments *m); /* line 0: none */
const char *moments_root(const struct moments *m);
const char *moments_dir(const struct moments *m); /* absolute, if root is */

/* Summary of event n, from 1 to moments_count(). */
const struct moment *moments_at(const struct moments *m, uint64_t n);

/* The next or previous event, after or before n, of one of the kinds (a set of 1u
 * << EVENT_...); 0 if there is none. */
uint64_t moments_next(const struct moments *m, uint64_t n, uint64_t kinds);
uint64_t moments_before(const struct moments *m, uint64_t n, uint64_t kinds);

/* The first event after n that opened the document; 0: none. *mtime_us is the
 * file's time then (0: it did not exist). */
uint64_t moments_opened(const struct moments *m, uint64_t n, const char *path, uint64_t *mtime_us);

/* Goes to moment n, or to the last one if n is larger. False when the journal on
 * disk has changed or a text it refers to is missing; the current moment is then
 * the last one that could be reached. */
bool moments_go(struct moments *m, uint64_t n, struct err *err);

/* Goes to the next moment and passes its event to fn. False as for moments_go(),
 * and at the end. */
bool moments_step(struct moments *m, void (*fn)(void *ctx, const struct event *e), void *ctx,
		  struct err *err);

/* The state at the current moment (0 after opening). The pointer stays the same;
 * moments_go() changes what it points to. Its documents are cold; moments_doc()
 * warms them. */
const struct state *moments_state(const struct moments *m);

/* Warms a document of that state: doc->text is its text at the current moment. That
 * needs its first text, which the journal has once the document was edited; a
 * document that was only opened gets the text of the file if that has not changed.
 * Otherwise NULL with ERR_NOT_FOUND: the text was not recorded. Borrowed like the
 * state. */
struct doc *moments_doc(struct moments *m, const char *path, struct err *err);

/* Calls fn for the events from first to last, without changing the current moment. */
bool moments_events(const struct moments *m, uint64_t first, uint64_t last,
		    void (*fn)(void *ctx, const struct event *e), void *ctx, struct err *err);

#endif
