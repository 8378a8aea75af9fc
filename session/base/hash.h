/* hash.h - SHA-256 of a text, of pieces, of a file.
 *
 * As text, a hash is 64 lower-case hexadecimal digits.
 */
#ifndef POSEDGE_HASH_H
#define POSEDGE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HASH_BYTES 32
#define HASH_HEX   64 /* digits, without the NUL */

struct hash; /* a hash being computed */

struct hash *hash_new(void);
void hash_add(struct hash *h, const void *data, size_t len);
void hash_adds(struct hash *h, const char *text);      /* with its NUL; NULL counts as "" */
void hash_end(struct hash *h, char hex[HASH_HEX + 1]); /* frees h */

void hash_text(const void *data, size_t len, char hex[HASH_HEX + 1]);

/* Hash of previous, a string, followed by data. hex may be previous. */
void hash_chain(const char *previous, const void *data, size_t len, char hex[HASH_HEX + 1]);

/* Hash and length of a file, read piece by piece (len may be NULL). False with
 * errno when it cannot be read, EFBIG when it is longer than most bytes; hex is "" then. */
bool hash_file(const char *path, uint64_t most, char hex[HASH_HEX + 1], uint64_t *len);

/* HMAC-SHA-256 with a key of 64 hexadecimal digits; false if key is not that. */
bool hash_keyed(const char *key, const void *data, size_t len, char hex[HASH_HEX + 1]);
void hash_random(char hex[HASH_HEX + 1]); /* random bits, usable as a key */

#endif
