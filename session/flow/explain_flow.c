/* explain: describes a module in words, and checks whether the words are sufficient.
 *
 *	module --model--> explanation --model, without the code--> module --differ--> verdict
 *
 * The check is a round trip. A second question contains only the explanation and the
 * ports, and a generated testbench compares its answer with the module. If they
 * differ, the explanation is incomplete or the second answer is wrong; the first
 * differing cycle is shown for the person to decide. At the grains line and block the
 * explanation is given per line number, and nothing is rebuilt.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/answer/answer_note.h"
#include "session/ask/explained.h"
#include "session/flow/complete.h"
#include "session/flow/differ_run.h"
#include "session/flow/flow_kit.h"
#include "session/flow/flow_rows.h"
#include "session/flow/spec.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vstmt.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workplace.h"

#define TRIES	   2u
#define QUOTES_MAX 8u /* pieces of code among the words */

struct explaining {
	char *module, *path;
	struct differ_pair pair;
	struct voutline o[2];
	bool read[2];
	const struct vmodule *m;
	const char *grain; /* "line", "block", "module"; constant */
	bool place;	   /* a line or block of a file, not a module */
	int line, end_line;
	struct str code; /* the explained code, kept with its lines */
	struct str explanation;
	bool rebuilt;
	struct differ_found at;
	struct str compared; /* whether the rebuilt module is the same, or why that is not known */
};

static void explaining_fini(void *own)
{
	struct explaining *g = own;

	for (int i = 0; i < 2; i++)
		if (g->read[i])
			voutline_fini(&g->o[i]);
	differ_pair_fini(&g->pair);
	differ_found_fini(&g->at);
	str_free(&g->explanation);
	str_free(&g->code);
	str_free(&g->compared);
	free(g->module);
	free(g->path);
}

static bool choose_grain(struct flow *f, struct err *err)
{
	static const char *const grains[] = { "module", "block", "line" };
	struct explaining *g = f->own;
	const char *given = flow_option(f, "--grain");

	g->grain = given ? NULL : grains[0];
	for (size_t i = 0; given && i < sizeof(grains) / sizeof(*grains); i++)
		if (strcmp(given, grains[i]) == 0)
			g->grain = grains[i];
	return g->grain ||
	       err_set(err, ERR_USAGE, "explain --grain %.40s: line, block or module was expected",
		       given);
}

static bool is_whole_module(const struct explaining *g)
{
	return strcmp(g->grain, "module") == 0;
}

/* Choosing lines ----------------------------------------------------------------------------- */

static size_t lines_of(const struct str *text)
{
	return slice_lines((struct slice){ str_cstr(text), text->len });
}

static void take_lines(struct explaining *g, int line, int end_line)
{
	const char *text = str_cstr(&g->pair.text[0]);
	size_t len = g->pair.text[0].len, from, to;

	g->line = line;
	g->end_line = end_line;
	if (complete_at(text, len, line, 1, &from) && complete_at(text, len, end_line, 0, &to))
		str_add(&g->code, text + from, to - from);
}

/* The innermost item around a line: a process, an assignment, a function, an instance. */
static bool block_at(const struct explaining *g, int line, int *first, int *last)
{
	struct vstmts s;
	bool found = false;

	vstmts_init(&s, str_cstr(&g->pair.text[0]), g->pair.text[0].len);
	for (size_t i = 0; i < s.n; i++) {
		enum vstmt_kind k = s.v[i].kind;
		size_t token = vstmts_token(&s, s.v[i].all.end);
		int end = token ? s.tokens[token - 1].line : 0;

		if ((k == VSTMT_ALWAYS || k == VSTMT_INITIAL || k == VSTMT_FINAL ||
		     k == VSTMT_FUNCTION || k == VSTMT_TASK || k == VSTMT_ASSIGN ||
		     k == VSTMT_ITEM || k == VSTMT_DECL || k == VSTMT_PROPERTY) &&
		    s.v[i].line <= line && line <= end && (k != VSTMT_DECL || !found)) {
			*first = s.v[i].line;
			*last = end;
			found = true;
		}
	}
	vstmts_fini(&s);
	return found;
}

