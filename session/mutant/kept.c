/* Two JSON files, written atomically and validated when read: they may be from
 * another version, or edited. Lines are stored with their text, so that a line
 * that moved or changed since the run can be recognised.
 */
#include "config.h"

#include "session/mutant/kept.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/mutant/flow_coverage.h"
#include "session/mutant/flow_mutants.h"
#include "session/mutant/score.h"

#define COVERAGE "coverage.json"
#define MUTANTS	 "mutants.json"

void kept_line(const char *text, size_t len, int l, struct str *out)
{
	const char *p = text, *end = text + len, *lf;

	for (int i = 1; p && i < l; i++) {
		p = memchr(p, '\n', (size_t)(end - p));
		p = p ? p + 1 : NULL;
	}
	if (!p)
		return;
	lf = memchr(p, '\n', (size_t)(end - p));
	end = lf ? lf : end;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	while (end > p && (end[-1] == ' ' || end[-1] == '\r' || end[-1] == '\t'))
		end--;
	str_add(out, p, (size_t)(end - p));
}

/* Writing ------------------------------------------------------------------------- */

static bool put(const char *dir, const char *name, cJSON *o, struct err *err)
{
	char *path = path_join(dir, name);
	struct str out = STR_INIT;
	bool ok;

	json_print(&out, o);
	ok = out.len <= KEPT_BYTES_MAX
		     ? file_put(path, str_cstr(&out), out.len, 0600, err)
		     : err_set(err, ERR_LIMIT, "%s would have more than %u MB: it is not kept",
			       name, KEPT_BYTES_MAX >> 20);
	str_free(&out);
	free(path);
	cJSON_Delete(o);
	return ok;
}

static void add_missed(const struct coverage_report *r, const struct coverage_file *f, cJSON *o,
		       struct strv *left)
{
	cJSON *missed = cJSON_AddArrayToObject(o, "missed");
	size_t kept = 0;
	int n;
	int64_t *lines = coverage_lines(&r->counts, f->path, f->text, f->len, &n);

	for (int l = 1; l <= n && kept <= KEPT_LINES_MAX; l++) {
		if (lines[l] != 0)
			continue;
		if (kept++ < KEPT_LINES_MAX)
			cJSON_AddItemToArray(missed, cJSON_CreateNumber(l));
		else
			strv_addf(left, "%s: from line %d on nothing is marked: more than %u lines",
				  f->path, l, KEPT_LINES_MAX);
	}
	free(lines);
}

bool kept_coverage_write(const char *dir, const struct coverage_report *r, const char *words,
			 struct strv *left, struct err *err)
{
	cJSON *o = cJSON_CreateObject(), *files;

	cJSON_AddStringToObject(o, "words", words);
	files = cJSON_AddArrayToObject(o, "files");
	if (r->n_files > KEPT_FILES_MAX)
		strv_addf(left, "%zu of %zu files are not marked: more than %u",
			  r->n_files - KEPT_FILES_MAX, r->n_files, KEPT_FILES_MAX);
	for (size_t i = 0; i < r->n_files && i < KEPT_FILES_MAX; i++) {
		const struct coverage_file *f = &r->files[i];
		cJSON *file;

		if (f->len > KEPT_TEXT_MAX || memchr(f->text, '\0', f->len)) {
			strv_addf(left, "%s: its lines are not marked: it is %s", f->path,
				  f->len > KEPT_TEXT_MAX ? "above 1 MB" : "no text");
			continue;
		}
		file = cJSON_CreateObject();
		cJSON_AddStringToObject(file, "path", f->path);
		cJSON_AddStringToObject(file, "text", f->text);
		add_missed(r, f, file, left);
		cJSON_AddItemToArray(files, file);
	}
	return put(dir, COVERAGE, o, err);
}

bool kept_mutants_write(const char *dir, const struct mutants_report *m, struct err *err)
{
	cJSON *o = cJSON_CreateObject(), *all;
	struct score s = mutants_score(m);
	struct str words = STR_INIT;

	score_words(&s, &words);
	cJSON_AddStringToObject(o, "testbench", m->testbench);
	cJSON_AddStringToObject(o, "score", str_cstr(&words) + strlen(" · "));
	str_free(&words);
	all = cJSON_AddArrayToObject(o, "survived");
	for (size_t i = 0; i < m->n; i++) {
		const struct mutant_result *r = &m->v[i];
		cJSON *one;

		if (r->fate != MUTANT_SURVIVED)
			continue;
		one = cJSON_CreateObject();
		cJSON_AddStringToObject(one, "path", r->path);
		cJSON_AddNumberToObject(one, "line", r->line);
		cJSON_AddStringToObject(one, "kind", r->kind);
		cJSON_AddStringToObject(one, "before", r->before);
		cJSON_AddStringToObject(one, "after", r->after);
		cJSON_AddItemToArray(all, one);
	}
	return put(dir, MUTANTS, o, err);
}

