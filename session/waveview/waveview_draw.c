/* Turns sampled cells (waveview_sample) into characters. A row is drawn from left to
 * right: each kind of cell has one character, and only the text in a bus looks ahead, for
 * the space until the next change.
 */
#include "config.h"

#include "session/waveview/waveview_draw.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_sample.h"

#define VALUE_COLS 20 /* maximum width of the value column */
#define NAME_LEAST 8

/* The characters, with and without UTF-8. */
enum sign_of { LOW, HIGH, RISE, FALL, EDGE, MANY, FLOAT, CUT, FIRE, CURSOR, CLOSED, OPEN, SIGNS };

static const struct {
	uint16_t utf8;
	char ascii;
} signs[SIGNS] = {
	[LOW] = { 0x2581, '_' },    [HIGH] = { 0x2594, '~' },	[RISE] = { 0x2571, '/' },
	[FALL] = { 0x2572, '\\' },  [EDGE] = { 0x2502, '|' },	[MANY] = { 0x2592, '#' },
	[FLOAT] = { 0x2500, '-' },  [CUT] = { 0x2026, '+' },	[FIRE] = { 0x2191, '!' },
	[CURSOR] = { 0x25bc, 'v' }, [CLOSED] = { 0x25b8, '>' }, [OPEN] = { 0x25be, 'v' },
};

static const char steps[] = "_.,-~\"^*";

struct painter {
	struct waveview *v;
	struct wave_lines *l;
	bool utf8, still;
	int value_col; /* column where the values begin */
};

static uint32_t sign(const struct painter *p, enum sign_of s)
{
	return p->utf8 ? signs[s].utf8 : (uint32_t)signs[s].ascii;
}

static void put(struct painter *p, int line, int col, uint32_t cp, enum wave_style style)
{
	struct wave_cell *c = &p->l->cells[line * p->l->cols + col];

	if (line < 0 || line >= p->l->rows || col < 0 || col >= p->l->cols)
		return;
	c->cp = cp;
	c->style = (uint8_t)style;
}

/* Writes text up to end; printable ASCII verbatim, other bytes as question marks
 * (values come escaped). Returns the column after it. */
static int put_text(struct painter *p, int line, int col, int end, const char *text,
		    enum wave_style style)
{
	for (; *text && col < end; text++, col++) {
		bool last = col + 1 == end && text[1];
		unsigned char c = (unsigned char)*text;

		put(p, line, col, last ? sign(p, CUT) : c >= 0x20 && c < 0x7f ? c : '?', style);
	}
	return col;
}

/* Writes a number. If it does not fit, drops leading zeros, unless an x or z follows
 * them, which would look wider then; if that is not enough, drops leading digits, with
 * a mark. */
static int put_number(struct painter *p, int line, int col, int end, const char *text,
		      enum wave_style style)
{
	size_t len = strlen(text), room_for = end > col ? (size_t)(end - col) : 0;

	while (len > room_for && text[0] == '0' && isxdigit((unsigned char)text[1])) {
		text++;
		len--;
	}
	if (len > room_for && room_for > 0) {
		put(p, line, col++, sign(p, CUT), style);
		text += len - room_for + 1;
	}
	return put_text(p, line, col, end, text, style);
}

static bool is_number(const struct waveview *v, size_t row)
{
	const struct waveview_row *r = &v->rows[row];

	return trace_signal_at(v->t, r->signal)->kind == TRACE_BITS && r->radix != WAVE_ASCII &&
	       r->radix != WAVE_ENUM;
}

static int put_value(struct painter *p, int line, int col, int end, size_t row, const char *text,
		     enum wave_style style)
{
	return is_number(p->v, row) ? put_number(p, line, col, end, text, style)
				    : put_text(p, line, col, end, text, style);
}

/* Waves ------------------------------------------------------------------------ */

static enum wave_style style_of(char level, enum wave_style known)
{
	return level == 'z' ? WAVE_FLOAT : strchr("01bhl", level) && level ? known : WAVE_UNKNOWN;
}

static uint32_t level_sign(const struct painter *p, char level, bool first)
{
	if (level == '0')
		return sign(p, LOW);
	if (level == '1')
		return sign(p, HIGH);
	if (level == 'z')
		return first ? 'z' : sign(p, FLOAT);
	return level == 'u' || level == 'w' || level == '-' ? (uint32_t)level : 'x';
}

static uint32_t edge_sign(const struct painter *p, char before, char after)
{
	if (before == '0' && after == '1')
		return sign(p, RISE);
	if (before == '1' && after == '0')
		return sign(p, FALL);
	return sign(p, EDGE);
}

