/* The tool puts numbers in place of parameters and labels, and reading `v == 6'd34` does not help
 * someone who wrote `v == VT - 1`. So the names come from the source lines of a step, and their
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

#define LINES_PER_STEP 5u
#define NAMES_PER_LINE 4u
#define TOLD_MAX       1000u
#define OVERRIDE_LINES 40u /* of a list of parameters before the name of its instance */

struct search {
	const struct circuit *c;
	why_text_fn *text;
	void *ctx;
	uint64_t *told; /* file and line of each declaration */
	size_t n_told, cap_told;
	struct why_step *step;
	size_t added;
};

static bool is_below(const char *name, const char *path)
{
	size_t len = strlen(path);

	return name && strncmp(name, path, len) == 0 && name[len] == '.';
}

/* An instance of the module whose text that line is in: the one of the step's signal, which is
 * sure to have the right parameters, or else the first. CIRCUIT_NONE: there is none. */
static uint32_t instance_of(const struct search *s, const struct why_line *at, bool *sure)
{
	const struct circuit *c = s->c;
	uint32_t best = CIRCUIT_NONE, line = 0;

	for (uint32_t i = 0; i < c->n_instances; i++) {
		const struct circuit_instance *k = &c->instances[i];
		const struct circuit_module *m = &c->modules[k->module];
		bool own;

		if (m->line > at->line || m->line < line || m->file >= c->n_files ||
		    strcmp(c->files[m->file], at->path) != 0)
			continue;
		own = is_below(s->step->signal, k->path) || is_below(s->step->driven, k->path);
		if (best != CIRCUIT_NONE && m->line == line && (*sure || !own))
			continue;
		best = i;
		line = m->line;
		*sure = own;
	}
	return best;
}

static bool is_called(const struct circuit_var *v, const char *name, size_t len)
{
	const char *own = circuit_own_name(v);

	return strlen(own) == len && strncmp(own, name, len) == 0;
}

/* Leaves the value out if it is not sure, and another variant of the module has another. */
static void name_value(const struct circuit *c, const struct circuit_var *v, bool sure,
		       struct str *out)
{
	struct str value = STR_INIT, other = STR_INIT;
	bool one = v->value;

