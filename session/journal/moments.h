/* moments.h - a recorded session, looked at as it was at any moment.
 *
 * Moment n is the state after event n; 0 is before the first. Opening reads
 * the journal once, from its first to its last good line, and keeps when each
 * event was, of which kind it is and, every MOMENTS_EVERY events, a copy of the
 * state. Such a copy is a few pointers for each thing in it, since it shares
 * them with the state it is a copy of (state_copy()); going somewhere takes the
 * nearest copy before it and reads on from there. The text of a document has
 * copies on its way, too, made when it is first asked for (doc_stops.h). All of
 * this is in memory and nowhere else: reading states from the disk would take as
 * long as making them does, 100,000 events half a second, and so there is
 * nothing that could be out of date or left over. A session that grows
 * meanwhile is opened anew to see the rest.
 *
 * Takes no lock, writes nothing, and works beside the posedge that records.
 */
#ifndef POSEDGE_MOMENTS_H
#define POSEDGE_MOMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/event.h"

struct blobs;
struct damage;
struct doc;
struct moments;
struct state;

#define MOMENTS_EVERY 500

struct moment {	       /* an event, as far as one looks for it */
	uint64_t t_ms; /* since 1970 */
	enum event_type type;
};

/* id: a session below root. NULL: the journal cannot be read at all. A torn or
 * damaged end is no failure: see moments_damage(). */
struct moments *moments_open(const char *root, const char *id, struct err *err);
void moments_close(struct moments *m); /* NULL is fine */

uint64_t moments_count(const struct moments *m);	      /* of the last moment */
const struct damage *moments_damage(const struct moments *m); /* line 0: none */
const char *moments_root(const struct moments *m);
const char *moments_dir(const struct moments *m); /* absolute, if root is */

/* Of event n, from 1 to moments_count(). */
const struct moment *moments_at(const struct moments *m, uint64_t n);

/* The next event of one of the kinds (a set of 1u << EVENT_...) after n, or
 * before n; 0 when there is none. */
uint64_t moments_next(const struct moments *m, uint64_t n, uint64_t kinds);
uint64_t moments_before(const struct moments *m, uint64_t n, uint64_t kinds);

/* The first time after event n that the document was opened, and the time of the
 * file then (0: there was none); 0: never. */
uint64_t moments_opened(const struct moments *m, uint64_t n, const char *path, uint64_t *mtime_us);

/* Goes to moment n; beyond the last is the last. False: the journal on the disk
 * is not what it was, or a text that it names is gone; it stands at the last
 * moment that could be reached then. */
bool moments_go(struct moments *m, uint64_t n, struct err *err);

/* Goes to the next moment and then hands its event on. False as above, and at
 * the end. */
bool moments_step(struct moments *m, void (*fn)(void *ctx, const struct event *e), void *ctx,
		  struct err *err);

/* The state at the moment gone to (0 after opening). The pointer stays the
 * same, what it points to changes with moments_go(). Its documents are cold,
 * see below. */
const struct state *moments_state(const struct moments *m);

/* Gives a document of that state its text (doc->text) as it was then, from its
 * first text, which is in the journal once the document was edited. Of one
 * that was only opened it is the file's, if that is still the one. Otherwise
 * false with ERR_NOT_FOUND: it was not recorded. Borrowed like the state. */
struct doc *moments_doc(struct moments *m, const char *path, struct err *err);

/* Calls fn for the events from first to last. The current moment does not change. */
bool moments_events(const struct moments *m, uint64_t first, uint64_t last,
		    void (*fn)(void *ctx, const struct event *e), void *ctx, struct err *err);

#endif
