/* Command lines that call a Verilog tool, in Makefiles, shell scripts and Windows
 * batch files.
 *
 * Understands as much of the shell as such lines use: words and quotes, variables
 * that the script sets, `cd`, and command separators. Missing files are not
 * noted, since a build often creates them first. A define of one call (a run with
 * formal ports, a netlist after synthesis) is not the design's; one that all
 * calls have in common is. The same goes for the plusargs of runs, `vvp sim +n=7`.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"

#define MAX_WORDS 20000u

static const char *const tools[] = { "iverilog", "verilator", "vlog",	   "xvlog",	"vcs",
				     "xrun",	 "irun",      "ncverilog", "xmverilog", "ncvlog",
				     "xmvlog",	 "slang",     "sv2v",	   "yosys" };

static bool is_tool(const char *word, const char *tool)
{
	const char *base = path_base(word);
	size_t n = strlen(tool);

	/* Matches iverilog-12 and verilator_bin, but not vlog2html. */
	return strncmp(base, tool, n) == 0 && (base[n] == '\0' || base[n] == '-' || base[n] == '_');
}

/* Reads the scripts and files on yosys's command line, also the text after `yosys -p`. */
static void yosys(struct reading *r, char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct err err;

		if (str_ends(words[i], ".ys")) {
			char *path = reading_file(r, words[i]);

			if (path)
				reading_include(r, path, MANIFEST_TCL, r->base);
			free(path);
		} else if (strcmp(words[i], "-p") == 0 && i + 1 < n) {
			manifest_read_tcl(r, words[i + 1], strlen(words[i + 1]), &err);
		} else if (is_tool(words[i], "yosys") == false && reading_is_hdl(words[i])) {
			reading_add(r, words[i], reading_role(words[i]));
		}
	}
}

/* Keeps in common what is also in now, and notes the rest. before: earlier calls. */
static void intersect(struct reading *r, size_t before, struct strv *common, struct strv *now,
		      const char *what)
{
	int line = r->line;

	r->line = 0; /* one note for all lines */
	for (size_t i = 0; i < common->n + now->n; i++) {
		const char *v = i < common->n ? common->v[i] : now->v[i - common->n];

		if (before && !(strv_has(common, v) && strv_has(now, v)))
			reading_note(r, "the %s %s is for some of its runs only and is left out",
				     what, v);
	}
	r->line = line;
	for (size_t i = common->n; before && i-- > 0;)
		if (!strv_has(now, common->v[i]))
			strv_drop(common, i);
	for (size_t i = 0; !before && i < now->n; i++)
		strv_add(common, now->v[i]);
}

static void call(struct reading *r, size_t tool, char *const *words, size_t n)
{
	struct manifest *m = r->out;
	struct strv defines = m->defines, parameters = m->parameters;
	size_t before = m->n_files, named = 0;

	m->defines = m->parameters = STRV_INIT;
	if (strcmp(tools[tool], "yosys") == 0)
		yosys(r, words, n);
	else
		reading_args(r, words + 1, NULL, n - 1);
	for (size_t i = 1; i < n; i++)
		named += reading_is_hdl(words[i]);
	if (named || m->n_files > before) { /* excludes `verilator --version` */
		intersect(r, r->calls, &r->common_defines, &m->defines, "define");
		intersect(r, r->calls, &r->common_parameters, &m->parameters, "parameter");
		r->calls++;
	}
	strv_free(&m->defines);
	strv_free(&m->parameters);
	m->defines = defines;
	m->parameters = parameters;
}

void reading_commands_end(struct reading *r)
{
	for (size_t i = 0; i < r->common_defines.n; i++)
		reading_add_define(r, r->common_defines.v[i], strlen(r->common_defines.v[i]));
	for (size_t i = 0; i < r->common_parameters.n; i++)
		reading_add_parameter(r, r->common_parameters.v[i],
				      strlen(r->common_parameters.v[i]));
	for (size_t i = 0; i < r->common_plusargs.n; i++)
		reading_add_once(r, &r->out->plusargs, r->common_plusargs.v[i],
				 strlen(r->common_plusargs.v[i]));
	strv_free(&r->common_defines);
	strv_free(&r->common_parameters);
	strv_free(&r->common_plusargs);
}

