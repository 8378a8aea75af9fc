/* Rc files: commands, one per line, from the system, the user and the project. A
 * project's file may come from a stranger, so only harmless commands and options
 * are accepted (CMD_SAFE) until the user has trusted it. Trust is the hash of its
 * path and its text. The file is read once, and the text that was checked is run:
 * otherwise it could be exchanged in between.
 */
#include "config.h"

#include "session/workbench/rc.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/str.h"
#include "session/text/words.h"
#include "session/workbench/cmd.h"
#include "session/workbench/workbench.h"

/* The end of the physical line that starts at p. */
static const char *line_end(const char *p, const char *end)
{
	const char *lf = memchr(p, '\n', (size_t)(end - p));

	return lf ? lf : end;
}

bool rc_parse(const char *text, size_t len,
	      bool (*fn)(void *ctx, int line, const struct strv *words, struct err *err), void *ctx,
	      struct err *err)
{
	const char *end = text + len;
	int line = 0;
	bool ok = true;

	for (const char *p = text; ok && p < end;) {
		struct str logical = STR_INIT;
		struct strv words = STRV_INIT;
		int first = ++line;
		const char *e = line_end(p, end);

		while (e > p && e < end && e[-1] == '\\') {
			str_add(&logical, p, (size_t)(e - 1 - p));
			str_addc(&logical, ' ');
			p = e + 1;
			line++;
			e = line_end(p, end);
		}
		str_add(&logical, p, (size_t)(e - p));
		p = e + 1;
		ok = words_split(str_cstr(&logical), logical.len, &words, err) ||
		     err_prefix(err, "line %d", first);
		if (ok && words.n)
			ok = fn(ctx, first, &words, err);
		strv_free(&words);
		str_free(&logical);
	}
	return ok;
}

struct running {
	struct workbench *w;
	const char *path;
	bool trusted, wanted_more;
	struct str *notes;
};

static bool run_line(void *ctx, int line, const struct strv *words, struct err *err)
{
	struct running *r = ctx;
	struct err why = { 0 };
	const struct cmd *c = cmd_find(r->w->commands, words->v[0], &why);
	enum cmd_status status;
	char *source = str_fmt("%s:%d", r->path, line);
	bool ok = c != NULL;

	if (c && !(c->flags & CMD_RC)) {
		ok = err_set(&why, ERR_USAGE, "%s is not allowed in an rc file", c->name);
	} else if (c && !r->trusted && !(c->flags & CMD_SAFE)) {
		r->wanted_more = true;
	} else if (c) {
		ok = cmd_run(r->w, c, words->v + 1, words->n - 1, source, r->trusted, &status,
			     &why);
		if (!ok && !r->trusted && why.code == ERR_AUTH) {
			r->wanted_more = true;
			ok = true;
		}
	}
	if (!ok)
		str_addf(r->notes, "%s: %s\n", source, why.text);
	free(source);
	return true;
}

static void run_text(struct workbench *w, const char *path, const struct str *text, bool trusted,
		     struct str *notes)
{
	struct running r = { w, path, trusted, false, notes };
	struct err err = { 0 };

	if (!rc_parse(text->data, text->len, run_line, &r, &err))
		str_addf(notes, "%s: %s\n", path, err.text);
	if (r.wanted_more)
		str_addf(notes,
			 "%s is not trusted: only safe options were set; read it, then `posedge "
			 "trust`\n",
			 path);
}

static bool read_rc(const char *path, struct str *text, struct str *notes)
{
	struct err err = { 0 };
	bool ok = file_read(path, RC_MAX_BYTES, text, &err);

	if (!ok && err.code != ERR_NOT_FOUND)
		str_addf(notes, "%s\n", err.text);
	return ok;
}

/* Runs a file; a missing one is fine. Errors name file and line and go to notes,
 * one per line; later lines still run. */
static void rc_run(struct workbench *w, const char *path, struct str *notes)
{
	struct str text = STR_INIT;

	if (read_rc(path, &text, notes))
		run_text(w, path, &text, true, notes);
	str_free(&text);
}

char *rc_project_path(const char *root, struct err *err)
{
	char *rel = NULL, *path;

	if (!path_inside(root, ".posedgerc", &rel, err))
		return NULL;
	path = path_join(root, rel);
	free(rel);
	return path;
}

/* Trusted files: a file of lines, each the hash of a path and its content. */

static char *trust_list(void)
{
	return path_user_data("trusted");
}

static void fingerprint(const char *path, const char *text, size_t len, char hex[HASH_HEX + 1])
{
	struct hash *h = hash_new();

	hash_adds(h, path);
	hash_add(h, text, len);
	hash_end(h, hex);
}

/* Takes the text rather than the file, so that what is checked is what is run. */
static bool text_trusted(const char *path, const char *text, size_t len)
{
	char *list = trust_list();
	struct str known = STR_INIT;
	char hex[HASH_HEX + 2];
	bool ok = list && file_read(list, RC_MAX_BYTES, &known, NULL);

	if (ok) {
		fingerprint(path, text, len, hex);
		hex[HASH_HEX] = '\n';
		hex[HASH_HEX + 1] = '\0';
		ok = strstr(known.data, hex) != NULL;
	}
	str_free(&known);
	free(list);
	return ok;
}

bool rc_trusted(const char *path)
{
	struct str text = STR_INIT;
	struct err why;
	bool ok = (file_read(path, RC_MAX_BYTES, &text, &why) || why.code == ERR_NOT_FOUND) &&
		  text_trusted(path, str_cstr(&text), text.len);

	str_free(&text);
	return ok;
}

bool rc_trust(const char *path, const char *text, size_t len, struct err *err)
{
	char *list = trust_list();
	char *dir = list ? path_dir(list) : NULL;
	struct str known = STR_INIT;
	char hex[HASH_HEX + 1];
	bool ok = list || err_set(err, ERR_IO, "there is no home folder to note the trust in");

	if (ok && !text_trusted(path, text, len)) {
		fingerprint(path, text, len, hex);
		file_read(list, RC_MAX_BYTES, &known, NULL);
		str_addf(&known, "%s\n", hex);
		ok = file_make_dirs(dir, 0700, err) &&
		     file_save(list, known.data, known.len, 0600, err);
	}
	str_free(&known);
	free(dir);
	free(list);
	return ok;
}

char *rc_user_path(void)
{
	return path_user_config("posedgerc");
}

void rc_run_all(struct workbench *w, struct str *notes)
{
	struct str text = STR_INIT;
	struct err err = { 0 };
	char *user = rc_user_path();
	char *project = rc_project_path(w->place.root, &err);

	rc_run(w, POSEDGE_SYSCONF "/posedgerc", notes);
	if (user)
		rc_run(w, user, notes);
	if (!project)
		str_addf(notes, "%s\n", err.text);
	else if (read_rc(project, &text, notes))
		run_text(w, project, &text, text_trusted(project, str_cstr(&text), text.len),
			 notes);
	str_free(&text);
	free(project);
	free(user);
}
