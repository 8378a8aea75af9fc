/* Parses lines of JSON as events, member by member, with the row that writing uses.
 *
 * A line may come from anywhere, so each member's type and range is checked.
 * Allocated memory belongs to the event, even if a later member is refused:
 * event_fini() frees all of it. Older formats are converted by event_old() first.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/journal/event_inner.h"
#include "session/journal/event_old.h"
#include "session/output/diag.h"

static bool is_hash(const char *s)
{
	return s && strlen(s) == HASH_HEX && strspn(s, "0123456789abcdef") == HASH_HEX;
}

bool event_read_bytes(const cJSON *value, struct str *out)
{
	const char *b64 = json_string(value, "b64");

	if (value && cJSON_IsString(value)) {
		str_adds(out, value->valuestring);
		return true;
	}
	return b64 && base64_decode(b64, strlen(b64), out);
}

/* Like event_read_bytes() for text that belongs to the event and is not a blob. */
static bool read_inline(struct event *e, const cJSON *v, struct bytes *out)
{
	struct str s = STR_INIT;

	if (!event_read_bytes(v, &s)) {
		str_free(&s);
		return false;
	}
	out->len = s.len;
	out->data = event_own(e, str_take(&s), false);
	return true;
}

static bool read_bytes(struct event *e, const cJSON *v, const struct blobs *blobs,
		       struct bytes *out, struct err *err)
{
	const char *hash = json_string(v, "blob");
	struct str s = STR_INIT;

	if (!hash)
		return read_inline(e, v, out) || err_set(err, ERR_PARSE, "text was expected");
	if (!is_hash(hash) || !blobs)
		return err_set(err, ERR_PARSE, "a text's hash is malformed");
	if (!blobs->get(blobs->ctx, hash, &s, err)) {
		str_free(&s);
		return false;
	}
	out->len = s.len;
	out->data = event_own(e, str_take(&s), false);
	return true;
}

static bool read_kept(struct event *e, const cJSON *v, struct kept *out, struct err *err)
{
	const char *hash = json_string(v, "blob");
	struct bytes b = { "", 0 };

	if (is_hash(hash)) {
		memcpy(out->hash, hash, HASH_HEX + 1);
		out->data = NULL;
		out->len = json_uint(v, "len", 0);
		return true;
	}
	if (!read_inline(e, v, &b))
		return err_set(err, ERR_PARSE, "text was expected");
	out->data = b.data;
	out->len = b.len;
	out->hash[0] = '\0';
	return true;
}

/* The whole number at index i of an array; -1 if there is none. */
static double number_at(const cJSON *array, int i)
{
	const cJSON *v = cJSON_GetArrayItem(array, i);
	double d = v && cJSON_IsNumber(v) ? v->valuedouble : -1;

	return d >= 0 && d <= 9007199254740992.0 && d == (double)(uint64_t)d ? d : -1;
}

static bool read_changes(struct event *e, const cJSON *array, const struct blobs *blobs,
			 struct change **out, size_t *n, struct err *err)
{
	const cJSON *item;
	size_t i = 0;

	if (!cJSON_IsArray(array))
		return err_set(err, ERR_PARSE, "changes were expected");
	*n = (size_t)cJSON_GetArraySize(array);
	*out = event_own(e, mem_calloc(*n, sizeof(**out)), false);
	cJSON_ArrayForEach(item, array) {
		struct change *c = &(*out)[i++];
		double off = number_at(item, 0), removed = number_at(item, 1);

		if (off < 0 || removed < 0)
			return err_set(err, ERR_PARSE, "a change has no place");
		c->off = (uint64_t)off;
		c->removed = (uint64_t)removed;
		if (!read_bytes(e, cJSON_GetArrayItem(item, 2), blobs, &c->ins, err))
			return false;
	}
	return true;
}

static bool is_whole(const cJSON *v)
{
	return cJSON_IsNumber(v) && v->valuedouble >= 0 && v->valuedouble <= 9007199254740992.0 &&
	       v->valuedouble == (double)(uint64_t)v->valuedouble;
}

