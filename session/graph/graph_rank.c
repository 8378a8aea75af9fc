/* Ranks all names of a design against the words of a question.
 *
 *	a word counts	by its best match: a part of the name, a part of the enclosing
 *			module's name, the comment
 *	and weighs	more, the fewer names have it
 *	a name ranks	higher, the more of the question it matches and the more of its
 *			letters the question matches
 *
 * In English the last word of a question says what is asked for: an interrupt
 * controller is a module, a dma interrupt select a signal. Words after "of" or "in"
 * describe the module around it. Among equals, a signal assigned in its module ranks
 * before those that only pass it on, and a register before its next value.
 *
 * A module is also known by the names of the signals it makes. Their number counts
 * with the saturation of BM25, so that a large module does not match everything
 * (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009).
 */
#include "config.h"

#include "session/graph/graph_look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/graph/graph_asked.h"
#include "session/graph/graph_fit.h"
#include "session/graph/graph_rank.h"

#define CANDIDATES_MAX 100000u /* names */
#define DOC_SHORT      160u    /* bytes of a comment about one thing */
#define STANDS	       GRAPH_ASKED_STANDS
#define WITHIN	       30u /* minimum fit of a word in the enclosing module */

/* Maluses in percent, for what is rarely meant. */
enum {
	LESS_CONSTANT = 35,
	LESS_TEST = 40,
	LESS_GENVAR = 50,
	LESS_PER_INSTANCE = 3, /* what a module instantiates does the work */
	LESS_TOP = 24,
	LESS_BELOW = 8, /* in an instance of the module that was named */
};

/* Percentages of what the word would count in the name. */
enum {
	IN_CONTEXT = 62,
	IN_CONTEXT_NAMED = 90, /* for words after "of" */
	IN_MODULE_DOC = 64,
	IN_SIGNAL_DOC = 50,
	IN_CONTEXT_DOC = 25,
	IN_SIGNALS = 70, /* for a module: in the name of a signal that it assigns */
	IN_PATH = 40,	 /* in the path of its file */
	OF_COPY = 92,
	IN_PORTS = 60, /* implied by its ports: outputs full and empty mean a queue */
};

static unsigned least(int64_t n, unsigned limit)
{
	return n < limit ? (unsigned)n : limit;
}

/* Matches the words of a comment and returns their joint score, in percent. A single
 * matching word scores nothing. A long comment scores less, because it contains
 * words of any question; but three or more words, all of which match, are not an
 * accident. */
static unsigned fit_doc(const struct graph_ranking *r, const char *doc, unsigned hundredths,
			unsigned char *fit, unsigned char *said)
{
	size_t n = 0;

	for (size_t i = 0; *doc && i < r->a.n_words; i++) {
		unsigned how = graph_fit_prose(slice_of(doc), &r->a.word[i]);

		said[i] = (unsigned char)how;
		fit[i] = (unsigned char)graph_most(fit[i], how * hundredths / 100);
		n += how > 0;
	}
	if (n < 2)
		return 0;
	return (strlen(doc) < DOC_SHORT ? 100 : 85) + (n > 2 && n == r->a.n_words ? 15 : 0);
}

/* True for the next value of a register, which is not the register itself. */
static bool is_next(const char *name)
{
	static const char *const ends[] = { "_d", "_n", "_s", "_next", "_nxt", "_ns" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(name, ends[i]))
			return true;
	return str_starts(name, "next_") || str_starts(name, "nxt_");
}

/* Matches "input", "output" and "inout" with the direction of ports only, whatever
 * the name is. */
static void fit_kind(const struct graph_ranking *r, int64_t kind, struct graph_candidate *c)
{
	static const char *const words[] = {
		[GRAPH_INPUT] = "input", [GRAPH_OUTPUT] = "output", [GRAPH_INOUT] = "inout"
	};

	for (size_t i = 0; kind <= GRAPH_INOUT && i < r->a.n_words; i++)
		if (strcmp(r->a.word[i].low, words[kind]) == 0)
			c->fit[i] = c->own[i] = GRAPH_SURE;
}

static struct graph_candidate *add(struct graph_ranking *r, int64_t row, const char *name)
{
	size_t len = strlen(name);
	struct graph_candidate *c;
	struct graph_match match;

