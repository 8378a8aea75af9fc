/* VerilogEval v2: ProbNNN_name_{prompt.txt,ref.sv,test.sv} in one folder, with _ifc.txt
 * for the task code-complete-iccad2023; an optional problems.txt selects problems.
 *
 * Source of the rules: the scripts sv-generate and sv-iv-analyze of
 * github.com/NVlabs/verilog-eval at c498220, described in docs/bench.md. They are followed
 * including their flaws: a completion that prints "TIMEOUT" counts as a time-out, and one
 * that prints the summary and ends passes. The strict judge covers these cases.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/mem.h"
#include "session/bench/bench_lines.h"
#include "session/bench/suite.h"

#define SPEC_TO_RTL   "spec-to-rtl"
#define CODE_COMPLETE "code-complete-iccad2023"

static const char *const tasks[] = { SPEC_TO_RTL, CODE_COMPLETE, NULL };

/* The problems ---------------------------------------------------------------------- */

/* The names in problems.txt; none if the file is missing. */
static bool chosen(const char *dir, struct strv *out, struct err *err)
{
	char *path = path_join(dir, "problems.txt");
	struct str text = STR_INIT;
	struct line l;
	size_t off = 0;
	bool ok = !file_exists(path) || file_read(path, SUITE_FILE_MAX, &text, err);

	while (ok && line_next(str_cstr(&text), text.len, &off, LINES_OF_FILE, &l)) {
		l = line_strip(l);
		if (l.len && *l.v != '#')
			strv_addn(out, l.v, l.len);
	}
	str_free(&text);
	free(path);
	return ok;
}

static void add_problem(const char *dir, const char *file, const struct strv *only,
			struct suite_problems *out)
{
	char *name = mem_strndup(file, strlen(file) - strlen("_prompt.txt"));
	char *base = path_join(dir, name);

	if (suite_name_is_plain(name) && (!only->n || strv_has(only, name)))
		suite_problems_add(out, name, "", base);
	free(base);
	free(name);
}

static bool load(const struct suite_choice *c, struct suite_problems *out, struct err *err)
{
	struct strv only = STRV_INIT, names = STRV_INIT;
	bool ok = chosen(c->dir, &only, err);

	if (ok)
		folder_names(c->dir, &names);
	for (size_t i = 0; i < names.n; i++)
		if (str_ends(names.v[i], "_prompt.txt"))
			add_problem(c->dir, names.v[i], &only, out);
	strv_free(&names);
	strv_free(&only);
	suite_problems_sort(out);
	return ok && (out->n > 0 || err_set(err, ERR_NOT_FOUND,
					    "%.200s has no problems of verilog-eval: files named "
					    "PROBLEM_prompt.txt, _ref.sv and _test.sv",
					    c->dir));
}

static bool completes(const struct suite_choice *c, const struct suite_problem *p)
{
	char *ifc;
	bool is;

	if (c->task)
		return strcmp(c->task, CODE_COMPLETE) == 0;
	ifc = str_fmt("%s_ifc.txt", p->base);
	is = file_exists(ifc);
	free(ifc);
	return is;
}

/* The question ---------------------------------------------------------------------- */

/* Comments out the lines before the module's first line and copies the rest. */
static void add_commented(const struct str *prompt, struct str *out)
{
	bool comment = true;
	struct line l;

	for (size_t off = 0; line_next(str_cstr(prompt), prompt->len, &off, LINES_OF_STRING, &l);) {
		if (line_has(l, "module TopModule") && comment) {
			comment = false;
			str_addc(out, '\n');
		}
		str_addf(out, "%s%.*s\n", comment ? "// " : "", (int)l.len, l.v);
	}
	if (out->len)
		str_cut(out, out->len - 1);
}

/* The published examples are next to the data, in scripts/. */
static bool add_examples(const struct suite_choice *c, const char *task, struct str *out,
			 struct err *err)
{
	struct str text = STR_INIT;
	char *path;
	bool ok;

	if (c->examples == 0)
		return true;
	path = str_fmt("%s/../scripts/verilog-example-prefix_%s_%u-shot.txt", c->dir, task,
		       c->examples);
	ok = file_read(path, SUITE_FILE_MAX, &text, err);
	str_add(out, str_cstr(&text), text.len);
	str_free(&text);
	free(path);
	return ok;
}

static bool prompt(const struct suite_choice *c, const struct suite_problem *p, struct str *system,
		   struct str *user, struct err *err)
{
	bool complete = completes(c, p);
	struct str text = STR_INIT;
	struct line whole;

