/* The built-in default: no network, no key, no model. It finds a design in its library,
 * sets the parameters from the request, and says what it did. For messages of tools it
 * has cards that explain them. To everything else it answers that it has nothing, and
 * how to add a model. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "backends/backends.h"
#include "backends/cookbook/cookbook_bench.h"
#include "backends/cookbook/cookbook_card.h"
#include "backends/cookbook/cookbook_differs.h"
#include "backends/cookbook/cookbook_name.h"
#include "backends/cookbook/cookbook_numbers.h"
#include "backends/cookbook/cookbook_question.h"
#include "backends/cookbook/cookbook_search.h"
#include "backends/cookbook/cookbook_syntax.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/lint/own_lint.h"
#include "session/model/prompt.h"
#include "session/verilog/verilog.h"

struct cookbook_backend {
	struct backend base;
	struct cookbook book;
};

static void say_value(const struct cookbook_param *p, const struct cookbook_value *v,
		      const char *lead, struct str *out)
{
	str_addf(out, "%s%s = %ld", lead, p->name, v->value);
	if (!v->given)
		str_adds(out, " (default)");
	else if (v->asked != v->value)
		str_addf(out, " (the nearest to %ld that this design can have)", v->asked);
	else if (v->usual)
		str_addf(out, " (%d ms of the clock that you name)", COOKBOOK_USUAL_MS);
	else if (p->rule == COOKBOOK_BAUD || p->rule == COOKBOOK_TIME)
		str_adds(out, " (counted with the clock that you name, else with 50 MHz)");
}

/* Placed before the code, so that it is not overlooked. */
static void say_differences(const struct cookbook_card *c, const char *request,
			    const struct cookbook_value *values, struct str *out)
{
	struct strv differs = STRV_INIT;

	cookbook_differs(c, request, values, &differs);
	if (differs.n)
		str_adds(out, "**It differs from what you asked for, or may:**\n\n");
	for (size_t i = 0; i < differs.n; i++)
		str_addf(out, "- %s\n", differs.v[i]);
	if (differs.n)
		str_addc(out, '\n');
	strv_free(&differs);
}

/* A design and its variant for an answer. */
struct offered {
	const struct cookbook_card *card;
	const struct cookbook_value *values;
	const char *rtl, *tb;
	const char *name; /* module name to use */
};

static void add_code(const struct offered *o, const char *text, struct str *out)
{
	struct str code = STR_INIT;

	cookbook_instantiate(o->card, o->values, text, &code);
	if (strcmp(o->name, o->card->module) == 0)
		str_add(out, str_cstr(&code), code.len);
	else
		cookbook_rename(str_cstr(&code), o->card->module, o->name, out);
	str_free(&code);
}

/* Sets o->name to the module name in the request, if the code allows it, and puts the
 * request without that phrase into rest. Returns the name, owned by the caller; NULL:
 * none given. */
static char *take_name(struct offered *o, const char *request, struct str *rest, struct str *out)
{
	struct cookbook_name asked;
	char *name;

	o->name = o->card->module;
	if (!cookbook_name(request, &asked)) {
		str_adds(rest, request);
		return NULL;
	}
	str_add(rest, request, asked.from);
	str_adds(rest, request + asked.end);
	name = mem_strndup(request + asked.at, asked.len);
	if (strcmp(name, o->name) != 0 &&
	    (vkeyword(name, asked.len, LANG_SV2017) || cookbook_uses(o->rtl, name) ||
	     cookbook_uses(o->tb, name)))
		str_addf(out,
			 "Its module cannot be called `%s`, which has another meaning in it.\n\n",
			 name);
	else
		o->name = name;
	return name;
}

static void offer(const struct cookbook_card *c, const char *request, enum lang lang,
		  struct str *out)
{
	struct cookbook_value *values = mem_calloc(c->n_params, sizeof(*values));
	struct offered o = { c, values, cookbook_text(c, "rtl", lang), cookbook_text(c, "tb", lang),
			     NULL };
	const char *language = lang == LANG_SV2017 || !o.rtl ? "systemverilog" : "verilog";
	struct str sentence = STR_INIT, rest = STR_INIT;
	char *name;