/* "rtl/q.sv:12": that line, or with --grain block the block that contains it. */
static bool choose_place(struct flow *f, struct str *said, struct err *err)
{
	struct explaining *g = f->own;
	int line, col, last;
	char *given;
	size_t off;
	bool ok;

	if (!complete_place(flow_word(f), &given, &line, &col, err))
		return false;
	ok = workplace_path(&f->w->place, given, &g->path, err);
	free(given);
	if (!ok)
		return false;
	if (!flow_text_whole(f, g->path, &g->pair.text[0], err))
		return false;
	if (!complete_at(str_cstr(&g->pair.text[0]), g->pair.text[0].len, line, 1, &off))
		return err_set(err, ERR_NOT_FOUND, "%s has no line %d", g->path, line);
	g->place = true;
	last = line;
	if (strcmp(g->grain, "block") != 0)
		g->grain = "line";
	else if (!block_at(g, line, &line, &last))
		return err_set(err, ERR_NOT_FOUND, "%s:%d: no block of code is there", g->path,
			       line);
	take_lines(g, line, last);
	if (slice_blank((struct slice){ str_cstr(&g->code), g->code.len }))
		return err_set(err, ERR_NOT_FOUND, "%s:%d: nothing is there", g->path, line);
	str_addf(said, "%s, lines %d to %d\n", g->path, g->line, g->end_line);
	return true;
}

static bool choose_module(struct flow *f, struct str *said, struct err *err)
{
	struct explaining *g = f->own;

	if (!flow_module_outline(f, &g->module, &g->path, &g->pair.text[0], &g->o[0], &g->read[0],
				 &g->m, err))
		return false;
	str_addf(said, "%s of %s, %zu ports\n", g->module, g->path, g->m->n_ports);
	if (is_whole_module(g))
		take_lines(g, g->m->line, g->m->end_line ? g->m->end_line : g->m->line);
	else /* the answer's line numbers are relative to the file */
		take_lines(g, 1, (int)lines_of(&g->pair.text[0]));
	return true;
}

/* The explained lines are recorded in this step's result: see explained.h. */
static bool choose(struct flow *f, struct str *said, struct err *err)
{
	struct explaining *g = f->own;
	bool place = flow_word(f) && strchr(flow_word(f), ':');

	if (!choose_grain(f, err) ||
	    !(place ? choose_place(f, said, err) : choose_module(f, said, err)))
		return false;
	if (g->code.len)
		explained_keep(g->path, g->line, g->end_line, g->grain,
			       !place && !is_whole_module(g), &g->code, said);
	return true;
}

/* Explaining -------------------------------------------------------------------------- */

/* Keeps the notes that refer to existing lines of the file, each prefixed with its path. */
static void keep_notes(struct explaining *g)
{
	struct str kept = STR_INIT;
	struct slice rest = { str_cstr(&g->explanation), g->explanation.len };
	size_t most = lines_of(&g->pair.text[0]);

	while (rest.n) {
		struct answer_note n;

		if (!answer_note(slice_line(&rest), g->path, &n) || n.last > most)
			continue;
		str_addf(&kept, "%s:%lu", g->path, n.first);
		if (n.last > n.first)
			str_addf(&kept, "-%lu", n.last);
		str_addf(&kept, ": %.*s\n", (int)n.words.n, n.words.p);
	}
	str_free(&g->explanation);
	g->explanation = kept;
}

/* More code parts than an explanation quotes. */
static bool is_mostly_code(const struct flow_answer *a)
{
	struct answer_parts parts;
	size_t n = 0;

	answer_parse(str_cstr(&a->text), a->text.len, &parts);
	for (size_t i = 0; i < parts.n; i++)
		n += parts.v[i].kind != PART_PROSE;
	answer_parts_fini(&parts);
	return n > QUOTES_MAX;
}

/* Length of the answer without a last line that was cut off. */
static size_t whole_lines(const struct flow_answer *a)
{
	size_t n = a->text.len;

	while (a->cut && n && a->text.data[n - 1] != '\n')
		n--;
	return n;
}

