/* verify.h - checks that a session on disk is the one that was recorded.
 *
 * Checks the hash and number of every line, that each event fits the state, all
 * texts that the journal refers to, the recorded outputs of runs, and every seal.
 * If lines after a seal were cut off, the session's file "seal" shows it, because
 * it names the last seal; if that file is gone too, or the whole chain was
 * rewritten, only a code noted elsewhere shows it. Does not know who typed.
 */
#ifndef POSEDGE_VERIFY_H
#define POSEDGE_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/hash.h"
#include "session/base/str.h"
#include "session/proof/seal.h"

struct state;

struct verification {
	uint64_t events; /* events up to this one are intact */
	uint64_t broken; /* the first event that is not; 0: none */
	char why[ERR_TEXT_MAX + 1];
	uint64_t sealed;	     /* the last event that a seal covers; 0: none */
	char key[SEAL_KEY_HEX + 1];  /* public key of the last seal; "" */
	bool other_key;		     /* an earlier seal was made with another key */
	struct str files;	     /* list of the design's files in the last seal */
	char head[HASH_HEX + 1];     /* hash of event `events` */
	char seal_sum[HASH_HEX + 1]; /* hash of the last seal's line; "" */
	uint64_t code_at;	     /* the event with the given code; 0: none */
	uint64_t last_ms;	     /* time of the last event, by the recorder's clock */
};

/* code: a code to look for, or NULL. st (from state_init(), may be NULL) becomes
 * the state after all events. False when the session cannot be read at all. */
bool verify_session(const char *dir, const char *code, struct verification *out, struct state *st,
		    struct err *err);
/* Reports something else that is wrong, from event `at` on. */
void verification_break(struct verification *v, uint64_t at, const char *why);
void verification_fini(struct verification *v);

/* Writes the session's file "seal". Call it when the seal's event is on disk. */
bool verify_note_seal(const char *dir, uint64_t n, const char *sum, struct err *err);

#endif
