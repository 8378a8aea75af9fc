/* event_old.h - events as earlier versions wrote them, in today's form.
 *
 * A journal is never rewritten: what it says in an old form is read as what is
 * said today. The one place that knows old forms; event_read() asks it.
 */
#ifndef POSEDGE_EVENT_OLD_H
#define POSEDGE_EVENT_OLD_H

struct cJSON;

/* The same event in today's form, to be deleted; NULL: it has that form, or is
 * malformed. */
struct cJSON *event_old(const struct cJSON *object);

#endif