	if (one)
		why_expression(c, v->value, &value);
	for (uint32_t i = 0; i < c->n_vars && one && !sure; i++) {
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

static bool in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

static bool is_override(const char *at, const char *name)
{
	size_t len = strlen(name);

	return *at == '.' && strncmp(at + 1, name, len) == 0 && !in_name(at[1 + len]);
}

/* The line of `.NAME(` before the name of an instance, in the same statement; 0: there is
 * none. */
static uint32_t override_line(const struct search *s, const char *path, uint32_t instance,
			      const char *name)
{
	uint32_t line = instance > OVERRIDE_LINES ? instance - OVERRIDE_LINES : 1, found = 0;
	const char *at = s->text(s->ctx, path, line);

	for (; at && *at && line <= instance; at++) {
		if (*at == '\n')
			line++;
		else if (*at == ';' && line == instance)
			break;
		else if (*at == ';')
			found = 0;
		else if (is_override(at, name) && !found)
			found = line;
	}
	return found;
}

/* Adds the line that gives the instance another value than the declaration has. */
static void tell_override(struct search *s, const struct circuit_var *v, uint32_t instance)
{
	const struct circuit *c = s->c;
	uint32_t child = c->instances[instance].child, line;
	const struct circuit_node *n;
	struct str text = STR_INIT;

	if (child == CIRCUIT_NONE || s->added == LINES_PER_STEP)
		return;
	n = &c->nodes[c->children[child].node];
	line = n->file < c->n_files
		       ? override_line(s, c->files[n->file], n->line, circuit_own_name(v))
		       : 0;
	if (!line)
		return;
	name_value(c, v, true, &text);
	MEM_PUSH(s->step->lines, s->step->n_lines, s->step->cap_lines,
		 (struct why_line){ mem_strdup(c->files[n->file]), line, str_take(&text) });
	s->added++;
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
static void tell(struct search *s, const struct circuit_var *v, uint32_t instance, bool sure,
		 size_t first)
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
	name_value(s->c, v, sure, &text);
	if (!at) {
		MEM_PUSH(s->told, s->n_told, s->cap_told, place);
		MEM_PUSH(s->step->lines, s->step->n_lines, s->step->cap_lines,
			 (struct why_line){ mem_strdup(s->c->files[v->file]), v->line,
					    str_take(&text) });
		s->added++;
		if (sure)
			tell_override(s, v, instance);
	} else if (str_count(at->text, ',') + 1 < NAMES_PER_LINE &&
		   !strstr(at->text, str_cstr(&text))) {
		char *both = str_fmt("%s, %s", at->text, str_cstr(&text));

		free(at->text);
		at->text = both;
	}
	str_free(&text);
}

/* A word of a source line, with the package that is written before it. */
struct word {
	const char *at;
	size_t len;
	const char *package; /* of "cfg::LIMIT"; NULL: none is written */
	size_t package_len;
};

/* The package whose text that line is in, if it begins below `above`, the line of the module
 * around it; CIRCUIT_NONE: none. */
static uint32_t package_of(const struct circuit *c, const struct why_line *at, uint32_t above)
{
	uint32_t best = CIRCUIT_NONE;

	for (uint32_t i = 0; i < c->n_modules; i++) {
		const struct circuit_module *m = &c->modules[i];

		if (!m->package || m->line <= above || m->line > at->line ||
		    m->file >= c->n_files || strcmp(c->files[m->file], at->path) != 0)
			continue;
		best = i;
		above = m->line;
	}
	return best;
}

static bool is_named(const struct circuit *c, uint32_t module, const struct word *word)
{
	const char *name = c->modules[module].source;

	return strlen(name) == word->package_len &&
	       strncmp(name, word->package, word->package_len) == 0;
}

/* The constant of a package with that name; NULL: none, or several packages have one and the
 * word does not say which. */
static const struct circuit_var *find_in_packages(const struct circuit *c, const struct word *word)
{
	const struct circuit_var *found = NULL;

	for (uint32_t i = 0; i < c->n_vars; i++) {
		const struct circuit_var *v = &c->vars[i];

		if (!v->constant || !v->line || v->file >= c->n_files ||
		    !c->modules[v->module].package || !is_called(v, word->at, word->len) ||
		    (word->package && !is_named(c, v->module, word)))
			continue;
		if (found && (found->file != v->file || found->line != v->line))
			return NULL;
		found = v;
	}
	return found;
}

static const struct circuit_var *find(const struct circuit *c, uint32_t module,
				      const struct word *word)
{
	bool hidden = false;

	for (uint32_t i = 0; i < c->n_vars && !word->package; i++) {
		const struct circuit_var *v = &c->vars[i];

		if (v->module != module || !is_called(v, word->at, word->len))
			continue;
		if (v->constant && v->line && v->file < c->n_files)
			return v;
		hidden = true;
	}
	return hidden ? NULL : find_in_packages(c, word);
}

/* Finds the next word from *at on, and moves there: not in a comment or a text, no digits of a
 * number, no members, no macros. out has the word before; zero at first. False: the line
 * ends. */
static bool next_word(const char *line, const char **at, struct word *out)
{
	struct word last = *out;

	for (const char *p = *at; *p && strncmp(p, "//", 2) != 0;) {
		char before = p > line ? p[-1] : ' ';
		size_t len = 1;

		if (*p == '"') {
			len += strcspn(p + 1, "\"");
			len += p[len] == '"';
		}
		while (in_name(*p) && in_name(p[len]))
			len++;
		if (isalpha((unsigned char)*p) || *p == '_') {
			bool scoped = last.at && strncmp(last.at + last.len, "::", 2) == 0 &&
				      last.at + last.len + 2 == p;

			last = (struct word){ p, len, scoped ? last.at : NULL, last.len };
			if (!strchr(".`'", before)) {
				*out = last;
				*at = p + len;
				return true;
			}
		}
		p += len;
	}
	return false;
}

static const char *skip_blanks(const char *p)
{
	return p + strspn(p, " \t");
}

/* Behind the bracket that closes the one at p; NULL: not on this line. */
static const char *behind_brackets(const char *p)
{
	int depth = 0;

	for (; *p; p++) {
		depth += (*p == '(' || *p == '[') - (*p == ')' || *p == ']');
		if (depth == 0)
			return p + 1;
	}
	return NULL;
}

static bool is_word(const char *line, const char *p, const char *word, size_t len)
{
	return strncmp(p, word, len) == 0 && !in_name(p[len]) && (p == line || !in_name(p[-1]));
}

/* "= 1", "<= 1", and behind an index */
static bool assigns(const char *p)
{
	p = skip_blanks(p);
	while (p && *p == '[')
		p = behind_brackets(p);
	p = p ? skip_blanks(p) : "";
	return strncmp(p, "<=", 2) == 0 || (p[0] == '=' && p[1] != '=');
}

/* Where the condition or the assignment of `said`, a line of a step, begins in its source
 * line, which is cut behind it: others on that line are not part of the step. The line as it
 * is: it has several conditions, or a part of the statement. */
static const char *statement(char *line, const char *said)
{
	bool condition = strncmp(said, "if ", 3) == 0;
	size_t len = condition ? 2 : strcspn(said, " [");
	const char *at = NULL, *end = NULL;

	for (const char *p = line; *p; p++) {
		if (!is_word(line, p, said, len) || (!condition && !assigns(p + len)))
			continue;
		if (condition && at)
			return line;
		at = p;
		if (!condition)
			break;
	}
	if (at && condition)
		end = *skip_blanks(at + len) == '(' ? behind_brackets(skip_blanks(at + len)) : NULL;
	else if (at)
		end = strchr(at, ';');
	if (!end)
		return line;
	line[end - line] = '\0';
	return at;
}

/* Tells the constants that a source line names, but for those that it declares itself. */
static void read_line(struct search *s, const struct why_line *line, size_t first)
{
	const struct circuit *c = s->c;
	bool sure = false;
	uint32_t instance = instance_of(s, line, &sure);
	uint32_t module = instance == CIRCUIT_NONE ? CIRCUIT_NONE : c->instances[instance].module;
	uint32_t package =
		package_of(c, line, module == CIRCUIT_NONE ? 0 : c->modules[module].line);
	const char *source = s->text(s->ctx, line->path, line->line);
	char *text = source ? mem_strndup(source, strcspn(source, "\n")) : NULL;
	const char *at = text ? statement(text, line->text) : NULL;
	struct word word = { 0 };

	if (package != CIRCUIT_NONE)
		module = package;
	while (at && module != CIRCUIT_NONE && next_word(text, &at, &word)) {
		const struct circuit_var *v = find(c, module, &word);

		if (v && v->line != line->line)
			tell(s, v, instance, v->module == module && sure, first);
	}
	free(text);
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
