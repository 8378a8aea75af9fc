/* Events and lines of JSON, both ways from one table.
 *
 * A row of types[] lists the members of an event's JSON object: the name on
 * disk, the kind of value, the offset in struct event. Writing and reading
 * walk the same row, so what one writes the other reads. A kind is a pair of
 * small functions; a new member is one entry, and LATER() if older journals
 * lack it. What reading makes is owned by the event, and event_fini() frees it.
 */
#include "config.h"

#include "session/journal/event.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/journal/event_old.h"
#include "session/verdict/diag.h"

enum kind {
	K_STRING,
	K_BYTES,
	K_KEPT,
	K_UINT,
	K_INT,
	K_BOOL,
	K_DECISION,
	K_BY,
	K_CHANGES,
	K_AUTHORS,
	K_UNITS,
	K_DIAGS
};

struct member {
	const char *name;
	enum kind kind;
	size_t at;
	bool later; /* journals from before it was there lack it: nothing, then */
};

/* clang-format off */
#define M(name, kind, field) { name, kind, offsetof(struct event, field), false }
#define LATER(name, kind, field) { name, kind, offsetof(struct event, field), true }
#define END { NULL, K_STRING, 0, false }

static const struct {
	const char *name;
	struct member m[28];
} types[EVENT_TYPES] = {
	[EVENT_UNKNOWN] = { "", { END } },
	[EVENT_START] = { "start", {
		M("version", K_STRING, start.version),
		M("neighbour", K_STRING, start.neighbour),
		M("parent", K_STRING, start.parent), END } },
	[EVENT_OPEN] = { "open", {
		M("path", K_STRING, open.path),
		M("size", K_UINT, open.size),
		M("mtime", K_UINT, open.mtime_us), END } },
	[EVENT_BASE] = { "base", {
		M("path", K_STRING, base.path),
		M("hash", K_STRING, base.hash),
		M("len", K_UINT, base.len),
		M("kept", K_BOOL, base.kept), END } },
	[EVENT_EDIT] = { "edit", {
		M("path", K_STRING, edit.path),
		M("by", K_BY, edit.by),
		M("changes", K_CHANGES, edit.v), END } },
	[EVENT_RENAME] = { "rename", {
		M("path", K_STRING, rename.path),
		M("to", K_STRING, rename.to),
		M("suggestion", K_UINT, rename.suggestion),
		M("changes", K_CHANGES, rename.v),
		M("authors", K_AUTHORS, rename.authors), END } },
	[EVENT_REMOVE] = { "remove", {
		M("path", K_STRING, remove.path),
		M("suggestion", K_UINT, remove.suggestion),
		M("changes", K_CHANGES, remove.v), END } },
	[EVENT_GOTO] = { "goto", {
		M("path", K_STRING, go.path),
		M("node", K_UINT, go.node), END } },
	[EVENT_SAVE] = { "save", {
		M("path", K_STRING, save.path),
		M("hash", K_STRING, save.hash),
		M("size", K_UINT, save.size),
		M("mtime", K_UINT, save.mtime_us),
		LATER("of", K_UINT, save.of), END } },
	[EVENT_CLOSE] = { "close", { M("path", K_STRING, close.path), END } },
	[EVENT_ASK] = { "ask", {
		M("backend", K_STRING, ask.backend),
		M("model", K_STRING, ask.model),
		M("question", K_BYTES, ask.question),
		M("prompt", K_KEPT, ask.prompt),
		LATER("follows", K_UINT, ask.follows),
		LATER("path", K_STRING, ask.path),
		LATER("line", K_BYTES, ask.line),
		LATER("at", K_UINT, ask.at),
		LATER("tokens", K_UINT, ask.tokens),
		LATER("sent", K_BYTES, ask.sent),
		LATER("beside", K_BOOL, ask.beside), END } },
	[EVENT_PIECE] = { "piece", {
		M("ask", K_UINT, piece.ask),
		M("kind", K_STRING, piece.kind),
		M("text", K_BYTES, piece.text), END } },
	[EVENT_CALL] = { "call", {
		M("ask", K_UINT, call.ask),
		M("id", K_STRING, call.id),
		M("name", K_STRING, call.name),
		M("args", K_BYTES, call.args), END } },
	[EVENT_RESULT] = { "result", {
		M("ask", K_UINT, result.ask),
		M("id", K_STRING, result.id),
		M("text", K_BYTES, result.text),
		M("failed", K_BOOL, result.failed), END } },
	[EVENT_OPAQUE] = { "opaque", {
		M("ask", K_UINT, opaque.ask),
		M("kind", K_STRING, opaque.kind),
		M("data", K_BYTES, opaque.data), END } },
	[EVENT_STEER] = { "steer", {
		M("ask", K_UINT, steer.ask),
		M("text", K_BYTES, steer.text),
		LATER("by", K_STRING, steer.by), END } },
	[EVENT_ANSWER] = { "answer", {
		M("ask", K_UINT, answer.ask),
		M("finish", K_STRING, answer.finish),
		M("model", K_STRING, answer.model),
		M("error", K_STRING, answer.error),
		M("cut", K_BOOL, answer.cut),
		M("in", K_INT, answer.in),
		M("out", K_INT, answer.out),
		M("cached", K_INT, answer.cached),
		M("reasoning", K_INT, answer.reasoning),
		LATER("rounds", K_UINT, answer.rounds),
		LATER("stopped", K_STRING, answer.stopped),
		LATER("written", K_UINT, answer.written),
		LATER("cost", K_UINT, answer.cost),
		LATER("currency", K_STRING, answer.currency), END } },
	[EVENT_SUGGEST] = { "suggest", {
		M("ask", K_UINT, suggest.ask),
		M("path", K_STRING, suggest.path),
		M("by", K_STRING, suggest.by),
		M("new", K_BOOL, suggest.new_file),
		M("incomplete", K_BOOL, suggest.incomplete),
		LATER("removes", K_BOOL, suggest.removes),
		LATER("in_place", K_BOOL, suggest.in_place),
		LATER("moves", K_STRING, suggest.moves),
		LATER("with", K_UINT, suggest.with),
		M("base", K_BYTES, suggest.base),
		M("proposed", K_BYTES, suggest.proposed),
		M("units", K_UNITS, suggest.units), END } },
	[EVENT_DECIDE] = { "decide", {
		M("suggestion", K_UINT, decide.suggestion),
		M("first", K_UINT, decide.first),
		M("last", K_UINT, decide.last),
		M("decision", K_DECISION, decide.decision), END } },
	[EVENT_SPLIT] = { "split", {
		M("suggestion", K_UINT, split.suggestion),
		M("unit", K_UINT, split.unit), END } },
	[EVENT_AMEND] = { "amend", {
		M("suggestion", K_UINT, amend.suggestion),
		M("unit", K_UINT, amend.unit),
		M("line", K_BYTES, amend.line), END } },
	[EVENT_APPLY] = { "apply", {
		M("suggestion", K_UINT, apply.suggestion),
		M("taken", K_UINT, apply.taken),
		M("refused", K_UINT, apply.refused),
		M("open", K_UINT, apply.open),
		M("how", K_STRING, apply.how),
		LATER("looked", K_UINT, apply.looked),
		LATER("with", K_UINT, apply.with), END } },
	[EVENT_LINT] = { "lint", {
		M("tool", K_STRING, lint.tool),
		M("error", K_STRING, lint.error),
		M("files", K_BYTES, lint.files),
		M("found", K_DIAGS, lint.found),
		LATER("read", K_UINT, lint.read),
		LATER("unread", K_BYTES, lint.unread),
		LATER("part", K_BOOL, lint.part),
		LATER("lang", K_STRING, lint.lang), END } },
	[EVENT_CRITIQUE] = { "critique", {
		M("ask", K_UINT, critique.ask),
		M("path", K_STRING, critique.path),
		M("found", K_DIAGS, critique.found),
		M("unplaced", K_BYTES, critique.unplaced), END } },
	[EVENT_RUN] = { "run", {
		M("testbench", K_STRING, run.testbench),
		M("engine", K_STRING, run.engine),
		M("files", K_BYTES, run.files),
		LATER("confirms", K_UINT, run.confirms), END } },
	[EVENT_VERDICT] = { "verdict", {
		M("run", K_UINT, verdict.run),
		M("verdict", K_STRING, verdict.verdict),
		M("error", K_STRING, verdict.error),
		M("checks", K_INT, verdict.checks),
		M("failures", K_UINT, verdict.failures),
		M("first", K_BYTES, verdict.first),
		M("first_path", K_STRING, verdict.first_path),
		M("first_line", K_UINT, verdict.first_line),
		M("first_time", K_INT, verdict.first_time),
		M("output", K_STRING, verdict.output),
		M("output_len", K_UINT, verdict.output_len),
		M("output_hash", K_STRING, verdict.output_hash),
		M("wave", K_STRING, verdict.wave),
		M("unprotected", K_STRING, verdict.unprotected),
		M("build_ms", K_UINT, verdict.build_ms),
		M("run_ms", K_UINT, verdict.run_ms),
		LATER("sites", K_UINT, verdict.sites),
		LATER("mismatches", K_UINT, verdict.mismatches),
		LATER("samples", K_UINT, verdict.samples),
		LATER("steps", K_BYTES, verdict.steps),
		LATER("log", K_STRING, verdict.log),
		LATER("beside", K_BYTES, verdict.beside),
		LATER("differs", K_BYTES, verdict.differs),
		LATER("lang", K_STRING, verdict.lang),
		LATER("written", K_BYTES, verdict.written), END } },
	[EVENT_SET] = { "set", {
		M("name", K_STRING, set.name),
		M("value", K_STRING, set.value), END } },
	[EVENT_NOTE] = { "note", { M("text", K_BYTES, note.text), END } },
	[EVENT_MARK] = { "mark", { M("name", K_STRING, mark.name), END } },
	[EVENT_REWIND] = { "rewind", {
		M("to", K_UINT, rewind.to),
		M("from", K_UINT, rewind.from), END } },
	[EVENT_SEAL] = { "seal", {
		M("head", K_STRING, seal.head),
		M("key", K_STRING, seal.key),
		M("signature", K_STRING, seal.signature),
		M("files", K_BYTES, seal.files), END } },
};
/* clang-format on */

