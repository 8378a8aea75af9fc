/* Adds parts to the result of the answer parser, and ends the prose before them.
 * Prose is shown to users, so invalid UTF-8 and bytes that could control a terminal
 * become U+FFFD here; code keeps its bytes, because later checks need them.
 */
#include "config.h"

#include "session/answer/answer_parser.h"

#include <stdlib.h>

#include "session/answer/answer_raw.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"

struct answer_part *parser_add(struct parser *p, enum part_kind kind, struct slice text)
{
	struct answer_part *part;

	MEM_ROOM(p->out->v, p->out->n, p->cap);
	part = &p->out->v[p->out->n++];
	*part = (struct answer_part){ .kind = kind, .text = slice_dup(text), .len = text.n };
	return part;
}

/* Adds prose, replacing bytes that are not text by U+FFFD. */
void parser_prose(struct parser *p, enum part_kind kind, struct slice text, bool cut)
{
	struct str clean = STR_INIT;
	struct answer_part *part;
	size_t from = 0, at = 0;

	while (at < text.n) {
		unsigned cp = 0;
		size_t n;
		bool bad;

		/* the usual case */
		if ((text.p[at] >= 0x20 && text.p[at] < 0x7f) || text.p[at] == '\n') {
			at++;
			continue;
		}
		n = utf8_decode(text.p + at, text.n - at, &cp);
		bad = n == 0 || (cp < 0x20 && cp != '\n' && cp != '\t' && cp != '\r') ||
		      (cp >= 0x7f && cp < 0xa0);
		if (bad) {
			str_add(&clean, text.p + from, at - from);
			str_adds(&clean, "\xef\xbf\xbd");
			from = at + (n ? n : 1);
		}
		at += n ? n : 1;
	}
	str_add(&clean, text.p + from, text.n - from);
	part = parser_add(p, kind, (struct slice){ text.p, 0 });
	part->cut = cut;
	part->len = clean.len;
	free(part->text);
	part->text = str_take(&clean);
}

/* Prose may contain the body of a module whose header is in the project. */
void parser_flush(struct parser *p, const char *upto)
{
	struct slice text = { p->prose, (size_t)(upto - p->prose) }, body;

	if (raw_body(text, &body)) {
		struct slice before = { text.p, (size_t)(body.p - text.p) };

		if (!slice_blank(before))
			parser_prose(p, PART_PROSE, before, false);
		parser_add(p, PART_CODE, body);
		text = slice_from(text, before.n + body.n);
	}
	if (!slice_blank(text))
		parser_prose(p, PART_PROSE, text, false);
	p->prose = p->rest.p;
}

/* Call after something was taken: prose restarts, and names are used up. */
void parser_taken(struct parser *p)
{
	p->prose = p->rest.p;
	p->above = p->heading = (struct slice){ p->rest.p, 0 };
	p->lead = NULL;
	p->in_comment = false;
	p->after_raw = false;
}
