/* The tool has put numbers in place of parameters, and reading `v == 6'd34` does not help
 * who wrote `v == VT - 1`. So the names come from the source lines of a step, and their
 * values from the elaborated design. A declaration may name further ones: VT = VV + 5.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/circuit.h"
#include "session/why/why_inner.h"

#define LINES_PER_STEP 3u
#define NAMES_PER_LINE 4u
#define TOLD_MAX       1000u

struct search {
	const struct circuit *c;
	why_text_fn *text;
	void *ctx;
	uint64_t *told; /* file and line of each declaration */
	size_t n_told, cap_told;
	struct why_step *step;
	size_t added;
};

/* The module whose text that line is in; several variants of one module have the same. */
static const struct circuit_module *module_of(const struct circuit *c, const struct why_line *at)
{
	const struct circuit_module *best = NULL;

	for (uint32_t i = 0; i < c->n_modules; i++) {
		const struct circuit_module *m = &c->modules[i];

		if (m->line <= at->line && (!best || m->line > best->line) &&
		    m->file < c->n_files && strcmp(c->files[m->file], at->path) == 0)
			best = m;
	}
	return best;
}

static bool is_called(const struct circuit_var *v, const char *name, size_t len)
{
	const char *dot = strrchr(v->name, '.'), *last = dot ? dot + 1 : v->name;

	return strlen(last) == len && strncmp(last, name, len) == 0;
}

/* A variant with another value leaves the value out. */
static void name_value(const struct circuit *c, const struct circuit_var *v, struct str *out)
{
	struct str value = STR_INIT, other = STR_INIT;
	bool one = v->value;

	if (one)
		why_expression(c, v->value, &value);
	for (uint32_t i = 0; i < c->n_vars && one; i++) {
		const struct circuit_var *k = &c->vars[i];

		if (k == v || k->line != v->line || k->file != v->file || !k->value ||
		    strcmp(k->name, v->name) != 0)
			continue;
		str_clear(&other);
		why_expression(c, k->value, &other);
		one = strcmp(str_cstr(&value), str_cstr(&other)) == 0;
	}
	str_adds(out, v->name);
	if (one)
		str_addf(out, " = %s", str_cstr(&value));
	str_free(&value);
	str_free(&other);
}

static bool was_told(const struct search *s, uint64_t place)
{
	for (size_t i = 0; i < s->n_told; i++)
		if (s->told[i] == place)
			return true;
	return false;
}

/* Adds the constant to the lines of its step that begin at first: to the line of its
 * declaration, if that is among them. */
static void tell(struct search *s, const struct circuit_var *v, size_t first)
{
	uint64_t place = (uint64_t)v->file << 32 | v->line;
	struct str text = STR_INIT;
	struct why_line *at = NULL;

	for (size_t i = first; i < s->step->n_lines; i++)
		if (s->step->lines[i].line == v->line &&
		    strcmp(s->step->lines[i].path, s->c->files[v->file]) == 0)
			at = &s->step->lines[i];
	if (!at && (was_told(s, place) || s->n_told == TOLD_MAX || s->added == LINES_PER_STEP))
		return;
	name_value(s->c, v, &text);
	if (!at) {
		MEM_PUSH(s->told, s->n_told, s->cap_told, place);
		MEM_PUSH(s->step->lines, s->step->n_lines, s->step->cap_lines,
			 (struct why_line){ mem_strdup(s->c->files[v->file]), v->line,
					    str_take(&text) });
		s->added++;
	} else if (str_count(at->text, ',') + 1 < NAMES_PER_LINE &&
		   !strstr(at->text, str_cstr(&text))) {
		char *both = str_fmt("%s, %s", at->text, str_cstr(&text));

		free(at->text);
		at->text = both;
	}
	str_free(&text);
}

/* Verilator keeps no constants of packages, so these are not found. */
static const struct circuit_var *find(const struct circuit *c, const struct circuit_module *m,
				      const char *name, size_t len)
{
	for (uint32_t i = 0; i < c->n_vars; i++) {
		const struct circuit_var *v = &c->vars[i];

		if (v->constant && &c->modules[v->module] == m && v->line && v->file < c->n_files &&
		    is_called(v, name, len))
			return v;
	}
	return NULL;
}

static bool in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

/* Tells the constants that a source line names, but for those that it declares itself: no
 * digits of a number, no members, no macros, and nothing in a comment or a text. */
static void read_line(struct search *s, const struct why_line *line, size_t first)
{
	const char *at = s->text(s->ctx, line->path, line->line);
	const struct circuit_module *m = at ? module_of(s->c, line) : NULL;
	const struct circuit_var *v;
	char before = ' ';

	while (m && *at && *at != '\n' && strncmp(at, "//", 2) != 0) {
		size_t len = 1;

		if (*at == '"') {
			len += strcspn(at + 1, "\"\n");
			len += at[len] == '"';
		}
		while (in_name(*at) && in_name(at[len]))
			len++;
		if ((isalpha((unsigned char)*at) || *at == '_') && !strchr(".`'", before) &&
		    (v = find(s->c, m, at, len)) && v->line != line->line)
			tell(s, v, first);
		before = at[len - 1];
		at += len;
	}
}

void why_constants(const struct circuit *c, struct why_chain *chain, why_text_fn *text, void *ctx)
{
	struct search s = { .c = c, .text = text, .ctx = ctx };

	for (size_t i = 0; i < chain->n; i++) {
		size_t first = chain->steps[i].n_lines;

		s.step = &chain->steps[i];
		s.added = 0;
		/* Those it adds are read in their turn. */
		for (size_t k = 0; k < s.step->n_lines; k++) {
			struct why_line line = s.step->lines[k];

			if (line.line && line.path[0])
				read_line(&s, &line, first);
		}
	}
	free(s.told);
}
