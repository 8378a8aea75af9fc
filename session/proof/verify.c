/* A session is replayed from its journal, and each step is checked on the way:
 *
 *   line    its hash covers the line and the hash before it, so a changed, dropped
 *	   or moved line breaks the chain from there on
 *   event   it fits the state made by the events before it
 *   text    a text that an event stores by hash exists and has that hash
 *   output  the same for what runs printed
 *   seal    the signature matches the hash of the chain at that line
 *
 * Cutting off the tail breaks no chain: the file "seal" next to the journal says
 * how far it must reach.
 */
#include "config.h"

#include "session/proof/verify.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/journal/journal.h"
#include "session/journal/state.h"

struct reading {
	const char *dir, *code;
	struct blobs blobs;
	struct journal_start at; /* position before the current event */
	struct verification *out;
	struct state *st;
	uint64_t seal_n, noted_n; /* number of the last seal; number in the file "seal" */
	char noted_sum[HASH_HEX + 1];
	bool noted_seen;
	uint64_t copied; /* number of the last event that came with the fork; 0: no fork */
};

void verification_break(struct verification *v, uint64_t at, const char *why)
{
	v->broken = at;
	snprintf(v->why, sizeof(v->why), "%s", why);
}

/* Checks a text that an event stores by hash. */
static bool check_text(const struct reading *r, const char *hash, uint64_t len, struct err *err)
{
	struct str text = STR_INIT;
	bool ok = r->blobs.get(r->blobs.ctx, hash, &text, err);

	if (ok && text.len != len)
		ok = err_set(err, ERR_PARSE, "the text %s is %zu bytes long, not %llu", hash,
			     text.len, (unsigned long long)len);
	str_free(&text);
	return ok;
}

static bool check_output(const struct reading *r, const struct event *e, struct err *err)
{
	char hash[HASH_HEX + 1];
	char *rel = NULL, *path = NULL;
	uint64_t len = 0;
	bool ok;

	if (!e->verdict.output[0] || !e->verdict.output_hash[0])
		return true;
	ok = path_inside(r->dir, e->verdict.output, &rel, err);
	path = ok ? path_join(r->dir, rel) : NULL;
	if (ok && !hash_file(path, e->verdict.output_len, hash, &len) && errno != EFBIG)
		ok = err_set(err, ERR_PARSE, "the run's output %s is missing", rel);
	else if (ok && (strcmp(hash, e->verdict.output_hash) != 0 || len != e->verdict.output_len))
		ok = err_set(err, ERR_PARSE,
			     "the run's output %s was changed after it was recorded", rel);
	free(path);
	free(rel);
	return ok;
}

/* parent: "ID#N", as a fork's first event has it. */
static uint64_t copied_events(const char *parent)
{
	const char *mark = strrchr(parent, '#');

	return mark ? strtoull(mark + 1, NULL, 10) : 0;
}

static bool check_seal(struct reading *r, const struct event *e, struct err *err)
{
	struct verification *v = r->out;

	if (e->n <= r->copied) /* it covers the lines of the other session's journal */
		return true;
	if (strcmp(e->seal.head, r->at.sum) != 0)
		return err_set(err, ERR_PARSE,
			       "the seal is for another journal: what is before it was rewritten");
	if (!seal_good(e->seal.head, e->seal.files.data, e->seal.files.len, e->seal.key,
		       e->seal.signature))
		return err_set(err, ERR_PARSE, "the seal's signature is not that of its key");
	v->other_key |= v->key[0] && strcmp(v->key, e->seal.key) != 0;
	snprintf(v->key, sizeof(v->key), "%s", e->seal.key);
	v->sealed = e->n - 1;
	r->seal_n = e->n;
	str_clear(&v->files);
	str_add(&v->files, e->seal.files.data, e->seal.files.len);
	return true;
}

