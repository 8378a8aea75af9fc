/* One pass from left to right. At each byte we look for the longest secret or key that
 * starts there, also inside one already found: two that overlap are removed as one, so
 * that no tail of the second remains.
 *
 * A key of a known kind only starts where no key character precedes it. So each run of
 * key characters is scanned a bounded number of times, and the pass is linear in the
 * text.
 */
#include "config.h"

#include "session/model/redact.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"

#define MIN_SECRET 8

struct secret {
	char *text;
	size_t len;
};

struct redact {
	struct secret *v; /* longest first */
	size_t n, cap;
	bool starts[256]; /* first bytes of secrets */
	char *home;	  /* without a trailing slash; NULL: none */
	size_t home_len;
	uint64_t stamp; /* hash of all of it */
};

/* The characters of a kind of key. */
enum alphabet {
	LETTERS_DIGITS,
	CAPITALS_DIGITS,
	WORD,	     /* also _ */
	DASHED,	     /* also - */
	WORD_DASHED, /* also _ and - */
	BEARER,	     /* RFC 6750: also . ~ + / = */
};

struct shape {
	const char *prefix;
	enum alphabet alphabet;
	size_t min; /* characters after the prefix */
	bool digit; /* must contain a digit, or it may be plain words */
};

static const struct shape shapes[] = {
	{ "sk-", WORD_DASHED, 20, true }, /* OpenAI, Anthropic (sk-ant-), OpenRouter (sk-or-) */
	{ "sk_live_", LETTERS_DIGITS, 16, false },
	{ "ghp_", LETTERS_DIGITS, 30, false },
	{ "gho_", LETTERS_DIGITS, 30, false },
	{ "ghu_", LETTERS_DIGITS, 30, false },
	{ "ghs_", LETTERS_DIGITS, 30, false },
	{ "ghr_", LETTERS_DIGITS, 30, false },
	{ "github_pat_", WORD, 30, false },
	{ "glpat-", WORD_DASHED, 20, false },
	{ "AKIA", CAPITALS_DIGITS, 16, false },
	{ "ASIA", CAPITALS_DIGITS, 16, false },
	{ "AIza", WORD_DASHED, 35, false },
	{ "xoxa-", DASHED, 10, true },
	{ "xoxb-", DASHED, 10, true },
	{ "xoxp-", DASHED, 10, true },
	{ "xoxr-", DASHED, 10, true },
	{ "xoxs-", DASHED, 10, true },
	{ "hf_", LETTERS_DIGITS, 30, false },
	{ "gsk_", LETTERS_DIGITS, 30, false },
	{ "xai-", LETTERS_DIGITS, 30, false },
	{ "nvapi-", WORD_DASHED, 30, false },
	{ "Bearer ", BEARER, 16, true },
	{ "bearer ", BEARER, 16, true },
	{ "Basic ", BEARER, 16, true },
	{ "api-key: ", WORD_DASHED, 16, false },
	{ "x-api-key: ", WORD_DASHED, 16, false },
	{ "X-Api-Key: ", WORD_DASHED, 16, false },
	{ "X-Goog-Api-Key: ", WORD_DASHED, 16, false },
	{ "api_key=", WORD_DASHED, 16, false },
};

static const char first_letters[] = "sgAxhnBbaX"; /* of these prefixes */

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool in_alphabet(char c, enum alphabet a)
{
	if (digit(c) || (c >= 'A' && c <= 'Z'))
		return true;
	if (a == CAPITALS_DIGITS)
		return false;
	if (c >= 'a' && c <= 'z')
		return true;
	if (c == '_')
		return a == WORD || a == WORD_DASHED || a == BEARER;
	if (c == '-')
		return a == DASHED || a == WORD_DASHED || a == BEARER;
	return a == BEARER && c && strchr(".~+/=", c);
}

static size_t run(const char *s, size_t len, enum alphabet a)
{
	size_t n = 0;

	while (n < len && in_alphabet(s[n], a))
		n++;
	return n;
}

static bool starts(const char *s, size_t len, const char *prefix)
{
	size_t n = strlen(prefix);

	return len >= n && memcmp(s, prefix, n) == 0;
}

/* In JSON, a line break before a key is a backslash and a letter. */
static bool boundary(const char *text, size_t at)
{
	if (at == 0 || !in_alphabet(text[at - 1], WORD_DASHED))
		return true;
	return at > 1 && text[at - 2] == '\\' && strchr("nrt", text[at - 1]);
}

static size_t shape_at(const char *s, size_t len)
{
	if (!strchr(first_letters, s[0]))
		return 0;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		bool digits = !shapes[i].digit;
		size_t head, n;

		if (s[0] != shapes[i].prefix[0] || !starts(s, len, shapes[i].prefix))
			continue;
		head = strlen(shapes[i].prefix);
		n = run(s + head, len - head, shapes[i].alphabet);
		for (size_t k = 0; k < n && !digits; k++)
			digits = digit(s[head + k]);
		if (n >= shapes[i].min && digits)
			return head + n;
	}
	return 0;
}

