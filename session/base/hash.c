/* SHA-256 and HMAC from libsodium, as hexadecimal digits, the form used in journals
 * and file names.
 */
#include "config.h"

#include "session/base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/own.h"

struct hash {
	crypto_hash_sha256_state state;
};

struct hash *hash_new(void)
{
	struct hash *h = mem_alloc(sizeof(*h));

	crypto_hash_sha256_init(&h->state);
	return h;
}

void hash_add(struct hash *h, const void *data, size_t len)
{
	crypto_hash_sha256_update(&h->state, data, len);
}

void hash_adds(struct hash *h, const char *text)
{
	hash_add(h, text ? text : "", text ? strlen(text) + 1 : 1);
}

void hash_end(struct hash *h, char hex[HASH_HEX + 1])
{
	unsigned char bytes[HASH_BYTES];

	crypto_hash_sha256_final(&h->state, bytes);
	sodium_bin2hex(hex, HASH_HEX + 1, bytes, sizeof(bytes));
	free(h);
}

void hash_text(const void *data, size_t len, char hex[HASH_HEX + 1])
{
	unsigned char bytes[HASH_BYTES];

	crypto_hash_sha256(bytes, data, len);
	sodium_bin2hex(hex, HASH_HEX + 1, bytes, sizeof(bytes));
}

void hash_chain(const char *previous, const void *data, size_t len, char hex[HASH_HEX + 1])
{
	crypto_hash_sha256_state state;
	unsigned char bytes[HASH_BYTES];

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const unsigned char *)previous, strlen(previous));
	crypto_hash_sha256_update(&state, data, len);
	crypto_hash_sha256_final(&state, bytes);
	sodium_bin2hex(hex, HASH_HEX + 1, bytes, sizeof(bytes));
}

/* Does not block on a FIFO. */
static FILE *open_regular(const char *path, uint64_t most)
{
	int fd = own_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0, NULL);
	struct stat st;
	FILE *f = NULL;

	if (fd < 0 || fstat(fd, &st) < 0)
		goto out;
	if (!S_ISREG(st.st_mode))
		errno = EINVAL;
	else if ((uint64_t)st.st_size > most)
		errno = EFBIG;
	else
		f = fdopen(fd, "r");
out:
	if (fd >= 0 && !f)
		close(fd);
	return f;
}

/* The file may grow after its size was read, so the limit is checked while reading, too. */
bool hash_file(const char *path, uint64_t most, char hex[HASH_HEX + 1], uint64_t *len)
{
	FILE *f = open_regular(path, most);
	struct hash *h = f ? hash_new() : NULL;
	uint64_t total = 0;
	char buf[16384];
	size_t n;
	bool ok;

	hex[0] = '\0';
	if (!f)
		return false;
	while (total <= most && (n = fread(buf, 1, sizeof(buf), f)) > 0) {
		hash_add(h, buf, n);
		total += n;
	}
	ok = !ferror(f) && total <= most;
	if (total > most)
		errno = EFBIG;
	fclose(f);
	hash_end(h, hex);
	if (len)
		*len = total;
	if (!ok)
		hex[0] = '\0';
	return ok;
}

bool hash_keyed(const char *key, const void *data, size_t len, char hex[HASH_HEX + 1])
{
	unsigned char bytes[crypto_auth_hmacsha256_KEYBYTES], out[crypto_auth_hmacsha256_BYTES];
	size_t n;

	if (strlen(key) != HASH_HEX ||
	    sodium_hex2bin(bytes, sizeof(bytes), key, HASH_HEX, NULL, &n, NULL) != 0 ||
	    n != sizeof(bytes))
		return false;
	crypto_auth_hmacsha256(out, data, len, bytes);
	sodium_bin2hex(hex, HASH_HEX + 1, out, sizeof(out));
	sodium_memzero(bytes, sizeof(bytes));
	return true;
}

void hash_random(char hex[HASH_HEX + 1])
{
	unsigned char bytes[HASH_BYTES];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(hex, HASH_HEX + 1, bytes, sizeof(bytes));
}