	MEM_ROOM(r->v, r->n, r->cap);
	c = &r->v[r->n++];
	*c = (struct graph_candidate){ .row = row, .len = (unsigned char)(len < 255 ? len : 255) };
	match = graph_asked_fit(&r->a, name, c->fit);
	c->covered = (unsigned char)match.covered;
	c->ends = match.ends;
	memcpy(c->own, c->fit, sizeof(c->own));
	c->later = is_next(name) ? 3 : 0;
	c->ordered = match.ordered;
	for (size_t i = 0; i < r->a.n_words; i++)
		r->has[i] += c->fit[i] >= STANDS;
	return c;
}

/* Finds the first part that is most common among multi-part module names, if at least
 * four names, and every fourth one, begin with it. */
static bool find_common(struct graph *g, char common[GRAPH_FIT_NAME], struct err *err)
{
	struct strv first = { 0 };
	struct graph_rows rows;
	struct graph_name name;
	size_t all = 0, best = 0;

	if (!graph_sql(g, "SELECT name FROM modules", &rows, err, ""))
		return false;
	for (; graph_sql_row(&rows); all++) {
		graph_name_read(&name, slice_of(graph_sql_text(&rows, 0)));
		if (name.n > 1 && name.part[0].from == 0)
			strv_addn(&first, name.low, name.part[0].n);
	}
	strv_sort(&first);
	for (size_t i = 0, n = 0; i < first.n; i++) {
		n = i && strcmp(first.v[i], first.v[i - 1]) == 0 ? n + 1 : 1;
		if (n > best && n >= 4 && n * 4 >= all) {
			best = n;
			snprintf(common, GRAPH_FIT_NAME, "%s", first.v[i]);
		}
	}
	strv_free(&first);
	return graph_sql_end(&rows, err);
}

static bool is_test(const struct graph_name *name, size_t part)
{
	static const char *const words[] = { "test", "tb", "bench", "testbench" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i]) == name->part[part].n &&
		    memcmp(words[i], name->low + name->part[part].from, name->part[part].n) == 0)
			return true;
	return false;
}

/* Looks at the last word of a module's name, which says what kind of thing the module is. */
static void look_at_ends(struct graph_ranking *r, const char *text, struct graph_candidate *c)
{
	struct graph_name name;
	size_t last;

	graph_name_read(&name, slice_of(text));
	if (!name.n)
		return;
	last = name.n - 1;
	if (is_test(&name, 0) || is_test(&name, last)) {
		c->less = LESS_TEST;
	} else {
		const struct graph_part p = name.part[last];

		r->ends_module |= graph_fit_prose((struct slice){ name.low + p.from, p.n },
						  &r->a.word[r->a.head]) >= GRAPH_SURE;
	}
}

static void add_module(struct graph_ranking *r, const struct graph_rows *row)
{
	struct graph_candidate *c = add(r, graph_sql_int(row, 0), graph_sql_text(row, 1));

	c->module = c->row;
	c->spelled = graph_spelled_module(&r->spelled, graph_sql_text(row, 1), r->a.common);
	look_at_ends(r, graph_sql_text(row, 1), c);
	c->less = (unsigned char)graph_most(
		c->less, least(graph_sql_int(row, 4) * LESS_PER_INSTANCE, LESS_TOP));
	c->doc = (unsigned char)fit_doc(r, graph_sql_text(row, 2), IN_MODULE_DOC, c->fit, c->said);
	c->doc_words = (unsigned char)graph_texts_words(graph_sql_text(row, 2));
	for (size_t i = 0; i < r->a.n_words; i++)
		c->fit[i] = (unsigned char)graph_most(
			c->fit[i],
			graph_fit_prose(slice_of(graph_sql_text(row, 3)), &r->a.word[i]) * IN_PATH /
				100u);
}

/* Adds the fits of a signal's module to its own. The amount depends on the module's
 * fits: at most 100 in the name, at most IN_MODULE_DOC in the comment. */
