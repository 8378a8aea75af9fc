/* Compares a question word by word with the parts of a name. Three readings of a question are
 * kept: all of it, and the words before and after its last "of" or "in", which name a signal
 * and its module. Each part gets a grade (same, alike, not), and a name the lowest of its
 * parts, so one wrong word is enough to rule a name out.
 */
#include "config.h"

#include "session/graph/graph_spelled.h"

#include <string.h>

#include "session/graph/graph_fit.h"
#include "session/graph/graph_look.h"
#include "session/graph/graph_words.h"

static const char *const before[] = { "where", "what", "which", "is",	"are", "the",
				      "a",     "an",   "show",	"find", "me",  NULL };
static const char *const kinds[] = { "module", "signal", NULL };
static const char *const acts[] = { "loads", "reads", "writes", "drives", "sets", "resets", NULL };

/* Letters that a word may be cut to in a name: instr, dest. A word without its last letter is
 * another one: "ready" is not READ. */
#define SHORTENED 3u

static bool is_of(struct slice w, const char *const *words)
{
	for (; *words; words++)
		if (slice_is_nocase(w, *words))
			return true;
	return false;
}

/* Adds the parts of a word: "wr_ptr" has two. */
static void add(struct graph_spelled_words *out, struct slice word)
{
	struct graph_name name;

	graph_name_read(&name, word);
	for (size_t i = 0; i < name.n; i++) {
		const struct graph_part p = name.part[i];

		if (out->n == GRAPH_SPELLED_WORDS || p.n >= sizeof(out->word[0])) {
			out->n = GRAPH_SPELLED_WORDS + 1;
			return;
		}
		if (out->n > GRAPH_SPELLED_WORDS)
			return;
		memcpy(out->word[out->n], name.low + p.from, p.n);
		out->word[out->n++][p.n] = '\0';
	}
}

/* True for "what reads data" and "reads data", which ask for more than read_data; false for
 * "what is the read data" and "read data". */
static bool asks_who(const struct slice *w, size_t n)
{
	return is_of(w[0], acts) ||
	       (n > 1 && (slice_is_nocase(w[0], "what") || slice_is_nocase(w[0], "which")) &&
		!is_of(w[1], before) && !is_of(w[1], kinds));
}

static void add_all(struct graph_spelled_words *out, const struct slice *w, size_t n)
{
	while (n && is_of(*w, before)) {
		w++;
		n--;
	}
	if (n > 1 && is_of(w[0], kinds)) {
		w++;
		n--;
	}
	n -= n > 1 && is_of(w[n - 1], kinds);
	for (size_t i = 0; i < n; i++)
		add(out, w[i]);
	if (out->n > GRAPH_SPELLED_WORDS)
		out->n = 0;
}

void graph_spelled_read(struct graph_spelled *out, const char *question)
{
	struct slice rest = slice_of(question), w[GRAPH_SPELLED_WORDS];
	size_t n = 0, of = 0;

	memset(out, 0, sizeof(*out));
	while (!slice_blank(rest)) {
		if (n == GRAPH_SPELLED_WORDS)
			return;
		w[n] = graph_bare(slice_token(&rest));
		if (n && (slice_is_nocase(w[n], "of") || slice_is_nocase(w[n], "in")))
			of = n;
		n += w[n].n > 0;
	}
	if (n < 2 || asks_who(w, n))
		return; /* a name as it is, a path, or what acts on one */
	add_all(&out->all, w, n);
	if (of) {
		add_all(&out->name, w, of);
		add_all(&out->around, w + of + 1, n - of - 1);
	}
}

static enum graph_spelling same_word(const char *part, size_t n, const char *word)
{
	size_t len = strlen(word);
	const char *full = graph_full(part, n), *other = graph_full(word, len);

	if (len == n && memcmp(part, word, n) == 0)
		return GRAPH_SPELLED_SAME;
	if ((full && strcmp(full, word) == 0) || (full && other && strcmp(full, other) == 0) ||
	    (other && strlen(other) == n && memcmp(other, part, n) == 0) ||
	    (n >= SHORTENED && n + 1 < len && memcmp(part, word, n) == 0) ||
	    graph_is_form(part, n, word))
		return GRAPH_SPELLED_ALIKE;
	return GRAPH_SPELLED_NOT;
}