/* vvp, ModelSim's vsim, what VCS makes and what Verilator makes. */
static bool is_simulation(const char *word)
{
	const char *base = path_base(word);

	return is_tool(word, "vvp") || is_tool(word, "vsim") || is_tool(word, "simv") ||
	       (base[0] == 'V' && strstr(word, "obj_dir"));
}

/* A value with `$` is known only to the shell. */
static void simulation(struct reading *r, char *const *words, size_t n)
{
	struct strv now = STRV_INIT;

	for (size_t i = 1; i < n; i++)
		if (words[i][0] == '+' &&
		    (isalpha((unsigned char)words[i][1]) || words[i][1] == '_') &&
		    !strchr(words[i], '$') && !str_starts(words[i], "+acc") &&
		    !str_starts(words[i], "+verilator+") && !str_ends(words[i], "="))
			strv_add(&now, words[i]);
	intersect(r, r->runs, &r->common_plusargs, &now, "plusarg");
	r->runs++;
	strv_free(&now);
}

/* Runs one command, skipping assignments and words such as `time` before the tool. */
static void run(struct reading *r, char *const *words, size_t n)
{
	static const char *const before[] = { "exec", "time", "env",  "sudo", "command",
					      "!",    "if",   "then", "do" };
	bool quiet = r->quiet;
	size_t i = 0;

	for (bool skip = true; i < n && skip; i += skip) {
		const char *eq = strchr(words[i], '=');

		skip = eq && eq > words[i] && strcspn(words[i], "/ ") > (size_t)(eq - words[i]);
		for (size_t k = 0; k < sizeof(before) / sizeof(*before); k++)
			skip = skip || strcmp(words[i], before[k]) == 0;
	}
	r->quiet = true;
	if (i + 1 < n && strcmp(words[i], "cd") == 0) {
		char *folder = reading_dir(r, words[i + 1]);

		r->quiet = quiet;
		if (folder) {
			free(r->base);
			r->base = folder;
		}
		return;
	}
	if (i < n && is_simulation(words[i]))
		simulation(r, words + i, n - i);
	for (size_t k = 0; i < n && k < sizeof(tools) / sizeof(*tools); k++) {
		if (is_tool(words[i], tools[k])) {
			call(r, k, words + i, n - i);
			break;
		}
	}
	r->quiet = quiet;
}

/* Reads one word from text[i] on, without its quotes. */
static size_t shell_word(const char *text, size_t i, struct str *out)
{
	char quote = '\0';

	for (; text[i]; i++) {
		char c = text[i];

		if (!quote && (isspace((unsigned char)c) || strchr(";&|<>", c)))
			break;
		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? '\0' : c;
		else if (c == '\\' && quote != '\'' && text[i + 1])
			str_addc(out, text[++i]);
		else
			str_addc(out, c);
	}
	return i;
}

void reading_command(struct reading *r, const char *text)
{
	struct strv words = STRV_INIT;
	struct str one = STR_INIT;
	char *base = mem_strdup(r->base ? r->base : "");
	bool redirected = false;

	text += strspn(text, " \t@-+");
	for (size_t i = 0; text[i] && words.n < MAX_WORDS;) {
		size_t from = i;

		if (text[i] == '#' && (i == 0 || isspace((unsigned char)text[i - 1])))
			break;
		if (isspace((unsigned char)text[i])) {
			i++;
			continue;
		}
		if (strchr(";&|", text[i])) {
			run(r, words.v, words.n);
			strv_free(&words);
			i++;
			continue;
		}
		if (strchr("<>", text[i])) {
			redirected = true; /* the next word is the target of a redirection */
			i++;
			continue;
		}
		i = shell_word(text, i, &one);
		if (!redirected &&
		    !(i == from + 1 && isdigit((unsigned char)text[from]) && text[i] == '>'))
			strv_add(&words, str_cstr(&one));
		redirected = false;
		str_clear(&one);
	}
	run(r, words.v, words.n);
	strv_free(&words);
	str_free(&one);
	free(r->base); /* undo `cd` */
	r->base = base[0] ? base : NULL;
	if (!base[0])
		free(base);
}

