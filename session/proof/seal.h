/* seal.h - signing what a session is, and a code short enough for paper.
 *
 * Map of session/proof: signing a session and verifying one. Knows nothing of
 * how it came to be.
 *
 *   seal verify       signed, checked
 *   flow_seal handin  sealing with the design's files, one file with all of it
 *
 * A seal is an Ed25519 signature over the head of a journal (the sum of its
 * last line, which stands for all lines before it) and over the list of the
 * design's files at that moment. It shows that whoever held the key said so;
 * not who that was, nor who typed.
 *
 * The key is made on first use: 32 bytes, as hexadecimal digits, in seal.key in
 * the person's configuration folder, 0600. The code is the first 100 bits of a
 * head as 20 letters and digits, in groups of five; I, O, 0 and 1 are not
 * among them.
 */
#ifndef POSEDGE_SEAL_H
#define POSEDGE_SEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

#define SEAL_KEY_HEX	   64
#define SEAL_SIGNATURE_HEX 128
#define SEAL_CODE_LEN	   23 /* with the dashes */

struct seal {
	char key[SEAL_KEY_HEX + 1]; /* the public half */
	char signature[SEAL_SIGNATURE_HEX + 1];
};

/* Signs with the person's key, which is made when there is none. files: text,
 * not NUL-terminated. */
bool seal_sign(const char *head, const char *files, size_t len, struct seal *out, struct err *err);

/* Whether the signature is key's, for this head and these files. */
bool seal_good(const char *head, const char *files, size_t len, const char *key,
	       const char *signature);

/* Whether key is the one of the person who runs this. Makes none. */
bool seal_is_mine(const char *key);

/* sum: hexadecimal digits, at least 25 of them. */
void seal_code(const char *sum, char code[SEAL_CODE_LEN + 1]);

/* Whether what a person wrote is that code: small letters, blanks and missing
 * dashes do not matter. */
bool seal_code_is(const char *code, const char *written);

#endif
