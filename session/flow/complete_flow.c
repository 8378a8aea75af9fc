/* complete: code for the cursor position, written by a model, as a suggestion.
 *
 *	place --graph--> context --model--> answer --rule--> text that fits --> suggestion
 *
 * The model gets the text around the cursor, the ports of the modules instantiated by
 * the surrounding module, the packages it imports, and the beginning of the most
 * similar modules. A backend that supports fill-in-the-middle (prompt.fill) gets the
 * text on both sides of the cursor; any other gets a short question.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/answer/answer_name.h"
#include "session/flow/complete.h"
#include "session/flow/flow_kit.h"
#include "session/flow/flow_rows.h"
#include "session/graph/graph.h"
#include "session/graph/graph_project.h"
#include "session/model/prompt.h"
#include "session/project/project.h"
#include "session/text/slice.h"
#include "session/verilog/lang.h"
#include "session/workbench/workbench.h"

#define TRIES	    2u
#define CONTEXT_MAX 8000u /* bytes of other files */
#define PIECE_MAX   1500u /* bytes per file */
#define ALIKE_MAX   2u

struct completing {
	char *path;
	int line, col;
	struct str text;
	size_t off;
	struct str context; /* of other files, as comments */
	struct str found;   /* the text to insert */
	bool cut;
};

static void completing_fini(void *own)
{
	struct completing *g = own;

	free(g->path);
	str_free(&g->text);
	str_free(&g->context);
	str_free(&g->found);
}

static bool place(struct flow *f, struct str *said, struct err *err)
{
	struct completing *g = f->own;
	char *given = NULL, *rel = NULL;

	if (f->argc != 1)
		return err_set(err, ERR_USAGE,
			       "complete: FILE:LINE or FILE:LINE:COLUMN was "
			       "expected");
	if (!complete_place(f->argv[0], &given, &g->line, &g->col, err))
		return false;
	if (!workplace_path(&f->w->place, given, &rel, err)) {
		free(given);
		return false;
	}
	free(given);
	g->path = rel;
	if (!flow_text_whole(f, g->path, &g->text, err))
		return false;
	if (!complete_at(str_cstr(&g->text), g->text.len, g->line, g->col, &g->off))
		return err_set(err, ERR_NOT_FOUND, "%s has no line %d", g->path, g->line);
	str_addf(said, "%s, line %d\n", g->path, g->line);
	return true;
}

/* Other files ----------------------------------------------------------------------------- */

static void add_context(struct completing *g, const char *title, const char *text, size_t len)
{
	size_t n = len < PIECE_MAX ? len : PIECE_MAX;

	while (n < len && n > 0 && text[n - 1] != '\n')
		n--;
	if (g->context.len + n > CONTEXT_MAX || n == 0)
		return;
	str_addf(&g->context, "// %s\n", title);
	str_add(&g->context, text, n);
	if (text[n - 1] != '\n')
		str_addc(&g->context, '\n');
}

/* Adds the beginning of a module, from its file as it is on the screen. */
static void add_module(struct flow *f, struct completing *g, const struct graph_hit *h)
{
	struct str text = STR_INIT;
	char *title = str_fmt("from %s, which is alike", h->path);
	size_t off;

	if (strcmp(h->path, g->path) != 0 && flow_text(f, h->path, &text) &&
	    complete_at(str_cstr(&text), text.len, h->line, 1, &off))
		add_context(g, title, text.data + off, text.len - off);
	free(title);
	str_free(&text);
}

static void add_packages(struct flow *f, struct completing *g, const char *module)
{
	const struct project *p = f->w->project;
	const struct vmodule *m = p ? project_vmodule(p, module) : NULL;

	for (size_t i = 0; m && i < m->n_imports; i++) {
		const struct project_file *file = project_module(p, m->imports[i], NULL);
		char *title = file ? str_fmt("package %s, %s", m->imports[i], file->path) : NULL;
		struct str text = STR_INIT;

		if (file && flow_text(f, file->path, &text))
			add_context(g, title, str_cstr(&text), text.len);
		str_free(&text);
		free(title);
	}
}

static bool add_below(struct completing *g, struct graph *graph, int64_t module, struct err *err)
{
	struct graph_hits below = { 0 };
	bool ok = graph_below(graph, module, &below, err);

	for (size_t i = 0; ok && i < below.n; i++) {
		struct str ports = STR_INIT;

		ok = graph_ports(graph, below.v[i].id, &ports, err);
		add_context(g, "instantiated here", str_cstr(&ports), ports.len);
		str_free(&ports);
	}
	graph_hits_fini(&below);
	return ok;
}