/* Called when the line that ends at r->at is good: notes what its hash identifies. */
static void look_at_sum(struct reading *r)
{
	char code[SEAL_CODE_LEN + 1];

	if (r->at.n == 0)
		return;
	if (r->at.n == r->seal_n)
		memcpy(r->out->seal_sum, r->at.sum, sizeof(r->at.sum));
	if (r->at.n == r->noted_n)
		r->noted_seen = strcmp(r->at.sum, r->noted_sum) == 0;
	if (r->code) {
		seal_code(r->at.sum, code);
		if (seal_code_is(code, r->code))
			r->out->code_at = r->at.n;
	}
}

static bool on_event(void *ctx, const struct event *e, struct err *err)
{
	struct reading *r = ctx;
	struct err why = { 0 };
	bool ok = true;

	look_at_sum(r);
	if (e->type == EVENT_START)
		r->copied = copied_events(e->start.parent);
	else if (e->type == EVENT_ASK && e->ask.prompt.hash[0])
		ok = check_text(r, e->ask.prompt.hash, e->ask.prompt.len, &why);
	else if (e->type == EVENT_BASE && e->base.kept)
		ok = check_text(r, e->base.hash, e->base.len, &why);
	else if (e->type == EVENT_VERDICT)
		ok = check_output(r, e, &why);
	else if (e->type == EVENT_SEAL)
		ok = check_seal(r, e, &why);
	ok = ok && state_apply(r->st, e, &why);
	r->out->last_ms = ok ? e->t_ms : r->out->last_ms;
	return ok || err_set(err, ERR_PARSE, "%s", why.text);
}

/* Reads "N SUM" from the session's file "seal", if it exists. */
static void read_noted(struct reading *r)
{
	struct str text = STR_INIT;
	char *end;

	if (file_read_in(r->dir, "seal", 4096, &text, NULL)) {
		r->noted_n = strtoull(str_cstr(&text), &end, 10);
		while (text.len && text.data[text.len - 1] == '\n')
			str_cut(&text, text.len - 1);
		snprintf(r->noted_sum, sizeof(r->noted_sum), "%s", *end == ' ' ? end + 1 : "");
	}
	str_free(&text);
}

static void check_noted(struct reading *r)
{
	struct verification *v = r->out;
	char why[ERR_TEXT_MAX + 1];

	if (v->broken || !r->noted_n || r->noted_seen)
		return;
	snprintf(why, sizeof(why),
		 v->events < r->noted_n
			 ? "it and what follows up to %llu is missing, which a seal covered"
			 : "event %llu is not the seal that was made: the journal was written anew",
		 (unsigned long long)r->noted_n);
	verification_break(v, v->events < r->noted_n ? v->events + 1 : r->noted_n, why);
}

bool verify_session(const char *dir, const char *code, struct verification *out, struct state *st,
		    struct err *err)
{
	struct reading r = { .dir = dir, .code = code, .out = out, .st = st };
	struct damage damage;
	struct state own;
	struct err why = { 0 };
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!st) {
		state_init(&own);
		r.st = &own;
	}
	journal_blobs_of(dir, &r.blobs);
	read_noted(&r);
	ok = journal_read(dir, NULL, on_event, &r, &r.at, &damage, &why);
	out->events = r.at.n;
	memcpy(out->head, r.at.sum, sizeof(out->head));
	look_at_sum(&r);
	if (!ok && why.code == ERR_PARSE) {
		verification_break(out, r.at.n + 1, why.text);
		ok = true;
	} else if (ok && damage.line) {
		verification_break(out, damage.line, damage.why);
	}
	if (!ok)
		err_copy(err, &why);
	check_noted(&r);
	if (ok && !out->broken && out->events == 0)
		verification_break(out, 1, "the journal is empty");
	if (!st)
		state_fini(&own);
	return ok;
}

void verification_fini(struct verification *v)
{
	str_free(&v->files);
}

bool verify_note_seal(const char *dir, uint64_t n, const char *sum, struct err *err)
{
	char *path = path_join(dir, "seal");
	char *text = str_fmt("%llu %s\n", (unsigned long long)n, sum);
	bool ok = file_save(path, text, strlen(text), 0600, err);

	free(text);
	free(path);
	return ok;
}
