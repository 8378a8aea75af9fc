/* Finds the module that is meant: the one whose name is in the request; else the one
 * with most of its words in the request, also in other languages; else the only one
 * there is. If several match equally well, the answer asks instead of guessing.
 */
#include "config.h"

#include "backends/cookbook/cookbook_bench.h"

#include <stdlib.h>
#include <string.h>

#include "backends/cookbook/cookbook_words.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/model/prompt.h"
#include "session/text/slice.h"
#include "session/verilog/template.h"
#include "session/verilog/verilog.h"

#define MAX_MODULES 200

/* The request ------------------------------------------------------------------ */

static bool says(const struct words *r, size_t k, const char *first, const char *second)
{
	return word_among(&r->v[k], first) &&
	       (!second || (k + 1 < r->n && word_among(&r->v[k + 1], second)));
}

static bool is_bench_word(const struct words *r, size_t k)
{
	return says(r, k, "testbench testbenches tb testbank testumgebung pruefstand testfixture",
		    NULL) ||
	       says(r, k, "test", "bench benches fixture") || says(r, k, "testbed", NULL) ||
	       says(r, k, "test tests pruebas", "for fuer pour para") ||
	       (says(r, k, "banc banco", "de d") && k + 2 < r->n &&
		word_among(&r->v[k + 2], "test tests essai essais prueba pruebas"));
}

static const char own[] =
	"my mine our existing this ours mein meine meinen meinem meiner meines unser unseren "
	"unserem unsere "
	"mon ma mes notre nos mi mis nuestro nuestra diesen diesem dieses diese ce cette este esta";
static const char made[] =
	"wrote made have written built designed did geschrieben gebaut ecrit hice";

/* Index of "testbench"; r->n: it is not there. */
static size_t bench_word(const struct words *r)
{
	size_t bench = 0;

	while (bench < r->n && !is_bench_word(r, bench))
		bench++;
	return bench;
}

/* True if the request wants a testbench for a module that exists: "testbench" comes
 * before its module, which is "mine" or "that I wrote". */
static bool wants_own(const struct words *r)
{
	size_t bench = bench_word(r);

	for (size_t k = bench + 1; k < r->n; k++)
		if (word_among(&r->v[k], own) ||
		    (word_among(&r->v[k], made) && word_among(&r->v[k - 1], "i we ich j ai yo")))
			return true;
	/* "my fifo needs a testbench", but "my homework: a fifo with testbench" */
	for (size_t k = 0; bench < r->n && k < bench; k++)
		if (word_among(&r->v[k], own))
			for (size_t i = k + 1; i < bench; i++)
				if (word_among(&r->v[i],
					       "needs need braucht besoin necesita existing wrote"))
					return true;
	return false;
}

/* The modules ------------------------------------------------------------------- */

struct found {
	struct voutline outlines[MAX_MODULES]; /* one for each file */
	size_t n_outlines;
	const struct vmodule *v[MAX_MODULES];
	size_t n;
};

static void add_file(struct found *f, const char *text, size_t len)
{
	struct voutline *o;

	/* Skip files that prompt.c cut. */
	if (f->n_outlines == MAX_MODULES || memmem(text, len, " left out here ...]", 19))
		return;
	o = &f->outlines[f->n_outlines++];
	voutline_init(o, text, len);
	for (size_t i = 0; i < o->n && f->n < MAX_MODULES; i++)
		if (o->modules[i].kind == VUNIT_MODULE && o->modules[i].n_ports &&
		    !vmodule_is_testbench(&o->modules[i]))
			f->v[f->n++] = &o->modules[i];
}

