#include "config.h"

#include "ui/log_list.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

void log_list_init(struct log_list *l)
{
	memset(l, 0, sizeof(*l));
	l->follow = true;
}

static void line_fini(struct log_line *line)
{
	free(line->text);
	free(line->path);
}

void log_list_clear(struct log_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		line_fini(&l->v[(l->first + i) % l->cap]);
	l->n = l->first = l->dropped = l->chosen = l->top = 0;
}

void log_list_fini(struct log_list *l)
{
	log_list_clear(l);
	free(l->v);
	free(l->filter);
	memset(l, 0, sizeof(*l));
}

/* Only a list that is not full grows, so that its ring starts at 0 then. */
static struct log_line *room(struct log_list *l)
{
	if (l->n == LOG_LINES) {
		line_fini(&l->v[l->first]);
		l->first = (l->first + 1) % l->cap;
		l->dropped++;
		l->n--;
		if (!l->follow && !l->filter && l->chosen > 0) {
			l->chosen--;
			l->top -= l->top > 0;
		}
	} else if (l->n == l->cap) {
		l->cap = mem_grow((void **)&l->v, l->cap, l->n + 1, sizeof(*l->v));
		if (l->cap > LOG_LINES)
			l->cap = LOG_LINES;
	}
	return &l->v[(l->first + l->n++) % l->cap];
}

void log_list_add(struct log_list *l, uint8_t style, const char *text, size_t len, const char *path, int line,
		  int col)
{
	struct log_line *added = room(l);

	if (len > LOG_LINE_BYTES)
		len = LOG_LINE_BYTES;
	*added = (struct log_line){ mem_strndup(text, len), mem_strdup(path), line, col, style };
}

void log_list_replace(struct log_list *l, uint8_t style, const char *text, size_t len, int line)
{
	struct log_line *last = &l->v[(l->first + l->n - 1) % l->cap];

	free(last->text);
	free(last->path);
	*last = (struct log_line){ mem_strndup(text, len < LOG_LINE_BYTES ? len : LOG_LINE_BYTES), NULL, line, 0, style };
}

void log_list_puts(struct log_list *l, uint8_t style, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		log_list_add(l, style, text, n, NULL, 0, 0);
		text += n + (text[n] == '\n');
	}
}

void log_list_filter(struct log_list *l, const char *word)
{
	free(l->filter);
	l->filter = word && word[0] ? mem_strdup(word) : NULL;
	l->chosen = l->top = 0;
	l->follow = l->filter == NULL;
}

static const struct log_line *raw(const struct log_list *l, size_t i)
{
	return &l->v[(l->first + i) % l->cap];
}

static bool passes(const struct log_list *l, size_t i)
{
	return strcasestr(raw(l, i)->text, l->filter) != NULL;
}

size_t log_list_shown(const struct log_list *l)
{
	size_t n = 0;

	if (!l->filter)
		return l->n;
	for (size_t i = 0; i < l->n; i++)
		n += passes(l, i);
	return n;
}

const struct log_line *log_list_at(const struct log_list *l, size_t i)
{
	if (!l->filter)
		return i < l->n ? raw(l, i) : NULL;
	for (size_t k = 0; k < l->n; k++)
		if (passes(l, k) && i-- == 0)
			return raw(l, k);
	return NULL;
}

void log_list_move(struct log_list *l, long by)
{
	long n = (long)log_list_shown(l), at = (long)l->chosen + by;

	if (l->follow && n > 0)
		at = n - 1 + by;
	at = at >= n ? n - 1 : at;
	l->chosen = at < 0 ? 0 : (size_t)at;
	l->follow = !l->filter && n > 0 && at == n - 1 && by > 0;
}

void log_list_view(struct log_list *l, int rows)
{
	size_t n = log_list_shown(l), height = rows > 0 ? (size_t)rows : 1;

	if (l->follow && n > 0)
		l->chosen = n - 1;
	if (l->chosen >= n)
		l->chosen = n ? n - 1 : 0;
	if (l->chosen < l->top)
		l->top = l->chosen;
	if (l->chosen >= l->top + height)
		l->top = l->chosen - height + 1;
	if (l->top + height > n)
		l->top = n > height ? n - height : 0;
}