/* Reading -------------------------------------------------------------------------- */

static cJSON *get(const char *dir, const char *name, const char *command, struct err *err)
{
	char *path = path_join(dir, name);
	struct str text = STR_INIT;
	cJSON *o = NULL;

	if (!file_exists(path))
		err_set(err, ERR_NOT_FOUND, "nothing is known yet: `%s` finds it out", command);
	else if (file_read(path, KEPT_BYTES_MAX, &text, err) &&
		 !(o = json_parse(str_cstr(&text), text.len, err)))
		err_prefix(err, "%s: `%s` makes it anew", name, command);
	str_free(&text);
	free(path);
	return o;
}

static char *text_of(const cJSON *o, const char *key)
{
	const char *s = json_string(o, key);

	return mem_strdup(s ? s : "");
}

static int line_of(double n)
{
	return n >= 1 && n <= COVERAGE_LINE_MAX ? (int)n : 0;
}

static void read_file(const cJSON *o, struct kept_file *f)
{
	const cJSON *l;

	f->path = text_of(o, "path");
	f->text = text_of(o, "text");
	cJSON_ArrayForEach(l, json_array(o, "missed")) {
		int n = cJSON_IsNumber(l) ? line_of(l->valuedouble) : 0;

		if (n == 0 || f->n >= KEPT_LINES_MAX || (f->n && n <= f->missed[f->n - 1]))
			continue;
		if ((f->n & (f->n - 1)) == 0)
			f->missed = mem_realloc(f->missed, (f->n ? f->n * 2 : 1) * sizeof(int));
		f->missed[f->n++] = n;
	}
}

bool kept_coverage_read(const char *dir, struct kept_coverage *out, struct err *err)
{
	cJSON *o = get(dir, COVERAGE, "coverage", err);
	const cJSON *f, *files = o ? json_array(o, "files") : NULL;

	*out = (struct kept_coverage){ 0 };
	if (!o)
		return false;
	if (!files || !json_string(o, "words")) {
		cJSON_Delete(o);
		return err_set(err, ERR_PARSE,
			       COVERAGE " is none of ours: `coverage` makes it "
					"anew");
	}
	out->words = text_of(o, "words");
	cJSON_ArrayForEach(f, files) {
		if (out->n >= KEPT_FILES_MAX)
			break;
		out->v = mem_realloc(out->v, (out->n + 1) * sizeof(*out->v));
		out->v[out->n] = (struct kept_file){ 0 };
		read_file(f, &out->v[out->n++]);
	}
	cJSON_Delete(o);
	return true;
}

bool kept_mutants_read(const char *dir, struct kept_mutants *out, struct err *err)
{
	cJSON *o = get(dir, MUTANTS, "mutants", err);
	const cJSON *m, *all = o ? json_array(o, "survived") : NULL;

	*out = (struct kept_mutants){ 0 };
	if (!o)
		return false;
	if (!all || !json_string(o, "score")) {
		cJSON_Delete(o);
		return err_set(err, ERR_PARSE,
			       MUTANTS " is none of ours: `mutants` makes it "
				       "anew");
	}
	out->testbench = text_of(o, "testbench");
	out->score = text_of(o, "score");
	cJSON_ArrayForEach(m, all) {
		out->v = mem_realloc(out->v, (out->n + 1) * sizeof(*out->v));
		out->v[out->n++] =
			(struct kept_mutant){ .path = text_of(m, "path"),
					      .kind = text_of(m, "kind"),
					      .before = text_of(m, "before"),
					      .after = text_of(m, "after"),
					      .line = line_of(json_number(m, "line", 0)) };
	}
	cJSON_Delete(o);
	return true;
}

size_t kept_line_rank(const void *coverage, const char *path, const char *text, size_t len,
		      int line)
{
	const struct kept_coverage *c = coverage;
	bool found = false;

	for (size_t i = 0; i < c->n; i++) {
		const struct kept_file *k = &c->v[i];

		if (strcmp(k->path, path) != 0 || strlen(k->text) != len ||
		    memcmp(k->text, text, len) != 0)
			continue;
		for (size_t j = 0; j < k->n; j++)
			found |= k->missed[j] == line;
	}
	return found ? 0 : 1;
}

void kept_coverage_fini(struct kept_coverage *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->v[i].path);
		free(c->v[i].text);
		free(c->v[i].missed);
	}
	free(c->v);
	free(c->words);
	*c = (struct kept_coverage){ 0 };
}

void kept_mutants_fini(struct kept_mutants *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->v[i].path);
		free(m->v[i].kind);
		free(m->v[i].before);
		free(m->v[i].after);
	}
	free(m->v);
	free(m->testbench);
	free(m->score);
	*m = (struct kept_mutants){ 0 };
}