/* Files are in fences with a Verilog language and a path (see prompt_block.c). */
static void add_message(struct found *f, const char *text, size_t len)
{
	const char *end = text + len, *p = text;

	while (p < end) {
		const char *eol = memchr(p, '\n', (size_t)(end - p)), *body, *q;
		size_t width = 0;

		eol = eol ? eol : end;
		while (p + width < eol && p[width] == '`')
			width++;
		if (width < 3 || eol == end) {
			p = eol + (eol < end);
			continue;
		}
		for (body = q = eol + 1; q < end;) {
			const char *e = memchr(q, '\n', (size_t)(end - q));
			size_t n = 0;

			e = e ? e : end;
			while (q + n < e && q[n] == '`')
				n++;
			if (n >= width && q + n == e)
				break;
			q = e + (e < end);
		}
		if (memmem(p + width, (size_t)(eol - p) - width, "verilog ", 8))
			add_file(f, body, (size_t)(q - body));
		p = q < end ? q + width : end;
	}
}

static void found_fini(struct found *f)
{
	for (size_t i = 0; i < f->n_outlines; i++)
		voutline_fini(&f->outlines[i]);
	free(f);
}

/* The request from a module's whole name on; NULL: it is not there. */
static const char *whole_name(const struct vmodule *m, const char *request)
{
	size_t n = strlen(m->name);
	const char *at = request;

	while (n >= 3 && (at = strstr(at, m->name)) != NULL) {
		if ((at == request || !slice_word_char(at[-1])) && !slice_word_char(at[n]))
			return at;
		at += n;
	}
	return NULL;
}

/* 10 if the request has the whole name, plus the number of the name's words in it. */
static size_t match(const struct vmodule *m, const struct words *r, const char *request)
{
	struct words name;
	size_t hits = whole_name(m, request) ? 10 : 0;

	words_init(&name, m->name);
	for (size_t i = 0; i < name.n; i++) {
		bool hit = false;

		for (size_t k = 0; k < r->n && !hit; k++)
			hit = !name.v[i].number && !word_among(&r->v[k], own) &&
			      words_alike(&name.v[i], &r->v[k]);
		hits += hit;
	}
	words_fini(&name);
	return hits;
}

/* Appends English terms for those that students use in other languages. */
static void translate(const char *question, struct str *out)
{
	static const char *const pairs[][2] = {
		{ "zaehler", "counter" },
		{ "compteur", "counter" },
		{ "contador", "counter" },
		{ "schieberegister", "shift register shiftreg" },
		{ "decalage", "shift" },
		{ "automat", "fsm" },
		{ "automate", "fsm" },
		{ "addierer", "adder" },
		{ "volladdierer", "full adder fulladder" },
		{ "additionneur", "adder" },
		{ "multiplexeur", "mux" },
		{ "multiplexer", "mux" },
		{ "decodeur", "decoder" },
		{ "dekoder", "decoder" },
		{ "ampel", "traffic light" },
		{ "feu", "traffic light" },
		{ "speicher", "memory ram" },
		{ "memoire", "memory ram" },
		{ "diviseur", "divider" },
		{ "teiler", "divider" },
		{ "multiplizierer", "multiplier mult" },
		{ "multiplier", "mult" },
		{ "memory", "ram mem" },
		{ "counter", "cnt" },
		{ "entprellung", "debouncer" },
		{ "shift", "shifter shiftreg" },
		{ "machine", "fsm" },
		{ "sumador", "adder" },
		{ "arithmetic", "alu" },
		{ "register", "reg regfile" },
	};
	struct words w;

	words_init(&w, question);
	str_adds(out, question);
	for (size_t k = 0; k < w.n; k++)
		for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
			if (strcmp(w.v[k].text, pairs[i][0]) == 0)
				str_addf(out, " %s", pairs[i][1]);
	words_fini(&w);
}

static const char chatter[] =
	"testbench testbenches tb test bench module modul modules modulo design dut file code "
	"project projekt projet hdl "
	"verilog systemverilog write make create give need want can you u please pls me i a an the "
	"for of to that which "
	"wrote made have written simple good complete full self checking some and with generate "
	"generiere schreib schreibe "
	"erstelle bitte fuer eine einen ein brauche ich un une banc de d essai pour ecris faire "
	"fais svp top level here "
	"is could would do should add help banco prueba pruebas para escribe one existing this in "
	"sv rtl my_module "
	"circuit schaltung it its by do does did testbank geschrieben habe das der die den from";

