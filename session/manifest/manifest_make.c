/* Makefiles, those of cocotb and others.
 *
 * Read from top to bottom: assignments, conditionals and included files inside
 * the project. VERILOG_SOURCES, TOPLEVEL and the related arguments are cocotb's
 * (docs.cocotb.org, "Building and Running"). Otherwise the lines that call a
 * Verilog tool name the files; if there are none, any variable that contains
 * source file names is used. The recipe of a pattern rule, `%.json: %.v`, is read
 * once for each name that another rule needs and whose source exists, as make
 * would do; if no tool is called so, once for what it names without its `%`. Nothing is
 * run.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/make_if.h"
#include "session/manifest/make_path.h"
#include "session/manifest/make_vars.h"
#include "session/manifest/manifest_inner.h"
#include "session/manifest/shell.h"

#define MAX_INCLUDES 30
#define MAX_GOALS    2000
#define GOAL_MAX     4096u /* bytes: PATH_MAX of Linux */
#define MAX_PATTERNS 100

struct makefile {
	struct reading *r;
	struct make_vars vars;
	struct make_path path;
	char *needs; /* prerequisites and target of the current rule; NULL: none */
	char *target;
	struct make_ifs ifs;
	int includes;
	char *defining; /* between define and endef: the variable's name */
	struct str defined;
	struct strv goals; /* names of targets and prerequisites */
	struct pattern *patterns;
	size_t n_patterns, cap_patterns;
};

/* A rule such as `%.json: %.v` and its recipe. */
struct pattern {
	char *target, *needs;
	struct strv recipe;
	int line;
	bool ran;
};

static void read_text(struct makefile *m, const char *text, size_t len, bool own);

/* Handles NAME op VALUE; false if the line is not an assignment. */
static bool assignment(struct makefile *m, const char *line)
{
	static const char *const before[] = { "export", "override", "private" };
	const char *p = line, *rest;
	char op[3] = "=", *name, *value;
	size_t n;

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		if ((rest = make_after_word(p, before[i])) && *rest)
			p = rest;
	n = strcspn(p, " \t:=?+!");
	rest = p + n + strspn(p + n, " \t");
	if (n == 0 || strpbrk(p, "=") == NULL)
		return false;
	while (rest[0] == ':' && rest[1] == ':')
		rest++;
	if (strchr(":?+!", *rest) && *rest && rest[1] == '=') {
		op[0] = *rest++;
		op[1] = '=';
		op[2] = '\0';
	}
	if (*rest != '=')
		return false;
	rest += 1 + strspn(rest + 1, " \t");
	name = mem_strndup(p, n);
	value = op[0] == '!' ? str_fmt("$(shell %s)", rest) : mem_strdup(rest);
	make_vars_set(&m->vars, name, op[0] == '!' ? ":=" : op, value);
	free(name);
	free(value);
	return true;
}

static void include(struct makefile *m, const char *names)
{
	char *all = make_vars_expand(&m->vars, names);

	for (char *p = all; *p;) {
		size_t n;
		char *name, *path;
		struct str text = STR_INIT;
		bool quiet = m->r->quiet;

		p += strspn(p, " \t");
		n = strcspn(p, " \t");
		name = mem_strndup(p, n);
		m->r->quiet = true; /* cocotb's own are outside the project */
		path = n && !strpbrk(name, "*?") && name[0] != '/' ? reading_file(m->r, name)
								   : NULL;
		m->r->quiet = quiet;
		if (path && m->includes < MAX_INCLUDES && !strv_has(&m->r->out->read, path) &&
		    m->r->tree->read(m->r->tree->ctx, path, MANIFEST_MAX_TEXT, &text, NULL)) {
			m->includes++;
			m->r->out->reads++;
			strv_add(&m->r->out->read, path);
			read_text(m, str_cstr(&text), text.len, false);
		}
		str_free(&text);
		free(path);
		free(name);
		p += n;
	}
	free(all);
}

/* A pattern such as "%.o: x/%.o.o" makes a longer goal of each, until no file can have that
 * name. */
static void add_goal(struct makefile *m, const char *name, size_t len)
{
	char *one = mem_strndup(name, len);

	if (m->goals.n < MAX_GOALS && len < GOAL_MAX && one[0] && !strv_has(&m->goals, one))
		strv_add(&m->goals, one);
	free(one);
}

