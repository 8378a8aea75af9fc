/* verify.h - whether a session on disk is the one that was recorded.
 *
 * Looks at every line's sum and number, whether each event fits the state, all
 * texts that the journal refers to, the recorded outputs of runs, and every
 * seal. A missing tail after a seal is found by the session's file "seal",
 * which names the last one; when that is gone too, or the chain was written
 * anew, only a code noted elsewhere tells. Knows nothing of who typed.
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
	uint64_t events; /* whole up to this one */
	uint64_t broken; /* the first that is not; 0: none */
	char why[ERR_TEXT_MAX + 1];
	uint64_t sealed;	     /* the last event that a seal signs; 0: none */
	char key[SEAL_KEY_HEX + 1];  /* whose the last seal is; "" */
	bool other_key;		     /* an earlier seal is by another key */
	struct str files;	     /* what the last seal says of the design's files */
	char head[HASH_HEX + 1];     /* the sum of event `events` */
	char seal_sum[HASH_HEX + 1]; /* the sum of the last seal's line; "" */
	uint64_t code_at;	     /* the event whose code was asked for; 0: none */
	uint64_t last_ms;	     /* when the last event was recorded, by the recorder's clock */
};

/* code: to look for, or NULL. st (from state_init(), may be NULL) becomes the
 * state that the events make. False: the session cannot be read at all. */
bool verify_session(const char *dir, const char *code, struct verification *out, struct state *st,
		    struct err *err);
/* Something else that is wrong, from event at on. */
void verification_break(struct verification *v, uint64_t at, const char *why);
void verification_fini(struct verification *v);

/* The session's file "seal", written after its event is on disk. */
bool verify_note_seal(const char *dir, uint64_t n, const char *sum, struct err *err);

#endif