/* True if both have the same letters, whatever parts they are in: "rs 1", rs1. */
static bool is_joined(const struct graph_spelled_words *w, const struct graph_name *name,
		      size_t from)
{
	size_t word = 0, at = 0;

	for (size_t i = from; i < name->n; i++)
		for (size_t k = 0; k < name->part[i].n; k++) {
			if (word == w->n || w->word[word][at] != name->low[name->part[i].from + k])
				return false;
			at++;
			if (!w->word[word][at]) {
				word++;
				at = 0;
			}
		}
	return from < name->n && word == w->n;
}

/* From the part with that index on. */
static enum graph_spelling spells(const struct graph_spelled_words *w,
				  const struct graph_name *name, size_t from)
{
	enum graph_spelling least =
		w->n && name->n == w->n + from ? GRAPH_SPELLED_SAME : GRAPH_SPELLED_NOT;

	for (size_t i = 0; least && i < w->n; i++) {
		const struct graph_part p = name->part[from + i];
		enum graph_spelling how = same_word(name->low + p.from, p.n, w->word[i]);

		least = how < least ? how : least;
	}
	if (!least && w->n && is_joined(w, name, from))
		return GRAPH_SPELLED_ALIKE;
	return least;
}

static enum graph_spelling of_module(const struct graph_spelled_words *w, const char *module,
				     const char *common)
{
	struct graph_name name;
	enum graph_spelling how;

	if (w->n == 0)
		return GRAPH_SPELLED_NOT;
	graph_name_read(&name, slice_of(module));
	how = spells(w, &name, 0);
	if (how || name.n < 2 || name.part[0].n != strlen(common) ||
	    memcmp(name.low, common, name.part[0].n) != 0)
		return how;
	return spells(w, &name, 1) ? GRAPH_SPELLED_ALIKE : GRAPH_SPELLED_NOT;
}

enum graph_spelling graph_spelled_module(const struct graph_spelled *s, const char *module,
					 const char *common)
{
	return of_module(&s->all, module, common);
}

enum graph_spelling graph_spelled_signal(const struct graph_spelled *s, const char *module,
					 const char *signal, const char *common)
{
	enum graph_spelling how, around;
	struct graph_name name;

	graph_name_read(&name, slice_of(signal));
	how = spells(&s->all, &name, 0);
	if (how || s->around.n == 0)
		return how;
	how = spells(&s->name, &name, 0);
	around = how ? of_module(&s->around, module, common) : GRAPH_SPELLED_NOT;
	return around < how ? around : how;
}

/* A page of names after row *last. *n: number of rows. */
static bool look_at_page(struct graph *g, const struct graph_spelled *s, const char *common,
			 bool signals, int64_t *last, size_t *n, bool *any, struct err *err)
{
	struct graph_rows rows;

	if (!graph_sql(g,
		       signals ? "SELECT s.id, m.name, s.name FROM signals s JOIN modules m"
				 " ON m.id = s.module WHERE s.id > ?1 ORDER BY s.id"
				 " LIMIT " GRAPH_PAGE_SQL
			       : "SELECT id, name FROM modules WHERE id > ?1 ORDER BY id"
				 " LIMIT " GRAPH_PAGE_SQL,
		       &rows, err, "i", *last))
		return false;
	for (*n = 0; !*any && graph_sql_row(&rows); ++*n) {
		*last = graph_sql_int(&rows, 0);
		*any = signals ? graph_spelled_signal(s, graph_sql_text(&rows, 1),
						      graph_sql_text(&rows, 2), common)
			       : graph_spelled_module(s, graph_sql_text(&rows, 1), common);
	}
	return graph_sql_end(&rows, err);
}

bool graph_spelled_any(struct graph *g, const struct graph_rest *rest,
		       const struct graph_spelled *s, const char *common, bool *any,
		       struct err *err)
{
	*any = false;
	for (int signals = 0; signals < 2 && !*any && s->all.n > 1; signals++) {
		int64_t last = 0;
		size_t n = GRAPH_PAGE;

		while (n == GRAPH_PAGE && !*any)
			if (!look_at_page(g, s, common, signals, &last, &n, any, err) ||
			    !graph_look_rest(rest, err))
				return false;
	}
	return true;
}
