/* Token helpers for the readers of facts. */
#include "config.h"

#include "session/base/mem.h"
#include "session/graph/graph_reader.h"

bool graph_is(const struct graph_reader *r, size_t i, const char *word)
{
	return vstmts_is(r->s, i, word);
}

bool graph_is_name(const struct graph_reader *r, size_t i)
{
	return i < r->s->n_tokens && r->s->tokens[i].kind == VTOKEN_NAME;
}

size_t graph_comma(const struct graph_reader *r, size_t i, size_t end)
{
	while (i < end && !graph_is(r, i, ",") && !graph_is(r, i, ";"))
		i = vstmts_behind(r->s, i, end);
	return i;
}

void graph_range(const struct graph_reader *r, struct vspan span, size_t *from, size_t *end)
{
	*from = span.off < span.end ? vstmts_token(r->s, span.off) : 0;
	*end = span.off < span.end ? vstmts_token(r->s, span.end) : 0;
}

char *graph_word(const struct graph_reader *r, size_t i)
{
	const struct vstmt_token *t = &r->s->tokens[i];

	return mem_strndup(r->s->text + t->off, t->len < GRAPH_NAME_MAX ? t->len : GRAPH_NAME_MAX);
}
