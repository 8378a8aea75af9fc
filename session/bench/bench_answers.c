/* A file name is taken apart from its end, ".sv", "_response", "_sample03", and what remains has
 * to be a problem's name. All samples are then sorted and numbered: lines of JSON may have no
 * numbers, and of a sample's code and answer only one is kept.
 */
#include "config.h"

#include "session/bench/bench_answers.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/bench/bench_lines.h"
#include "session/text/slice.h"

#define DEPTH_MAX   4
#define ANSWERS_MAX 1000000u
#define LINES_MAX   (256u << 20)

/* Names ------------------------------------------------------------------------------ */

static bool problem_at(const struct suite_problems *l, const char *name, size_t len, size_t *at)
{
	const struct suite_problem *p =
		slice_row(l->v, l->n, sizeof(*l->v), (struct slice){ name, len });

	if (p)
		*at = (size_t)(p - l->v);
	return p;
}

static bool cut_end(const char *name, size_t *len, const char *end)
{
	size_t n = strlen(end);

	if (*len <= n || memcmp(name + *len - n, end, n) != 0)
		return false;
	*len -= n;
	return true;
}

/* The number after "_sample"; 1 without one. */
static unsigned cut_sample(const char *name, size_t *len)
{
	size_t at = *len;

	while (at > 0 && isdigit((unsigned char)name[at - 1]))
		at--;
	if (at == *len || *len - at > 6 || at < 7 || memcmp(name + at - 7, "_sample", 7) != 0)
		return 1;
	*len = at - 7;
	return (unsigned)strtoul(name + at, NULL, 10);
}

/* Parses a file name; false: it belongs to no problem. */
static bool understand(const char *name, const struct suite_problems *problems,
		       struct bench_answer *out)
{
	size_t len = strlen(name);

	*out = (struct bench_answer){ 0 };
	if (cut_end(name, &len, ".sv") || cut_end(name, &len, ".v"))
		out->is_code = true;
	else if (!cut_end(name, &len, ".txt") && !cut_end(name, &len, ".md"))
		return false;
	if (!out->is_code)
		cut_end(name, &len, "_response");
	out->sample = cut_sample(name, &len);
	if (out->is_code)
		cut_end(name, &len, "_TopModule");
	return out->sample > 0 && problem_at(problems, name, len, &out->problem);
}

static void add(struct bench_answers *l, const struct bench_answer *a)
{
	MEM_PUSH(l->v, l->n, l->cap, *a);
}

/* Folders ---------------------------------------------------------------------------- */

/* The trial number: a folder t3 contains the third sample of each problem. 0: not
 * such a folder. */
static unsigned trial_of(const char *folder)
{
	size_t n = strlen(folder);

	return *folder == 't' && n > 1 && n < 8 && strspn(folder + 1, "0123456789") == n - 1
		       ? (unsigned)strtoul(folder + 1, NULL, 10)
		       : 0;
}

static bool look_below(const char *dir, const struct suite_problems *problems, unsigned depth,
		       struct bench_answers *out, struct err *err)
{
	unsigned trial = trial_of(path_base(dir));
	struct strv names = STRV_INIT;
	bool ok = folder_names(dir, &names) ||
		  err_set(err, ERR_NOT_FOUND, "no folder %.200s can be read", dir);

	for (size_t i = 0; ok && i < names.n; i++) {
		char *path = path_join(dir, names.v[i]);
		enum file_kind kind = file_kind(path);
		struct bench_answer a;

		if (kind == FILE_FOLDER && depth < DEPTH_MAX) {
			ok = look_below(path, problems, depth + 1, out, err);
		} else if (kind == FILE_REGULAR && understand(names.v[i], problems, &a)) {
			if (a.sample == 1 && trial)
				a.sample = trial;
			if (out->n >= ANSWERS_MAX)
				ok = err_set(err, ERR_LIMIT, "%.200s: more than %u completions",
					     dir, ANSWERS_MAX);
			a.path = path;
			path = NULL;
			add(out, &a);
		} else if (kind == FILE_REGULAR && !str_ends(names.v[i], BENCH_QUESTION)) {
			out->others++;
		}
		free(path);
	}
	strv_free(&names);
	return ok;
}