/* Without the graph the question is asked without context. */
static bool context(struct flow *f, struct str *said, struct err *err)
{
	struct completing *g = f->own;
	struct graph_hits at = { 0 }, alike = { 0 };
	struct err why = { 0 };
	struct graph *graph = graph_of(f->w, &why);
	bool ok = graph && graph_module_at(graph, g->path, g->line, &at, &why);

	if (ok && at.n) {
		add_packages(f, g, at.v[0].name);
		ok = add_below(g, graph, at.v[0].id, &why) &&
		     graph_alike(graph, at.v[0].id, ALIKE_MAX, &alike, &why);
		for (size_t i = 0; ok && i < alike.n; i++)
			add_module(f, g, &alike.v[i]);
	}
	if (why.code == ERR_CANCELLED)
		err_copy(err, &why);
	else if (!ok)
		str_addf(said, "nothing of other files: %s\n", why.text);
	else
		str_addf(said, "%zu bytes of other files\n", g->context.len);
	graph_hits_fini(&at);
	graph_hits_fini(&alike);
	return why.code != ERR_CANCELLED;
}

/* The answer ------------------------------------------------------------------------------ */

/* The language that the file's own text is in. */
static const char *fence_of(const char *path)
{
	switch (lang_file(path)) {
	case LANG_FILE_OTHER:
		return "text"; /* a block of Markdown would be taken for the whole answer */
	case LANG_FILE_VHDL:
		return "vhdl";
	default:
		return "verilog";
	}
}

/* True if a fence is open at the cursor: the place is in a block of code. */
static bool in_fence(const struct completing *g)
{
	const char *text = str_cstr(&g->text), *at = text;
	bool open = false;

	for (; (at = strstr(at, "```")) && at < text + g->off; at += 3)
		if (at == text || at[-1] == '\n')
			open = !open;
	return open;
}

/* The code of an answer that is nothing but one line between backquotes; else empty. */
static struct slice quoted(const char *text, size_t len)
{
	struct slice s = slice_trim((struct slice){ text, len });

	if (s.n < 3 || s.p[0] != '`' || s.p[s.n - 1] != '`')
		return (struct slice){ NULL, 0 };
	s = (struct slice){ s.p + 1, s.n - 2 };
	return memchr(s.p, '`', s.n) || memchr(s.p, '\n', s.n) ? (struct slice){ NULL, 0 } : s;
}

/* Unlike "text" and "code", which name_is_verilog_language() allows a design as well. */
static bool names_design(const char *language)
{
	return strstr(language, "verilog") || strcmp(language, "sv") == 0 ||
	       strcmp(language, "v") == 0 || strcmp(language, "vhdl") == 0;
}

/* False for a block whose fence names another language than the file's: a design for a file
 * that is none, a spec, unless its text has an open fence there. */
static bool is_of_file(const struct completing *g, const struct answer_part *p)
{
	if (p->kind != PART_CODE)
		return false;
	if (name_is_verilog(slice_of(g->path)))
		return part_is_design(p);
	return lang_file(g->path) != LANG_FILE_OTHER || !p->language ||
	       !names_design(p->language) || in_fence(g);
}

/* A chat answer's first code block, or its only line; nothing if it has none, and why. */
static void take_code(const struct completing *g, const struct flow_answer *a, struct str *code,
		      bool *cut, struct str *why)
{
	struct answer_parts parts;

	answer_parse(str_cstr(&a->text), a->text.len, &parts);
	for (size_t i = 0; i < parts.n && code->len == 0; i++) {
		const struct answer_part *p = &parts.v[i];

		if (is_of_file(g, p)) {
			str_add(code, p->text, p->len);
			*cut |= p->cut;
		}
	}
	if (code->len == 0) {
		struct slice s = quoted(str_cstr(&a->text), a->text.len);

		str_add(code, s.p, s.n);
	}
	if (code->len == 0)
		answer_say_lack(&parts, "code", why);
	answer_parts_fini(&parts);
}

