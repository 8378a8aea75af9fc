/* RTL-Repo: predict the next line of a file, with its repository as context.
 *
 * Format and rules of github.com/AUCOHL/RTL-Repo at 12b691f, src/utils.py: each
 * problem is a line of JSON with repo_name, context (a list of path and snippet),
 * file_path, cropped_code and next_line. The question is the context followed by the
 * file so far. The first line of an answer that is neither empty nor a comment
 * counts. The published limit of 15,800 tokens is kept by our estimate; the last
 * lines of the context are dropped.
 *
 * A problem is named after its file and line: test-000012. base says where the line
 * is stored: "OFFSET LENGTH PATH".
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/folder.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/bench/bench_lines.h"
#include "session/bench/line_match.h"
#include "session/bench/suite.h"
#include "session/model/prompt.h"

#define LINE_MOST  (16u << 20) /* bytes of a problem */
#define FILES_MAX  1000u
#define TOKENS_MAX 15800
#define NEXT	   "next_line"

enum repo_figure { REPO_SIMILARITY };

/* The problems ------------------------------------------------------------------------- */

static cJSON *problem_of(const struct suite_problem *p, struct err *err)
{
	char *rest;
	unsigned long long off = strtoull(p->base, &rest, 10), len = strtoull(rest, &rest, 10);
	int fd = open(rest + 1, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *text = mem_calloc(1, len + 1);
	ssize_t got = fd < 0 ? -1 : pread(fd, text, len, (off_t)off);
	cJSON *o = NULL;

	if (got < 0)
		err_set(err, ERR_IO, "%.200s: %s", rest + 1, strerror(errno));
	else if ((size_t)got != len)
		err_set(err, ERR_IO, "%.200s is shorter than it was", rest + 1);
	else if ((o = json_parse(text, len, err)) &&
		 (!json_string(o, NEXT) || !json_string(o, "cropped_code"))) {
		err_set(err, ERR_PARSE, "%.60s has no cropped_code and next_line", p->name);
		cJSON_Delete(o);
		o = NULL;
	}
	if (fd >= 0)
		close(fd);
	free(text);
	return o;
}

static bool look_in(const char *path, struct suite_problems *out, struct err *err)
{
	FILE *f = fopen(path, "re");
	char *stem = mem_strndup(path_base(path), strlen(path_base(path)) - strlen(".jsonl"));
	unsigned long long at = 0, begin = 0;
	bool ok = f != NULL || err_set(err, ERR_IO, "%.200s: %s", path, strerror(errno));
	size_t number = 1;
	int c, first = 0;

	for (bool more = ok; ok && more;) {
		c = getc_unlocked(f);
		more = c != EOF;
		if (more)
			first = at++ == begin ? c : first;
		if (at - begin > LINE_MOST)
			ok = err_set(err, ERR_LIMIT, "%.200s:%zu is longer than %u bytes", path,
				     number, LINE_MOST);
		if ((more && c != '\n') || at == begin)
			continue;
		if (first == '{' && !out->cut) {
			char *name = str_fmt("%s-%06zu", stem, number);
			char *base = str_fmt("%llu %llu %s", begin, at - begin, path);

			if (suite_name_is_plain(name))
				suite_problems_add(out, name, "", base);
			free(name);
			free(base);
		}
		number++;
		begin = at;
	}
	if (ok && ferror(f))
		ok = err_set(err, ERR_IO, "read %.200s: %s", path, strerror(errno));
	if (f)
		fclose(f);
	free(stem);
	return ok;
}

static void list_files(const char *dir, struct strv *out, bool *cut)
{
	struct strv names = STRV_INIT;

	folder_names(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *path = path_join(dir, names.v[i]);

		if (str_ends(path, ".jsonl") && file_kind(path) == FILE_REGULAR) {
			*cut |= out->n == FILES_MAX;
			if (out->n < FILES_MAX)
				strv_add(out, path);
		}
		free(path);
	}
	strv_free(&names);
}

static bool load(const struct suite_choice *c, struct suite_problems *out, struct err *err)
{
	struct strv files = STRV_INIT;
	struct stat st;
	cJSON *o = NULL;
	bool ok = true;

	if (str_ends(c->dir, ".jsonl") && stat(c->dir, &st) == 0 && S_ISREG(st.st_mode))
		strv_add(&files, c->dir);
	else
		list_files(c->dir, &files, &out->cut);
	for (size_t i = 0; ok && i < files.n; i++)
		ok = look_in(files.v[i], out, err);
	suite_problems_sort(out);
	/* Checks only the first problem, which is enough to recognise another suite's file. */
	if (ok && out->n && !(o = problem_of(&out->v[0], err)) && err->code != ERR_PARSE)
		ok = false;
	else if (ok && !o)
		ok = err_set(err, ERR_NOT_FOUND,
			     "%.200s has no problems of rtl-repo: lines of JSON in files .jsonl, "
			     "with cropped_code and next_line",
			     c->dir);
	cJSON_Delete(o);
	strv_free(&files);
	return ok;
}

/* The question --------------------------------------------------------------------------- */

static const char *text_of(const cJSON *o, const char *key)
{
	const char *s = json_string(o, key);

	return s ? s : "";
}

static void add_context(const cJSON *o, struct str *out)
{
	const cJSON *one;

	str_addf(out, "// Repo Name: %s\n", text_of(o, "repo_name"));
	cJSON_ArrayForEach(one, json_array(o, "context")) {
		str_addf(out, "// Path: %s\n", text_of(one, "path"));
		str_adds(out, text_of(one, "snippet"));
		str_adds(out, "\n\n");
	}
}

/* Drops lines from the end until the limit is kept. */
static void cut_context(struct str *context, long over)
{
	size_t len = context->len;

	while (over > 0 && len) {
		size_t from = len - 1;

		while (from && context->data[from - 1] != '\n')
			from--;
		over -= (long)prompt_estimate_mixed(context->data + from, len - from);
		len = from;
	}
	if (len < context->len) {
		str_cut(context, len);
		str_adds(context, "\n\n");
	}
}

/* Replaces four or more newlines by two. */
static void add_folded(const struct str *s, struct str *out)
{
	for (size_t i = 0, n; i < s->len; i += n) {
		n = strspn(s->data + i, "\n");
		if (n)
			str_add(out, s->data + i, n >= 4 ? 2 : n);
		else
			str_add(out, s->data + i, n = strcspn(s->data + i, "\n"));
	}
}

static bool prompt(const struct suite_choice *c, const struct suite_problem *p, struct str *system,
		   struct str *user, struct err *err)
{
	struct str context = STR_INIT, file = STR_INIT;
	cJSON *o = problem_of(p, err);

	if (!o)
		return false;
	str_adds(system, "You complete Verilog. Answer with the one line that comes next behind "
			 "the end of the text, and with nothing else.");
	add_context(o, &context);
	str_addf(&file, "// Path: %s\n", text_of(o, "file_path"));
	str_adds(&file, text_of(o, "cropped_code"));
	str_addc(&file, '\n');
	cut_context(&context, (long)prompt_estimate_mixed(str_cstr(&context), context.len) +
				      (long)prompt_estimate_mixed(str_cstr(&file), file.len) -
				      TOKENS_MAX);
	str_add(&context, file.data, file.len);
	add_folded(&context, user);
	cJSON_Delete(o);
	str_free(&context);
	str_free(&file);
	return true;
}

/* The answer ------------------------------------------------------------------------------ */

/* The first line that is neither empty nor a comment, else the last comment. Unlike
 * the published rule, drops a fence around it, because it is not Verilog. */
static bool extract(const struct suite_choice *c, const struct suite_problem *p, const char *answer,
		    size_t len, struct str *code, struct err *err)
{
	struct line comment = { "", 0 };

	for (size_t at = 0; at < len;) {
		const char *end = memchr(answer + at, '\n', len - at);
		struct line l = { answer + at, end ? (size_t)(end - answer) - at : len - at };
		struct line bare = line_strip(l);

		at += l.len + 1;
		if (!bare.len || line_starts_with(bare, "```"))
			continue;
		if (!line_starts_with(bare, "//")) {
			str_add(code, l.v, l.len);
			return true;
		}
		comment = l;
	}
	str_add(code, comment.v, comment.len);
	return true;
}

static bool reference(const struct suite_choice *c, const struct suite_problem *p, struct str *code,
		      struct err *err)
{
	cJSON *o = problem_of(p, err);

	str_adds(code, o ? json_string(o, NEXT) : "");
	cJSON_Delete(o);
	return o != NULL;
}

static bool judge(const struct suite_tools *t, const struct suite_choice *c,
		  const struct suite_problem *p, const char *code, size_t len,
		  struct suite_judged *out, struct err *err)
{
	struct str next = STR_INIT;
	bool ok = reference(c, p, &next, err);
	bool exact = ok && line_match_exact(code, len, str_cstr(&next), next.len);

	ok = ok && line_match_similar(code, len, str_cstr(&next), next.len,
				      &out->figures[REPO_SIMILARITY], err);
	if (ok) {
		out->class_ = exact ? '.' : 'l';
		out->verdict = exact ? VERDICT_PASS : VERDICT_FAIL;
		out->first = exact ? NULL : mem_strdup("another line comes next");
	}
	str_free(&next);
	return ok;
}

const struct suite suite_rtl_repo = {
	.name = "rtl-repo",
	.a_line = true,
	.figures = { [REPO_SIMILARITY] = { "edit_similarity", "of 100", false } },
	.load = load,
	.prompt = prompt,
	.extract = extract,
	.reference = reference,
	.judge = judge,
};
