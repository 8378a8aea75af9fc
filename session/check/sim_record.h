/* sim_record.h - how a run is written into the session.
 *
 * One event before anything is run, so that no kill loses it, and one with the
 * verdict. Knows no simulator.
 */
#ifndef POSEDGE_SIM_RECORD_H
#define POSEDGE_SIM_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct redact;
struct run_report;
struct session;
struct sim_result;
struct str;

/* first: the run that this one confirms; NULL: none. *n: the run's number.
 * Fails as session_record() does. */
bool sim_record_start(struct session *s, const struct sim_result *r, const char *engine,
		      const struct sim_result *first, uint64_t *n, struct err *err);

/* why: it did not run; NULL: r holds its verdict. differs: NULL: it confirms no
 * other. Fails as session_record() does. */
bool sim_record_end(struct session *session, const struct sim_result *r, const struct err *why,
		    const struct str *differs, struct err *err);

/* Takes the secrets out of what a run printed: in its first failing line, and
 * in its files, before their hashes are taken. Fails when a file cannot be
 * rewritten: then it must not be kept. */
bool sim_record_clean(const struct redact *redact, struct run_report *rep, struct err *err);

#endif