const char *event_name(enum event_type t)
{
	return types[t].name;
}

enum event_type event_type_of(const char *name)
{
	for (int t = 1; t < EVENT_TYPES; t++)
		if (strcmp(types[t].name, name) == 0)
			return (enum event_type)t;
	return EVENT_UNKNOWN;
}

void event_fill(struct event *e)
{
	for (const struct member *m = types[e->type].m; m->name; m++) {
		const char **p = (const char **)(void *)((char *)e + m->at);

		if (m->kind == K_STRING && !*p)
			*p = "";
	}
}

/* Writing */

void event_write_bytes(const char *data, size_t len, struct str *out)
{
	if (memchr(data ? data : "", '\0', len) || !utf8_valid(data ? data : "", len)) {
		str_adds(out, "{\"b64\":\"");
		base64_encode(data, len, out);
		str_adds(out, "\"}");
	} else {
		json_quote(out, data ? data : "", len);
	}
}

static const char *const sources[] = {
	[EDIT_BY_YOU] = "you", [EDIT_BY_DISK] = "disk", [EDIT_BY_REWIND] = "rewound"
};

void edit_by_print(struct edit_by by, struct str *out)
{
	if (by.source == EDIT_BY_SUGGESTION)
		str_addf(out, "suggestion %llu", (unsigned long long)by.suggestion);
	else
		str_adds(out, sources[by.source]);
}

