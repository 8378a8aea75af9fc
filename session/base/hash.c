#include "config.h"

#include "session/base/hash.h"

#include <sodium.h>
#include <stdlib.h>

#include "session/base/mem.h"

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
