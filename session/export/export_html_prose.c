/* The prose of an answer as HTML: md4c reads the Markdown, and of what it finds
 * only the elements of the two tables below are written.
 *
 * Markup of the answer's own stays text, and so does the address of a link:
 * nothing on the page leads away from it. Headings are paragraphs, since the
 * page has an outline of its own. An answer can ask for far more elements than
 * it has bytes (a table with many columns and many short rows); one that does
 * is shown as it came.
 */
#include "config.h"

#include "session/export/export_html.h"

#include <md4c.h>

#include "session/base/str.h"

#define NESTED 12		/* quotes and lists in each other that are shown as such */
#define BYTES_FOR_EACH 20	/* of the answer, and */
#define BYTES_AT_LEAST 4096	/* for what is short */

struct prose {
	struct str *out;
	size_t most;		/* out->len, at the end */
	unsigned depth;		/* of quotes, lists and items */
};

struct element {
	const char *begin, *end;
	bool nests;
};

static const struct element blocks[] = {
	[MD_BLOCK_QUOTE] = { "<blockquote>\n", "</blockquote>\n", true },
	[MD_BLOCK_UL] = { "<ul>\n", "</ul>\n", true },
	[MD_BLOCK_OL] = { "<ol>\n", "</ol>\n", true },
	[MD_BLOCK_LI] = { "<li>", "</li>\n", true },
	[MD_BLOCK_HR] = { "<hr>\n", "" },
	[MD_BLOCK_H] = { "<p class=\"head\">", "</p>\n" },
	[MD_BLOCK_CODE] = { "<pre tabindex=\"0\">", "</pre>\n" },
	[MD_BLOCK_P] = { "<p>", "</p>\n" },
	[MD_BLOCK_TABLE] = { "<div class=\"scroll\"><table class=\"plain\">\n", "</table></div>\n" },
	[MD_BLOCK_THEAD] = { "<thead>", "</thead>\n" },
	[MD_BLOCK_TBODY] = { "<tbody>", "</tbody>\n" },
	[MD_BLOCK_TR] = { "<tr>", "</tr>\n" },
	[MD_BLOCK_TH] = { "<th scope=\"col\">", "</th>" },
	[MD_BLOCK_TD] = { "<td>", "</td>" },
};
#define BLOCKS (sizeof(blocks) / sizeof(blocks[0]))

static const struct element spans[] = {
	[MD_SPAN_EM] = { "<em>", "</em>" },
	[MD_SPAN_STRONG] = { "<strong>", "</strong>" },
	[MD_SPAN_CODE] = { "<code>", "</code>" },
};
#define SPANS (sizeof(spans) / sizeof(spans[0]))

/* What md4c takes for "stop". */
static int too_much(const struct prose *p)
{
	return p->out->len > p->most;
}

static void put(struct prose *p, const char *markup)
{
	if (markup)
		str_adds(p->out, markup);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct prose *p = ctx;
	const struct element *e = (size_t)type < BLOCKS ? &blocks[type] : NULL;

	if (e && e->nests && p->depth++ >= NESTED)
		e = NULL;
	if (type == MD_BLOCK_OL && e)
		str_addf(p->out, "<ol start=\"%u\">\n", ((MD_BLOCK_OL_DETAIL *)detail)->start);
	else if (e)
		put(p, e->begin);
	return too_much(p);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct prose *p = ctx;
	const struct element *e = (size_t)type < BLOCKS ? &blocks[type] : NULL;

	if (e && e->nests && --p->depth >= NESTED)
		e = NULL;
	if (e)
		put(p, e->end);
	return too_much(p);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	if ((size_t)type < SPANS)
		put(ctx, spans[type].begin);
	return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	const MD_ATTRIBUTE *address = type == MD_SPAN_A ? &((MD_SPAN_A_DETAIL *)detail)->href :
				      type == MD_SPAN_IMG ? &((MD_SPAN_IMG_DETAIL *)detail)->src : NULL;
	struct prose *p = ctx;

	if ((size_t)type < SPANS)
		put(p, spans[type].end);
	if (address && address->size) {
		str_adds(p->out, " (");
		html_text(p->out, address->text, address->size);
		str_adds(p->out, ")");
	}
	return too_much(p);
}

static int text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE n, void *ctx)
{
	struct prose *p = ctx;

	if (type == MD_TEXT_BR)
		str_adds(p->out, "<br>\n");
	else if (type == MD_TEXT_SOFTBR)
		str_addc(p->out, '\n');
	else if (type == MD_TEXT_NULLCHAR)
		html_text(p->out, "", 1);
	else
		html_text(p->out, s, n);
	return too_much(p);
}

void html_prose(struct str *out, const char *markdown, size_t len)
{
	const MD_PARSER parser = {
		.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = text,
	};
	size_t before = out->len;
	struct prose p = { .out = out, .most = before + BYTES_FOR_EACH * len + BYTES_AT_LEAST };

	if (md_parse(markdown, (MD_SIZE)len, &parser, &p) == 0)
		return;
	str_cut(out, before);
	html_typed(out, markdown, len);
}