/* Three runs of base64url with dots between; the first is JSON's "{". */
static size_t jwt_at(const char *s, size_t len)
{
	size_t at = 0;

	if (!starts(s, len, "eyJ"))
		return 0;
	for (int part = 0; part < 3; part++) {
		size_t n = run(s + at, len - at, WORD_DASHED);

		if (n < 8)
			return 0;
		at += n;
		if (part < 2 && (at == len || s[at++] != '.'))
			return 0;
	}
	return at;
}

#define PEM_DASHES "-----"
#define REDACTED   "[redacted]"

static size_t find(const char *s, size_t len, const char *what)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] == what[0] && starts(s + i, len - i, what))
			return i;
	return len;
}

/* Up to the line that ends the block; without one, as far as it looks like base64. */
static size_t pem_at(const char *s, size_t len)
{
	static const char begin[] = PEM_DASHES "BEGIN ", key[] = "PRIVATE KEY" PEM_DASHES;
	size_t line = len < 80 ? len : 80, at;

	if (!starts(s, len, begin))
		return 0;
	at = find(s, line, key);
	if (at == line)
		return 0;
	at += strlen(key);
	while (at < len && !starts(s + at, len - at, PEM_DASHES) &&
	       (in_alphabet(s[at], BEARER) || (s[at] && strchr(" \t\r\n\\:,", s[at]))))
		at++;
	if (starts(s + at, len - at, PEM_DASHES "END ")) {
		size_t rest = len - at < 80 ? len - at : 80;
		size_t end = find(s + at, rest, key);

		at += end < rest ? end + strlen(key) : strlen(PEM_DASHES);
	}
	return at;
}

/* name:password after the "://" of a URL. */
static size_t userinfo_at(const char *text, size_t at, size_t len)
{
	size_t end = at, most = len - at > 300 ? at + 300 : len;
	bool colon = false;

	if (at < 3 || memcmp(text + at - 3, "://", 3) != 0)
		return 0;
	while (end < most && text[end] > ' ' && text[end] < 0x7f &&
	       !strchr("/?#\"'<>@\\", text[end]))
		colon |= text[end++] == ':';
	return colon && end < most && text[end] == '@' ? end - at : 0;
}

static size_t key_at(const char *text, size_t at, size_t len)
{
	const char *s = text + at;
	size_t n;

	if (s[0] == '-')
		return at == 0 || s[-1] != '-' ? pem_at(s, len - at) : 0;
	if (!boundary(text, at))
		return 0;
	n = userinfo_at(text, at, len);
	if (n)
		return n;
	n = shape_at(s, len - at);
	return n ? n : jwt_at(s, len - at);
}

static size_t secret_at(const struct redact *r, const char *s, size_t len)
{
	if (!r || !r->starts[(unsigned char)s[0]])
		return 0;
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].len <= len && memcmp(r->v[i].text, s, r->v[i].len) == 0)
			return r->v[i].len;
	return 0;
}

static bool home_at(const struct redact *r, const char *s, size_t len)
{
	if (!r || !r->home || s[0] != r->home[0] || len < r->home_len ||
	    memcmp(s, r->home, r->home_len) != 0)
		return false;
	return len == r->home_len ||
	       !(in_alphabet(s[r->home_len], WORD_DASHED) || s[r->home_len] == '.' ||
		 (unsigned char)s[r->home_len] >= 0x80);
}

/* Collecting secrets */

static bool holds_secret(const char *name, size_t len)
{
	static const char *const words[] = { "KEY", "TOKEN", "SECRET", "PASS" };

	for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++)
		for (size_t i = 0; i + strlen(words[w]) <= len; i++) {
			size_t k = 0;

			while (words[w][k] && (name[i + k] & ~0x20) == words[w][k])
				k++;
			if (!words[w][k])
				return true;
		}
	return false;
}

/* FNV-1a. The value never leaves the process. */
static uint64_t stamp_of(const struct redact *r)
{
	uint64_t h = 14695981039346656037ull;

	for (size_t i = 0; i <= r->n; i++)
		for (const char *p = i < r->n ? r->v[i].text : r->home ? r->home : "";; p++) {
			h = (h ^ (unsigned char)*p) * 1099511628211ull;
			if (!*p)
				break;
		}
	return h ? h : 1;
}

uint64_t redact_stamp(const struct redact *r)
{
	return r ? r->stamp : 1;
}

void redact_add(struct redact *r, const char *secret)
{
	size_t len = strlen(secret), at = 0;

	if (len < MIN_SECRET)
		return;
	while (at < r->n && r->v[at].len >= len) {
		if (r->v[at].len == len && memcmp(r->v[at].text, secret, len) == 0)
			return;
		at++;
	}
	MEM_ROOM(r->v, r->n, r->cap);
	memmove(r->v + at + 1, r->v + at, (r->n - at) * sizeof(*r->v));
	r->v[at] = (struct secret){ mem_strdup(secret), len };
	r->n++;
	r->starts[(unsigned char)secret[0]] = true;
	r->stamp = stamp_of(r);
}