void event_write_by(struct edit_by by, struct str *out)
{
	if (by.source == EDIT_BY_SUGGESTION)
		str_addf(out, "%llu", (unsigned long long)by.suggestion);
	else
		str_addf(out, "\"%s\"", sources[by.source]);
}

static const char *const author_names[AUTHOR_KINDS] = { [AUTHOR_BEFORE] = "before",
							[AUTHOR_YOU] = "you",
							[AUTHOR_MODEL] = "model",
							[AUTHOR_MODEL_YOU] = "both",
							[AUTHOR_DISK] = "disk" };

void event_write_authors(const struct author_run *v, size_t n, struct str *out)
{
	str_addc(out, '[');
	for (size_t i = 0; i < n; i++)
		str_addf(out, "%s[%llu,\"%s\",%llu]", i ? "," : "", (unsigned long long)v[i].lines,
			 author_names[v[i].by.kind], (unsigned long long)v[i].by.suggestion);
	str_addc(out, ']');
}

/* Above EVENT_INLINE the bytes go to a blob. */
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

	str_addc(out, '[');
	for (size_t i = 0; ok && i < n; i++) {
		str_addf(out, "%s[%llu,%llu,", i ? "," : "", (unsigned long long)v[i].off,
			 (unsigned long long)v[i].removed);
		ok = write_text(v[i].ins.data, v[i].ins.len, blobs, out, err);
		str_addc(out, ']');
	}
	str_addc(out, ']');
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

