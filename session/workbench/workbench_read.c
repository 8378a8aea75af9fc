/* An open document is what the user sees, saved or not; any other file is read from disk
 * and may lead nowhere outside of the project.
 */
#include "config.h"

#include "session/workbench/workbench_read.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/session.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"

bool workbench_read(struct workbench *w, const char *path, struct str *out)
{
	struct doc *d = w->session ? session_doc(w->session, path) : NULL;
	char *rel = NULL, *full = NULL;
	bool ok;

	str_clear(out);
	if (d && d->text) {
		text_get_all(d->text, out);
		return true;
	}
	if (!path_inside(w->place.root, path, &rel, NULL))
		return false;
	full = str_fmt("%s/%s", w->place.root, rel);
	ok = file_read(full, WORKBENCH_READ_MAX, out, NULL);
	free(full);
	free(rel);
	return ok;
}

/* The error names the full path; the user named the file relative to the project. */
static bool say_why(const struct err *why, const char *full, const char *rel, struct err *err)
{
	const char *at = strstr(why->text, full);

	if (!at)
		return err_copy(err, why);
	return err_set(err, why->code, "%.*s%s%s", (int)(at - why->text), why->text, rel,
		       at + strlen(full));
}

bool workbench_read_whole(struct workbench *w, const char *path, struct str *out, struct err *err)
{
	char *rel = NULL, *full;
	struct err why = { 0 };
	bool ok = workbench_read(w, path, out);

	if (!ok && path_inside(w->place.root, path, &rel, err)) {
		full = str_fmt("%s/%s", w->place.root, rel);
		ok = file_read(full, WORKBENCH_READ_MAX, out, &why) ||
		     say_why(&why, full, rel, err);
		free(full);
		free(rel);
	}
	if (!ok || !memchr(str_cstr(out), '\0', out->len))
		return ok;
	str_clear(out);
	return err_set(err, ERR_PARSE, "read %s: it is not text", path);
}
