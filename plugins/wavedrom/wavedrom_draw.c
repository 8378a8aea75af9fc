/* Draws lanes as WaveJSON (wavedrom.com/tutorial.html: signal, wave, data, head), as
 * SVG of our own, and as text.
 *
 * Names and values come from a dump that anybody may have written: they are escaped for
 * JSON and XML and never become markup. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/wavedrom/wavedrom.h"

#define LABEL_MAX 40 /* characters shown of a value */

/* Values ------------------------------------------------------------------------------ */

/* Maps a digit, also of VHDL's nine states, to one of four states. */
static char digit(char c)
{
	switch (c) {
	case '0':
	case 'l':
	case 'L':
		return '0';
	case '1':
	case 'h':
	case 'H':
		return '1';
	case 'z':
	case 'Z':
		return 'z';
	default:
		return 'x';
	}
}

static bool is_bit(const struct posedge_signal *s)
{
	return s->kind == 'e' || (s->kind == 'b' && s->width == 1);
}

/* True if all digits are c. */
static bool is_all(const char *value, char c)
{
	for (; *value; value++)
		if (digit(*value) != c)
			return false;
	return true;
}

static char nibble(const char *v, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (digit(v[i]) == 'x' || digit(v[i]) == 'z')
			return digit(v[i]);
		sum = 2 * sum + (digit(v[i]) == '1');
	}
	return "0123456789abcdef"[sum];
}

/* "1f", "2.5", "IDLE" */
static void label(const struct posedge_signal *s, const char *value, char out[LABEL_MAX + 4])
{
	size_t len = strlen(value), n = 0, first = len % 4 ? len % 4 : 4;

	if (s->kind != 'b') {
		size_t cut = len < LABEL_MAX ? len : LABEL_MAX;

		while (cut && cut < len && ((unsigned char)value[cut] & 0xc0) == 0x80)
			cut--;
		snprintf(out, LABEL_MAX + 4, "%.*s%s", (int)cut, value, cut < len ? "..." : "");
		return;
	}
	for (size_t i = 0; i < len && n < LABEL_MAX; i += i ? 4 : first)
		out[n++] = nibble(value + i, i ? 4 : first < len ? first : len);
	out[n] = '\0';
	if ((len + 3) / 4 > LABEL_MAX)
		memcpy(out + n, "...", 4);
}

/* The WaveJSON character for cell i. */
static char shape(const struct lane *x, size_t i)
{
	const char *v = x->cell[i];

	if (!v)
		return 'x';
	if (is_bit(x->signal))
		return digit(v[0]);
	if (x->signal->kind == 'b' && is_all(v, 'x'))
		return 'x';
	return x->signal->kind == 'b' && is_all(v, 'z') ? 'z' : '=';
}

static bool is_same(const struct lane *x, size_t i)
{
	const char *a = x->cell[i - 1], *b = x->cell[i];

	return shape(x, i) == shape(x, i - 1) && (shape(x, i) != '=' || strcmp(a, b) == 0);
}

/* Escapes ----------------------------------------------------------------------------- */

static void add_json(struct buffer *b, const char *text)
{
	buffer_add(b, "\"");
	for (; *text; text++)
		if (*text == '"' || *text == '\\')
			buffer_add(b, "\\%c", *text);
		else if ((unsigned char)*text < 0x20)
			buffer_add(b, "\\u%04x", (unsigned)(unsigned char)*text);
		else
			buffer_add(b, "%c", *text);
	buffer_add(b, "\"");
}

static void add_xml(struct buffer *b, const char *text)
{
	for (; *text; text++)
		if (strchr("<>&\"'", *text))
			buffer_add(b, "&#%d;", *text);
		else if ((unsigned char)*text < 0x20)
			buffer_add(b, "?");
		else
			buffer_add(b, "%c", *text);
}

/* Head -------------------------------------------------------------------------------- */

static void add_time(struct buffer *b, const struct posedge_waves *w, uint64_t time)
{
	static const char *const unit[] = { "s", "ms", "us", "ns", "ps", "fs" };
	int e = w->exponent, up = ((e % 3) + 3) % 3;
	uint64_t scale = (uint64_t)w->magnitude * (up == 1 ? 10 : up == 2 ? 100 : 1);
	int i = -(e - up) / 3;

	if (i < 0 || i > 5 || time > UINT64_MAX / (scale ? scale : 1)) {
		buffer_add(b, "%" PRIu64, time);
		return;
	}
	for (time *= scale; i > 0 && time && time % 1000 == 0; time /= 1000)
		i--;
	buffer_add(b, "%" PRIu64 " %s", time, unit[i]);
}

void draw_head(const struct lanes *l, struct buffer *out)
{
	buffer_add(out, "%s, %zu %s%s, ", l->clock ? l->clock->name : "without a clock", l->cycles,
		   l->clock ? "cycle" : "change", l->cycles == 1 ? "" : "s");
	add_time(out, &l->waves, l->start[0]);
	buffer_add(out, " to ");
	add_time(out, &l->waves, l->start[l->cycles] - 1);
	if (l->hidden)
		buffer_add(out, "; %zu change%s within cycles %s not shown", l->hidden,
			   l->hidden == 1 ? "" : "s", l->hidden == 1 ? "is" : "are");
	if (l->left_out)
		buffer_add(out, "; %zu more signals are not shown", l->left_out);
}

