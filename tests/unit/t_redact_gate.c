/* Each text of each event either loses its secrets when it is recorded, or is the project's
 * own and stays as it is: a member that is neither cannot be added without a decision here. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/event_inner.h"
#include "session/journal/event_redact.h"
#include "session/model/redact.h"
#include "session/output/diag.h"

/* Assembled here, so that scanners do not report this file as a leak. */
#define SECRET                  \
	"a key ghp"             \
	"_a1B2c3D4e5F6g7H8i9J0" \
	"k1L2m3N4o5P6q7R8"

/* Texts of documents and their names, hashes, words of our own. */
static const char *const own[] = {
	"start.version",    "start.neighbour",
	"start.parent",	    "open.path",
	"base.path",	    "base.hash",
	"edit.path",	    "rename.path",
	"rename.to",	    "remove.path",
	"goto.path",	    "save.path",
	"save.hash",	    "close.path",
	"ask.path",	    "ask.line",
	"piece.kind",	    "opaque.kind",
	"steer.by",	    "suggest.path",
	"suggest.moves",    "suggest.base",
	"suggest.proposed", "amend.line",
	"apply.how",	    "lint.files",
	"lint.lang",	    "lint.hashes",
	"critique.path",    "fix.end",
	"run.testbench",    "run.engine",
	"run.files",	    "run.hashes",
	"verdict.verdict",  "verdict.first_path",
	"verdict.output",   "verdict.output_hash",
	"verdict.wave",	    "verdict.steps",
	"verdict.log",	    "verdict.lang",
	"verdict.written",  "set.name",
	"seal.head",	    "seal.key",
	"seal.signature",   "seal.files",
};

#define OWN (sizeof(own) / sizeof(*own))

static struct diag_list *findings(void)
{
	struct diag_list *l = diag_list_new(1);
	struct diag d = {
		.path = "m.v", .code = "", .text = SECRET, .context = SECRET, .hint = SECRET
	};

	assert_true(diag_list_add(l, &d, NULL));
	return l;
}

static bool holds_secret(const char *s, size_t len)
{
	return memmem(s, len, SECRET, strlen(SECRET)) != NULL;
}

/* Whether the member, filled with a secret, still holds it behind the gate. */
static bool passes(const struct redact *r, enum event_type type, const struct event_member *m)
{
	struct event e = { .type = type };
	struct redacted keep = REDACTED_INIT;
	struct diag_list *l = NULL;
	void *p = (char *)&e + m->at;
	bool passes = false;

	event_fill(&e);
	if (m->kind == K_STRING)
		*(const char **)p = SECRET;
	else if (m->kind == K_BYTES)
		*(struct bytes *)p = (struct bytes){ SECRET, strlen(SECRET) };
	else if (m->kind == K_KEPT)
		*(struct kept *)p = (struct kept){ .data = SECRET, .len = strlen(SECRET) };
	else
		*(struct diag_list **)p = l = findings();
	event_redact(r, &e, &keep);
	if (m->kind == K_STRING) {
		const char *s = *(const char **)p;

		passes = holds_secret(s, strlen(s));
	} else if (m->kind == K_BYTES) {
		passes = holds_secret(((struct bytes *)p)->data, ((struct bytes *)p)->len);
	} else if (m->kind == K_KEPT) {
		passes = holds_secret(((struct kept *)p)->data, ((struct kept *)p)->len);
	} else {
		const struct diag *d = diag_list_at(*(struct diag_list **)p, 0);

		passes = strstr(d->text, SECRET) || strstr(d->context, SECRET) ||
			 strstr(d->hint, SECRET);
	}
	redacted_fini(&keep);
	diag_list_free(l);
	return passes;
}

CASE(every_text_is_redacted_or_the_projects_own)
{
	struct redact *r = redact_new(NULL, NULL);
	bool met[OWN] = { false };
	size_t texts = 0;

	for (int t = 0; t < EVENT_TYPES; t++)
		for (const struct event_member *m = event_rows[t].m; m->name; m++) {
			char *name = str_fmt("%s.%s", event_rows[t].name, m->name);
			size_t i = 0;

			while (i < OWN && strcmp(own[i], name) != 0)
				i++;
			if (m->kind == K_STRING || m->kind == K_BYTES || m->kind == K_KEPT ||
			    m->kind == K_DIAGS) {
				texts++;
				if (passes(r, (enum event_type)t, m) != (i < OWN))
					fail_msg("%s: %s", name,
						 i < OWN ? "is redacted; take it off the list"
							 : "a secret in it would be recorded");
				if (i < OWN)
					met[i] = true;
			}
			free(name);
		}
	for (size_t i = 0; i < OWN; i++)
		if (!met[i])
			fail_msg("%s: no event has it", own[i]);
	assert_true(texts > OWN);
	redact_free(r);
}
