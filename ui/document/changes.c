/* Gutter marks for lines that differ from the saved file: `~` changed, `+` new, `_`
 * lines deleted above this one (after the last line: below it). They come from a diff
 * that is made again when the document is at another node, so undo brings the old marks
 * back. It is made at each pause in typing, so it looks at nothing but the lines between
 * the first byte that differs and the last one. There are none above CHANGES_LIMIT bytes.
 * The first lines of a hunk are paired as changed; the rest are new.
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

/* Length of what a and b, of at least len bytes, begin with both, up to a whole line. */
static size_t common_head(const char *a, const char *b, size_t len)
{
	size_t n = 0;

	while (n + 256 <= len && memcmp(a + n, b + n, 256) == 0)
		n += 256;
	while (n < len && a[n] == b[n])
		n++;
	while (n > 0 && a[n - 1] != '\n')
		n--;
	return n;
}

/* The same for the common end; a and b point to the ends. */
static size_t common_tail(const char *a, const char *b, size_t len)
{
	size_t n = 0;

	while (n + 256 <= len && memcmp(a - n - 256, b - n - 256, 256) == 0)
		n += 256;
	while (n < len && a[-(long)n - 1] == b[-(long)n - 1])
		n++;
	if (n > 0) {
		const char *lf = memchr(a - n, '\n', n);

		n = lf ? (size_t)(a - lf) - 1 : 0;
	}
	return n;
}

/* Marks the lines of [from, end - tail) of now; first: number of the first of them. */
static void mark_middle(struct changes *c, const struct str *now, size_t from, size_t tail,
			size_t first)
{
	struct lines a, b;
	struct diff d;

	lines_init(&a, str_cstr(&c->saved) + from, c->saved.len - from - tail);
	lines_init(&b, str_cstr(now) + from, now->len - from - tail);
	diff_init(&d, &a, &b);
	for (size_t i = 0; i < d.n; i++) {
		d.hunks[i].b_start += first;
		mark(c, &d.hunks[i]);
	}
	diff_fini(&d);
	lines_fini(&a);
	lines_fini(&b);
}

void changes_update(struct changes *c, const struct text *t, uint32_t node)
{
	struct str now = STR_INIT;
	size_t least, head, tail;

	if (!c->known || (c->fresh && c->node == node))
		return;
	c->fresh = true;
	c->node = node;
	c->n = 0;
	if (text_len(t) > CHANGES_LIMIT)
		return;
	text_get_all(t, &now);
	c->n = text_lines(t) - (now.len == 0 || now.data[now.len - 1] == '\n');
	c->marks = mem_realloc(c->marks, c->n + 1);
	memset(c->marks, ' ', c->n);
	least = now.len < c->saved.len ? now.len : c->saved.len;
	head = common_head(str_cstr(&now), str_cstr(&c->saved), least);
	tail = common_tail(str_cstr(&now) + now.len, str_cstr(&c->saved) + c->saved.len,
			   least - head);
	mark_middle(c, &now, head, tail, text_line_of(t, head));
	str_free(&now);
}

char changes_mark(const struct changes *c, size_t line)
{
	return c->known && c->fresh && line < c->n ? c->marks[line] : ' ';
}