static bool take(struct completing *g, const struct flow_answer *a, bool filled, struct str *why)
{
	struct str code = STR_INIT;
	bool cut = a->cut, ok = false;

	if (filled)
		str_add(&code, str_cstr(&a->text), a->text.len);
	else
		take_code(g, a, &code, &cut, why);
	if (code.len)
		ok = complete_fit(code.data, code.len, cut, str_cstr(&g->text), g->text.len, g->off,
				  &g->found, why);
	else if (filled)
		str_adds(why, "there is no code in it");
	g->cut = ok && cut;
	str_free(&code);
	return ok;
}

static bool ask_once(struct flow *f, unsigned try, struct str *wrong, struct err *err)
{
	struct completing *g = f->own;
	struct str question = STR_INIT, before = STR_INIT;
	struct prompt_fill fill;
	struct flow_answer a;
	bool filled, ok;
	size_t from, to;

	complete_around(str_cstr(&g->text), g->text.len, g->off, &from, &to);
	str_add(&before, str_cstr(&g->context), g->context.len);
	str_add(&before, str_cstr(&g->text) + from, g->off - from);
	fill = (struct prompt_fill){ before.data ? before.data : "", before.len,
				     str_cstr(&g->text) + g->off, to - g->off };
	str_addf(&question,
		 "Complete the %s at <CURSOR> in %s. Answer with what stands there and nothing "
		 "else, in one fenced block: no line that is there already, no new module, at most "
		 "%u lines.\n",
		 lang_file(g->path) == LANG_FILE_OTHER ? "text" : "code", g->path,
		 COMPLETE_LINES_MAX);
	if (try)
		str_addf(&question, "Your last answer was not taken: %s.\n", str_cstr(wrong));
	/* Of four, as the text may have fences of its own. */
	str_addf(&question, "\n````%s\n%s<CURSOR>%.*s\n````\n", fence_of(g->path),
		 str_cstr(&before), (int)fill.n_behind, fill.behind);
	ok = flow_fill(f, "complete", str_cstr(&question), &fill, &filled, &a, err);
	str_clear(wrong);
	if (ok)
		take(g, &a, filled, wrong);
	flow_answer_fini(&a);
	str_free(&question);
	str_free(&before);
	return ok;
}

static bool ask(struct flow *f, struct str *said, struct err *err)
{
	struct completing *g = f->own;
	struct str wrong = STR_INIT;
	bool ok = true;

	for (unsigned i = 0; ok && i < TRIES && g->found.len == 0; i++)
		ok = ask_once(f, i, &wrong, err);
	if (ok && g->found.len == 0)
		ok = err_set(err, ERR_PARSE, "the model's answer does not fit there: %s",
			     str_cstr(&wrong));
	if (ok)
		str_addf(said, "%zu bytes%s\n", g->found.len,
			 g->cut ? "; it was cut off, its last line is left out" : "");
	str_free(&wrong);
	return ok;
}

/* Refuses if the text has changed since the question: the answer was made for the old one. */
static bool suggest(struct flow *f, struct str *said, struct err *err)
{
	struct completing *g = f->own;
	struct str now = STR_INIT, text = STR_INIT;
	bool same = flow_text(f, g->path, &now) && now.len == g->text.len &&
		    memcmp(str_cstr(&now), str_cstr(&g->text), now.len) == 0;
	bool ok = same || err_set(err, ERR_CONFLICT,
				  "%s changed meanwhile: what came for line %d is dropped", g->path,
				  g->line);

	if (ok) {
		str_add(&text, str_cstr(&g->text), g->off);
		str_add(&text, g->found.data, g->found.len);
		str_add(&text, str_cstr(&g->text) + g->off, g->text.len - g->off);
		ok = flow_propose(f, g->path, NULL, str_cstr(&text), text.len, err);
		str_addf(said, "%s: to be decided in review\n", g->path);
	}
	str_free(&now);
	str_free(&text);
	return ok;
}

static const struct flow_step steps[] = {
	{ "place", "where the cursor is", 0, place },
	{ "context", "modules instantiated there, packages, modules that are alike", 0, context },
	{ "ask", "a model completes the code at the cursor", FLOW_NEEDS_MODEL, ask },
	{ "suggest", "that, as a suggestion", 0, suggest },
	{ NULL, NULL, 0, NULL },
};

const struct flow_row flow_complete = {
	.name = "complete",
	.about = "a model completes the code at a place of a file",
	.needs = FLOW_NEEDS_MODEL,
	.steps = steps,
	.size = sizeof(struct completing),
	.fini = completing_fini,
};
