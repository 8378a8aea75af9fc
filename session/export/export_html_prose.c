/* The prose of an answer as HTML: cmark parses the Markdown, and only the elements
 * of the table below are written.
 *
 * HTML in the answer stays text, and so does the address of a link: nothing on the
 * page leads away from it. Headings become paragraphs, because the page has an
 * outline of its own. CommonMark has no tables; a paragraph of rows keeps its lines
 * and is set in a fixed-width font.
 *
 * A reference is copied wherever it is used, so the tree of a text can grow with
 * the square of its length. Therefore each piece of a text is parsed separately and
 * is kept short.
 */
#include "config.h"

#include "session/export/export_html.h"

#include <cmark.h>

#include "session/base/str.h"
#include "session/text/slice.h"

#define PIECE	   8192	 /* bytes parsed together, up to the next blank line */
#define PIECE_MOST 16384 /* hard limit; a longer line is not parsed */
#define NESTED	   24	 /* nesting of elements; deeper ones become text */

struct element {
	const char *begin, *end;
};

static const struct element elements[] = {
	[CMARK_NODE_BLOCK_QUOTE] = { "<blockquote>\n", "</blockquote>\n" },
	[CMARK_NODE_ITEM] = { "<li>", "</li>\n" },
	[CMARK_NODE_CODE_BLOCK] = { "<pre tabindex=\"0\">", "</pre>\n" },
	[CMARK_NODE_HTML_BLOCK] = { "<p>", "</p>\n" },
	[CMARK_NODE_PARAGRAPH] = { "<p>", "</p>\n" },
	[CMARK_NODE_HEADING] = { "<p class=\"head\">", "</p>\n" },
	[CMARK_NODE_THEMATIC_BREAK] = { "<hr>\n", "" },
	[CMARK_NODE_SOFTBREAK] = { "\n", "" },
	[CMARK_NODE_LINEBREAK] = { "<br>\n", "" },
	[CMARK_NODE_CODE] = { "<code>", "</code>" },
	[CMARK_NODE_EMPH] = { "<em>", "</em>" },
	[CMARK_NODE_STRONG] = { "<strong>", "</strong>" },
	[CMARK_NODE_IMAGE] = { "", "" },
};

/* True for a paragraph of a tight list. */
static bool is_tight(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph),
		   *list = item ? cmark_node_parent(item) : NULL;

	return list && cmark_node_get_type(list) == CMARK_NODE_LIST &&
	       cmark_node_get_list_tight(list);
}

static bool is_rows(cmark_node *paragraph)
{
	cmark_node *first = cmark_node_first_child(paragraph);
	const char *text = first ? cmark_node_get_literal(first) : NULL;

	return text && text[0] == '|';
}

static void begin(cmark_node *node, struct str *out)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_LIST && cmark_node_get_list_type(node) == CMARK_ORDERED_LIST)
		str_addf(out, "<ol start=\"%d\">\n", cmark_node_get_list_start(node));
	else if (type == CMARK_NODE_LIST)
		str_adds(out, "<ul>\n");
	else if (type == CMARK_NODE_PARAGRAPH && is_rows(node))
		str_adds(out, "<p class=\"rows\">");
	else if (type == CMARK_NODE_PARAGRAPH && is_tight(node))
		;
	else if (elements[type].begin)
		str_adds(out, elements[type].begin);
}

static void end(cmark_node *node, struct str *out)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_LIST)
		str_adds(out, cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? "</ol>\n"
										   : "</ul>\n");
	else if (type == CMARK_NODE_PARAGRAPH && is_tight(node) && !is_rows(node))
		;
	else if (elements[type].end)
		str_adds(out, elements[type].end);
}

static void text(cmark_node *node, struct str *out)
{
	const char *literal = cmark_node_get_literal(node), *url = cmark_node_get_url(node);

	if (literal)
		html_c(out, literal);
	if (url && url[0]) {
		str_adds(out, " (");
		html_c(out, url);
		str_adds(out, ")");
	}
}

/* True for nodes without children: they are entered and never left. */
static bool is_leaf(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	return type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ||
	       type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK ||
	       type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_SOFTBREAK ||
	       type == CMARK_NODE_LINEBREAK || type == CMARK_NODE_THEMATIC_BREAK;
}

static void parse(struct slice s, struct str *out)
{
	cmark_node *document = cmark_parse_document(s.p, s.n, CMARK_OPT_DEFAULT);
	cmark_iter *i = cmark_iter_new(document);
	cmark_event_type event;
	size_t depth = 0;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(i);
		bool leaf = is_leaf(node), enter = event == CMARK_EVENT_ENTER;

		depth -= !enter;
		if (enter && depth < NESTED)
			begin(node, out);
		if (leaf || !enter)
			text(node, out);
		if ((leaf || !enter) && depth < NESTED)
			end(node, out);
		depth += enter && !leaf;
	}
	cmark_iter_free(i);
	cmark_node_free(document);
}

static void piece(struct slice s, struct str *out)
{
	if (s.n <= PIECE_MOST)
		parse(s, out);
	else
		html_typed(out, s.p, s.n);
}

void html_prose(struct str *out, const char *markdown, size_t len)
{
	struct slice rest = { markdown, len }, now = { markdown, 0 };

	while (rest.n) {
		struct slice line = slice_line(&rest);

		if (now.n && now.n + line.n > PIECE_MOST) {
			piece(now, out);
			now = (struct slice){ line.p, 0 };
		}
		now.n += line.n;
		if (rest.n && (now.n < PIECE || !slice_blank(line)))
			continue;
		piece(now, out);
		now = (struct slice){ rest.p, 0 };
	}
}
