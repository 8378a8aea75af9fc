#include "config.h"

#include "session/base/last_words.h"

#include <string.h>

#include "session/base/child.h"

void last_words_add(struct last_words *l, const char *data, size_t len)
{
	str_add(&l->text, data, len);
	if (l->text.len > LAST_WORDS_MAX)
		str_remove(&l->text, 0, l->text.len - LAST_WORDS_MAX);
}

void last_words_free(struct last_words *l)
{
	str_free(&l->text);
}

const char *last_words_line(struct last_words *l)
{
	struct str *s = &l->text;
	const char *lf;

	while (s->len && strchr(" \t\r\n", s->data[s->len - 1]))
		str_cut(s, s->len - 1);
	lf = s->len ? memrchr(s->data, '\n', s->len) : NULL;
	return lf ? lf + 1 : str_cstr(s);
}

void last_words_tell(struct last_words *l, const struct child_result *r, struct str *out)
{
	const char *why = last_words_line(l);

	if (r->signal)
		str_addf(out, "failed (signal %d)", r->signal);
	else if (r->status)
		str_addf(out, "failed (status %d)", r->status);
	else
		str_adds(out, "ended");
	if (*why)
		str_addf(out, ": %s", why);
}
