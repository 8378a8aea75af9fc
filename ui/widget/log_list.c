/* A bounded list of lines, as a ring. With a filter, the serial numbers of the lines
 * that pass (a line's number since the start) are kept as a second list, so a screenful
 * does not cost a search of all lines; serial numbers stay valid when the ring drops
 * its oldest line. `follow` keeps the end in view until the user moves up.
 */
#include "config.h"

#include "ui/widget/log_list.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "ui/look/wrap.h"

void log_list_init(struct log_list *l)
{
	memset(l, 0, sizeof(*l));
	l->follow = true;
	l->limit = LOG_LINES;
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
	l->n = l->first = l->dropped = l->chosen = l->top = l->n_passing = l->pass_first = 0;
}

void log_list_fini(struct log_list *l)
{
	log_list_clear(l);
	free(l->v);
	free(l->filter);
	free(l->passing);
	memset(l, 0, sizeof(*l));
}

static const struct log_line *raw(const struct log_list *l, size_t i)
{
	return &l->v[(l->first + i) % l->cap];
}

/* Appends line i to the filter's list if it passes. */
static void note_if_passing(struct log_list *l, size_t i)
{
	if (!l->filter || !strcasestr(raw(l, i)->text, l->filter))
		return;
	if (l->pass_first > l->n_passing) {
		memmove(l->passing, l->passing + l->pass_first, l->n_passing * sizeof(*l->passing));
		l->pass_first = 0;
	}
	MEM_ROOM(l->passing, l->pass_first + l->n_passing, l->cap_passing);
	l->passing[l->pass_first + l->n_passing++] = l->dropped + i;
}

static void forget_passing(struct log_list *l, size_t serial)
{
	if (l->n_passing && l->passing[l->pass_first] == serial) {
		l->pass_first++;
		l->n_passing--;
		if (l->chosen > 0) {
			l->chosen--;
			l->top -= l->top > 0;
		}
	}
}

/* A slot for a new line. The ring grows only until it is full, so first is 0 while
 * it does. */
static struct log_line *room(struct log_list *l)
{
	if (l->n == l->limit) {
		line_fini(&l->v[l->first]);
		l->first = (l->first + 1) % l->cap;
		forget_passing(l, l->dropped);
		l->dropped++;
		l->n--;
		if (!l->follow && !l->filter && l->chosen > 0) {
			l->chosen--;
			l->top -= l->top > 0;
		}
	} else if (l->n == l->cap) {
		MEM_ROOM(l->v, l->n, l->cap);
		if (l->cap > l->limit)
			l->cap = l->limit;
	}
	return &l->v[(l->first + l->n++) % l->cap];
}

void log_list_add(struct log_list *l, uint8_t style, const char *text, size_t len, const char *path,
		  int line, int col)
{
	struct log_line *added = room(l);

	if (len > LOG_LINE_BYTES)
		len = LOG_LINE_BYTES;
	*added = (struct log_line){ mem_strndup(text, len), mem_strdup(path), line, col, style };
	note_if_passing(l, l->n - 1);
}

void log_list_replace(struct log_list *l, uint8_t style, const char *text, size_t len, int line)
{
	struct log_line *last = &l->v[(l->first + l->n - 1) % l->cap];

	free(last->text);
	free(last->path);
	*last = (struct log_line){ mem_strndup(text, len < LOG_LINE_BYTES ? len : LOG_LINE_BYTES),
				   NULL, line, 0, style };
	if (l->n_passing && l->passing[l->pass_first + l->n_passing - 1] == l->dropped + l->n - 1)
		l->n_passing--;
	note_if_passing(l, l->n - 1);
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
	l->chosen = l->top = l->n_passing = l->pass_first = 0;
	l->follow = l->filter == NULL;
	for (size_t i = 0; i < l->n; i++)
		note_if_passing(l, i);
}

size_t log_list_shown(const struct log_list *l)
{
	return l->filter ? l->n_passing : l->n;
}

const struct log_line *log_list_at(const struct log_list *l, size_t i)
{
	if (i >= log_list_shown(l))
		return NULL;
	return raw(l, l->filter ? l->passing[l->pass_first + i] - l->dropped : i);
}

const struct log_line *log_list_unfiltered_at(const struct log_list *l, size_t i)
{
	return raw(l, i);
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

bool log_list_wraps(const struct log_list *l, size_t i)
{
	return !l->table || (l->whole && i == l->chosen);
}

int log_list_rows(const struct log_list *l, size_t i, int cols)
{
	const char *text = log_list_at(l, i)->text;

	return log_list_wraps(l, i) ? wrap_indented_rows(text, strlen(text), cols) : 1;
}

/* The first line to show so that line `last` is still on the screen. */
static size_t top_for(const struct log_list *l, size_t last, int rows, int cols)
{
	size_t top = last;
	int used = log_list_rows(l, last, cols);

	while (top > 0 && (used += log_list_rows(l, top - 1, cols)) <= rows)
		top--;
	return top;
}

void log_list_view(struct log_list *l, int rows, int cols)
{
	size_t n = log_list_shown(l), least, most;

	if (l->follow && n > 0)
		l->chosen = n - 1;
	if (l->chosen >= n)
		l->chosen = n ? n - 1 : 0;
	if (n == 0) {
		l->top = 0;
		return;
	}
	least = top_for(l, l->chosen, rows, cols);
	most = top_for(l, n - 1, rows, cols);
	if (l->top > l->chosen)
		l->top = l->chosen;
	if (l->top > most)
		l->top = most;
	if (l->top < least)
		l->top = least;
}