static void draw_bit(struct painter *p, int line, const struct wave_bin *b, int cols)
{
	for (int c = 0; c < cols; c++) {
		uint32_t cp = 0;
		bool first = c == 0 || b[c - 1].kind != BIN_HOLD;

		if (b[c].kind == BIN_HOLD || (b[c].kind == BIN_EDGE && b[c].before == b[c].after))
			cp = level_sign(p, b[c].after, first);
		else if (b[c].kind == BIN_EDGE)
			cp = edge_sign(p, b[c].before, b[c].after);
		else if (b[c].kind == BIN_MANY)
			cp = sign(p, MANY);
		if (cp)
			put(p, line, p->l->wave_col + c, cp,
			    b[c].kind == BIN_MANY ? WAVE_DIM : style_of(b[c].after, WAVE_LEVEL));
	}
}

/* Number of cells from c on that hold the same value. */
static int room(const struct wave_bin *b, int c, int cols)
{
	int n = 1;

	while (c + n < cols && b[c + n].kind == BIN_HOLD && !b[c + n].text)
		n++;
	return n;
}

static void draw_value(struct painter *p, int line, size_t row, const struct wave_bin *b, int c,
		       int n)
{
	const char *text = waveview_bin_text(p->v->cache, &b[c]);
	enum wave_style style = style_of(b[c].after, WAVE_BUS);
	int col = p->l->wave_col + c, end = col + n;
	char level = b[c].after;

	col = put_value(p, line, col, end, row, text, style);
	for (; col < end && (level == 'x' || level == 'z' || level == 'u'); col++)
		put(p, line, col, level == 'z' ? sign(p, FLOAT) : (uint32_t)level, style);
}

static void draw_bus(struct painter *p, int line, size_t row, const struct wave_bin *b, int cols)
{
	for (int c = 0; c < cols; c++) {
		if (b[c].kind == BIN_HOLD && b[c].text) {
			int n = room(b, c, cols);

			draw_value(p, line, row, b, c, n);
			c += n - 1;
		} else if (b[c].kind == BIN_EDGE) {
			put(p, line, p->l->wave_col + c, sign(p, EDGE),
			    style_of(b[c].after, WAVE_BUS));
		} else if (b[c].kind == BIN_MANY) {
			put(p, line, p->l->wave_col + c, sign(p, MANY), WAVE_DIM);
		}
	}
}

static void draw_event(struct painter *p, int line, const struct wave_bin *b, int cols)
{
	for (int c = 0; c < cols; c++)
		if (b[c].kind == BIN_EDGE || b[c].kind == BIN_MANY)
			put(p, line, p->l->wave_col + c,
			    sign(p, b[c].kind == BIN_MANY ? MANY : FIRE), WAVE_LEVEL);
}

/* Eight heights between the smallest and the largest visible number. */
static void draw_curve(struct painter *p, int line, const struct wave_bin *b, int cols)
{
	double low = 0, high = 0;
	bool any = false;

	for (int c = 0; c < cols; c++) {
		if (!b[c].has_number)
			continue;
		low = !any || b[c].number < low ? b[c].number : low;
		high = !any || b[c].number > high ? b[c].number : high;
		any = true;
	}
	for (int c = 0; c < cols; c++) {
		double part = high > low ? (b[c].number / 2 - low / 2) / (high / 2 - low / 2) : 0;
		int step = (int)(part * 7.999);

		if (b[c].kind == BIN_MANY)
			put(p, line, p->l->wave_col + c, sign(p, MANY), WAVE_DIM);
		else if (b[c].kind != BIN_NONE && !b[c].has_number && b[c].after)
			put(p, line, p->l->wave_col + c, 'x', WAVE_UNKNOWN);
		else if (b[c].kind != BIN_NONE && b[c].has_number)
			put(p, line, p->l->wave_col + c,
			    p->utf8 ? 0x2581u + (uint32_t)step : (uint32_t)steps[step], WAVE_BUS);
	}
}

static bool differ(const struct wave_bin *a, const struct wave_bin *b)
{
	return (a->kind == BIN_HOLD || a->kind == BIN_EDGE) &&
	       (b->kind == BIN_HOLD || b->kind == BIN_EDGE) && a->after && b->after &&
	       a->sum != b->sum;
}

/* Marks where the expected value differs from the actual one. */
static void mark_wrong(struct painter *p, int line, size_t row, const struct wave_bin *b, int cols)
{
	size_t beside = p->v->rows[row].beside;
	const struct wave_bin *got =
		beside == TRACE_NONE ? NULL : waveview_bins_of(p->v->cache, beside);

	for (int c = 0; got && c < cols; c++)
		if (differ(&b[c], &got[c]))
			p->l->cells[line * p->l->cols + p->l->wave_col + c].style = WAVE_WRONG;
}