static void add_context(const struct graph_ranking *r, const unsigned char *of_name,
			const unsigned char *of_module, unsigned char *fit)
{
	for (size_t i = 0; i < r->a.n_words; i++) {
		bool named = i >= r->a.around;
		unsigned in = of_name[i] * (named ? IN_CONTEXT_NAMED : IN_CONTEXT) / 100u;

		if (!in)
			in = of_module[i] * (named ? IN_CONTEXT : IN_CONTEXT_DOC) / 100u;
		fit[i] = (unsigned char)graph_most(fit[i], in);
	}
}

/* Gives a signal the names of its copies in other modules. */
static void gather_names(struct graph_ranking *r)
{
	for (size_t i = r->n_modules; i < r->n; i++) {
		struct graph_candidate *c = &r->v[i], *s;
		int64_t row =
			GRAPH_SIGNAL_ROW + graph_nets_source(&r->nets, c->row - GRAPH_SIGNAL_ROW);

		if (row == c->row)
			continue;
		s = graph_candidate_find(r, row);
		if (!s)
			continue;
		c->copy = true;
		for (size_t k = 0; k < r->a.n_words; k++) {
			s->own[k] =
				(unsigned char)graph_most(s->own[k], c->own[k] * OF_COPY / 100u);
			s->fit[k] =
				(unsigned char)graph_most(s->fit[k], c->own[k] * OF_COPY / 100u);
		}
		s->covered = (unsigned char)graph_most(s->covered, c->covered * OF_COPY / 100u);
	}
}

/* Properties common to all signals of a module. */
struct around {
	int64_t module;
	unsigned char name_fit[GRAPH_ASKED_WORDS];
	const unsigned char *fit; /* NULL: the module is not a candidate */
};

static void look_around(const struct graph_ranking *r, int64_t module, const char *name,
			struct around *out)
{
	const struct graph_candidate *m = graph_candidate_find(r, module);

	if (out->module != module) {
		memset(out->name_fit, 0, sizeof(out->name_fit));
		graph_asked_fit(&r->a, name, out->name_fit);
	}
	out->module = module;
	out->fit = m ? m->fit : NULL;
}

/* A module with outputs for full and empty is a queue. */
static void look_at_port(struct graph_ranking *r, const char *name, int64_t module)
{
	struct graph_candidate *m = graph_candidate_find(r, module);
	struct graph_name n;

	if (!m)
		return;
	graph_name_read(&n, slice_of(name));
	for (size_t i = 0; i < n.n; i++) {
		const char *part = n.low + n.part[i].from;

		m->full |= n.part[i].n == 4 && memcmp(part, "full", 4) == 0;
		m->empty |= n.part[i].n == 5 && memcmp(part, "empty", 5) == 0;
	}
	if (!m->full || !m->empty)
		return;
	for (size_t i = 0; i < r->a.n_words; i++)
		if (graph_word_is_queue(&r->a.word[i]))
			m->fit[i] = (unsigned char)graph_most(m->fit[i], IN_PORTS);
}

static struct graph_texts *texts_of(const struct graph_ranking *r, int64_t module)
{
	const struct graph_candidate *m = r->texts ? graph_candidate_find(r, module) : NULL;

	return m ? &r->texts[m - r->v] : NULL;
}

static void add_signal(struct graph_ranking *r, const struct graph_rows *row, struct around *around)
{
	int64_t kind = graph_sql_int(row, 4);
	struct graph_candidate *c =
		add(r, graph_sql_int(row, 0) + GRAPH_SIGNAL_ROW, graph_sql_text(row, 1));
	struct graph_texts *t = texts_of(r, graph_sql_int(row, 3));

	c->module = graph_sql_int(row, 3);
	c->spelled = graph_spelled_signal(&r->spelled, graph_sql_text(row, 5),
					  graph_sql_text(row, 1), r->a.common);
	if (t)
		graph_texts_add(t, GRAPH_TEXT_SIGNALS, 1, c->own, r->a.n_words);
	fit_kind(r, kind, c);
	if (kind == GRAPH_OUTPUT)
		look_at_port(r, graph_sql_text(row, 1), c->module);
	c->later += kind == GRAPH_INPUT ? 4 : kind == GRAPH_NET ? 0 : 2;
	c->less = graph_sql_int(row, 6) ? LESS_GENVAR : kind >= GRAPH_PARAMETER ? LESS_CONSTANT : 0;
	c->next = is_next(graph_sql_text(row, 1));
	c->made = graph_sql_int(row, 7) && !c->next;
	c->stored = graph_sql_int(row, 7) > 1;
	if (graph_sql_int(row, 9))
		c->less = (unsigned char)graph_most(c->less, LESS_BELOW);
	c->kind = (enum graph_signal_kind)kind;
	c->bits = graph_bits_of(graph_sql_text(row, 8));
	c->doc = (unsigned char)fit_doc(r, graph_sql_text(row, 2), IN_SIGNAL_DOC, c->fit, c->said);
	if (t)
		graph_texts_add(t, GRAPH_TEXT_REMARKS, graph_texts_words(graph_sql_text(row, 2)),
				c->said, r->a.n_words);
	look_around(r, c->module, graph_sql_text(row, 5), around);
	if (around->fit)
		add_context(r, around->name_fit, around->fit, c->fit);
}