/* An explanation of a module names one of its ports; a refusal to explain does not. */
static bool names_a_port(const struct explaining *g)
{
	bool found = g->m->n_ports == 0;

	for (size_t i = 0; i < g->m->n_ports && !found; i++) {
		const char *name = g->m->ports[i].name;

		found = spec_names(str_cstr(&g->explanation), name + (name[0] == '\\'));
	}
	return found;
}

/* Keeps only the prose; code is not an explanation. NULL, or what is wrong with the answer:
 * one that was ended has no whole explanation of a module, but its notes are whole. */
static const char *take_prose(struct explaining *g, const struct flow_answer *a)
{
	if (a->loops)
		return "repeats itself";
	if (a->cut && (is_whole_module(g) || g->place))
		return "is cut off";
	if (is_mostly_code(a))
		return "is mostly code";
	answer_prose(str_cstr(&a->text), whole_lines(a), &g->explanation);
	if (strstr(str_cstr(&g->explanation), "```")) {
		str_clear(&g->explanation);
		return "has a block of code that does not begin on a line of its own";
	}
	if (g->explanation.len && g->explanation.data[g->explanation.len - 1] != '\n')
		str_addc(&g->explanation, '\n');
	if (!is_whole_module(g) && !g->place) {
		keep_notes(g);
		return g->explanation.len ? NULL : "has no line with line numbers in front";
	}
	if (is_whole_module(g) && !g->place && g->explanation.len && !names_a_port(g)) {
		str_clear(&g->explanation);
		return "names none of its ports";
	}
	return g->explanation.len ? NULL : "has no words";
}

/* Line numbers count from the opening fence; export_explain.c reads them in the same way. */
static void ask_words(void *ctx, const struct strv *wrong, struct str *out)
{
	const struct explaining *g = ctx;

	if (g->place)
		str_addf(out,
			 "Explain this %s of %s, in words: what it does, and what for. At most six "
			 "sentences, no code.\n\n```verilog\n%s\n```\n\nIt stands in\n",
			 g->grain, g->path, str_cstr(&g->code));
	else if (is_whole_module(g))
		str_addf(out,
			 "Explain the module %s below, block by block, in words: so exactly that "
			 "an engineer who has its ports but never sees this code can build a "
			 "module that behaves the same in every cycle. Write no code.\n",
			 g->module);
	else
		str_addf(out,
			 "Explain the module %s below, %s by %s, in words. Write one line for "
			 "each, with the numbers of its lines in front (the first line below is "
			 "1), and nothing else:\n\n12-18: what it does\n\nWrite no code.\n",
			 g->module, g->grain, g->grain);
	if (wrong->n)
		str_addf(out, "Your last answer could not be used: it %s.\n", wrong->v[0]);
	str_addf(out, "\n```verilog\n%s\n```\n", str_cstr(&g->pair.text[0]));
}

static bool take_words(void *ctx, const struct flow_answer *a, struct strv *wrong, struct err *err)
{
	const char *fault = take_prose(ctx, a);

	if (fault)
		strv_add(wrong, fault);
	return true;
}

static bool explain(struct flow *f, struct str *said, struct err *err)
{
	struct explaining *g = f->own;
	const struct flow_form form = { TRIES, ask_words, take_words, g };
	struct strv wrong = STRV_INIT;
	bool ok = flow_model_form(f, &form, &wrong, err);

	if (ok && wrong.n)
		ok = err_set(err, ERR_PARSE, "no explanation came of %u answers: the last one %s",
			     TRIES, wrong.v[0]);
	strv_free(&wrong);
	if (ok)
		str_add(said, str_cstr(&g->explanation), g->explanation.len);
	return ok;
}

/* Rebuilding -------------------------------------------------------------------------- */

