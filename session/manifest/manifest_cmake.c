/* CMakeLists.txt of a simulation with Verilator.
 *
 * `verilate(TARGET SOURCES a.v b.v TOP_MODULE m INCLUDE_DIRS ... VERILATOR_ARGS
 * ...)` comes with Verilator; add_verilog(), add_verilator() and the like are
 * common names of wrappers. A COMMAND of add_custom_target(), add_custom_command(),
 * add_test() and execute_process() may call a tool. Of the language this reads set(),
 * list(APPEND), file(GLOB), find_program(), variables and command arguments; all
 * branches of an if() are read.
 * Sources: Verilator's manual, "CMake Installation"; cmake.org,
 * cmake-language(7).
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/mem.h"
#include "session/base/word_table.h"
#include "session/manifest/manifest_inner.h"

#define MAX_WORD  (1u << 20)
#define MAX_WORDS 20000u

struct cmake {
	struct reading *r;
	struct manifest_vars vars;
};

/* Adds the value of `${NAME}` at p; returns one past it. Folders that CMake
 * defines are the script's own. */
static const char *variable(const struct cmake *c, const char *p, struct str *out)
{
	const char *name = p + 2, *value;
	size_t n = strcspn(name, "}");

	value = vars_get(&c->vars, name, n);
	if (value)
		str_adds(out, value);
	else if (n > 10 && strncmp(name + n - 11, "_SOURCE_DIR", 11) == 0)
		str_addc(out, '.');
	else if (n && name[n] == '}' && name[n + 1] == '/')
		str_addf(out, "${%.*s}", (int)n, name);
	return name + n + (name[n] == '}');
}

static const char *argument(const struct cmake *c, const char *p, struct str *out)
{
	bool quote = *p == '"';

	for (p += quote; *p && out->len < MAX_WORD;) {
		if (quote ? *p == '"' : isspace((unsigned char)*p) || strchr("()#\"", *p))
			return p + quote;
		if (p[0] == '$' && p[1] == '{') {
			p = variable(c, p, out);
		} else {
			p += *p == '\\' && p[1];
			str_addc(out, *p++);
		}
	}
	return p;
}

/* Splits the arguments after the opening bracket, and lists among them; returns
 * one past the closing one. */
static const char *arguments(const struct cmake *c, const char *p, struct strv *words)
{
	struct str one = STR_INIT;
	int depth = 1;

	while (*p && depth > 0 && words->n < MAX_WORDS) {
		if (*p == '#') {
			p += strcspn(p, "\n");
		} else if (*p == '(' || *p == ')') {
			depth += *p++ == '(' ? 1 : -1;
		} else if (isspace((unsigned char)*p)) {
			p++;
		} else {
			p = argument(c, p, &one);
			strv_split(words, str_cstr(&one), ";");
			str_clear(&one);
		}
	}
	str_free(&one);
	return p;
}

static void set(struct cmake *c, const char *name, struct strv *w, size_t from, const char *old)
{
	struct str s = STR_LIMIT(MAX_WORD);

	str_adds(&s, old);
	for (size_t i = from; i < w->n; i++) {
		if (strcmp(w->v[i], "CACHE") == 0 || strcmp(w->v[i], "PARENT_SCOPE") == 0)
			break;
		str_addf(&s, "%s%s", s.len ? ";" : "", w->v[i]);
	}
	vars_set(&c->vars, name, str_cstr(&s));
	str_free(&s);
}

static bool is_keyword(const char *word)
{
	static const char *const words[] = { "SOURCES",		"TOP_MODULE",	 "INCLUDE_DIRS",
					     "VERILATOR_ARGS",	"PREFIX",	 "OPT_SLOW",
					     "OPT_FAST",	"OPT_GLOBAL",	 "DIRECTORY",
					     "THREADS",		"TRACE_THREADS", "COVERAGE",
					     "TRACE",		"TRACE_FST",	 "TRACE_VCD",
					     "TRACE_STRUCTS",	"SYSTEMC",	 "TOP",
					     "VERILOG_SOURCES", "INCLUDES",	 NULL };

	return words_has(words, word);
}