/* Adds the page of rows after id *last. *n: number of rows. */
static bool add_page(struct graph *g, struct graph_ranking *r, int64_t module,
		     struct around *around, int64_t *last, size_t *n, struct err *err)
{
	static const char modules[] = "SELECT m.id, m.name, m.doc, f.path,"
				      " (SELECT count(*) FROM instances i WHERE i.module = m.id)"
				      " FROM modules m"
				      " JOIN files f ON f.id = m.file WHERE ?1 = 0 AND m.id > ?2"
				      " ORDER BY m.id LIMIT " GRAPH_PAGE_SQL;
	static const char signals[] =
		"SELECT s.id, s.name, s.doc, s.module, s.kind, m.name, s.type LIKE 'genvar%',"
		" (SELECT max(CASE WHEN b.clock <> '' THEN 2 ELSE 1 END) FROM uses u"
		" LEFT JOIN blocks b ON b.id = u.block"
		" WHERE u.signal = s.id AND u.role & 1 AND u.instance = 0), s.type,"
		" ?1 <> 0 AND s.module <> ?1 FROM signals s"
		" JOIN modules m ON m.id = s.module WHERE (?1 = 0 OR s.module IN"
		" (WITH RECURSIVE below(id) AS (SELECT ?1 UNION SELECT o.id FROM below"
		" JOIN instances i ON i.module = below.id JOIN modules o ON o.name = i.of)"
		" SELECT id FROM below)) AND s.id > ?2"
		" ORDER BY s.id LIMIT " GRAPH_PAGE_SQL;
	struct graph_rows rows;

	if (!graph_sql(g, around ? signals : modules, &rows, err, "ii", module, *last))
		return false;
	for (*n = 0; graph_sql_row(&rows); ++*n) {
		r->names_cut = r->n == CANDIDATES_MAX;
		if (r->names_cut)
			break;
		*last = graph_sql_int(&rows, 0);
		if (around)
			add_signal(r, &rows, around);
		else
			add_module(r, &rows);
	}
	return graph_sql_end(&rows, err);
}

static bool add_all(struct graph *g, const struct graph_rest *rest, struct graph_ranking *r,
		    int64_t module, struct around *around, struct err *err)
{
	int64_t last = 0;
	size_t n = GRAPH_PAGE;

	while (n == GRAPH_PAGE)
		if (!add_page(g, r, module, around, &last, &n, err) || !graph_look_rest(rest, err))
			return false;
	return true;
}

static bool add_modules(struct graph *g, const struct graph_rest *rest, struct graph_ranking *r,
			struct err *err)
{
	bool ok = add_all(g, rest, r, 0, NULL, err);

	r->n_modules = r->n;
	return ok;
}

/* Adds a page of the comments about blocks, or of the names of instances, to the texts of
 * their modules. */