	if (!suite_read(p->base, "_prompt.txt", &text, err))
		return false;
	if (!add_examples(c, complete ? CODE_COMPLETE : SPEC_TO_RTL, user, err)) {
		str_free(&text);
		return false;
	}
	if (complete) {
		str_adds(system,
			 "You only complete chats with syntax correct Verilog code. End the "
			 "Verilog module code completion with 'endmodule'. Do not include "
			 "module, input and output definitions.");
		str_adds(user, "\n// Implement the Verilog module based on the following "
			       "description. Assume that signals are positive clock/clk triggered "
			       "unless otherwise stated.\n");
		add_commented(&text, user);
	} else {
		whole = line_strip((struct line){ str_cstr(&text), text.len });
		str_adds(system, "You are a Verilog RTL designer that only writes code using "
				 "correct Verilog syntax.");
		str_addf(user,
			 "\nQuestion:\n%.*s\n\nEnclose your code with [BEGIN] and [DONE]. Only "
			 "output the code snippet\nand do NOT output anything else.\n\nAnswer:\n",
			 (int)whole.len, whole.v);
	}
	str_free(&text);
	return true;
}

/* The code of an answer --------------------------------------------------------------- */

struct shape {
	size_t fences;
	bool module; /* it begins a line, with no endmodule before */
};

static struct shape look(const char *text, size_t len)
{
	struct shape s = { 0 };
	bool end_first = false;
	struct line l;

	for (size_t off = 0; line_next(text, len, &off, LINES_OF_STRING, &l);) {
		if (line_starts_with(l, "```"))
			s.fences++;
		else if (line_starts_with(l, "endmodule"))
			end_first |= !s.module;
		else if (line_starts_with(l, "module TopModule"))
			s.module = true;
	}
	s.module &= !end_first;
	return s;
}

static void add_line(struct line l, struct str *out)
{
	str_add(out, l.v, l.len);
	str_addc(out, '\n');
}

/* The text between the first two fences. With fewer fences, the text up to endmodule,
 * from the module's line on if there is one. */
static void between_fences(const char *text, size_t len, struct str *out)
{
	struct shape s = look(text, len);
	bool module = false, ended = false;
	unsigned fence = 0;
	struct line l;

	for (size_t off = 0; line_next(text, len, &off, LINES_OF_STRING, &l);) {
		bool keep = s.fences >= 2 ? fence == 1 : !ended;

		module |= line_starts_with(line_strip(l), "module TopModule");
		if (s.fences < 2 && s.module && !module)
			keep = false;
		if (line_starts_with(l, "```")) {
			fence++;
			keep = false;
		} else if (line_starts_with(line_strip(l), "endmodule")) {
			ended = true;
		}
		if (keep)
			add_line(l, out);
	}
}

/* Removes each mark, like str.replace(). */
static void add_without(struct line l, const char *mark, struct str *out)
{
	size_t n = strlen(mark);

	while (l.len) {
		const char *at = memmem(l.v, l.len, mark, n);
		size_t upto = at ? (size_t)(at - l.v) : l.len;

		str_add(out, l.v, upto);
		l.v += upto + (at ? n : 0);
		l.len -= upto + (at ? n : 0);
	}
	str_addc(out, '\n');
}

static struct line strip_right(struct line l)
{
	struct line both = line_strip(l);

	return (struct line){ l.v, both.len ? (size_t)(both.v + both.len - l.v) : 0 };
}

/* False: there is no [BEGIN], and the other rule applies. After a [BEGIN] without
 * [DONE] nothing is taken. */
static bool between_marks(const char *text, size_t len, struct str *out)
{
	bool begun = false, done = false;
	struct line l;

	for (size_t off = 0; !done && line_next(text, len, &off, LINES_OF_STRING, &l);) {
		struct line bare = line_strip(l), right = strip_right(l);

		if (!begun && line_starts_with(bare, "[BEGIN]")) {
			begun = true;
			bare.len = (size_t)(l.v + l.len - bare.v);
			if (!line_is(line_strip(l), "[BEGIN]"))
				add_without(bare, "[BEGIN]", out);
		} else if (begun && line_ends_with(right, "[DONE]")) {
			done = true;
			if (!line_is(bare, "[DONE]"))
				add_without(right, "[DONE]", out);
		} else if (begun) {
			add_line(l, out);
		}
	}
	if (!done)
		str_clear(out);
	return begun;
}