bool event_read_by(const cJSON *value, struct edit_by *out)
{
	if (is_whole(value)) {
		*out = (struct edit_by){ EDIT_BY_SUGGESTION, (uint64_t)value->valuedouble };
		return true;
	}
	for (size_t i = 0; cJSON_IsString(value) && i < EVENT_SOURCES; i++) {
		if (strcmp(value->valuestring, event_sources[i]) == 0) {
			*out = (struct edit_by){ (enum edit_source)i, 0 };
			return true;
		}
	}
	return false;
}

static bool read_author(const cJSON *item, struct author_run *out)
{
	const cJSON *name = cJSON_GetArrayItem(item, 1);
	double lines = number_at(item, 0), suggestion = number_at(item, 2);

	if (lines < 0 || suggestion < 0 || !cJSON_IsString(name))
		return false;
	for (int k = 0; k < AUTHOR_KINDS; k++) {
		if (strcmp(name->valuestring, event_author_names[k]) != 0)
			continue;
		*out = (struct author_run){ (uint64_t)lines,
					    { (enum author_kind)k, (uint64_t)suggestion } };
		return true;
	}
	return false;
}

bool event_read_authors(const cJSON *array, struct author_run **out, size_t *n, struct err *err)
{
	const cJSON *item;

	*n = 0;
	*out = NULL;
	if (!cJSON_IsArray(array))
		return err_set(err, ERR_PARSE, "authors were expected");
	*out = mem_calloc((size_t)cJSON_GetArraySize(array) + 1, sizeof(**out));
	cJSON_ArrayForEach(item, array) {
		if (!read_author(item, &(*out)[(*n)++])) {
			free(*out);
			return err_set(err, ERR_PARSE, "an author is malformed");
		}
	}
	return true;
}

bool event_read_units(const cJSON *array, struct unit **out, size_t *n, struct err *err)
{
	const cJSON *item;
	struct unit *u;

	*n = 0;
	*out = NULL;
	if (!cJSON_IsArray(array))
		return err_set(err, ERR_PARSE, "units were expected");
	u = mem_calloc((size_t)cJSON_GetArraySize(array), sizeof(*u));
	cJSON_ArrayForEach(item, array) {
		double v[5];

		for (int k = 0; k < 5; k++)
			v[k] = number_at(item, k);
		if (v[0] < 0 || v[0] >= UNIT_KINDS || v[4] < 0 || v[4] > DECISION_REFUSED ||
		    v[1] < 0 || v[1] > UINT32_MAX || v[2] < 0 || v[2] > UINT32_MAX || v[3] < 0 ||
		    v[3] > UINT32_MAX) {
			free(u);
			return err_set(err, ERR_PARSE, "unit %zu is malformed", *n);
		}
		u[(*n)++] = (struct unit){ .kind = (enum unit_kind)v[0],
					   .base_line = (uint32_t)v[1],
					   .new_line = (uint32_t)v[2],
					   .hunk = (uint32_t)v[3],
					   .decision = (enum decision)v[4] };
	}
	*out = u;
	return true;
}

static bool read_diag(const cJSON *item, struct diag_list *l)
{
	struct str texts[6] = { 0 };
	struct diag d = { .line = (int)number_at(item, 0),
			  .col = (int)number_at(item, 1),
			  .len = (int)number_at(item, 2),
			  .waivable = cJSON_IsTrue(cJSON_GetArrayItem(item, 3)) };
	bool ok = d.line >= 0 && d.col >= 0 && d.len >= 0;

	for (int k = 0; ok && k < 6; k++)
		ok = event_read_bytes(cJSON_GetArrayItem(item, 4 + k), &texts[k]);
	d.path = str_cstr(&texts[1]);
	d.code = str_cstr(&texts[2]);
	d.text = str_cstr(&texts[3]);
	d.context = str_cstr(&texts[4]);
	d.hint = str_cstr(&texts[5]);
	ok = ok && diag_rank_parse(str_cstr(&texts[0]), &d.rank) && diag_list_add(l, &d, NULL);
	for (int k = 0; k < 6; k++)
		str_free(&texts[k]);
	return ok;
}

