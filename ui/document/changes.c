/* Gutter marks for lines that differ from the saved file: `~` changed, `+` new, `_`
 * lines deleted above this one (after the last line: below it). They come from a diff
 * that is made again when the document is at another node, so undo brings the old marks
 * back. There are none above CHANGES_LIMIT bytes. The first lines of a hunk are paired
 * as changed; the rest are new.
 */
#include "config.h"

#include "ui/document/changes.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/diff.h"
#include "session/text/text.h"

void changes_fini(struct changes *c)
{
	str_free(&c->saved);
	free(c->marks);
	*c = (struct changes){ 0 };
}

void changes_saved(struct changes *c, const char *text, size_t len, uint32_t saved_node)
{
	str_clear(&c->saved);
	c->known = text && len <= CHANGES_LIMIT;
	if (c->known)
		str_add(&c->saved, text, len);
	c->saved_node = saved_node;
	c->fresh = false;
}

static void mark(struct changes *c, const struct diff_hunk *h)
{
	size_t paired = h->a_len < h->b_len ? h->a_len : h->b_len;

	for (size_t i = 0; i < h->b_len && h->b_start + i < c->n; i++)
		c->marks[h->b_start + i] = i < paired ? '~' : '+';
	if (h->b_len == 0 && c->n)
		c->marks[h->b_start < c->n ? h->b_start : c->n - 1] = '_';
}

void changes_update(struct changes *c, const struct text *t, uint32_t node)
{
	struct str now = STR_INIT;
	struct lines a, b;
	struct diff d;
	bool same;

	if (!c->known || (c->fresh && c->node == node))
		return;
	c->fresh = true;
	c->node = node;
	c->n = 0;
	if (text_len(t) > CHANGES_LIMIT)
		return;
	text_get_all(t, &now);
	same = now.len == c->saved.len && memcmp(str_cstr(&now), str_cstr(&c->saved), now.len) == 0;
	lines_init(&a, str_cstr(&c->saved), c->saved.len);
	lines_init(&b, str_cstr(&now), now.len);
	c->n = b.n;
	c->marks = mem_realloc(c->marks, c->n + 1);
	memset(c->marks, ' ', c->n);
	if (!same) {
		diff_init(&d, &a, &b);
		for (size_t i = 0; i < d.n; i++)
			mark(c, &d.hunks[i]);
		diff_fini(&d);
	}
	lines_fini(&a);
	lines_fini(&b);
	str_free(&now);
}

char changes_mark(const struct changes *c, size_t line)
{
	return c->known && c->fresh && line < c->n ? c->marks[line] : ' ';
}