	if (!o.rtl || !o.tb) {
		o.rtl = cookbook_text(c, "rtl", LANG_SV2017);
		o.tb = cookbook_text(c, "tb", LANG_SV2017);
		str_addf(out, "The cookbook has this design in SystemVerilog only, not in %s.\n\n",
			 lang_title(lang));
		language = "systemverilog";
	}
	cookbook_numbers(c, request, values);
	cookbook_section(c, "In a sentence", &sentence);
	str_addf(out,
		 "From the cookbook, a library of checked designs (no model was asked): "
		 "**%s**.\n\n%s",
		 c->title, str_cstr(&sentence));
	name = take_name(&o, request, &rest, out);
	for (size_t i = 0; i < c->n_params; i++)
		say_value(&c->params[i], &values[i], i ? ", " : "Parameters: ", out);
	str_addf(out, "%s\n", c->n_params ? ".\n" : "");
	say_differences(c, str_cstr(&rest), values, out);
	str_addf(out, "```%s\n", language);
	add_code(&o, o.rtl, out);
	str_addf(out, "```\n\nIts self-checking testbench:\n\n```%s\n", language);
	add_code(&o, o.tb, out);
	str_adds(out, "```\n\nHow it works:\n\n");
	cookbook_section(c, "By block", out);
	str_free(&sentence);
	str_free(&rest);
	free(values);
	free(name);
}

static void add_model(struct str *out)
{
	str_adds(out, "\nTo ask a language model instead, add one (`posedge backends` prints a "
		      "line ready to paste).\n");
}

static void add_nearest(const struct cookbook_match *m, const char *lead, struct str *out)
{
	if (m->card[0])
		str_addf(out, "%s\n\n", lead);
	for (int i = 0; i < 3 && m->card[i]; i++)
		str_addf(out, "- %s (`%s`)\n", m->card[i]->title, m->card[i]->module);
	add_model(out);
}

static void decline(const struct cookbook_match *m, struct str *out)
{
	str_adds(out, "The cookbook is a library of checked designs, not a model, and it has "
		      "nothing that fits this "
		      "request.\n");
	add_nearest(m, "The nearest it has:", out);
}

static void answer_question(const struct cookbook_match *m, struct str *out)
{
	cookbook_answer_question(out);
	add_nearest(m, "\nIf you want a design, the nearest it has:", out);
}

/* Adds a card. Its examples are fenced as "example", so that they are not taken for
 * files of the design. */
static void add_card(struct str *out, const char *card)
{
	bool example = false;

	for (size_t n; *card; card += n + (card[n] == '\n')) {
		bool code;

		n = strcspn(card, "\n");
		code = str_starts(card, "    ") ||
		       (example && n == 0 && str_starts(card + 1, "    "));
		if (code != example)
			str_adds(out, code ? "```example\n" : "```\n");
		example = code;
		str_add(out, card + (code && n ? 4 : 0), n - (code && n ? 4 : 0));
		str_addc(out, '\n');
	}
	str_adds(out, example ? "```\n\n" : "\n");
}

/* A text that posedge adds below a message selects a more specific card than the
 * message's code. */
static const struct variant {
	const char *says, *code, *card;
} variants[] = {
	{ OWN_LINT_INOUT, "PROCASSWIRE", "PROCASSWIRE-inout" },
	{ OWN_LINT_NO_EDGE, "BLKSEQ", "POSEDGE_SENSLIST" },
	{ OWN_LINT_SEMICOLON, "", "SYNTAX-semicolon" },
};

/* Adds a card unless it was added before. */
static void add_card_once(const char *name, struct strv *done, struct str *out)
{
	if (!cookbook_message(name) || strv_has(done, name))
		return;
	add_card(out, cookbook_message(name));
	strv_add(done, name);
}

/* Adds the card of each code in capitals ("risk WIDTH ..."), except code itself. */
static void explain_codes(const char *text, size_t n, const char *code, struct strv *done,
			  struct str *out)
{
	for (size_t i = 0; i < n;) {
		size_t len = 0;

		while (i + len < n &&
		       (isupper((unsigned char)text[i + len]) ||
			isdigit((unsigned char)text[i + len]) || text[i + len] == '_'))
			len++;
		if (len >= 4 && (i == 0 || !isalnum((unsigned char)text[i - 1]))) {
			char *word = mem_strndup(text + i, len);

			if (strcmp(word, code) != 0)
				add_card_once(word, done, out);
			free(word);
		}
		i += len ? len : 1;
	}
}

/* Length of a message: a line and the indented lines below it. */
static size_t message_length(const char *text)
{
	size_t n = strcspn(text, "\n");

	while (text[n] == '\n' && (text[n + 1] == ' ' || text[n + 1] == '\t'))
		n += 1 + strcspn(text + n + 1, "\n");
	return n;
}

/* 0: an error or an undeclared name, which causes other messages; 2: a likely
 * consequence, such as a signal left undriven by a misspelt name; 1: others. */