/* Scripts --------------------------------------------------------------------------------- */

/* Expands `$NAME`, `${NAME}`, and `$(...)` if it means the script's folder. */
static char *expanded(const struct manifest_vars *vars, const char *text)
{
	struct str s = STR_LIMIT(MANIFEST_MAX_TEXT);

	for (size_t i = 0; text[i]; i++) {
		const char *p = text + i + 1, *value;
		size_t n = 0, brace;

		if (text[i] != '$' ||
		    !(*p == '(' || *p == '{' || *p == '_' || isalpha((unsigned char)*p))) {
			str_addc(&s, text[i]);
			continue;
		}
		if (*p == '(') {
			size_t end = strcspn(p, ")");

			if (memmem(p, end, "dirname", 7) || memmem(p, end, "pwd", 3))
				str_addc(&s, '.');
			i += end + (p[end] != '\0');
			continue;
		}
		brace = *p == '{';
		while (isalnum((unsigned char)p[brace + n]) || p[brace + n] == '_')
			n++;
		value = vars_get(vars, p + brace, n);
		/* "${FILES[@]}" gives each word its own quotes. */
		if (brace && str_starts(p + brace + n, "[@]}\"") && s.len &&
		    str_cstr(&s)[s.len - 1] == '"') {
			str_cut(&s, s.len - 1);
			str_adds(&s, value);
			i += brace + n + 5;
			continue;
		}
		if (value)
			str_adds(&s, value);
		else if (p[n + 2 * brace] == '/')
			str_addf(&s, "${%.*s}", (int)n, p + brace);
		i += brace ? strcspn(p, "}") + (strchr(p, '}') != NULL) : n;
	}
	str_adds(&s, "");
	return s.data ? str_take(&s) : mem_strdup("");
}

/* Converts a line of a batch file to shell syntax; the caller frees. Handles `set
 * A=b`, `%A%`, `rem`, and backslashes in paths. */
static char *from_batch(const char *line)
{
	struct str s = STR_LIMIT(MANIFEST_MAX_TEXT);

	line += strspn(line, " \t@");
	if (strncasecmp(line, "rem", 3) == 0 && !isalnum((unsigned char)line[3]))
		return mem_strdup("");
	if (strncasecmp(line, "set ", 4) == 0)
		line += 4 + strspn(line + 4, " \t");
	else if (strncasecmp(line, "call ", 5) == 0)
		line += 5;
	for (; *line; line++) {
		size_t n = *line == '%' ? strspn(line + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM"
							   "NOPQRSTUVWXYZ_0123456789")
					: 0;

		if (n && line[1 + n] == '%') {
			str_addf(&s, "${%.*s}", (int)n, line + 1);
			line += 1 + n;
		} else {
			str_addc(&s, *line == '\\' ? '/' : *line);
		}
	}
	str_adds(&s, "");
	return s.data ? str_take(&s) : mem_strdup("");
}

#define ARRAY_MAX 65536u /* bytes of an array */

/* "NAME=(a.v b.v": offset after the bracket, else 0. */
static size_t array_at(const char *line)
{
	size_t n = strspn(line, " \t"), from = n;

	while (isalnum((unsigned char)line[n]) || line[n] == '_')
		n++;
	n += n > from && line[n] == '+';
	return n > from && line[n] == '=' && line[n + 1] == '(' ? n + 2 : 0;
}

