/* A stack of conditions: lines are read if the branch at each level is the active one. At
 * most one branch of a level is active, so each level remembers whether one was.
 */
#include "config.h"

#include "session/manifest/make_if.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/manifest/make_vars.h"

bool make_ifs_active(const struct make_ifs *f)
{
	for (int i = 0; i < f->depth; i++)
		if (!f->on[i])
			return false;
	return !f->skipped;
}

void make_strip(char *s)
{
	size_t n = strlen(s), skip = strspn(s, " \t");

	while (n > skip && strchr(" \t\r", s[n - 1]))
		n--;
	memmove(s, s + skip, n - skip);
	s[n - skip] = '\0';
}

/* Compares `(a,b)` or `"a" 'b'`. */
static bool equal(struct make_vars *vars, const char *text)
{
	char *all = mem_strdup(text), *a, *b;
	size_t n, depth = 0;
	bool same = false;

	make_strip(all);
	n = strlen(all);
	if (n > 1 && all[0] == '(' && all[n - 1] == ')') {
		size_t cut = 1;

		for (; cut < n - 1 && !(all[cut] == ',' && depth == 0); cut++)
			depth += all[cut] == '(' ? 1 : all[cut] == ')' && depth ? (size_t)-1 : 0;
		all[n - 1] = '\0';
		if (cut < n - 1) {
			all[cut] = '\0';
			a = make_vars_expand(vars, all + 1);
			b = make_vars_expand(vars, all + cut + 1);
			make_strip(a);
			make_strip(b);
			same = strcmp(a, b) == 0;
			free(a);
			free(b);
		}
	} else if (n > 1 && strchr("'\"", all[0])) {
		char *end = strchr(all + 1, all[0]),
		     *second = end ? end + 1 + strspn(end + 1, " \t") : NULL;

		if (second && *second) {
			second[strlen(second) - 1] = '\0';
			*end = '\0';
			a = make_vars_expand(vars, all + 1);
			b = make_vars_expand(vars, second + 1);
			same = strcmp(a, b) == 0;
			free(a);
			free(b);
		}
	}
	free(all);
	return same;
}

const char *make_after_word(const char *line, const char *word)
{
	size_t n = strlen(word);

	if (!str_starts(line, word) ||
	    (line[n] && !isspace((unsigned char)line[n]) && line[n] != '('))
		return NULL;
	return line + n + strspn(line + n, " \t");
}

/* *holds: the branch that this line starts is active. False if the line is not a condition. */
static bool condition(const struct make_ifs *f, struct make_vars *vars, const char *line,
		      bool *holds)
{
	const char *rest;
	char *name;

	if ((rest = make_after_word(line, "ifeq")) || (rest = make_after_word(line, "ifneq"))) {
		*holds = make_ifs_active(f) && equal(vars, rest) == (line[2] == 'e');
		return true;
	}
	if (!(rest = make_after_word(line, "ifdef")) && !(rest = make_after_word(line, "ifndef")))
		return false;
	name = mem_strdup(rest);
	make_strip(name);
	*holds = (make_vars_get(vars, name) != NULL) == (line[2] == 'd');
	free(name);
	return true;
}

bool make_ifs_read(struct make_ifs *f, struct make_vars *vars, const char *line)
{
	const char *rest;
	bool holds;

	if (condition(f, vars, line, &holds)) {
		if (f->depth == MAKE_MAX_IFS) {
			f->skipped++;
			return true;
		}
		f->on[f->depth] = f->taken[f->depth] = holds;
		f->depth++;
		return true;
	}
	if (make_after_word(line, "endif")) {
		if (f->skipped)
			f->skipped--;
		else if (f->depth)
			f->depth--;
		return true;
	}
	if (!(rest = make_after_word(line, "else")))
		return false;
	if (f->depth && !f->skipped) {
		int top = f->depth - 1;

		f->on[top] = !f->taken[top];
		if (f->on[top] && condition(f, vars, rest, &holds))
			f->on[top] = holds;
		f->taken[top] = f->taken[top] || f->on[top];
	}
	return true;
}

/* Lines ------------------------------------------------------------------------------------- */