static int message_rank(const char *message, size_t n)
{
	static const char *const late[] = { " UNUSEDSIGNAL ", " UNDRIVEN ", " UNUSEDPARAM ",
					    " DECLFILENAME ", " PINCONNECTEMPTY " };
	size_t line = strcspn(message, "\n");

	n = line < n ? line : n;
	if (memmem(message, n, " error ", 7) || memmem(message, n, " IMPLICIT ", 10))
		return 0;
	for (size_t i = 0; i < sizeof(late) / sizeof(*late); i++)
		if (memmem(message, n, late[i], strlen(late[i])))
			return 2;
	return 1;
}

static void explain_message(const char *message, size_t n, struct strv *done, struct str *out)
{
	const char *code = "", *card = NULL;

	for (size_t i = 0; i < sizeof(variants) / sizeof(*variants); i++)
		if (memmem(message, n, variants[i].says, strlen(variants[i].says))) {
			card = variants[i].card;
			code = variants[i].code;
			add_card_once(card, done, out);
		}
	if (!card && (card = cookbook_syntax_card(message, n)))
		add_card_once(card, done, out);
	explain_codes(message, n, code, done, out);
}

/* Causes first: ordered by rank, then in the tool's order. */
static size_t explain_messages(const char *request, struct str *out)
{
	struct strv done = STRV_INIT;
	size_t count;

	for (int rank = 0; rank <= 2; rank++)
		for (const char *p = request; *p;) {
			size_t n = message_length(p);

			if (message_rank(p, n) == rank)
				explain_message(p, n, &done, out);
			p += n + (p[n] == '\n');
		}
	count = done.n;
	strv_free(&done);
	return count;
}

static bool is_repair(const char *request)
{
	return str_starts(request, "Fix what the linter found") ||
	       str_starts(request, "The testbench ");
}

static void answer_repair(const char *request, struct str *out)
{
	struct str cards = STR_INIT;

	if (explain_messages(request, &cards)) {
		str_adds(out, "The cookbook changes no code by itself, but it knows what these "
			      "messages mean.\n\n");
		str_add(out, str_cstr(&cards), cards.len);
	} else {
		str_adds(out, "The cookbook is a library, not a model: it cannot find this bug.\n");
	}
	add_model(out);
	str_free(&cards);
}

static void compose(const struct cookbook *book, const struct prompt *p, struct str *out)
{
	const char *request = p->question;
	struct cookbook_match m;
	struct str cards = STR_INIT;

	if (is_repair(request)) {
		answer_repair(request, out);
		return;
	}
	if (cookbook_bench(p, out))
		return;
	cookbook_search(book, request, &m);
	if (m.sure && !cookbook_is_question(request))
		offer(m.card[0], request, p->lang, out);
	else if (explain_messages(request, &cards))
		str_add(out, str_cstr(&cards), cards.len);
	else if (cookbook_is_question(request))
		answer_question(&m, out);
	else
		decline(&m, out);
	str_free(&cards);
}

static bool send(piece_fn *piece, void *ctx, enum piece_kind kind, const char *text, size_t len)
{
	return piece(ctx, &(struct piece){ .kind = kind,
					   .text = text,
					   .len = len,
					   .usage = { -1, -1, -1, -1 },
					   .finish = FINISH_STOP });
}

static bool ask(struct backend *base, const struct prompt *p, piece_fn *piece, void *ctx,
		struct err *err)
{
	const struct cookbook_backend *b = (const struct cookbook_backend *)base;
	struct str text = STR_INIT;
	bool ok;

	compose(&b->book, p, &text);
	ok = task_rest(NULL) && send(piece, ctx, PIECE_START, "cookbook", 8) &&
	     send(piece, ctx, PIECE_TEXT, str_cstr(&text), text.len) &&
	     send(piece, ctx, PIECE_FINISH, "", 0);
	str_free(&text);
	return ok || err_set(err, ERR_CANCELLED, "cancelled");
}

static struct backend *open_cookbook(struct loop *l, const struct backend_config *cfg,
				     struct err *err)
{
	struct cookbook_backend *b;

	if (cfg->options && *cfg->options) {
		err_set(err, ERR_USAGE, "cookbook: option %s is not known; it has none",
			*cfg->options);
		return NULL;
	}
	b = mem_zalloc(sizeof(*b));
	b->base.ops = &backend_cookbook;
	cookbook_init(&b->book);
	return &b->base;
}

static void close_cookbook(struct backend *base)
{
	struct cookbook_backend *b = (struct cookbook_backend *)base;

	if (!b)
		return;
	cookbook_fini(&b->book);
	free(b);
}

const struct backend_ops backend_cookbook = {
	.protocol = "cookbook",
	.asks_nobody = true,
	.library = true,
	.help = "a library of checked designs, no network and no key",
	.open = open_cookbook,
	.close = close_cookbook,
	.ask = ask,
};