static void verilate(struct reading *r, const struct strv *w)
{
	const char *now = "SOURCES";

	for (size_t i = 1; i < w->n; i++) {
		const char *word = w->v[i];

		if (is_keyword(word)) {
			now = word;
		} else if (strcmp(now, "TOP_MODULE") == 0 || strcmp(now, "TOP") == 0) {
			reading_add_top(r, word);
		} else if (strcmp(now, "INCLUDE_DIRS") == 0 || strcmp(now, "INCLUDES") == 0) {
			reading_add_include(r, word);
		} else if (strcmp(now, "VERILATOR_ARGS") == 0) {
			size_t n = 1;

			while (i + n < w->n && !is_keyword(w->v[i + n]))
				n++;
			reading_args(r, w->v + i, NULL, n);
			i += n - 1;
		} else if (reading_is_hdl(word)) {
			reading_add(r, word, reading_role(word));
		}
	}
}

/* Words that end a COMMAND. */
static bool ends_command(const char *word)
{
	static const char *const words[] = { "COMMAND",
					     "DEPENDS",
					     "COMMENT",
					     "WORKING_DIRECTORY",
					     "VERBATIM",
					     "BYPRODUCTS",
					     "SOURCES",
					     "USES_TERMINAL",
					     "OUTPUT",
					     "OUTPUT_VARIABLE",
					     "ERROR_QUIET",
					     "RESULT_VARIABLE",
					     "MAIN_DEPENDENCY",
					     "OUTPUT_QUIET",
					     "APPEND",
					     "COMMAND_EXPAND_LISTS",
					     NULL };

	return words_has(words, word);
}

static void commands(struct reading *r, const struct strv *w)
{
	const char *folder = NULL;

	for (size_t i = 0; i + 1 < w->n; i++)
		if (strcmp(w->v[i], "WORKING_DIRECTORY") == 0 && !strchr(w->v[i + 1], '\''))
			folder = w->v[i + 1];
	for (size_t i = 0, n; i < w->n; i += 1 + n) {
		for (n = 0; i + 1 + n < w->n && !ends_command(w->v[i + 1 + n]);)
			n++;
		if (n && strcmp(w->v[i], "COMMAND") == 0)
			reading_words(r, w->v + i + 1, n, folder);
	}
}

static bool runs(const char *name)
{
	static const char *const names[] = { "add_custom_target", "add_custom_command", "add_test",
					     "execute_process", NULL };

	return words_has_nocase(names, name, strlen(name));
}

static void run_command(struct cmake *c, const char *name, struct strv *w)
{
	if (strcasecmp(name, "set") == 0 && w->n > 1) {
		set(c, w->v[0], w, 1, "");
	} else if (strcasecmp(name, "list") == 0 && w->n > 2 && strcmp(w->v[0], "APPEND") == 0) {
		const char *old = vars_get(&c->vars, w->v[1], strlen(w->v[1]));

		set(c, w->v[1], w, 2, old ? old : "");
	} else if (strcasecmp(name, "file") == 0 && w->n > 2 && str_starts(w->v[0], "GLOB")) {
		set(c, w->v[1], w, 2 + (strcmp(w->v[2], "CONFIGURE_DEPENDS") == 0), "");
	} else if (strcasecmp(name, "find_program") == 0 && w->n > 1) {
		vars_set(&c->vars, w->v[0], w->v[1 + (w->n > 2 && strcmp(w->v[1], "NAMES") == 0)]);
	} else if (runs(name)) {
		commands(c->r, w);
	} else if (strcasecmp(name, "verilate") == 0 || strcasestr(name, "verilator") ||
		   strcasestr(name, "verilog")) {
		verilate(c->r, w);
	}
}

bool manifest_read_cmake(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct cmake c = { .r = r };
	char *own = mem_strndup(text, len);
	const char *counted = own;

	reading_from_folder(r);
	vars_set(&c.vars, "CMAKE_CURRENT_LIST_DIR", ".");
	vars_set(&c.vars, "CMAKE_COMMAND", "cmake");
	vars_set(&c.vars, "IVERILOG", "iverilog");
	vars_set(&c.vars, "IVERILOG_EXECUTABLE", "iverilog");
	vars_set(&c.vars, "VERILATOR_BIN", "verilator");
	r->line = 1;
	for (const char *p = own; *p;) {
		size_t n = strspn(
			p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
		const char *open = p + n + strspn(p + n, " \t");

		if (*p == '#') {
			p += strcspn(p, "\n");
		} else if (n && *open == '(') {
			struct strv w = STRV_INIT;
			char *name = mem_strndup(p, n);

			for (; counted < p; counted++)
				r->line += *counted == '\n';
			p = arguments(&c, open + 1, &w);
			run_command(&c, name, &w);
			free(name);
			strv_free(&w);
		} else {
			p += n ? n : 1;
		}
	}
	r->line = 0;
	reading_commands_end(r);
	vars_fini(&c.vars);
	free(own);
	return true;
}