static void draw_waves(struct painter *p, int line, size_t row)
{
	const struct waveview_row *r = &p->v->rows[row];
	const struct wave_bin *b =
		r->signal == TRACE_NONE ? NULL : waveview_bins_of(p->v->cache, row);
	int cols = p->l->cols - p->l->wave_col;
	const struct trace_signal *s;

	if (!b || cols <= 0)
		return;
	s = trace_signal_at(p->v->t, r->signal);
	if (s->kind == TRACE_EVENT)
		draw_event(p, line, b, cols);
	else if (r->analog)
		draw_curve(p, line, b, cols);
	else if (s->kind == TRACE_BITS && s->width == 1)
		draw_bit(p, line, b, cols);
	else
		draw_bus(p, line, row, b, cols);
	mark_wrong(p, line, row, b, cols);
}

/* Names and values -------------------------------------------------------------- */

static void read_labels(struct waveview *v)
{
	struct waveview_cache *c = v->cache;
	struct str label = STR_INIT;

	if (c->has_labels && c->labels_of == v->generation && c->labels.n == v->n)
		return;
	strv_free(&c->labels);
	c->label_cols = 0;
	for (size_t i = 0; i < v->n; i++) {
		int cols = 2 * v->rows[i].depth + (v->rows[i].group ? 2 : 0);

		str_clear(&label);
		waveview_label(v, i, &label);
		strv_add(&c->labels, str_cstr(&label));
		cols += (int)(label.len < 1000 ? label.len : 1000);
		c->label_cols = cols > c->label_cols ? cols : c->label_cols;
	}
	str_free(&label);
	c->labels_of = v->generation;
	c->has_labels = true;
}

/* Columns needed for the values of all rows. */
static int value_cols(const struct waveview *v, int most)
{
	int cols = 1;

	for (size_t i = 0; i < v->n && cols < most; i++) {
		const struct waveview_row *r = &v->rows[i];
		const struct trace_signal *s =
			r->signal == TRACE_NONE ? NULL : trace_signal_at(v->t, r->signal);
		int own = !s			  ? 0
			  : s->kind != TRACE_BITS ? 8
			  : r->radix == WAVE_BIN  ? s->width
			  : r->radix == WAVE_HEX  ? (s->width + 3) / 4
						  : s->width / 3 + 3;

		cols = own > cols ? own : cols;
	}
	return cols < most ? cols : most;
}

/* Columns: marks, names, values, waves, separated by one blank. */
static void columns(struct waveview *v, int cols, int *value_col, int *wave_col)
{
	int names, values = value_cols(v, cols / 5 < VALUE_COLS ? cols / 5 : VALUE_COLS);

	read_labels(v);
	names = v->cache->label_cols < NAME_LEAST ? NAME_LEAST : v->cache->label_cols;
	names = names > cols / 3 ? cols / 3 : names;
	*value_col = 1 + names + 1;
	*wave_col = *value_col + values + 2;
	if (*wave_col > cols)
		*wave_col = cols;
}

static void draw_name(struct painter *p, int line, size_t row)
{
	const struct waveview_row *r = &p->v->rows[row];
	int col = 1 + 2 * r->depth, end = p->value_col - 1;

	if (r->group) {
		put(p, line, col, sign(p, r->open ? OPEN : CLOSED), WAVE_HEAD);
		col += 2;
	}
	put_text(p, line, col, end, p->v->cache->labels.v[row],
		 r->group		   ? WAVE_HEAD
		 : r->signal == TRACE_NONE ? WAVE_DIM
					   : WAVE_PLAIN);
}

static bool value_at(const struct waveview *v, size_t row, struct trace_point *out)
{
	size_t signal = v->rows[row].signal;

	return signal != TRACE_NONE && trace_at(v->t, signal, v->cursor, out) &&
	       (trace_signal_at(v->t, signal)->kind != TRACE_EVENT || out->time == v->cursor);
}