static void add_goals(struct makefile *m)
{
	const char *const texts[] = { m->target, m->needs };

	for (size_t i = 0; i < 2; i++) {
		char *all = make_vars_expand(&m->vars, texts[i]);
		struct strv names = STRV_INIT;

		strv_split(&names, all, " \t");
		for (size_t k = 0; k < names.n; k++)
			add_goal(m, names.v[k], strlen(names.v[k]));
		strv_free(&names);
		free(all);
	}
}

static void begin_pattern(struct makefile *m)
{
	if (m->n_patterns == MAX_PATTERNS)
		return;
	MEM_PUSH(m->patterns, m->n_patterns, m->cap_patterns,
		 (struct pattern){ .target = make_vars_expand(&m->vars, m->target),
				   .needs = make_vars_expand(&m->vars, m->needs),
				   .line = m->r->line });
}

static void run_recipe(struct makefile *m, const char *line, const char *needs, const char *target)
{
	char *found = make_path_find(&m->path, &m->vars, needs), *first, *text;

	needs = found;
	first = mem_strndup(needs + strspn(needs, " \t"),
			    strcspn(needs + strspn(needs, " \t"), " \t"));
	make_vars_set(&m->vars, "^", "=", needs);
	make_vars_set(&m->vars, "+", "=", needs);
	make_vars_set(&m->vars, "<", "=", first);
	make_vars_set(&m->vars, "@", "=", target);
	m->vars.unset = SHELL_UNKNOWN; /* `make TB=alu_tb` sets it */
	text = make_vars_expand(&m->vars, line);
	m->vars.unset = '\0';
	reading_command(m->r, text);
	free(text);
	free(first);
	free(found);
}

static void recipe(struct makefile *m, const char *line)
{
	char *needs, *target;

	if (strchr(m->target, '%')) { /* read later, when all goals are known */
		struct strv *lines = m->n_patterns ? &m->patterns[m->n_patterns - 1].recipe : NULL;

		if (lines && lines->n < MAX_GOALS)
			strv_add(lines, line);
		return;
	}
	needs = make_vars_expand(&m->vars, m->needs);
	target = make_vars_expand(&m->vars, m->target);
	run_recipe(m, line, needs, target);
	free(target);
	free(needs);
}

/* "target: needs ; first line of the recipe" */
static void rule(struct makefile *m, const char *line)
{
	const char *colon = strchr(line, ':'), *first;

	free(m->needs);
	free(m->target);
	m->needs = m->target = NULL;
	if (!colon)
		return;
	first = strchr(colon, ';');
	m->target = mem_strndup(line, (size_t)(colon - line));
	m->needs = mem_strndup(colon + 1, strcspn(colon + 1, ";|"));
	make_strip(m->target);
	if (strchr(m->target, '%'))
		begin_pattern(m);
	else
		add_goals(m);
	if (first)
		recipe(m, first + 1);
}

static bool is_hdl_word(const char *w)
{
	return reading_is_hdl(w) && !strchr(w, '%') && w[0] != '-';
}

/* Pattern rules ------------------------------------------------------------------------------ */

/* Adds the prerequisites to the goals; true if the first is a source that exists. */
static bool has_source(struct makefile *m, const char *needs)
{
	char *found = make_path_find(&m->path, &m->vars, needs);
	bool first = true, there = false;

	for (const char *p = found; *(p += strspn(p, " \t"));) {
		size_t n = strcspn(p, " \t");
		char *name = mem_strndup(p, n), *path = NULL;

		add_goal(m, p, n);
		if (first && is_hdl_word(name)) {
			path = reading_file(m->r, name);
			there = path != NULL;
		}
		free(path);
		free(name);
		first = false;
		p += n;
	}
	free(found);
	return there;
}

/* The rules that only the command line asks for: `make alu_tb.out`. */
static void run_unasked(struct makefile *m)
{
	static const char unknown[] = { SHELL_UNKNOWN, '\0' };

	for (size_t i = 0; i < m->n_patterns; i++) {
		struct pattern *p = &m->patterns[i];
		char *needs = make_with_stem(p->needs, unknown);

		m->r->line = p->line;
		make_vars_set(&m->vars, "*", "=", unknown);
		for (size_t k = 0; !p->ran && k < p->recipe.n; k++)
			run_recipe(m, p->recipe.v[k], needs, unknown);
		free(needs);
	}
}

