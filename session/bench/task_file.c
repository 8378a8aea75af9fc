/* Unknown names are errors, so a misspelt one is not silently ignored. */
#include "config.h"

#include "session/bench/task_file.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/workbench/rc.h"

#define SECONDS 10u

/* Reads one path; *out is unchanged if it is invalid. */
static bool take_path(char **out, const char *word, struct err *err)
{
	char *clean = NULL;

	if (!path_clean(word, &clean, NULL) || strcmp(clean, ".") == 0) {
		free(clean);
		return err_set(err, ERR_PARSE,
			       "a path has to be relative and to stay in its folder");
	}
	free(*out);
	*out = clean;
	return true;
}

static bool take_paths(struct strv *out, size_t max, const struct strv *words, struct err *err)
{
	for (size_t i = 1; i < words->n; i++) {
		char *path = NULL;

		if (out->n >= max)
			return err_set(err, ERR_LIMIT, "%s: at most %zu", words->v[0], max);
		if (!take_path(&path, words->v[i], err))
			return false;
		strv_add(out, path);
		free(path);
	}
	return true;
}

static bool take_question(struct task_file *t, const char *text, struct err *err)
{
	if (strlen(text) > TASK_QUESTION_MAX)
		return err_set(err, ERR_LIMIT, "a question has at most %u bytes",
			       TASK_QUESTION_MAX);
	t->question = mem_strdup(text);
	return true;
}

static bool take_seconds(struct task_file *t, const char *word, struct err *err)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);

	if (strspn(word, "0123456789") != strlen(word) || !*word || *end || n < 1 ||
	    n > TASK_SECONDS_MAX)
		return err_set(err, ERR_LIMIT, "seconds are 1 to %u", TASK_SECONDS_MAX);
	t->seconds = (unsigned)n;
	return true;
}

static bool is_twice(const struct task_file *t, const char *key)
{
	return (strcmp(key, "project") == 0 && t->project) ||
	       (strcmp(key, "question") == 0 && t->question) ||
	       (strcmp(key, "solution") == 0 && t->solution) ||
	       (strcmp(key, "module") == 0 && t->module) ||
	       (strcmp(key, "seconds") == 0 && t->seconds);
}

static bool take_line(struct task_file *t, const struct strv *words, struct err *err)
{
	const char *key = words->v[0];
	bool many = strcmp(key, "check") == 0 || strcmp(key, "keep") == 0;

	if (words->n < 2 || (!many && words->n > 2))
		return err_set(err, ERR_PARSE, "one word follows a name; quote what has spaces");
	if (is_twice(t, key))
		return err_set(err, ERR_PARSE, "%s is there twice", key);
	if (strcmp(key, "project") == 0)
		return take_path(&t->project, words->v[1], err);
	if (strcmp(key, "solution") == 0)
		return take_path(&t->solution, words->v[1], err);
	if (strcmp(key, "question") == 0)
		return take_question(t, words->v[1], err);
	if (strcmp(key, "module") == 0)
		return (t->module = mem_strdup(words->v[1])) != NULL;
	if (strcmp(key, "seconds") == 0)
		return take_seconds(t, words->v[1], err);
	if (many)
		return take_paths(*key == 'c' ? &t->checks : &t->keep,
				  *key == 'c' ? TASK_CHECKS_MAX : TASK_KEEP_MAX, words, err);
	return err_set(err, ERR_PARSE,
		       "a task has project, question, check, keep, solution, seconds, module, and "
		       "nothing else");
}

static bool on_line(void *ctx, int line, const struct strv *words, struct err *err)
{
	return take_line(ctx, words, err) || err_prefix(err, "line %d", line);
}

bool task_file_read(struct task_file *out, const char *text, size_t len, struct err *err)
{
	*out = (struct task_file){ 0 };
	if (len > TASK_FILE_MAX)
		return err_set(err, ERR_LIMIT, "a task has at most %u bytes", TASK_FILE_MAX);
	if (!rc_parse(text, len, on_line, out, err))
		return false;
	if (!out->project || !out->question || !out->checks.n || !out->keep.n)
		return err_set(err, ERR_PARSE, "the line %s is missing",
			       !out->project	? "project"
			       : !out->question ? "question"
			       : !out->checks.n ? "check"
						: "keep");
	if (!out->seconds)
		out->seconds = SECONDS;
	return true;
}

void task_file_fini(struct task_file *t)
{
	free(t->project);
	free(t->module);
	free(t->question);
	free(t->solution);
	strv_free(&t->checks);
	strv_free(&t->keep);
	*t = (struct task_file){ 0 };
}