static bool write_member(const struct event *e, const struct member *m, const struct blobs *blobs,
			 struct str *out, struct err *err)
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
		str_addf(out, "%llu", (unsigned long long)*(const uint64_t *)p);
		return true;
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
	str_addf(line, "{\"n\":%llu,\"t\":%llu,\"type\":\"%s\"", (unsigned long long)e->n,
		 (unsigned long long)e->t_ms, types[e->type].name);
	for (const struct member *m = types[e->type].m; m->name; m++) {
		str_addf(line, ",\"%s\":", m->name);
		if (!write_member(e, m, blobs, line, err))
			return false;
	}
	return true;
}

/* Reading. What an event points to is kept in a chain and freed with it. */

struct owned {
	struct owned *next;
	void *p;
	bool diags;
};

static void *own(struct event *e, void *p, bool diags)
{
	struct owned *o = mem_alloc(sizeof(*o));

	*o = (struct owned){ e->owned, p, diags };
	e->owned = o;
	return p;
}

void event_fini(struct event *e)
{
	struct owned *o = e->owned;

	while (o) {
		struct owned *next = o->next;

		if (o->diags)
			diag_list_free(o->p);
		else
			free(o->p);
		free(o);
		o = next;
	}
	e->owned = NULL;
}

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

/* The same, for an event: what is not a blob. */
static bool read_inline(struct event *e, const cJSON *v, struct bytes *out)
{
	struct str s = STR_INIT;

	if (!event_read_bytes(v, &s)) {
		str_free(&s);
		return false;
	}
	out->len = s.len;
	out->data = own(e, str_take(&s), false);
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
	out->data = own(e, str_take(&s), false);
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

/* A whole number at index i of an array; -1 if there is none. */
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
	*out = own(e, mem_calloc(*n, sizeof(**out)), false);
	cJSON_ArrayForEach(item, array)
	{
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
	for (size_t i = 0; cJSON_IsString(value) && i < sizeof(sources) / sizeof(*sources); i++) {
		if (strcmp(value->valuestring, sources[i]) == 0) {
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
		if (strcmp(name->valuestring, author_names[k]) != 0)
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
	cJSON_ArrayForEach(item, array)
	{
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
	cJSON_ArrayForEach(item, array)
	{
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
	cJSON_ArrayForEach(item, array)
	{
		if (!read_diag(item, l)) {
			err_set(err, ERR_PARSE, "finding %zu is malformed", diag_list_len(l));
			diag_list_free(l);
			return false;
		}
	}
	*out = l;
	return true;
}

static bool read_number(const cJSON *v, enum kind kind, void *p, struct err *err)
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

static bool read_member(struct event *e, const struct member *m, const cJSON *v,
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
		own(e, *(void **)p, false);
		return true;
	case K_CHANGES:
		return read_changes(e, v, blobs, p, count, err);
	case K_UNITS:
		if (!event_read_units(v, (struct unit **)p, count, err))
			return false;
		own(e, *(void **)p, false);
		return true;
	case K_DIAGS:
		if (!event_read_diags(v, (const struct diag_list **)p, err))
			return false;
		own(e, *(void **)p, true);
		return true;
	}
	return true;
}

static bool read_members(const cJSON *object, const struct blobs *blobs, struct event *e,
			 struct err *err)
{
	const char *type = json_string(object, "type");

	e->type = event_type_of(type);
	for (const struct member *m = types[e->type].m; m->name; m++) {
		const cJSON *v = json_get(object, m->name);

		if ((v || !m->later) && !read_member(e, m, v, blobs, err)) {
			err_prefix(err, "event %llu, %s.%s", (unsigned long long)e->n, type,
				   m->name);
			event_fini(e);
			return false;
		}
	}
	event_fill(e); /* what an older journal lacks */
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