static void run_patterns(struct makefile *m)
{
	bool quiet = m->r->quiet;

	m->r->quiet = true;
	for (size_t g = 0; g < m->goals.n; g++) { /* grows in the loop */
		char *goal = mem_strdup(m->goals.v[g]);

		for (size_t i = 0; i < m->n_patterns; i++) {
			struct pattern *p = &m->patterns[i];
			char *stem = make_stem(p->target, goal),
			     *needs = stem ? make_with_stem(p->needs, stem) : NULL;
			bool source = needs && has_source(m, needs);

			m->r->line = p->line;
			if (stem)
				make_vars_set(&m->vars, "*", "=", stem);
			for (size_t k = 0; source && k < p->recipe.n; k++)
				run_recipe(m, p->recipe.v[k], needs, goal);
			p->ran |= source;
			free(needs);
			free(stem);
		}
		free(goal);
	}
	if (m->r->calls == 0)
		run_unasked(m);
	m->r->quiet = quiet;
}

/* A line of define NAME ... endef. */
static void define(struct makefile *m, const char *line)
{
	const char *name = make_after_word(line, "define");

	if (!m->defining && name) {
		m->defining = mem_strndup(name, strcspn(name, " \t=:?+"));
	} else if (!make_after_word(line, "endef")) {
		if (m->defined.len < MAKE_MAX_TEXT)
			str_addf(&m->defined, "%s\n", line);
	} else {
		if (make_ifs_active(&m->ifs))
			make_vars_set(&m->vars, m->defining, "=", str_cstr(&m->defined));
		str_clear(&m->defined);
		free(m->defining);
		m->defining = NULL;
	}
}

/* Cuts a comment off; "\#" is a "#", and "\\#" a "\" before a comment. */
static void uncomment(char *line)
{
	char *to = line;

	while (*line && *line != '#') {
		size_t n = strspn(line, "\\"), kept = line[n] == '#' ? n / 2 : n;

		memmove(to, line, kept);
		to += kept;
		line += n;
		if (*line && (*line != '#' || n % 2))
			*to++ = *line++;
	}
	*to = '\0';
}

static void read_line(struct makefile *m, char *line)
{
	const char *rest;
	bool is_recipe = line[0] == '\t' && m->needs;

	if (!is_recipe) {
		uncomment(line);
		make_strip(line);
	}
	if (m->defining || make_after_word(line, "define")) {
		define(m, line);
		return;
	}
	if (make_ifs_read(&m->ifs, &m->vars, line + strspn(line, " \t")) ||
	    !make_ifs_active(&m->ifs) || !*line)
		return;
	if (is_recipe)
		recipe(m, line);
	else if ((rest = make_after_word(line, "include")) ||
		 (rest = make_after_word(line, "-include")) ||
		 (rest = make_after_word(line, "sinclude")))
		include(m, rest);
	else if ((rest = make_after_word(line, "vpath")))
		make_path_add(&m->path, &m->vars, rest);
	else if (!assignment(m, line))
		rule(m, line);
}

/* Joins lines that end in a backslash. own: count lines. */
static void read_text(struct makefile *m, const char *text, size_t len, bool own)
{
	struct str line = STR_LIMIT(MAKE_MAX_TEXT);
	int number = 1, first = 1;

	for (size_t i = 0; i < len;) {
		size_t n = strcspn(text + i, "\n"), keep = n;
		bool more;

		while (keep && text[i + keep - 1] == '\r')
			keep--;
		more = keep && text[i + keep - 1] == '\\';
		str_add(&line, text + i, keep - more);
		i += n + 1;
		number++;
		if (more && i < len) {
			str_addc(&line, ' ');
			continue;
		}
		str_adds(&line, "");
		if (own)
			m->r->line = first;
		if (line.data)
			read_line(m, line.data);
		str_clear(&line);
		first = number;
	}
	str_free(&line);
}

/* Results ---------------------------------------------------------------------------- */

/* The words of a variable; the caller frees. */
static struct strv words_of(struct makefile *m, const char *name)
{
	const char *raw = make_vars_get(&m->vars, name);
	struct strv words = STRV_INIT;
	char *text = raw ? make_vars_expand(&m->vars, raw) : NULL;