static bool is_module(void *ctx, const struct answer_part *p)
{
	struct explaining *g = ctx;

	if (p->cut)
		return false;
	if (g->read[1])
		voutline_fini(&g->o[1]);
	str_clear(&g->pair.text[1]);
	str_add(&g->pair.text[1], p->text, p->len);
	voutline_init(&g->o[1], str_cstr(&g->pair.text[1]), g->pair.text[1].len);
	g->read[1] = true;
	return voutline_module(&g->o[1], g->module) != NULL;
}

static bool take_module(void *ctx, const struct flow_answer *a, struct strv *wrong, struct err *err)
{
	struct explaining *g = ctx;
	char *what = str_fmt("whole module %s", g->module);
	struct err why = { 0 };

	if (flow_answer_block(a, what, is_module, g, wrong)) {
		g->rebuilt =
			differ_pair_set(&g->pair, g->m, voutline_module(&g->o[1], g->module), &why);
		if (!g->rebuilt)
			strv_add(wrong, why.text);
	}
	free(what);
	return true;
}

static void ask_module(void *ctx, const struct strv *wrong, struct str *out)
{
	const struct explaining *g = ctx;

	str_addf(out,
		 "Write the Verilog module %s, in one code block, with exactly "
		 "these ports:\n\n",
		 g->module);
	flow_add_ports(g->m, out);
	str_addf(out, "\nThis is what it does:\n\n%s", str_cstr(&g->explanation));
	if (wrong->n)
		str_addf(out, "\nIn your last answer this was wrong: %s\n", wrong->v[0]);
}

static bool rebuild(struct flow *f, struct str *said, struct err *err)
{
	struct explaining *g = f->own;
	const struct flow_form form = { TRIES, ask_module, take_module, g };
	struct strv wrong = STRV_INIT;
	bool ok;

	if (!is_whole_module(g)) {
		str_adds(said, "not rebuilt: that takes the explanation of a whole module\n");
		return true;
	}
	ok = flow_model_form(f, &form, &wrong, err);
	if (ok && !g->rebuilt) {
		str_addf(&g->compared, "not compared: %s\n", wrong.v[0]);
		str_add(said, g->compared.data, g->compared.len);
		f->out->end = FLOW_FOUND;
	} else if (ok) {
		str_addf(said, "%s, from the explanation and the ports alone\n", g->module);
	}
	strv_free(&wrong);
	return ok;
}

static bool compare(struct flow *f, struct str *said, struct err *err)
{
	struct explaining *g = f->own;

	if (!g->rebuilt)
		return true;
	if (!differ_look(f, &g->pair, &g->at, err))
		return false;
	if (g->at.found) {
		str_addf(said,
			 "not the same: in cycle %lu %s is %s, and %s as rebuilt from the "
			 "explanation\nThe explanation leaves something out, or the second answer "
			 "is "
			 "wrong.\n",
			 g->at.cycle, g->at.port, g->at.value[0], g->at.value[1]);
		f->out->end = FLOW_FOUND;
	} else {
		str_addf(said,
			 "rebuilt from the explanation it is the same for %s cycles (that proves "
			 "nothing)\n",
			 g->at.cycles);
	}
	str_add(&g->compared, said->data, said->len);
	return true;
}

static void tell(const struct flow *f, struct str *out)
{
	const struct explaining *g = f->own;

	str_add(out, str_cstr(&g->explanation), g->explanation.len);
	if (g->compared.len)
		str_addf(out, "\n%s", str_cstr(&g->compared));
}

static const struct flow_step steps[] = {
	{ "module", "which one", 0, choose },
	{ "explain", "in words, by the model", FLOW_NEEDS_MODEL, explain },
	{ "rebuild", "from the words and the ports alone, by the model", FLOW_NEEDS_MODEL,
	  rebuild },
	{ "compare", "both, by a testbench made by rule", FLOW_NEEDS_SIMULATOR, compare },
	{ NULL, NULL, 0, NULL },
};

const struct flow_row flow_explain = {
	.name = "explain",
	.about = "say in words what a module does, and whether the words are enough to rebuild it",
	.needs = FLOW_NEEDS_MODEL,
	.steps = steps,
	.size = sizeof(struct explaining),
	.fini = explaining_fini,
	.tell = tell,
};
