#include "config.h"

#include "session/rc.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/cmd.h"
#include "session/workbench.h"

/* One word from text[*i] on; false for a quote that stays open. */
static bool take_word(const char *text, size_t len, size_t *i, struct str *word)
{
	char quote = '\0';

	for (; *i < len; (*i)++) {
		char c = text[*i];

		if (quote) {
			if (c == quote)
				quote = '\0';
			else if (quote == '"' && c == '\\' && *i + 1 < len)
				str_addc(word, text[++*i]);
			else
				str_addc(word, c);
		} else if (c == ' ' || c == '\t' || c == '\r') {
			break;
		} else if (c == '\'' || c == '"') {
			quote = c;
		} else {
			str_addc(word, c);
		}
	}
	return quote == '\0';
}

bool rc_split(const char *line, size_t len, struct strv *words, struct err *err)
{
	size_t i = 0;

	if (len > RC_MAX_LINE)
		return err_set(err, ERR_LIMIT, "the line is longer than %u bytes", RC_MAX_LINE);
	if (memchr(line, '\0', len))
		return err_set(err, ERR_PARSE, "the line holds a NUL");
	for (;;) {
		struct str word = STR_INIT;

		while (i < len && strchr(" \t\r", line[i]))
			i++;
		if (i == len || line[i] == '#')
			return true;
		if (!take_word(line, len, &i, &word)) {
			str_free(&word);
			return err_set(err, ERR_PARSE, "a quote is not closed");
		}
		strv_give(words, str_take(&word));
	}
}

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
		ok = rc_split(str_cstr(&logical), logical.len, &words, err) ||
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
		ok = err_set(&why, ERR_USAGE, "%s cannot stand in an rc file", c->name);
	} else if (c && !r->trusted && !(c->flags & CMD_SAFE)) {
		r->wanted_more = true;
	} else if (c) {
		ok = cmd_run(r->w, c, words->v + 1, words->n - 1, source, r->trusted, &status, &why);
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

void rc_run(struct workbench *w, const char *path, bool trusted, struct str *notes)
{
	struct running r = { w, path, trusted, false, notes };
	struct str text = STR_INIT;
	struct err err = { 0 };

	if (!file_read(path, RC_MAX_BYTES, &text, &err)) {
		if (err.code != ERR_NOT_FOUND)
			str_addf(notes, "%s\n", err.text);
	} else if (!rc_parse(text.data, text.len, run_line, &r, &err)) {
		str_addf(notes, "%s: %s\n", path, err.text);
	}
	if (r.wanted_more)
		str_addf(notes, "%s is not trusted: only safe options were set; read it, then `posedge trust`\n",
			 path);
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

void rc_run_all(struct workbench *w, struct str *notes)
{
	struct err err = { 0 };
	char *config = path_user_config();
	char *user = config ? path_join(config, "posedgerc") : NULL;
	char *project = rc_project_path(w->root, &err);

	rc_run(w, POSEDGE_SYSCONF "/posedgerc", true, notes);
	if (user)
		rc_run(w, user, true, notes);
	if (project)
		rc_run(w, project, rc_trusted(project), notes);
	else
		str_addf(notes, "%s\n", err.text);
	free(project);
	free(user);
	free(config);
}

/* Trust: a file of lines, each the hash of path and content together. */

static char *trust_list(void)
{
	char *data = path_user_data();
	char *path = data ? path_join(data, "trusted") : NULL;

	free(data);
	return path;
}

static bool fingerprint(const char *path, char hex[HASH_HEX + 1], struct err *err)
{
	struct str text = STR_INIT;
	struct hash *h;

	if (!file_read(path, RC_MAX_BYTES, &text, err)) {
		str_free(&text);
		return false;
	}
	h = hash_new();
	hash_add(h, path, strlen(path) + 1);
	hash_add(h, text.data, text.len);
	hash_end(h, hex);
	str_free(&text);
	return true;
}

bool rc_trusted(const char *path)
{
	char *list = trust_list();
	struct str text = STR_INIT;
	char hex[HASH_HEX + 2];
	bool ok = list && fingerprint(path, hex, NULL) && file_read(list, RC_MAX_BYTES, &text, NULL);

	if (ok) {
		hex[HASH_HEX] = '\n';
		hex[HASH_HEX + 1] = '\0';
		ok = strstr(text.data, hex) != NULL;
	}
	str_free(&text);
	free(list);
	return ok;
}

bool rc_trust(const char *path, struct err *err)
{
	char *list = trust_list();
	char *dir = list ? path_dir(list) : NULL;
	struct str text = STR_INIT;
	char hex[HASH_HEX + 1];
	bool ok = list ? fingerprint(path, hex, err) :
			 err_set(err, ERR_IO, "there is no home folder to note the trust in");

	if (ok && !rc_trusted(path)) {
		file_read(list, RC_MAX_BYTES, &text, NULL);
		str_addf(&text, "%s\n", hex);
		ok = file_make_dirs(dir, 0700, err) && file_save(list, text.data, text.len, 0600, err);
	}
	str_free(&text);
	free(dir);
	free(list);
	return ok;
}