/* True if the request has a word that may be a module's name. */
static bool names_something(const struct words *r)
{
	for (size_t k = 0; k < r->n; k++)
		if (!r->v[k].number && strlen(r->v[k].text) > 1 && !word_among(&r->v[k], chatter) &&
		    !word_among(&r->v[k], own))
			return true;
	return false;
}

/* The module that is meant; NULL: none or several match. */
static const struct vmodule *meant(const struct found *f, const char *question)
{
	struct str more = STR_INIT;
	struct words r;
	const struct vmodule *best = NULL;
	size_t most = 0, times = 0;
	bool named;

	translate(question, &more);
	words_init(&r, str_cstr(&more));
	named = names_something(&r);
	for (size_t i = 0; i < f->n; i++) {
		size_t hits = match(f->v[i], &r, question);

		times = hits > most ? 1 : times + (hits == most);
		if (hits > most)
			best = f->v[i], most = hits;
	}
	words_fini(&r);
	str_free(&more);
	if (most)
		return times == 1 ? best : NULL;
	return f->n == 1 && !named ? f->v[0] : NULL;
}

/* The answer -------------------------------------------------------------------- */

static void give(const struct vmodule *m, enum lang lang, struct str *out)
{
	str_addf(out,
		 "A testbench for your module `%s`, made from its ports (no model was asked, and "
		 "the cookbook does not "
		 "know what the module is meant to do): clock, reset, waves, a time limit, and one "
		 "check to fill in, which "
		 "fails until you do.\n\n```%s\n",
		 m->name, lang == LANG_SV2017 ? "systemverilog" : "verilog");
	template_testbench(m, lang, out);
	str_adds(out, "```\n");
}

static void ask_which(const struct found *f, struct str *out)
{
	str_adds(out, "The cookbook makes a testbench from a module's ports, but it has nothing "
		      "that fits this request: ");
	if (f->n) {
		str_adds(out, "which module of yours is meant? It sees ");
		for (size_t i = 0; i < f->n && i < 12; i++)
			str_addf(out, "%s`%s`", i ? ", " : "", f->v[i]->name);
		str_addf(out, "%s. Ask again with the name, or say `posedge testbench %s`.\n",
			 f->n > 12 ? ", ..." : "", f->v[0]->name);
	} else {
		str_adds(out, "no module of yours came with it. Save the module in this project, "
			      "and say `posedge testbench "
			      "MODULE`.\n");
	}
}

static void read_modules(const struct prompt *p, struct found *f)
{
	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; p->messages[i].role == ROLE_USER && k < p->messages[i].n; k++)
			if (p->messages[i].parts[k].kind == PROMPT_TEXT)
				add_message(f, p->messages[i].parts[k].text,
					    p->messages[i].parts[k].len);
}

/* "a testbench for NAME", where NAME is a module's: the part of the request after
 * "testbench" has it. "NAME with a testbench" asks for a new one. */
static bool names_own(const struct found *f, const struct words *r, const char *request)
{
	struct words rest;
	bool named = false;

	if (bench_word(r) == r->n)
		return false;
	for (size_t i = 0; i < f->n && !named; i++) {
		const char *at = whole_name(f->v[i], request);

		if (!at)
			continue;
		words_init(&rest, at);
		named = bench_word(&rest) == rest.n;
		words_fini(&rest);
	}
	return named;
}

bool cookbook_bench(const struct prompt *p, struct str *out)
{
	struct found *f = mem_zalloc(sizeof(*f));
	struct words r;
	bool own_one;

	words_init(&r, p->question);
	own_one = bench_word(&r) < r.n;
	if (own_one)
		read_modules(p, f);
	own_one = own_one && (wants_own(&r) || names_own(f, &r, p->question));
	words_fini(&r);
	if (own_one) {
		const struct vmodule *m = meant(f, p->question);

		if (m)
			give(m, p->lang, out);
		else
			ask_which(f, out);
	}
	found_fini(f);
	return own_one;
}
