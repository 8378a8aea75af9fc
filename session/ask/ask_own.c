/* A project's own texts for the model: AGENTS.md, and files in `prompt_folder` that
 * replace parts of the built-in prompt. Such a file can tell a model anything, and
 * anyone may have written a cloned project; so they are read only if the project is
 * trusted (`posedge trust`).
 */
#include "config.h"

#include "session/ask/ask_own.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/model/prompt.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/workbench/rc.h"
#include "session/workbench/workbench.h"

static bool is_trusted(const char *root)
{
	char *path = rc_project_path(root, NULL);
	bool trusted = path && rc_trusted(path);

	free(path);
	return trusted;
}

/* Reads a file inside the project, redacted. False: missing, or not fit to be sent. */
static bool read_own(const struct workbench *w, const char *path, struct str *out)
{
	struct str text = STR_INIT;
	struct err err = { 0 };
	char *rel = NULL, *full = path_inside(w->place.root, path, &rel, &err)
					  ? path_join(w->place.root, rel)
					  : NULL;
	bool ok = full && file_read(full, ASK_OWN_MAX, &text, &err);

	if (ok && redact_text(w->redact, str_cstr(&text), text.len, out))
		report_note(&w->out, "%s:%zu looks like a secret: it is not sent", path,
			    redact_line(w->redact, str_cstr(&text), text.len));
	else if (!ok && err.code != ERR_NOT_FOUND)
		report_note(&w->out, "%s is not sent: %s", path, err.text);
	free(full);
	free(rel);
	str_free(&text);
	return ok;
}

static void read_instructions(const struct workbench *w, struct ask_own *out)
{
	for (const struct prompt_file *f = prompt_files; f->name; f++) {
		char *path = str_fmt("%s/%s", w->options->prompt_folder, f->name);
		struct str text = STR_INIT;

		if (read_own(w, path, &text)) {
			strv_give(&out->texts, str_take(&text));
			out->v[out->n++] =
				(struct prompt_file){ f->name, out->texts.v[out->texts.n - 1] };
		}
		str_free(&text);
		free(path);
	}
}

void ask_own_read(struct workbench *w, struct ask_own *out)
{
	size_t files = 0;

	memset(out, 0, sizeof(*out));
	if (!is_trusted(w->place.root))
		return;
	while (prompt_files[files].name)
		files++;
	out->v = mem_calloc(files + 1, sizeof(*out->v));
	read_own(w, "AGENTS.md", &out->agents);
	if (w->options->prompt_folder[0])
		read_instructions(w, out);
}

void ask_own_fini(struct ask_own *o)
{
	str_free(&o->agents);
	free(o->v);
	strv_free(&o->texts);
	memset(o, 0, sizeof(*o));
}
