/* Verilator cuts a path at its first blank in messages, and files with names that no
 * tool accepts are staged under other names. Restores the full paths of findings: if
 * only one source begins with the reported text, it is that one; if several do, the one
 * whose line reads as quoted.
 */
#include "config.h"

#include "sim/engine/blanks.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/output/diag.h"
#include "sim/stage/stage.h"

#define MAX_FINDINGS 5000u
#define MAX_TEXT     (8u << 20) /* bytes of a source that are searched */

static bool has_line(const char *text, size_t len, int line, const char *quoted)
{
	const char *end = text + len;

	while (--line > 0 && text) {
		text = memchr(text, '\n', (size_t)(end - text));
		text = text ? text + 1 : NULL;
	}
	/* Tabs and odd bytes of a quoted line have been replaced. */
	for (; text && *quoted && text < end && *text != '\n'; text++, quoted++)
		if (*text != *quoted && *quoted != ' ' && *quoted != '?')
			return false;
	return text && !*quoted;
}

static bool quotes(const struct stage *s, const char *path, const struct diag *d)
{
	struct str text = STR_INIT;
	bool found = file_read_in(s->mirror, path, MAX_TEXT, &text, NULL) &&
		     has_line(str_cstr(&text), text.len, d->line, d->context);

	str_free(&text);
	return found;
}

static bool fits(const char *path, const char *word, size_t len)
{
	return len && strncmp(path, word, len) == 0 && path[len] == ' ';
}

const char *blanks_path(const struct stage *s, const char *path)
{
	const char *only = stage_true_path(s, path);
	size_t n = 0;

	if (only != path || strv_has(&s->compile, path))
		return only;
	for (size_t i = 0; i < s->compile.n; i++) {
		if (!fits(s->compile.v[i], path, strlen(path)))
			continue;
		only = s->compile.v[i];
		n++;
	}
	return n > 1 ? path : only;
}

static const char *whole(const struct stage *s, const struct diag *d)
{
	const char *only = blanks_path(s, d->path);

	if (only != d->path || strv_has(&s->compile, d->path))
		return only;
	for (size_t i = 0; i < s->compile.n; i++)
		if (fits(s->compile.v[i], d->path, strlen(d->path)) &&
		    quotes(s, s->compile.v[i], d))
			return s->compile.v[i];
	return d->path;
}

/* No line is quoted for a second position: it is assumed to be in the finding's own
 * file, or in the only file that fits. */
static const char *second(const struct stage *s, const char *own, const char *word, size_t len)
{
	const char *only = NULL;

	if (fits(own, word, len))
		return own;
	for (size_t i = 0; i < s->compile.n; i++) {
		if (!fits(s->compile.v[i], word, len))
			continue;
		if (only)
			return NULL;
		only = s->compile.v[i];
	}
	return only;
}

/* Restores paths as in "Location of async usage (Lab:15:8)"; false: none is cut. */
static bool hint_restore(const struct stage *s, const char *own, const char *hint, struct str *out)
{
	bool any = false;

	for (const char *open; (open = strchr(hint, '(')); hint = open) {
		size_t len = strcspn(++open, ":()");
		const char *path = open[len] == ':' && isdigit((unsigned char)open[len + 1])
					   ? second(s, own, open, len)
					   : NULL;

		str_add(out, hint, (size_t)(open - hint));
		if (!path)
			continue;
		str_adds(out, path);
		open += len;
		any = true;
	}
	str_adds(out, hint);
	return any;
}

void blanks_restore(const struct stage *s, struct diag_list **found)
{
	struct diag_list *all;
	bool any = s->odd.n > 0;

	for (size_t i = 0; i < s->compile.n; i++)
		any |= strchr(s->compile.v[i], ' ') != NULL;
	if (!any)
		return;
	all = diag_list_new(MAX_FINDINGS);
	for (size_t i = 0; i < diag_list_len(*found); i++) {
		struct diag d = *diag_list_at(*found, i);

		const char *path = whole(s, &d);
		struct str hint = STR_INIT;
		bool cut = hint_restore(s, path, d.hint, &hint);

		if (path == d.path && !cut) {
			diag_list_keep(all, *found, i);
		} else {
			d.path = path;
			d.hint = str_cstr(&hint);
			diag_list_add(all, &d, NULL);
		}
		str_free(&hint);
	}
	diag_list_free(*found);
	*found = all;
}