/* Drops a comment in the line at `from` of an array, which would take the words after it
 * along, or end the array with a bracket of its own. */
static void cut_comment(struct str *line, size_t from)
{
	const char *text = str_cstr(line);

	for (size_t i = from; array_at(text) && text[i]; i++)
		if (text[i] == '#' && (i == from || isspace((unsigned char)text[i - 1]))) {
			str_cut(line, i);
			return;
		}
}

static bool is_open_array(const char *line)
{
	return array_at(line) && !strchr(line, ')');
}

/* Sets the variable to the words of the array, "+=" appends. */
static void set_array(struct manifest_vars *vars, const char *text)
{
	size_t at = array_at(text), from = strspn(text, " \t");
	bool more = text[at - 3] == '+';
	char *name = mem_strndup(text + from, at - 2 - more - from);
	const char *old = more ? vars_get(vars, name, strlen(name)) : NULL;
	struct str value = STR_LIMIT(MANIFEST_MAX_TEXT), one = STR_INIT;

	str_adds(&value, old);
	while (text[at] && text[at] != ')') {
		size_t before = at;

		at += strspn(text + at, " \t");
		if (text[at] == ')')
			break;
		at = shell_word(text, at, &one);
		if (one.len && str_cstr(&one)[one.len - 1] == ')')
			str_cut(&one, one.len - 1);
		if (one.len && str_cstr(&one)[0] != '#')
			str_addf(&value, "%s%s", value.len ? " " : "", str_cstr(&one));
		str_clear(&one);
		at += at == before;
	}
	vars_set(vars, name, str_cstr(&value));
	str_free(&value);
	str_free(&one);
	free(name);
}

static void script_line(struct reading *r, struct manifest_vars *vars, const char *line)
{
	char *text;
	size_t n = 0;

	line += strspn(line, " \t");
	text = expanded(vars, line);
	if (array_at(text)) {
		set_array(vars, text);
		free(text);
		return;
	}
	while (isalnum((unsigned char)text[n]) || text[n] == '_')
		n++;
	if (n && text[n] == '=' && !isdigit((unsigned char)text[0])) {
		struct str value = STR_INIT;
		char *name = mem_strndup(text, n);

		shell_word(text, n + 1, &value);
		vars_set(vars, name, str_cstr(&value));
		str_free(&value);
		free(name);
	}
	reading_command(r, text);
	free(text);
}

bool manifest_read_shell(struct reading *r, const char *text, size_t len, struct err *err)
{
	bool power = str_ends(r->path, ".ps1");
	bool batch = power || str_ends(r->path, ".bat") || str_ends(r->path, ".cmd");
	char goes_on = power ? '`' : batch ? '^' : '\\';
	struct manifest_vars vars = { .names = STRV_INIT };
	struct str line = STR_LIMIT(MANIFEST_MAX_TEXT);
	int number = 1;

	vars_set(&vars, "PWD", ".");
	for (size_t i = 0; i < len;) {
		size_t n = strcspn(text + i, "\r\n");
		bool more = n && text[i + n - 1] == goes_on;
		size_t from = line.len;

		str_add(&line, text + i, n - more);
		if (!batch)
			cut_comment(&line, from);
		/* The words of an array may stand on lines of their own. */
		more |= !batch && is_open_array(str_cstr(&line)) && line.len < ARRAY_MAX;
		i += n + 1 + (text[i + n] == '\r' && text[i + n + 1] == '\n');
		r->line = number++;
		if (more && i < len) {
			str_addc(&line, ' ');
			continue;
		}
		if (batch) {
			char *words = from_batch(str_cstr(&line));

			script_line(r, &vars, words);
			free(words);
		} else {
			script_line(r, &vars, str_cstr(&line));
		}
		str_clear(&line);
	}
	r->line = 0;
	reading_commands_end(r);
	str_free(&line);
	vars_fini(&vars);
	return true;
}