bool event_read_diags(const cJSON *array, const struct diag_list **out, struct err *err)
{
	const cJSON *item;
	struct diag_list *l;

	*out = NULL;
	if (!cJSON_IsArray(array))
		return err_set(err, ERR_PARSE, "findings were expected");
	l = diag_list_new((size_t)cJSON_GetArraySize(array) + 1);
	cJSON_ArrayForEach(item, array) {
		if (!read_diag(item, l)) {
			err_set(err, ERR_PARSE, "finding %zu is malformed", diag_list_len(l));
			diag_list_free(l);
			return false;
		}
	}
	*out = l;
	return true;
}

static bool read_number(const cJSON *v, enum event_kind kind, void *p, struct err *err)
{
	double d = cJSON_IsNumber(v) ? v->valuedouble : 1e300;

	if (d > 9007199254740992.0 || d < (kind == K_INT ? -1 : 0) || d != (double)(int64_t)d)
		return err_set(err, ERR_PARSE, "a whole number was expected");
	if (kind == K_INT)
		*(int64_t *)p = (int64_t)d;
	else
		*(uint64_t *)p = (uint64_t)d;
	return true;
}

static bool read_member(struct event *e, const struct event_member *m, const cJSON *v,
			const struct blobs *blobs, struct err *err)
{
	void *p = (char *)e + m->at;
	void *count = (char *)p + sizeof(void *);
	struct bytes b = { "", 0 };

	switch (m->kind) {
	case K_STRING:
		if (!read_bytes(e, v, NULL, &b, err))
			return false;
		*(const char **)p = b.data;
		return true;
	case K_BYTES:
		return read_bytes(e, v, blobs, p, err);
	case K_KEPT:
		return read_kept(e, v, p, err);
	case K_COUNT:
		if (cJSON_IsNull(v)) {
			*(int64_t *)p = -1;
			return true;
		}
		return read_number(v, K_INT, p, err);
	case K_UINT:
	case K_INT:
		return read_number(v, m->kind, p, err);
	case K_BOOL:
		*(bool *)p = cJSON_IsTrue(v);
		return cJSON_IsBool(v) || err_set(err, ERR_PARSE, "true or false was expected");
	case K_DECISION:
		return (cJSON_IsString(v) && decision_parse(v->valuestring, p)) ||
		       err_set(err, ERR_PARSE, "a decision was expected: take, refuse or open");
	case K_BY:
		return event_read_by(v, p) ||
		       err_set(err, ERR_PARSE, "who made the edit was expected");
	case K_AUTHORS:
		if (!event_read_authors(v, (struct author_run **)p, count, err))
			return false;
		event_own(e, *(void **)p, false);
		return true;
	case K_CHANGES:
		return read_changes(e, v, blobs, p, count, err);
	case K_UNITS:
		if (!event_read_units(v, (struct unit **)p, count, err))
			return false;
		event_own(e, *(void **)p, false);
		return true;
	case K_DIAGS:
		if (!event_read_diags(v, (const struct diag_list **)p, err))
			return false;
		event_own(e, *(void **)p, true);
		return true;
	}
	return true;
}

static bool read_members(const cJSON *object, const struct blobs *blobs, struct event *e,
			 struct err *err)
{
	const char *type = json_string(object, "type");

	e->type = event_type_of(type);
	for (const struct event_member *m = event_rows[e->type].m; m->name; m++) {
		const cJSON *v = json_get(object, m->name);

		if ((v || !m->later) && !read_member(e, m, v, blobs, err)) {
			err_prefix(err, "event %llu, %s.%s", (unsigned long long)e->n, type,
				   m->name);
			event_fini(e);
			return false;
		}
	}
	event_fill(e); /* members that an older journal lacks */
	return true;
}

bool event_read(const struct cJSON *object, const struct blobs *blobs, struct event *e,
		struct err *err)
{
	cJSON *now = event_old(object);
	bool ok;

	memset(e, 0, sizeof(*e));
	e->n = json_uint(object, "n", 0);
	e->t_ms = json_uint(object, "t", 0);
	if (!json_string(object, "type") || e->n == 0)
		ok = err_set(err, ERR_PARSE, "not an event: no type or number");
	else
		ok = read_members(now ? now : object, blobs, e, err);
	cJSON_Delete(now);
	return ok;
}