static bool extract(const struct suite_choice *c, const struct suite_problem *p, const char *answer,
		    size_t len, struct str *code, struct err *err)
{
	struct str ifc = STR_INIT;

	str_addc(code, '\n');
	if (!completes(c, p)) {
		struct str marked = STR_INIT;

		if (between_marks(answer, len, &marked))
			str_add(code, str_cstr(&marked), marked.len);
		else
			between_fences(answer, len, code);
		str_free(&marked);
		return true;
	}
	if (!look(answer, len).module) {
		if (!suite_read(p->base, "_ifc.txt", &ifc, err))
			return false;
		str_add(code, str_cstr(&ifc), ifc.len);
		str_adds(code, "\n\n");
		str_free(&ifc);
	}
	between_fences(answer, len, code);
	return true;
}

/* The run ----------------------------------------------------------------------------- */

static bool job(const struct suite_choice *c, const struct suite_problem *p, const char *code,
		size_t len, struct suite_job *out, struct err *err)
{
	struct str text = STR_INIT;
	char *path;

	*out = (struct suite_job){ .top = mem_strdup("tb") };
	path = str_fmt("%s_sample.sv", p->name);
	str_add(&text, code, len);
	suite_job_add(out, path, &text);
	free(path);
	for (const char *const *tail = (const char *const[]){ "_test.sv", "_ref.sv", NULL }; *tail;
	     tail++) {
		if (!suite_read(p->base, *tail, &text, err)) {
			suite_job_fini(out);
			return false;
		}
		path = str_fmt("%s%s", p->name, *tail);
		suite_job_add(out, path, &text);
		free(path);
	}
	return true;
}

static bool reference(const struct suite_choice *c, const struct suite_problem *p, struct str *code,
		      struct err *err)
{
	static const char from[] = "RefModule";
	struct str text = STR_INIT;
	const char *at, *hit;

	if (!suite_read(p->base, "_ref.sv", &text, err))
		return false;
	for (at = str_cstr(&text); (hit = strstr(at, from)); at = hit + strlen(from)) {
		str_add(code, at, (size_t)(hit - at));
		str_adds(code, "TopModule");
	}
	str_adds(code, at);
	str_free(&text);
	return true;
}

/* The published judge ------------------------------------------------------------------ */

static const struct {
	const char *has;
	char letter; /* resulting letter */
} words[] = {
	{ "error: This assignment requires an explicit cast", 'e' },
	{ "error: Sized numeric constant must have a size greater than zero", '0' },
	{ "warning: always_comb process has no sensitivities", 'n' },
	{ "found no sensitivities so it will never trigger", 'n' },
	{ "is declared here as wire", 'w' },
	{ "Unknown module type", 'm' },
	{ "Unable to bind wire/reg/memory `clk'", 'c' },
	{ "TIMEOUT", 'T' },
};

static size_t digits(struct line l, size_t at)
{
	size_t n = 0;

	while (at + n < l.len && l.v[at + n] >= '0' && l.v[at + n] <= '9')
		n++;
	return n;
}

/* Matches ^Mismatches: (\d+) in \d+ samples$ with the number 0. */
static bool all_match(struct line l)
{
	static const char first[] = "Mismatches: ", second[] = " in ", last[] = " samples";
	size_t at = strlen(first), n, zeros = 0;

	if (!line_starts_with(l, first) || (n = digits(l, at)) == 0)
		return false;
	while (zeros < n && l.v[at + zeros] == '0')
		zeros++;
	l.v += at + n;
	l.len -= at + n;
	if (zeros < n || !line_starts_with(l, second) || (n = digits(l, strlen(second))) == 0)
		return false;
	l.v += strlen(second) + n;
	l.len -= strlen(second) + n;
	return line_is(l, last);
}

static char asynchronous(const struct suite_log *log)
{
	struct line l;

	for (size_t off = 0; line_next(log->code, log->code_len, &off, LINES_OF_FILE, &l);)
		if (line_has(l, "posedge reset") || line_has(l, "negedge reset") ||
		    line_has(l, "posedge r)"))
			return 'r';
	return 'R';
}

static char letter(const struct suite_log *log)
{
	bool error = false, unbound = false, pass = false;
	struct line l;

	for (size_t off = 0; line_next(log->text, log->len, &off, LINES_OF_FILE, &l);) {
		if (line_has(l, "syntax error"))
			return 'S';
		error |= line_has(l, "error");
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (line_has(l, words[i].has))
				return words[i].letter;
		unbound |= line_has(l, "Unable to bind wire/reg");
		pass |= all_match(l);
	}
	return unbound ? 'p' : error ? 'C' : pass ? '.' : asynchronous(log);
}

const struct suite suite_verilog_eval = {
	.name = "verilog-eval",
	.tasks = tasks,
	.most_examples = 4,
	.run_ms = 30000,
	.load = load,
	.prompt = prompt,
	.extract = extract,
	.job = job,
	.reference = reference,
	.letter = letter,
};