/* WaveJSON ---------------------------------------------------------------------------- */

static void lane_wavejson(const struct lanes *l, const struct lane *x, struct buffer *out)
{
	bool any = false;
	char text[LABEL_MAX + 4];

	buffer_add(out, "{\"name\":");
	add_json(out, x->signal->name);
	buffer_add(out, ",\"wave\":\"");
	for (size_t i = 0; i < l->cycles; i++)
		buffer_add(out, "%c", i && is_same(x, i) ? '.' : shape(x, i));
	buffer_add(out, "\"");
	for (size_t i = 0; i < l->cycles; i++) {
		if (shape(x, i) != '=' || (i && is_same(x, i)))
			continue;
		label(x->signal, x->cell[i], text);
		buffer_add(out, any ? "," : ",\"data\":[");
		add_json(out, text);
		any = true;
	}
	buffer_add(out, any ? "]}" : "}");
}

void draw_wavejson(const struct lanes *l, struct buffer *out)
{
	struct buffer head = { 0 };

	draw_head(l, &head);
	buffer_add(out, "{\"head\":{\"text\":");
	add_json(out, head.text ? head.text : "");
	buffer_add(out, ",\"tick\":0},\"signal\":[");
	if (l->clock) {
		buffer_add(out, "\n {\"name\":");
		add_json(out, l->clock->name);
		buffer_add(out, ",\"wave\":\"p");
		for (size_t i = 1; i < l->cycles; i++)
			buffer_add(out, ".");
		buffer_add(out, "\"}%s", l->n ? "," : "");
	}
	for (size_t i = 0; i < l->n; i++) {
		buffer_add(out, "\n ");
		lane_wavejson(l, &l->lane[i], out);
		buffer_add(out, i + 1 < l->n ? "," : "");
	}
	buffer_add(out, "\n]}\n");
	out->bad |= head.bad;
	free(head.text);
}

/* SVG --------------------------------------------------------------------------------- */

enum { CELL = 40, ROW = 30, HIGH = 20, TOP = 44, LETTER = 7, SLOPE = 4 };

static void svg_text(struct buffer *b, size_t x, size_t y, const char *anchor, const char *text)
{
	buffer_add(b, "<text x=\"%zu\" y=\"%zu\" text-anchor=\"%s\">", x, y, anchor);
	add_xml(b, text);
	buffer_add(b, "</text>\n");
}

static size_t level(char c, size_t y)
{
	return c == '1' ? y : c == '0' ? y + HIGH : y + HIGH / 2;
}

static void svg_bit(const struct lanes *l, const struct lane *x, size_t left, size_t y,
		    struct buffer *b)
{
	for (size_t i = 0; i < l->cycles; i++)
		if (shape(x, i) == 'x')
			buffer_add(b,
				   "<rect class=\"x\" x=\"%zu\" y=\"%zu\" width=\"%d\" "
				   "height=\"%d\"/>\n",
				   left + i * CELL, y, CELL, HIGH);
	buffer_add(b, "<polyline points=\"");
	for (size_t i = 0; i < l->cycles; i++)
		buffer_add(b, "%zu,%zu %zu,%zu ", left + i * CELL + (i ? SLOPE : 0),
			   level(shape(x, i), y), left + (i + 1) * CELL, level(shape(x, i), y));
	buffer_add(b, "\"/>\n");
}

/* Draws one box for as long as the value is the same. */
static void svg_bus(const struct lanes *l, const struct lane *x, size_t left, size_t y,
		    struct buffer *b)
{
	char text[LABEL_MAX + 4];

	for (size_t i = 0, to; i < l->cycles; i = to) {
		size_t from = left + i * CELL, end, room;

		for (to = i + 1; to < l->cycles && is_same(x, to); to++)
			;
		end = left + to * CELL;
		if (shape(x, i) == 'z') {
			buffer_add(b, "<polyline points=\"%zu,%zu %zu,%zu\"/>\n", from,
				   y + HIGH / 2, end, y + HIGH / 2);
			continue;
		}
		buffer_add(b,
			   "<polygon%s points=\"%zu,%zu %zu,%zu %zu,%zu %zu,%zu %zu,%zu "
			   "%zu,%zu\"/>\n",
			   shape(x, i) == 'x' ? " class=\"x\"" : "", from, y + HIGH / 2,
			   from + SLOPE, y, end - SLOPE, y, end, y + HIGH / 2, end - SLOPE,
			   y + HIGH, from + SLOPE, y + HIGH);
		if (shape(x, i) == 'x')
			continue;
		label(x->signal, x->cell[i], text);
		room = (end - from - 2 * SLOPE) / LETTER;
		if (strlen(text) > room && room < sizeof(text))
			snprintf(text + (room > 1 ? room - 1 : 0), 3, "~");
		svg_text(b, (from + end) / 2, y + 15, "middle", text);
	}
}

