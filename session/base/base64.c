#include "config.h"

#include "session/base/base64.h"

#include <sodium.h>
#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/str.h"

void base64_encode(const void *data, size_t len, struct str *out)
{
	size_t size = sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
	char *text = mem_alloc(size);

	sodium_bin2base64(text, size, data, len, sodium_base64_VARIANT_ORIGINAL);
	str_adds(out, text);
	free(text);
}

bool base64_decode(const char *text, size_t len, struct str *out)
{
	unsigned char *data = mem_alloc(len);
	size_t n = 0;
	bool ok = sodium_base642bin(data, len, text, len, NULL, &n, NULL,
				    sodium_base64_VARIANT_ORIGINAL) == 0;

	if (ok)
		str_add(out, data, n);
	free(data);
	return ok;
}
