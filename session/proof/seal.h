/* seal.h - signs a session, and makes a code short enough for paper.
 *
 * Map of session/proof: signing and verifying a session. Knows nothing of how the
 * session was made.
 *
 *   seal verify       sign and check
 *   flow_seal handin  sign with the design's files; one file with everything
 *
 * A seal is an Ed25519 signature over the head of a journal (the hash of its last
 * line, which covers all lines before it) and over the list of the design's files
 * at that moment. It proves that a holder of the key signed this, not who that was,
 * nor who typed.
 *
 * The key is made on first use: 32 bytes, as hexadecimal digits, in seal.key in the
 * user's configuration folder, 0600. The code is the first 100 bits of a head as 20
 * letters and digits, in groups of five; I, O, 0 and 1 are not used.
 */
#ifndef POSEDGE_SEAL_H
#define POSEDGE_SEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

#define SEAL_KEY_HEX	   64
#define SEAL_SIGNATURE_HEX 128
#define SEAL_CODE_LEN	   23 /* including the dashes */

struct seal {
	char key[SEAL_KEY_HEX + 1]; /* the public key */
	char signature[SEAL_SIGNATURE_HEX + 1];
};

/* Signs with the user's key, which is made if it does not exist. files: text, not
 * NUL-terminated. */
bool seal_sign(const char *head, const char *files, size_t len, struct seal *out, struct err *err);

/* True if signature was made with key for this head and these files. */
bool seal_good(const char *head, const char *files, size_t len, const char *key,
	       const char *signature);

/* True if key belongs to the user who runs posedge. Never makes a key. */
bool seal_is_mine(const char *key);

/* sum: at least 25 hexadecimal digits. */
void seal_code(const char *sum, char code[SEAL_CODE_LEN + 1]);

/* True if `written` is this code; ignores case, blanks and missing dashes. */
bool seal_code_is(const char *code, const char *written);

#endif
