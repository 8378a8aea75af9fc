/* Finds modules similar to a given one, by the words of names, comments and ports. */
#include "config.h"

#include "session/graph/graph.h"
#include "session/graph/graph_look.h"
#include "session/graph/graph_words.h"

#define WORDS_MAX 60u

bool graph_alike(struct graph *g, int64_t module, size_t max, struct graph_hits *out,
		 struct err *err)
{
	struct str match = STR_INIT;
	struct graph_rows r;
	int64_t rows[GRAPH_HITS_MAX];
	size_t n = 0;
	bool ok = graph_sql(g,
			    "SELECT name FROM modules WHERE id = ?1 UNION ALL SELECT doc FROM"
			    " modules WHERE id = ?1 UNION ALL SELECT name FROM signals WHERE"
			    " module = ?1 AND position >= 0",
			    &r, err, "i", module);

	*out = (struct graph_hits){ 0 };
	if (!ok)
		return false;
	while (graph_sql_row(&r))
		graph_match(graph_sql_text(&r, 0), 2, WORDS_MAX, &match);
	ok = graph_sql_end(&r, err);
	if (ok && match.len) {
		/* A matching signal counts for its module. */
		ok = graph_sql(g,
			       "SELECT m, sum(score) AS total FROM (SELECT CASE WHEN w.rowid"
			       " < " GRAPH_SIGNAL_ROW_SQL " THEN w.rowid ELSE (SELECT module FROM"
			       " signals WHERE id = w.rowid - " GRAPH_SIGNAL_ROW_SQL ") END AS m,"
			       " bm25(words, 8.0, 4.0, 0.0) AS score FROM"
			       " words w WHERE words MATCH ? ORDER BY rank LIMIT 400)"
			       " WHERE m <> ? GROUP BY m ORDER BY total LIMIT 50",
			       &r, err, "si", str_cstr(&match), module);
		while (ok && n < max && n < GRAPH_HITS_MAX && graph_sql_row(&r))
			rows[n++] = graph_sql_int(&r, 0);
		ok = ok && graph_sql_end(&r, err);
	}
	for (size_t i = 0; ok && i < n; i++)
		ok = graph_look_row(g, rows[i], GRAPH_RANK_WORDS, out, err);
	str_free(&match);
	if (!ok)
		graph_hits_fini(out);
	return ok;
}
