/* sim_record.h - records a run in the session.
 *
 * One event before anything runs, so that a kill does not lose it, and one with
 * the verdict. Knows no simulator.
 */
#ifndef POSEDGE_SIM_RECORD_H
#define POSEDGE_SIM_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct project;
struct redact;
struct run_report;
struct session;
struct sim_result;
struct str;

/* p has r's files. first: the run that this one confirms, or NULL. *n: number of the run.
 * Fails like session_record(). */
bool sim_record_start(struct session *s, const struct project *p, const struct sim_result *r,
		      const char *engine, const struct sim_result *first, uint64_t *n,
		      struct err *err);

/* why: reason it did not run, or NULL: r has its verdict. differs: NULL if it
 * confirms no other run. Fails like session_record(). */
bool sim_record_end(struct session *session, const struct sim_result *r, const struct err *why,
		    const struct str *differs, struct err *err);

/* Redacts the first failing line and the output files of a run before their
 * hashes are taken. If it fails, a file could not be rewritten and must not be
 * kept. */
bool sim_record_clean(const struct redact *redact, struct run_report *rep, struct err *err);

#endif