/* Lines of JSON ---------------------------------------------------------------------- */

static const char *first_string(const cJSON *o, const char *const *keys)
{
	const char *s = NULL;

	for (; !s && *keys; keys++)
		s = json_string(o, *keys);
	return s;
}

static void add_object(const cJSON *o, const struct suite_problems *problems,
		       struct bench_answers *out)
{
	static const char *const names[] = { "problem", "task_id", "name", NULL };
	static const char *const codes[] = { "completion", "code", NULL };
	static const char *const answers[] = { "response", "answer", NULL };
	struct bench_answer a = { .is_code = true };
	const char *name = first_string(o, names), *text = first_string(o, codes);
	unsigned long long sample = json_uint(o, "sample", 0);

	if (!text) {
		a.is_code = false;
		text = first_string(o, answers);
	}
	if (!name || !text || !problem_at(problems, name, strlen(name), &a.problem) ||
	    sample > 1000000) {
		out->others++;
		return;
	}
	a.sample = (unsigned)sample;
	a.text = mem_strdup(text);
	add(out, &a);
}

static bool look_in(const char *path, const struct suite_problems *problems,
		    struct bench_answers *out, struct err *err)
{
	struct str text = STR_INIT;
	bool ok = file_read(path, LINES_MAX, &text, err);
	struct line l;
	size_t n = 0;

	for (size_t off = 0; ok && line_next(str_cstr(&text), text.len, &off, LINES_OF_FILE, &l);) {
		cJSON *o;

		n++;
		if (!line_strip(l).len)
			continue;
		o = json_parse(l.v, l.len, err);
		if (!o)
			ok = err_set(err, ERR_PARSE, "%.200s:%zu is not a line of JSON", path, n);
		else
			add_object(o, problems, out);
		cJSON_Delete(o);
	}
	str_free(&text);
	return ok;
}

static int order(const void *a, const void *b)
{
	const struct bench_answer *x = a, *y = b;
	int d = (x->problem > y->problem) - (x->problem < y->problem);

	if (d == 0)
		d = (x->sample > y->sample) - (x->sample < y->sample);
	if (d == 0 && x->path && y->path)
		d = strcmp(x->path, y->path);
	return d;
}

/* JSON lines may lack sample numbers. If both the code and the answer of a sample are
 * stored, the answer is used, because it says more. */
static void number_samples(struct bench_answers *l)
{
	size_t n = 0;

	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), order);
	for (size_t i = 0; i < l->n; i++) {
		struct bench_answer *a = &l->v[i], *before = n ? &l->v[n - 1] : NULL;

		if (before && before->problem != a->problem)
			before = NULL;
		if (a->sample == 0)
			a->sample = before ? before->sample + 1 : 1;
		if (before && before->sample == a->sample) {
			struct bench_answer *gone = before->is_code ? before : a;

			free(gone->path);
			free(gone->text);
			if (gone == before)
				*before = *a;
			continue;
		}
		l->v[n++] = *a;
	}
	l->n = n;
}

bool bench_answers_find(const char *where, const struct suite_problems *problems,
			struct bench_answers *out, struct err *err)
{
	bool ok;

	*out = (struct bench_answers){ 0 };
	ok = str_ends(where, ".jsonl") ? look_in(where, problems, out, err)
				       : look_below(where, problems, 0, out, err);
	if (ok && !out->n)
		ok = err_set(err, ERR_NOT_FOUND,
			     "no file of %.200s is named as a completion of these problems: "
			     "PROBLEM.sv, PROBLEM_sample01.sv, PROBLEM_sample01_response.txt",
			     where);
	if (ok)
		number_samples(out);
	else
		bench_answers_fini(out);
	return ok;
}

bool bench_answer_read(const struct bench_answer *a, struct str *out, struct err *err)
{
	if (a->path)
		return file_read(a->path, SUITE_FILE_MAX, out, err);
	str_adds(out, a->text);
	return true;
}

void bench_answers_fini(struct bench_answers *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].path);
		free(l->v[i].text);
	}
	free(l->v);
	*l = (struct bench_answers){ 0 };
}