static bool add_text_page(struct graph *g, struct graph_ranking *r, enum graph_text which,
			  int64_t *last, size_t *n, struct err *err)
{
	bool names = which == GRAPH_TEXT_INSTANCE;
	const char *sql = names ? "SELECT i.id, m.id, i.name FROM instances i"
				  " JOIN modules m ON m.name = i.of WHERE i.id > ?1"
				  " ORDER BY i.id LIMIT " GRAPH_PAGE_SQL
				: "SELECT id, module, doc FROM blocks WHERE id > ?1"
				  " ORDER BY id LIMIT " GRAPH_PAGE_SQL;
	struct graph_rows rows;

	if (!graph_sql(g, sql, &rows, err, "i", *last))
		return false;
	for (*n = 0; graph_sql_row(&rows); ++*n) {
		struct graph_texts *t = texts_of(r, graph_sql_int(&rows, 1));
		const char *text = graph_sql_text(&rows, 2);
		unsigned char fit[GRAPH_ASKED_WORDS] = { 0 };

		*last = graph_sql_int(&rows, 0);
		if (!t || !*text)
			continue;
		if (names)
			graph_asked_fit(&r->a, text, fit);
		for (size_t k = 0; !names && k < r->a.n_words; k++)
			fit[k] = (unsigned char)graph_fit_prose(slice_of(text), &r->a.word[k]);
		graph_texts_add(t, which, names ? 1 : graph_texts_words(text), fit, r->a.n_words);
	}
	return graph_sql_end(&rows, err);
}

static bool add_text(struct graph *g, const struct graph_rest *rest, struct graph_ranking *r,
		     enum graph_text which, struct err *err)
{
	int64_t last = 0;
	size_t n = GRAPH_PAGE;

	while (n == GRAPH_PAGE)
		if (!add_text_page(g, r, which, &last, &n, err) || !graph_look_rest(rest, err))
			return false;
	return true;
}

/* Begins the texts of all modules. A single word is a name rather than a description. */
static bool add_texts(struct graph *g, const struct graph_rest *rest, struct graph_ranking *r,
		      struct err *err)
{
	if (r->a.n_words < 2)
		return true;
	r->texts = mem_calloc(r->n_modules + 1, sizeof(*r->texts));
	for (size_t i = 0; i < r->n_modules; i++) {
		graph_texts_add(&r->texts[i], GRAPH_TEXT_NAME, 1, r->v[i].own, r->a.n_words);
		graph_texts_add(&r->texts[i], GRAPH_TEXT_DOC, r->v[i].doc_words, r->v[i].said,
				r->a.n_words);
	}
	return add_text(g, rest, r, GRAPH_TEXT_REMARKS, err) &&
	       add_text(g, rest, r, GRAPH_TEXT_INSTANCE, err);
}

static bool add_signals(struct graph *g, const struct graph_rest *rest, struct graph_ranking *r,
			int64_t module, struct err *err)
{
	struct around around = { .module = -1 };

	return add_all(g, rest, r, module, &around, err);
}

/* A module also matches by the names of the signals it assigns: the more, the more of
 * them have the word. So a top, which has names of all kinds, gets little from each. */
static void add_made(struct graph_ranking *r)
{
	size_t all = 0;

	for (size_t i = r->n_modules; i < r->n; i++) {
		const struct graph_candidate *s = &r->v[i];
		struct graph_candidate *m =
			s->made && !s->copy ? graph_candidate_find(r, s->module) : NULL;

		if (!m)
			continue;
		all++;
		m->names++;
		for (size_t k = 0; k < r->a.n_words; k++)
			m->hits[k] += s->own[k] >= STANDS && m->hits[k] < UINT16_MAX;
	}
	for (size_t i = 0; all && i < r->n_modules; i++) {
		struct graph_candidate *m = &r->v[i];
		/* the saturation of BM25 with k1 = 1 and b = 0.75, in percent */
		size_t norm = 25 + 75 * m->names * r->n_modules / all;

		for (size_t k = 0; k < r->a.n_words; k++)
			m->fit[k] = (unsigned char)graph_most(
				m->fit[k], (unsigned)(100 * m->hits[k] * IN_SIGNALS /
						      (100 * m->hits[k] + norm)));
	}
}

static int by_score(const void *a, const void *b)
{
	const struct graph_candidate *x = a, *y = b;

	if (x->spelled != y->spelled)
		return x->spelled < y->spelled ? 1 : -1;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	if (x->later != y->later)
		return x->later - y->later;
	if (x->len != y->len)
		return x->len - y->len;
	return (x->row > y->row) - (x->row < y->row);
}

