/* The last error message of a failed child, for the sentence that reports it.
 * Usually it is the last line of stderr. Python and JavaScript programs print a
 * trace around the line that matters, so a line that begins with a word ending in
 * "Error:" is preferred. Only the last STDERR_TAIL_MAX bytes are kept while the
 * child runs.
 */
#include "config.h"

#include "session/base/stderr_tail.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "session/base/child.h"

void stderr_tail_add(struct stderr_tail *l, const char *data, size_t len)
{
	str_add(&l->text, data, len);
	if (l->text.len > STDERR_TAIL_MAX)
		str_remove(&l->text, 0, l->text.len - STDERR_TAIL_MAX);
}

void stderr_tail_free(struct stderr_tail *l)
{
	str_free(&l->text);
}

/* "Error: no such module", "json.decoder.JSONDecodeError: ...", "Error [CODE]: ..." */
static bool names_error(const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);
	size_t n = 0;

	while (n < len && (isalnum((unsigned char)line[n]) || line[n] == '.' || line[n] == '_'))
		n++;
	return colon && n >= 5 && strncasecmp(line + n - 5, "error", 5) == 0 &&
	       (line[n] == ':' || (line[n] == ' ' && line[n + 1] == '['));
}

/* The line that says why the child failed; "" if there is none. Valid until
 * something is added. */
static const char *reason_line(struct stderr_tail *l)
{
	struct str *s = &l->text;
	const char *lf, *error = NULL;

	while (s->len && strchr(" \t\r\n", s->data[s->len - 1]))
		str_cut(s, s->len - 1);
	for (const char *p = str_cstr(s); *p; p += strcspn(p, "\n"), p += *p == '\n')
		if (names_error(p, strcspn(p, "\n")))
			error = p;
	lf = s->len ? memrchr(s->data, '\n', s->len) : NULL;
	if (!error)
		return lf ? lf + 1 : str_cstr(s);
	/* The trace below it is not needed any more. */
	str_cut(s, (size_t)(error - s->data) + strcspn(error, "\n"));
	return error;
}

void stderr_tail_print(struct stderr_tail *l, const struct child_result *r, struct str *out)
{
	const char *why = reason_line(l);

	if (r->signal)
		str_addf(out, "failed (signal %d)", r->signal);
	else if (r->status)
		str_addf(out, "failed (status %d)", r->status);
	else
		str_adds(out, "ended");
	if (*why)
		str_addf(out, ": %s", why);
	else if (!r->signal && r->status == 127)
		str_adds(out, ": a shell ends this way if it does not find a program");
}
