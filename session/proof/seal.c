/* An Ed25519 signature by libsodium over a short text: a line that says what it is,
 * the head of the journal, and the hash of the list of files. The key file is
 * readable only by its owner; it is made under another name and linked into place,
 * so two programs that start at once agree on one key.
 */
#include "config.h"

#include "session/proof/seal.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/str.h"

struct pair {
	unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
};

static char *key_path(struct err *err)
{
	char *path = path_user_config("seal.key");

	if (!path)
		err_set(err, ERR_USAGE, "there is no home folder to keep the key of your seal in");
	return path;
}

static bool from_hex(const char *hex, unsigned char *out, size_t len)
{
	size_t n;

	return strlen(hex) == len * 2 &&
	       sodium_hex2bin(out, len, hex, len * 2, NULL, &n, NULL) == 0 && n == len;
}

/* Linked into place: if two programs make a key at once, both use the first. */
static bool make_key(const char *path, struct err *err)
{
	unsigned char seed[crypto_sign_SEEDBYTES];
	char hex[sizeof(seed) * 2 + 1];
	char *dir = path_dir(path);
	char *tmp = str_fmt("%s.%ld", path, (long)getpid());
	bool ok;

	randombytes_buf(seed, sizeof(seed));
	sodium_bin2hex(hex, sizeof(hex), seed, sizeof(seed));
	ok = file_make_dirs(dir, 0700, err) && file_save(tmp, hex, sizeof(hex) - 1, 0600, err);
	if (ok && link(tmp, path) < 0 && errno != EEXIST)
		ok = err_set(err, ERR_IO, "make %s: %s", path, strerror(errno));
	unlink(tmp);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(hex, sizeof(hex));
	free(tmp);
	free(dir);
	return ok;
}

static bool read_key(const char *path, struct pair *out, struct err *err)
{
	unsigned char seed[crypto_sign_SEEDBYTES];
	struct str text = STR_INIT;
	bool ok = file_read(path, 4096, &text, err);

	while (ok && text.len && text.data[text.len - 1] == '\n')
		str_cut(&text, text.len - 1);
	if (ok && !from_hex(str_cstr(&text), seed, sizeof(seed)))
		ok = err_set(err, ERR_PARSE,
			     "%s holds no key; move it away, and the next seal makes a new one",
			     path);
	if (ok)
		crypto_sign_seed_keypair(out->public, out->secret, seed);
	sodium_memzero(seed, sizeof(seed));
	if (text.data)
		sodium_memzero(text.data, text.cap);
	str_free(&text);
	return ok;
}

/* The signed text: a line that says what it is, the head, and the hash of the
 * files. */
static void message(const char *head, const char *files, size_t len, struct str *out)
{
	char hash[HASH_HEX + 1];

	hash_text(files, len, hash);
	str_addf(out, "posedge seal 1\n%s\n%s\n", head, hash);
}

bool seal_sign(const char *head, const char *files, size_t len, struct seal *out, struct err *err)
{
	unsigned char signature[crypto_sign_BYTES];
	struct str text = STR_INIT;
	char *path = key_path(err);
	struct pair pair;
	bool ok = path && (file_exists(path) || make_key(path, err)) && read_key(path, &pair, err);

	if (ok) {
		message(head, files, len, &text);
		crypto_sign_detached(signature, NULL, (const unsigned char *)text.data, text.len,
				     pair.secret);
		sodium_bin2hex(out->signature, sizeof(out->signature), signature,
			       sizeof(signature));
		sodium_bin2hex(out->key, sizeof(out->key), pair.public, sizeof(pair.public));
		sodium_memzero(&pair, sizeof(pair));
	}
	str_free(&text);
	free(path);
	return ok;
}

bool seal_good(const char *head, const char *files, size_t len, const char *key,
	       const char *signature)
{
	unsigned char public[crypto_sign_PUBLICKEYBYTES], bytes[crypto_sign_BYTES];
	struct str text = STR_INIT;
	bool ok =
		from_hex(key, public, sizeof(public)) && from_hex(signature, bytes, sizeof(bytes));

	message(head, files, len, &text);
	ok = ok && crypto_sign_verify_detached(bytes, (const unsigned char *)text.data, text.len,
					       public) == 0;
	str_free(&text);
	return ok;
}

bool seal_is_mine(const char *key)
{
	char hex[SEAL_KEY_HEX + 1];
	char *path = key_path(NULL);
	struct pair pair;
	bool ok = path && file_exists(path) && read_key(path, &pair, NULL);

	if (ok) {
		sodium_bin2hex(hex, sizeof(hex), pair.public, sizeof(pair.public));
		sodium_memzero(&pair, sizeof(pair));
		ok = strcmp(hex, key) == 0;
	}
	free(path);
	return ok;
}

/* Codes */

static const char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

static unsigned nibble(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

void seal_code(const char *sum, char code[SEAL_CODE_LEN + 1])
{
	unsigned have = 0, bits = 0;
	size_t n = 0;

	for (size_t i = 0; n < SEAL_CODE_LEN; i++) {
		bits = bits << 4 | nibble(sum[i]);
		have += 4;
		if (have < 5)
			continue;
		have -= 5;
		code[n++] = alphabet[bits >> have & 31];
		if (n % 6 == 5 && n < SEAL_CODE_LEN)
			code[n++] = '-';
	}
	code[n] = '\0';
}

bool seal_code_is(const char *code, const char *written)
{
	for (;;) {
		char c;

		written += strspn(written, " \t-");
		code += *code == '-';
		c = *written >= 'a' && *written <= 'z' ? (char)(*written - 32) : *written;
		if (c != *code)
			return false;
		if (!c)
			return true;
		written++;
		code++;
	}
}
