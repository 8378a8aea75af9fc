/* Turns the files that an agent changed in its copy of the project into suggestions of
 * one group. They pass the same checks as files in an answer: inside the project, text,
 * within limits, no secret. A file that would be redacted is refused, because redaction
 * would write the mask into the design.
 */
#include "config.h"

#include "session/ask/ask_files.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_loss.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/backend.h"
#include "session/model/prompt.h"
#include "session/model/redact.h"
#include "session/review/flow_place.h"
#include "session/review/flow_replace.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"

struct ask_file {
	char *path;
	struct str base, text;
	bool fresh, gone, cut;
};

/* Why the file is refused; NULL: accepted. */
static const char *objection(const struct ask_files *f, const struct redact *redact,
			     const struct piece *p)
{
	struct str clean = STR_INIT;
	bool secret;

	if (f->n == ASK_FILES_MAX)
		return "more files were changed than are taken at once";
	if (f->bytes + p->len + p->file.base_len > ASK_FILES_BYTES)
		return "more was changed than is taken at once";
	if ((p->len && memchr(p->text, '\0', p->len)) ||
	    (p->file.base_len && memchr(p->file.base, '\0', p->file.base_len)))
		return "it is no text";
	secret = redact_text(redact, p->text, p->len, &clean) > 0;
	str_free(&clean);
	return secret ? "what was written into it looks like a secret" : NULL;
}

void ask_files_take(struct ask_files *f, const struct workbench *w, const struct piece *p)
{
	const char *why = objection(f, w->redact, p);
	char *rel = NULL;
	struct ask_file *one;

	if (!path_inside(w->place.root, p->file.path, &rel, NULL))
		why = "it is not inside the project";
	if (why) {
		strv_addf(&f->refused, "%s: %s", p->file.path, why);
		free(rel);
		return;
	}
	MEM_ROOM(f->v, f->n, f->cap);
	one = &f->v[f->n++];
	*one = (struct ask_file){
		.path = rel, .fresh = p->file.fresh, .gone = p->file.gone, .cut = p->file.cut
	};
	str_add(&one->base, p->file.base, p->file.base_len);
	str_add(&one->text, p->text, p->len);
	f->bytes += p->len + p->file.base_len;
}

void ask_files_fini(struct ask_files *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->v[i].path);
		str_free(&f->v[i].base);
		str_free(&f->v[i].text);
	}
	free(f->v);
	strv_free(&f->refused);
	memset(f, 0, sizeof(*f));
}

static bool loses_most(const struct ask_file *f, struct strv *notes)
{
	struct str said = STR_INIT;
	struct loss loss;

	if (f->gone ||
	    !answer_loses_most(f->path, (struct slice){ str_cstr(&f->base), f->base.len },
			       (struct slice){ str_cstr(&f->text), f->text.len }, &loss))
		return false;
	answer_loss_say(f->path, &loss, &said);
	strv_add(notes, str_cstr(&said));
	str_free(&said);
	return true;
}

bool ask_files_suggest(struct session *session, const struct ask_files *f, uint64_t ask,
		       const char *by, struct place_result *out, struct err *err)
{
	bool ok = true;

	memset(out, 0, sizeof(*out));
	out->suggestions = mem_calloc(f->n + 1, sizeof(*out->suggestions));
	out->thin = mem_calloc(f->n + 1, sizeof(*out->thin));
	strv_addall(&out->refused, &f->refused);
	for (size_t i = 0; ok && i < f->n; i++) {
		const struct ask_file *one = &f->v[i];
		struct proposed p = { .ask = ask,
				      .group = out->n ? out->suggestions[0] : 0,
				      .path = one->path,
				      .by = by,
				      .new_file = one->fresh,
				      .incomplete = one->cut,
				      .removes = one->gone,
				      .base = { str_cstr(&one->base), one->base.len },
				      .text = { str_cstr(&one->text), one->text.len } };

		ok = flow_suggest(session, &p, &out->suggestions[out->n], err);
		out->thin[out->n] = loses_most(one, &out->notes);
		out->cut |= one->cut;
		out->n += ok;
	}
	for (size_t i = 0; ok && i < out->n; i++)
		ok = flow_replace_earlier(session, out->suggestions[i], err);
	return ok;
}

struct prompt_unsaved *ask_texts(struct session *session, size_t *n)
{
	const struct state *s = session_state(session);
	struct prompt_unsaved *v = mem_calloc(s->n_docs + 1, sizeof(*v));

	*n = 0;
	for (size_t i = 0; i < s->n_docs; i++) {
		struct str text = STR_INIT;

		if (!s->docs[i]->text)
			continue;
		text_get_all(s->docs[i]->text, &text);
		v[*n].path = mem_strdup(s->docs[i]->path);
		v[*n].len = text.len;
		v[(*n)++].text = str_take(&text);
	}
	return v;
}

void ask_texts_free(struct prompt_unsaved *v, size_t n)
{
	for (size_t i = 0; v && i < n; i++) {
		free((char *)v[i].path);
		free((char *)v[i].text);
	}
	free(v);
}