/* The value at the cursor; marked if it differs from the expected one. */
static void draw_at_cursor(struct painter *p, int line, size_t row)
{
	const struct waveview_row *r = &p->v->rows[row];
	int end = p->l->wave_col - 1, col = p->value_col, room_for = end - col;
	struct str text = STR_INIT, got = STR_INIT;
	enum wave_style style = WAVE_BUS;
	struct trace_point at;
	bool wrong = false;

	if (room_for <= 0)
		return;
	if (r->beside != TRACE_NONE && value_at(p->v, r->beside, &at))
		wave_value_text(p->v->t, p->v->rows[r->beside].signal, r->radix, r->fraction, &at,
				4096, &got);
	if (value_at(p->v, row, &at)) {
		size_t unknown = 0;

		for (size_t i = 0; i < at.len; i++)
			unknown += !strchr("01lh", at.value[i]) || !at.value[i];
		if (unknown && trace_signal_at(p->v->t, r->signal)->kind == TRACE_BITS)
			style = at.value[0] == 'z' ? WAVE_FLOAT : WAVE_UNKNOWN;
		waveview_value_text(p->v, row, &at, 4096, &text);
		wrong = got.len && strcmp(str_cstr(&got), str_cstr(&text)) != 0;
		col = text.len < (size_t)room_for ? end - (int)text.len : col;
		put_value(p, line, col, end, row, str_cstr(&text), wrong ? WAVE_WRONG : style);
	} else if (!r->group && r->signal == TRACE_NONE) {
		put_text(p, line, col, end, "-", WAVE_DIM);
	}
	if (wrong)
		put(p, line, end, '!', WAVE_WRONG);
	str_free(&text);
	str_free(&got);
}

/* Drawing ----------------------------------------------------------------------------- */

static void draw_row(struct painter *p, int line, size_t row)
{
	p->l->row[line] = row;
	if (row == p->v->chosen && !p->still)
		put(p, line, 0, '>', WAVE_HEAD);
	draw_name(p, line, row);
	draw_at_cursor(p, line, row);
	draw_waves(p, line, row);
}

/* Scrolls so that the chosen row is visible. */
static void scroll_to_chosen(struct waveview *v, int rows)
{
	size_t top = v->chosen;

	if (v->top > v->chosen)
		v->top = v->chosen;
	for (int i = 1; i < rows; i++)
		top = waveview_next(v, top, -1);
	if (v->top < top)
		v->top = top;
	while (v->top > 0 && !waveview_shown(v, v->top))
		v->top--;
}

int waveview_wave_rows(const struct wave_shape *shape)
{
	return shape->rows > 2 ? shape->rows - 2 : shape->rows;
}

int waveview_wave_cols(struct waveview *v, const struct wave_shape *shape)
{
	int value_col, wave_col;

	columns(v, shape->cols, &value_col, &wave_col);
	return shape->cols - wave_col < WAVEVIEW_COLS ? shape->cols - wave_col : WAVEVIEW_COLS;
}

void waveview_draw(struct waveview *v, const struct wave_shape *shape, struct wave_lines *out)
{
	struct painter p = { .v = v, .l = out, .utf8 = shape->utf8, .still = shape->still };
	int rows = waveview_wave_rows(shape), first = shape->rows > 2, cols, cursor;
	const struct waveview_cache *c;

	out->rows = shape->rows > 0 ? shape->rows : 0;
	out->cols = shape->cols > 0 ? shape->cols : 0;
	out->cells = mem_calloc((size_t)out->rows * (size_t)out->cols + 1, sizeof(*out->cells));
	out->row = mem_calloc((size_t)out->rows + 1, sizeof(*out->row));
	for (int i = 0; i < out->rows; i++)
		out->row[i] = TRACE_NONE;
	columns(v, out->cols, &p.value_col, &out->wave_col);
	cols = waveview_wave_cols(v, shape);
	if (out->cols - out->wave_col > cols)
		out->cols = out->wave_col + cols;
	if (v->n)
		scroll_to_chosen(v, rows);
	c = waveview_sample(v, rows, cols);
	for (size_t i = 0; i < c->n_shown && v->n; i++)
		draw_row(&p, first + (int)i, c->rows[i]);
	if (shape->rows > 2) {
		wave_draw_ruler(v, shape->utf8, out);
		wave_draw_state(v, out);
	}
	cursor = v->t ? waveview_cell_of(v, v->cursor, cols) : -1;
	for (int i = 0; cursor >= 0 && i < first + rows && i < out->rows; i++)
		out->cells[i * out->cols + out->wave_col + cursor].cursor = true;
	if (cursor >= 0 && first)
		put(&p, 0, out->wave_col + cursor, sign(&p, CURSOR), WAVE_HEAD);
}

void wave_lines_fini(struct wave_lines *l)
{
	free(l->cells);
	free(l->row);
	memset(l, 0, sizeof(*l));
}

void wave_lines_print(const struct wave_lines *l, struct str *out)
{
	char bytes[4];

	for (int i = 0; i < l->rows; i++) {
		int end = l->cols;

		while (end > 0 && (l->cells[i * l->cols + end - 1].cp == 0 ||
				   l->cells[i * l->cols + end - 1].cp == ' '))
			end--;
		for (int c = 0; c < end; c++) {
			uint32_t cp = l->cells[i * l->cols + c].cp;

			str_add(out, bytes, utf8_encode(cp ? cp : ' ', bytes));
		}
		str_addc(out, '\n');
	}
}