#define LEAST 75u /* lower scores mean nothing */

/* True if all words match in the name with at least that fit. */
static bool is_sure(const struct graph_ranking *r, const struct graph_candidate *c, unsigned how)
{
	for (size_t i = 0; i < r->a.n_words; i++)
		if (i < r->a.around ? c->own[i] < how : c->fit[i] < WITHIN)
			return false;
	return true;
}

/* Keeps the n candidates from the first one on that has all words, if that is the best, or for
 * known words worth half of the best. */
static size_t keep_sure(struct graph_ranking *r, size_t n, enum graph_words which)
{
	unsigned how = which == GRAPH_WORDS_SURE ? GRAPH_SHORT : GRAPH_KNOWN;
	size_t i = 0;

	while (i < n && !is_sure(r, &r->v[i], how))
		i++;
	if (i == n || (i && which == GRAPH_WORDS_SURE) || r->v[i].score * 2 < r->v[0].score)
		return 0;
	memmove(r->v, r->v + i, (n - i) * sizeof(*r->v));
	return n - i;
}

/* Moves those of the kind asked for that have enough of the words to the front; returns their
 * number. */
static size_t keep_meant(struct graph_ranking *r, const struct graph_question *q, int only,
			 int64_t module)
{
	bool constants = q->ask == GRAPH_ASK_WHERE || q->ask == GRAPH_ASK_LOADS;
	bool modules = only != GRAPH_HIT_SIGNAL && !module, signals = only != GRAPH_HIT_MODULE;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct graph_candidate *c = &r->v[i];

		if ((c->spelled || c->score >= LEAST) && (i < r->n_modules ? modules : signals) &&
		    (constants || c->less != LESS_CONSTANT))
			r->v[n++] = *c;
	}
	return n;
}

/* Sorts them, the best first; returns how many of these can be meant beside it. */
static size_t keep_best(struct graph_ranking *r, enum graph_words which)
{
	size_t n = r->n;

	if (n)
		qsort(r->v, n, sizeof(*r->v), by_score);
	if (which == GRAPH_WORDS_SPELLED)
		n = n && r->v[0].spelled ? n : 0;
	else if (which != GRAPH_WORDS_ANY)
		n = keep_sure(r, n, which);
	while (n && !r->v[n - 1].spelled && r->v[n - 1].score * 3 < r->v[0].score)
		n--;
	return n;
}

bool graph_rank(struct graph *g, const struct graph_question *q, int only, int64_t module,
		enum graph_words which, struct graph_hits *out, struct err *err)
{
	struct graph_ranking r = { .n = 0 };
	size_t n = 0;
	bool ok;

	graph_asked_read(&r.a, q);
	if (q->text)
		graph_spelled_read(&r.spelled, q->text);
	if (!r.a.n_words)
		return true;
	ok = find_common(g, r.a.common, err);
	if (ok && which == GRAPH_WORDS_SPELLED) {
		bool any;

		if (!graph_spelled_any(g, q->rest, &r.spelled, r.a.common, &any, err))
			return false;
		if (!any)
			return true;
	}
	ok = ok && add_modules(g, q->rest, &r, err) && (module || add_texts(g, q->rest, &r, err)) &&
	     add_signals(g, q->rest, &r, module, err) && graph_nets_read(g, q->rest, &r.nets, err);
	gather_names(&r);
	add_made(&r);
	graph_weigh(&r, q);
	if (ok) {
		r.n = keep_meant(&r, q, only, module);
		n = keep_best(&r, which);
	}
	for (size_t i = 0; ok && i < n && out->n < GRAPH_HITS_MAX; i++)
		ok = graph_look_row(g, r.v[i].row, GRAPH_RANK_WORDS, out, err);
	if (ok)
		out->cut |= (r.a.cut || q->cut ? GRAPH_CUT_WORDS : 0u) |
			    (r.names_cut ? GRAPH_CUT_NAMES : 0u) |
			    (n > GRAPH_HITS_MAX ? GRAPH_CUT_HITS : 0u);
	graph_nets_fini(&r.nets);
	free(r.texts);
	free(r.v);
	return ok;
}