	strv_split(&words, text ? text : "", " \t\n");
	free(text);
	return words;
}

static void each_word(struct makefile *m, const char *name,
		      void (*add)(struct reading *r, const char *word))
{
	struct strv w = words_of(m, name);

	m->r->part = name;
	for (size_t k = 0; k < w.n; k++)
		add(m->r, w.v[k]);
	m->r->part = NULL;
	strv_free(&w);
}

static void add_source(struct reading *r, const char *word)
{
	reading_add(r, word, reading_role(word));
}

static void add_hdl(struct reading *r, const char *word)
{
	if (is_hdl_word(word))
		add_source(r, word);
}

static void cocotb(struct makefile *m)
{
	static const char *const sources[] = { "VERILOG_SOURCES", "VHDL_SOURCES" };
	static const char *const tops[] = { "TOPLEVEL", "COCOTB_TOPLEVEL" };
	static const char *const args[] = { "COMPILE_ARGS", "EXTRA_ARGS", "SIM_ARGS", "PLUSARGS" };
	struct reading *r = m->r;
	struct strv w;

	r->given = true;
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++)
		each_word(m, sources[i], add_source);
	r->given = false;
	each_word(m, "VERILOG_INCLUDE_DIRS", reading_add_include);
	for (size_t i = 0; i < sizeof(args) / sizeof(*args); i++) {
		r->part = args[i];
		w = words_of(m, args[i]);
		reading_args(r, w.v, NULL, w.n);
		strv_free(&w);
	}
	for (size_t i = 0; i < sizeof(tops) / sizeof(*tops); i++) {
		r->part = tops[i];
		w = words_of(m, tops[i]);
		if (w.n)
			reading_add_top(r, w.v[0]);
		strv_free(&w);
	}
	r->part = NULL;
}

/* config.mk of OpenROAD's flow scripts uses the same names as OpenLane. */
static const char *variable(void *ctx, const char *name)
{
	struct makefile *m = ctx;
	const char *raw = make_vars_get(&m->vars, name);
	char *text = raw ? make_vars_expand(&m->vars, raw) : NULL;

	if (text) { /* store it; expanding it again changes nothing */
		make_vars_set(&m->vars, name, "=", text);
		free(text);
	}
	return make_vars_get(&m->vars, name);
}

static void openroad(struct makefile *m)
{
	m->r->part = "VERILOG_FILES";
	reading_openlane(m->r, variable, m);
	m->r->part = NULL;
}

static void any_variable(struct makefile *m)
{
	m->r->quiet = true;
	for (size_t i = 0; i < m->vars.names.n; i++) {
		char *name = mem_strdup(m->vars.names.v[i]);

		each_word(m, name, add_hdl);
		free(name);
	}
	m->r->quiet = false;
}

/* Variables that a list given to a tool by a recipe sees in the environment. */
static char *exported(void *ctx, const char *name)
{
	struct makefile *m = ctx;
	char *text = make_vars_get(&m->vars, name) ? str_fmt("$(%s)", name) : NULL, *value;

	if (!text)
		return NULL;
	value = make_vars_expand(&m->vars, text);
	free(text);
	return value;
}

bool manifest_read_make(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct makefile m = { .r = r };
	size_t before = r->out->n_files;

	reading_from_folder(r); /* where make runs */
	make_vars_init(&m.vars, r->tree, r->folder, r->path);
	r->variable = exported;
	r->variables = &m;
	read_text(&m, text, len, true);
	run_patterns(&m);
	r->line = 0;
	reading_commands_end(r);
	if (make_vars_get(&m.vars, "VERILOG_SOURCES"))
		cocotb(&m);
	else if (make_vars_get(&m.vars, "VERILOG_FILES") && make_vars_get(&m.vars, "DESIGN_NAME"))
		openroad(&m);
	else if (r->out->n_files == before)
		any_variable(&m);
	r->variable = NULL;
	make_vars_fini(&m.vars);
	make_path_fini(&m.path);
	for (size_t i = 0; i < m.n_patterns; i++) {
		free(m.patterns[i].target);
		free(m.patterns[i].needs);
		strv_free(&m.patterns[i].recipe);
	}
	free(m.patterns);
	strv_free(&m.goals);
	free(m.needs);
	free(m.target);
	free(m.defining);
	str_free(&m.defined);
	return true;
}
