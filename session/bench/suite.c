/* Shared by all suites: the letters of a verdict, lists of problems, and extraction
 * of code from an answer. The letters are those of VerilogEval's scorer, so that
 * tables can be compared; suite_class_kind() maps the letters of other suites to one
 * of '.', S, C, T, R and '?'.
 *
 * suite_fenced() follows the published scorers: the code in the first or last fence,
 * or from the first `module` to the last `endmodule` if there is no fence. It is
 * deliberately cruder than the program's own reader.
 */
#include "config.h"

#include "session/bench/suite.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/bench/bench_lines.h"

const char *suite_class_means(char letter)
{
	static const struct {
		char letter;
		const char *means;
	} all[] = {
		{ '.', "pass" },
		{ 'S', "syntax error" },
		{ 'e', "explicit cast required" },
		{ '0', "sized constant of size 0" },
		{ 'n', "process without sensitivities" },
		{ 'w', "declared as wire" },
		{ 'm', "unknown module" },
		{ 'p', "name not bound" },
		{ 'c', "clk not bound" },
		{ 'T', "time-out" },
		{ 'r', "mismatches, asynchronous reset found" },
		{ 'C', "other compile error" },
		{ 'R', "does not pass" },
		{ 'd', "does something else" },
		{ 'i', "other ports" },
		{ 'b', "the same for so many steps; later ones not decided" },
		{ 'u', "not decided" },
		{ 'l', "another line" },
		{ 'f', "an assertion fails" },
		{ 'v', "an assertion is vacuous" },
		{ '?', "could not be judged" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (all[i].letter == letter)
			return all[i].means;
	return "";
}

char suite_class_kind(char letter)
{
	return !letter || strchr(".STR?", letter) ? letter
	       : strchr("rndilfv", letter)	  ? 'R'
	       : strchr("bu", letter)		  ? '?'
						  : 'C';
}

char suite_class_of(enum verdict v)
{
	return v == VERDICT_PASS ? '.' : v == VERDICT_BUILD ? 'C' : v == VERDICT_LIMIT ? 'T' : 'R';
}

void suite_no_figures(double figures[SUITE_FIGURES])
{
	for (size_t i = 0; i < SUITE_FIGURES; i++)
		figures[i] = -1;
}

bool suite_name_is_plain(const char *name)
{
	if (!*name || *name == '.')
		return false;
	for (; *name; name++)
		if (!isalnum((unsigned char)*name) && !strchr("_.-", *name))
			return false;
	return true;
}

void suite_problems_add(struct suite_problems *l, const char *name, const char *category,
			const char *base)
{
	if (l->n == SUITE_PROBLEMS_MAX) {
		l->cut = true;
		return;
	}
	MEM_PUSH(
		l->v, l->n, l->cap,
		(struct suite_problem){ mem_strdup(name), mem_strdup(category), mem_strdup(base) });
}

static int by_name(const void *a, const void *b)
{
	const struct suite_problem *x = a, *y = b;

	return strcmp(x->name, y->name);
}

void suite_problems_sort(struct suite_problems *l)
{
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), by_name);
}

void suite_problems_fini(struct suite_problems *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].name);
		free(l->v[i].category);
		free(l->v[i].base);
	}
	free(l->v);
	*l = (struct suite_problems){ 0 };
}

void suite_job_add(struct suite_job *j, const char *path, struct str *text)
{
	strv_add(&j->paths, path);
	j->texts = mem_realloc(j->texts, j->paths.n * sizeof(*j->texts));
	j->texts[j->paths.n - 1] = *text;
	*text = STR_INIT;
}

void suite_job_fini(struct suite_job *j)
{
	for (size_t i = 0; i < j->paths.n; i++)
		str_free(&j->texts[i]);
	free(j->texts);
	strv_free(&j->paths);
	free(j->top);
	free(j->dir);
	strv_free(&j->data);
	*j = (struct suite_job){ 0 };
}

void suite_fenced(const char *answer, size_t len, bool last, struct str *out)
{
	size_t fences = 0, from = len, to = 0;
	struct line l;

	for (size_t off = 0, at = 0; line_next(answer, len, &off, LINES_OF_FILE, &l); at = off) {
		if (line_starts_with(line_strip(l), "```")) {
			if (fences++ % 2 == 0 && last)
				str_clear(out);
		} else if (last ? fences % 2 == 1 : fences == 1) {
			str_add(out, l.v, l.len);
			str_addc(out, '\n');
		}
		if (from == len && line_starts_with(line_strip(l), "module"))
			from = at;
		if (line_has(l, "endmodule"))
			to = off;
	}
	if (!fences && to > from)
		str_add(out, answer + from, to - from);
}

bool suite_read(const char *base, const char *tail, struct str *out, struct err *err)
{
	char *path = str_fmt("%s%s", base, tail);
	bool ok = file_read(path, SUITE_FILE_MAX, out, err);

	free(path);
	return ok;
}
