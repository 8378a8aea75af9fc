/* Writes events as lines of JSON, each member by its kind, using the row of
 * event.c.
 *
 * Text that is not UTF-8, or contains a NUL, is written as {"b64": ...}. A long
 * text is stored as a blob, and the line has its hash.
 */
#include "config.h"

#include <string.h>

#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/journal/event_inner.h"
#include "session/output/diag.h"

/* Decimal without printf, for speed: each typed letter writes five such numbers. */
static void add_uint(struct str *out, uint64_t n)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	str_add(out, digits + at, sizeof(digits) - at);
}

void event_write_bytes(const char *data, size_t len, struct str *out)
{
	size_t before = out->len;

	if (json_quote(out, data, len))
		return;
	str_cut(out, before);
	str_adds(out, "{\"b64\":\"");
	base64_encode(data, len, out);
	str_adds(out, "\"}");
}

void event_write_by(struct edit_by by, struct str *out)
{
	if (by.source == EDIT_BY_SUGGESTION)
		str_addf(out, "%llu", (unsigned long long)by.suggestion);
	else
		json_quote(out, event_sources[by.source], strlen(event_sources[by.source]));
}

void event_write_authors(const struct author_run *v, size_t n, struct str *out)
{
	str_addc(out, '[');
	for (size_t i = 0; i < n; i++)
		str_addf(out, "%s[%llu,\"%s\",%llu]", i ? "," : "", (unsigned long long)v[i].lines,
			 event_author_names[v[i].by.kind], (unsigned long long)v[i].by.suggestion);
	str_addc(out, ']');
}

/* Bytes above EVENT_INLINE go to a blob. */
static bool write_text(const char *data, size_t len, const struct blobs *blobs, struct str *out,
		       struct err *err)
{
	char hash[HASH_HEX + 1];

	if (!blobs || len <= EVENT_INLINE) {
		event_write_bytes(data, len, out);
		return true;
	}
	hash_text(data, len, hash);
	str_addf(out, "{\"blob\":\"%s\",\"len\":%zu}", hash, len);
	return blobs->put(blobs->ctx, hash, data, len, err);
}

static bool write_kept(const struct kept *k, const struct blobs *blobs, struct str *out,
		       struct err *err)
{
	if (k->data || k->len == 0)
		return write_text(k->data, k->len, blobs, out, err);
	str_addf(out, "{\"blob\":\"%s\",\"len\":%zu}", k->hash, k->len);
	return true;
}

static bool write_changes(const struct change *v, size_t n, const struct blobs *blobs,
			  struct str *out, struct err *err)
{
	bool ok = true;

	str_add(out, "[", 1);
	for (size_t i = 0; ok && i < n; i++) {
		if (i)
			str_add(out, ",", 1);
		str_add(out, "[", 1);
		add_uint(out, v[i].off);
		str_add(out, ",", 1);
		add_uint(out, v[i].removed);
		str_add(out, ",", 1);
		ok = write_text(v[i].ins.data, v[i].ins.len, blobs, out, err);
		str_add(out, "]", 1);
	}
	str_add(out, "]", 1);
	return ok;
}

void event_write_units(const struct unit *v, size_t n, struct str *out)
{
	str_addc(out, '[');
	for (size_t i = 0; i < n; i++)
		str_addf(out, "%s[%d,%u,%u,%u,%d]", i ? "," : "", (int)v[i].kind, v[i].base_line,
			 v[i].new_line, v[i].hunk, (int)v[i].decision);
	str_addc(out, ']');
}

void event_write_diags(const struct diag_list *l, struct str *out)
{
	str_addc(out, '[');
	for (size_t i = 0; l && i < diag_list_len(l); i++) {
		const struct diag *d = diag_list_at(l, i);
		const char *const texts[] = {
			diag_rank_name(d->rank), d->path, d->code, d->text, d->context, d->hint
		};

		str_adds(out, i ? ",[" : "[");
		str_addf(out, "%d,%d,%d,%s", d->line, d->col, d->len,
			 d->waivable ? "true" : "false");
		for (size_t k = 0; k < sizeof(texts) / sizeof(*texts); k++) {
			str_addc(out, ',');
			event_write_bytes(texts[k], strlen(texts[k]), out);
		}
		str_addc(out, ']');
	}
	str_addc(out, ']');
}

static bool write_member(const struct event *e, const struct event_member *m,
			 const struct blobs *blobs, struct str *out, struct err *err)
{
	const void *p = (const char *)e + m->at;
	const void *count = (const char *)p + sizeof(void *);
	const char *s;

	switch (m->kind) {
	case K_STRING:
		s = *(const char *const *)p;
		event_write_bytes(s, s ? strlen(s) : 0, out);
		return true;
	case K_BYTES:
		return write_text(((const struct bytes *)p)->data, ((const struct bytes *)p)->len,
				  blobs, out, err);
	case K_KEPT:
		return write_kept(p, blobs, out, err);
	case K_UINT:
		add_uint(out, *(const uint64_t *)p);
		return true;
	case K_COUNT:
		if (*(const int64_t *)p < 0) {
			str_adds(out, "null");
			return true;
		}
		/* fall through */
	case K_INT:
		str_addf(out, "%lld", (long long)*(const int64_t *)p);
		return true;
	case K_BOOL:
		str_adds(out, *(const bool *)p ? "true" : "false");
		return true;
	case K_DECISION:
		str_addf(out, "\"%s\"", decision_name(*(const enum decision *)p));
		return true;
	case K_BY:
		event_write_by(*(const struct edit_by *)p, out);
		return true;
	case K_AUTHORS:
		event_write_authors(*(struct author_run *const *)p, *(const size_t *)count, out);
		return true;
	case K_CHANGES:
		return write_changes(*(struct change *const *)p, *(const size_t *)count, blobs, out,
				     err);
	case K_UNITS:
		event_write_units(*(struct unit *const *)p, *(const size_t *)count, out);
		return true;
	case K_DIAGS:
		event_write_diags(*(const struct diag_list *const *)p, out);
		return true;
	}
	return true;
}

bool event_write(const struct event *e, const struct blobs *blobs, struct str *line,
		 struct err *err)
{
	const struct event_row *row = &event_rows[e->type];

	str_add(line, "{\"n\":", 5);
	add_uint(line, e->n);
	str_add(line, ",\"t\":", 5);
	add_uint(line, e->t_ms);
	str_add(line, ",\"type\":", 8);
	json_quote(line, row->name, strlen(row->name));
	for (const struct event_member *m = row->m; m->name; m++) {
		str_add(line, m->key, m->key_len);
		if (!write_member(e, m, blobs, line, err))
			return false;
	}
	return true;
}
