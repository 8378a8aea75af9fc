/* Texts are scanned first and copied only when there is something to remove, which
 * is rare. Copies belong to the caller's list, and the event points to them until
 * that is freed.
 */
#include "config.h"

#include "session/journal/event_redact.h"

#include <assert.h>
#include <string.h>

#include "session/journal/event_inner.h"
#include "session/model/redact.h"
#include "session/output/diag.h"

/* NULL when there was nothing to remove. */
static const char *clean(const struct redact *r, const char *text, size_t len,
			 struct redacted *keep, size_t *out_len)
{
	struct str out = STR_INIT;

	if (!text || !len)
		return NULL;
	redact_text(r, text, len, &out);
	if (out.len == len && memcmp(out.data, text, len) == 0) {
		str_free(&out);
		return NULL;
	}
	*out_len = out.len;
	strv_give(&keep->texts, str_take(&out));
	return keep->texts.v[keep->texts.n - 1];
}

static void string(const struct redact *r, const char **s, struct redacted *keep)
{
	size_t len;
	const char *c = clean(r, *s, *s ? strlen(*s) : 0, keep, &len);

	if (c)
		*s = c;
}

static void bytes(const struct redact *r, struct bytes *b, struct redacted *keep)
{
	size_t len;
	const char *c = clean(r, b->data, b->len, keep, &len);

	if (c)
		*b = (struct bytes){ c, len };
}

static void kept(const struct redact *r, struct kept *k, struct redacted *keep)
{
	size_t len;
	const char *c = clean(r, k->data, k->len, keep, &len);

	if (c)
		*k = (struct kept){ .data = c, .len = len };
}

/* *out becomes a list when a finding needs a change; the unchanged findings before
 * i are copied to it then. */
static void finding(const struct redact *r, const struct diag_list *l, size_t i,
		    struct diag_list **out)
{
	struct redacted texts = REDACTED_INIT;
	struct diag d = *diag_list_at(l, i);

	string(r, &d.text, &texts);
	string(r, &d.context, &texts);
	string(r, &d.hint, &texts);
	if (texts.texts.n && !*out) {
		*out = diag_list_new(diag_list_len(l));
		for (size_t k = 0; k < i; k++)
			diag_list_keep(*out, l, k);
	}
	if (texts.texts.n)
		diag_list_add(*out, &d, NULL);
	else if (*out)
		diag_list_keep(*out, l, i);
	redacted_fini(&texts);
}

const struct diag_list *findings_redact(const struct redact *r, const struct diag_list *l)
{
	uint64_t stamp = redact_stamp(r);
	struct diag_list *out = NULL;

	if (diag_list_stamp(l) == stamp)
		return diag_list_share(l);
	for (size_t i = 0; i < diag_list_len(l); i++)
		finding(r, l, i, &out);
	diag_list_set_stamp(out ? out : l, stamp);
	return out ? out : diag_list_share(l);
}

static void findings(const struct redact *r, const struct diag_list **l, struct redacted *keep)
{
	if (*l)
		*l = keep->found = findings_redact(r, *l);
}

static void member(const struct redact *r, struct event *e, const struct event_member *m,
		   struct redacted *keep)
{
	void *p = (char *)e + m->at;

	if (m->kind == K_STRING)
		string(r, p, keep);
	else if (m->kind == K_BYTES)
		bytes(r, p, keep);
	else if (m->kind == K_KEPT)
		kept(r, p, keep);
	else if (m->kind == K_DIAGS)
		findings(r, p, keep);
	else
		assert(!"a member without text");
}

void event_redact(const struct redact *r, struct event *e, struct redacted *keep)
{
	for (const struct event_member *m = event_rows[e->type].m; m->name; m++)
		if (m->outside)
			member(r, e, m, keep);
}

void redacted_fini(struct redacted *keep)
{
	strv_free(&keep->texts);
	diag_list_free(keep->found);
	*keep = REDACTED_INIT;
}
