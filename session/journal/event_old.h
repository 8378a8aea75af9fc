/* event_old.h - converts events of earlier versions to the current format.
 *
 * A journal is never rewritten, so old formats are converted when they are read.
 * Only this file knows them; event_read() calls it.
 */
#ifndef POSEDGE_EVENT_OLD_H
#define POSEDGE_EVENT_OLD_H

struct cJSON;

/* The event in the current format, which the caller deletes; NULL if it already has
 * that format or is malformed. */
struct cJSON *event_old(const struct cJSON *object);

#endif
