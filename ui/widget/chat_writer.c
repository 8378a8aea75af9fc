/* Rows are not stored. They are made each time the transcript is drawn or measured, and
 * passed to a function; without one they are only counted. A speaker's mark is on the
 * first row.
 */
#include "config.h"

#include "ui/widget/chat_writer.h"

#include <string.h>

#include "ui/look/wrap.h"

void chat_row_add(struct chat_writer *w, const char *text, size_t len, uint8_t style,
		  const uint8_t *styles)
{
	struct chat_row r = {
		w->mark ? w->mark : "", w->mark_style, text, len, style, styles, w->goes_on
	};

	if (w->fn && w->rows >= w->first)
		w->fn(w->ctx, &r);
	w->rows++;
	w->mark = NULL;
}

void chat_line(struct chat_writer *w, const char *text, size_t len, uint8_t style,
	       const uint8_t *styles)
{
	size_t from = 0;

	do {
		size_t to = wrap_row(text, len, from, w->cols, 4);

		chat_row_add(w, text + from, to - from, style, styles ? styles + from : NULL);
		from = to;
		w->goes_on = from < len;
	} while (from < len);
}

void chat_paragraph(struct chat_writer *w, const char *text, size_t len, uint8_t style)
{
	while (len > 0) {
		const char *lf = memchr(text, '\n', len);
		size_t n = lf ? (size_t)(lf - text) : len;

		chat_line(w, text, n, style, NULL);
		n += lf != NULL;
		text += n;
		len -= n;
	}
}