static void svg_clock(const struct lanes *l, size_t left, size_t y, struct buffer *b)
{
	buffer_add(b, "<polyline points=\"");
	for (size_t i = 0; i < l->cycles; i++) {
		size_t x = left + i * CELL;

		buffer_add(b, "%zu,%zu %zu,%zu %zu,%zu %zu,%zu ", x, y + HIGH, x, y, x + CELL / 2,
			   y, x + CELL / 2, y + HIGH);
	}
	buffer_add(b, "%zu,%zu\"/>\n", left + l->cycles * CELL, y + HIGH);
}

static size_t name_width(const struct lanes *l)
{
	size_t most = l->clock ? strlen(l->clock->name) : 0;

	for (size_t i = 0; i < l->n; i++)
		if (strlen(l->lane[i].signal->name) > most)
			most = strlen(l->lane[i].signal->name);
	return most * LETTER + 20;
}

static void svg_frame(const struct lanes *l, size_t left, size_t rows, struct buffer *b)
{
	size_t wide = left + l->cycles * CELL + 10, high = TOP + rows * ROW + 10;
	struct buffer head = { 0 };

	buffer_add(b,
		   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%zu\" height=\"%zu\" "
		   "viewBox=\"0 0 %zu %zu\">\n<style>text{font:11px monospace}"
		   "polyline,polygon{fill:none;stroke:#000}.x{fill:#bbb;stroke:#888}"
		   ".g{stroke:#ddd}</style>\n<rect width=\"100%%\" height=\"100%%\" "
		   "fill=\"#fff\"/>\n",
		   wide, high, wide, high);
	draw_head(l, &head);
	svg_text(b, 10, 16, "start", head.text ? head.text : "");
	for (size_t i = 0; i <= l->cycles; i++)
		buffer_add(b, "<path class=\"g\" d=\"M%zu %dV%zu\"/>\n", left + i * CELL, TOP - 6,
			   high - 10);
	for (size_t i = 0; i < l->cycles; i++) {
		char n[24];

		snprintf(n, sizeof(n), "%zu", i);
		svg_text(b, left + i * CELL + CELL / 2, TOP - 8, "middle", n);
	}
	b->bad |= head.bad;
	free(head.text);
}

void draw_svg(const struct lanes *l, struct buffer *out)
{
	size_t left = name_width(l), y = TOP;

	svg_frame(l, left, l->n + (l->clock != NULL), out);
	if (l->clock) {
		svg_text(out, left - 10, y + 15, "end", l->clock->name);
		svg_clock(l, left, y, out);
		y += ROW;
	}
	for (size_t i = 0; i < l->n; i++, y += ROW) {
		const struct lane *x = &l->lane[i];

		svg_text(out, left - 10, y + 15, "end", x->signal->name);
		if (is_bit(x->signal))
			svg_bit(l, x, left, y, out);
		else
			svg_bus(l, x, left, y, out);
	}
	buffer_add(out, "</svg>\n");
}

/* Text -------------------------------------------------------------------------------- */

#define COLUMN_MAX 8 /* characters shown of a value in text */

/* The text of a cell in a lane wider than a bit; numbers without leading zeros. */
static void cell_text(const struct lane *x, size_t k, char text[LABEL_MAX + 4])
{
	char s = shape(x, k);

	if (k && is_same(x, k)) {
		snprintf(text, LABEL_MAX + 4, ".");
	} else if (s == '=') {
		size_t zeros;

		label(x->signal, x->cell[k], text);
		zeros = x->signal->kind == 'b' ? strspn(text, "0") : 0;
		zeros -= zeros && !text[zeros];
		memmove(text, text + zeros, strlen(text + zeros) + 1);
	} else {
		snprintf(text, LABEL_MAX + 4, "%c", s);
	}
}

static int column_width(const struct lanes *l)
{
	size_t most = 1;
	char text[LABEL_MAX + 4];

	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < l->cycles && !is_bit(l->lane[i].signal); k++) {
			cell_text(&l->lane[i], k, text);
			most = strlen(text) > most ? strlen(text) : most;
		}
	return (int)(most < COLUMN_MAX ? most : COLUMN_MAX);
}

/* Columns have the same width in all lanes, so that they line up. */
void draw_lane_text(const struct lanes *l, size_t i, struct buffer *out)
{
	const struct lane *x = &l->lane[i];
	int width = column_width(l);
	char text[LABEL_MAX + 4];

	buffer_add(out, "%-20s", x->signal->name);
	for (size_t k = 0; k < l->cycles; k++) {
		char s = shape(x, k);

		cell_text(x, k, text);
		if (!is_bit(x->signal))
			buffer_add(out, " %-*.*s", width, width, text);
		for (int c = 0; c <= width && is_bit(x->signal); c++)
			buffer_add(out, "%c", s == '1' ? '~' : s == '0' ? '_' : s);
	}
}