void redact_add_url(struct redact *r, const char *url)
{
	const char *p = url + strcspn(url, "?#");

	while (*p == '?' || *p == '&') {
		const char *name = p + 1, *equals = name + strcspn(name, "=&#");

		p = name + strcspn(name, "&#");
		if (*equals == '=' && holds_secret(name, (size_t)(equals - name))) {
			char *value = mem_strndup(equals + 1, (size_t)(p - equals - 1));

			redact_add(r, value);
			explicit_bzero(value, strlen(value));
			free(value);
		}
	}
}

struct redact *redact_new(const char *const *environ, const char *home)
{
	struct redact *r = mem_zalloc(sizeof(*r));

	for (size_t i = 0; environ && environ[i]; i++) {
		const char *value = strchr(environ[i], '=');

		if (value && holds_secret(environ[i], (size_t)(value - environ[i])))
			redact_add(r, value + 1);
	}
	if (home) {
		r->home_len = strlen(home);
		while (r->home_len && home[r->home_len - 1] == '/')
			r->home_len--;
		r->home = r->home_len ? mem_strndup(home, r->home_len) : NULL;
	}
	r->stamp = stamp_of(r);
	return r;
}

void redact_free(struct redact *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n; i++) {
		explicit_bzero(r->v[i].text, r->v[i].len);
		free(r->v[i].text);
	}
	free(r->v);
	free(r->home);
	free(r);
}

/* End of the secret that starts at `at`, including all that overlap it; `at` if there
 * is none. */
static size_t secret_end(const struct redact *r, const char *text, size_t at, size_t len)
{
	size_t key = key_at(text, at, len), n = secret_at(r, text + at, len - at);
	size_t end = at + (key > n ? key : n);

	for (size_t i = at + 1; i < end; i++) {
		n = secret_at(r, text + i, len - i);
		if (i + n > end)
			end = i + n;
	}
	return end;
}

/* False for nearly all bytes, those within a word: nothing to remove can start there. */
static bool may_start(const struct redact *r, const char *text, size_t at)
{
	unsigned char c = (unsigned char)text[at];

	return c == '-' || boundary(text, at) ||
	       (r && (r->starts[c] || (r->home && text[at] == r->home[0])));
}

bool redact_next(const struct redact *r, const char *text, size_t len, size_t *at, size_t *end,
		 bool *home)
{
	for (; *at < len; (*at)++) {
		if (!may_start(r, text, *at))
			continue;
		*end = secret_end(r, text, *at, len);
		*home = *end == *at && home_at(r, text + *at, len - *at);
		if (*home)
			*end = *at + r->home_len;
		if (*end > *at)
			return true;
	}
	return false;
}

/* lines: a secret of several lines keeps their number. */
static size_t redact(const struct redact *r, const char *text, size_t len, bool lines,
		     struct str *out)
{
	size_t count = 0, from = 0, at = 0, end;
	bool home;

	while (redact_next(r, text, len, &at, &end, &home)) {
		str_add(out, text + from, at - from);
		str_adds(out, home ? "~" : REDACTED);
		for (size_t i = at; lines && i < end; i++)
			if (text[i] == '\n')
				str_adds(out, i + 1 < end ? "\n" REDACTED : "\n");
		count += !home;
		at = from = end;
	}
	str_add(out, text + from, len - from);
	return count;
}

size_t redact_text(const struct redact *r, const char *text, size_t len, struct str *out)
{
	return redact(r, text, len, false, out);
}

size_t redact_lines(const struct redact *r, const char *text, size_t len, struct str *out)
{
	return redact(r, text, len, true, out);
}

void redact_err(const struct redact *r, struct err *err)
{
	struct str clean = STR_INIT;

	redact_text(r, err->text, strlen(err->text), &clean);
	err_set(err, err->code, "%s", str_cstr(&clean));
	str_free(&clean);
}

size_t redact_line(const struct redact *r, const char *text, size_t len)
{
	size_t line = 1;

	for (size_t at = 0; at < len; at++) {
		if (secret_end(r, text, at, len) > at)
			return line;
		line += text[at] == '\n';
	}
	return 0;
}

bool redact_file(const struct redact *r, const char *path, uint64_t *len, struct err *err)
{
	struct str text = STR_INIT, clean = STR_INIT;
	bool ok = file_read(path, 0, &text, err);

	if (ok) {
		redact_text(r, str_cstr(&text), text.len, &clean);
		if (clean.len != text.len ||
		    memcmp(str_cstr(&clean), str_cstr(&text), text.len) != 0)
			ok = file_save(path, str_cstr(&clean), clean.len, 0600, err);
	}
	if (ok && len)
		*len = clean.len;
	str_free(&clean);
	str_free(&text);
	return ok;
}
