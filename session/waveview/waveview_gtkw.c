/* A save file is read line by line, as lines are independent: flags apply to the signals
 * after them, and groups nest by an opening and a closing line. Unknown lines are counted
 * and skipped, so a file of a newer GTKWave still gives its signals.
 */
#include "config.h"

#include "session/waveview/waveview_gtkw.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/waveview/waveview.h"

#define CELL_PX 8 /* width of a cell in pixels, roughly */

int gtkw_zoom(unsigned long long units)
{
	int zoom = 0;

	while (zoom > -60 && units >> -zoom)
		zoom--;
	return zoom;
}

/* True if the name can be written as a signal: it is not parsed as syntax. */
static bool gtkw_can_name(const char *full)
{
	return (isalpha((unsigned char)*full) || *full == '_' || *full == '\\') &&
	       !strpbrk(full, " ?\n\r");
}

void gtkw_add_range(const struct trace_signal *s, struct str *out)
{
	if (!s->vector)
		return;
	if (s->width == 1)
		str_addf(out, "[%d]", s->msb);
	else if (s->has_range)
		str_addf(out, "[%d:%d]", s->msb, s->lsb);
	else
		str_addf(out, "[%d:0]", s->width - 1);
}

/* Writing ------------------------------------------------------------------------- */

struct writer {
	const struct waveview *v;
	struct str *out;
	uint64_t flags; /* in effect */
	bool any;
};

static void set_flags(struct writer *w, uint64_t flags)
{
	if (!w->any || w->flags != flags)
		str_addf(w->out, "@%" PRIx64 "\n", flags);
	w->any = true;
	w->flags = flags;
}

static uint64_t flags_of(const struct waveview_row *r, const struct trace_signal *s)
{
	static const uint64_t of[WAVE_RADICES] = {
		[WAVE_HEX] = GTKW_HEX,
		[WAVE_BIN] = GTKW_BINARY,
		[WAVE_DEC] = GTKW_DECIMAL,
		[WAVE_SIGNED] = GTKW_SIGNED,
		[WAVE_ASCII] = GTKW_ASCII,
		[WAVE_ENUM] = GTKW_BINARY | GTKW_ENUM,
		[WAVE_FIXED] = GTKW_SIGNED | GTKW_FIXED,
	};

	return GTKW_RIGHT | of[s && s->width == 1 ? WAVE_BIN : r->radix] |
	       (r->analog ? GTKW_ANALOG_STEP : 0);
}

static void write_signal(struct writer *w, const struct waveview_row *r)
{
	const struct trace_signal *s = NULL;
	struct str name = STR_INIT;

	if (r->signal == TRACE_NONE) {
		str_adds(&name, r->name);
	} else {
		s = trace_signal_at(w->v->t, r->signal);
		trace_full_name(w->v->t, r->signal, &name);
		gtkw_add_range(s, &name);
	}
	if (gtkw_can_name(str_cstr(&name))) {
		set_flags(w, flags_of(r, s));
		if (w->flags & GTKW_FIXED)
			str_addf(w->out, "[fpshift_count] %d\n", r->fraction);
		if (r->label && !strpbrk(r->label, "{}\n\r"))
			str_addf(w->out, "+{%s} ", r->label);
		str_addf(w->out, "%s\n", str_cstr(&name));
	}
	str_free(&name);
}

static void write_group(struct writer *w, const struct waveview_row *r, unsigned which)
{
	set_flags(w, GTKW_BLANK | which | (r->open ? 0 : GTKW_CLOSED));
	str_addf(w->out, "-%.*s\n", (int)strcspn(r->name, "\r\n"), r->name);
}

static void write_rows(struct writer *w)
{
	const struct waveview *v = w->v;
	size_t open[WAVEVIEW_DEPTH + 1] = { 0 }, n = 0;

	for (size_t i = 0; i <= v->n; i++) {
		while (n > 0 && (i == v->n || v->rows[i].depth <= v->rows[open[n - 1]].depth))
			write_group(w, &v->rows[open[--n]], GTKW_GROUP_END);
		if (i == v->n)
			break;
		if (!v->rows[i].group) {
			write_signal(w, &v->rows[i]);
		} else if (v->rows[i].open &&
			   (i + 1 == v->n || v->rows[i + 1].depth <= v->rows[i].depth)) {
			write_group(w, &v->rows[i], 0); /* a comment */
		} else if (n <= WAVEVIEW_DEPTH) {
			write_group(w, &v->rows[i], GTKW_GROUP_BEGIN);
			open[n++] = i;
		}
	}
}

void waveview_gtkw_write(const struct waveview *v, const char *dump, int cols, struct str *out)
{
	struct writer w = { .v = v, .out = out };
	uint64_t span = waveview_cell_start(v, cols) - v->from;

	str_adds(out, "[*] posedge\n");
	if (dump && !dump[strcspn(dump, "\"\n\r")])
		str_addf(out, "[dumpfile] \"%s\"\n", dump);
	str_addf(out, "[timestart] %" PRIu64 "\n*%d.0 %" PRIu64, v->from,
		 gtkw_zoom(span / (cols > 0 ? (unsigned)cols : 1) * (200 / CELL_PX)), v->cursor);
	for (int m = 0; m < 26; m++) {
		if (m < WAVEVIEW_MARKERS && v->has_marker[m])
			str_addf(out, " %" PRIu64, v->marker[m]);
		else
			str_adds(out, " -1");
	}
	str_addc(out, '\n');
	write_rows(&w);
}

/* Reading -------------------------------------------------------------------------- */

struct reader {
	struct waveview *v; /* new */
	uint64_t flags;
	int fraction; /* bits of the next signal in fixed point */
	int depth;
	size_t left_out;
	bool has_time;
	struct err *err;
};

static enum wave_radix radix_of(uint64_t flags)
{
	return flags & GTKW_ENUM      ? WAVE_ENUM
	       : flags & GTKW_ASCII   ? WAVE_ASCII
	       : flags & GTKW_BINARY  ? WAVE_BIN
	       : flags & GTKW_SIGNED  ? (flags & GTKW_FIXED ? WAVE_FIXED : WAVE_SIGNED)
	       : flags & GTKW_DECIMAL ? WAVE_DEC
				      : WAVE_HEX;
}

static bool insert(struct reader *r, const char *name, bool group)
{
	return waveview_insert(r->v, r->v->n, name, group, r->depth) ||
	       err_set(r->err, ERR_LIMIT, "a save file with more than %d rows", WAVEVIEW_ROWS);
}

static bool read_blank(struct reader *r, const char *name)
{
	bool ok;

	if (r->flags & GTKW_GROUP_END) {
		r->depth -= r->depth > 0;
		return true;
	}
	if (!name[0] && !(r->flags & GTKW_GROUP_BEGIN))
		return true; /* a gap */
	ok = insert(r, name[0] ? name : "group", true);
	if (ok && r->flags & GTKW_CLOSED)
		r->v->rows[r->v->n - 1].open = false;
	if (ok && r->flags & GTKW_GROUP_BEGIN)
		r->depth++; /* a row is never deeper than possible */
	return ok;
}

/* Converts to the dump's name: without the range that GTKWave appends. */
static void strip_range(const struct waveview *v, char *name)
{
	char *open = strrchr(name, '[');

	if (v->t && trace_find(v->t, name) != TRACE_NONE)
		return;
	if (open && open > name && name[strlen(name) - 1] == ']' &&
	    strspn(open + 1, "0123456789:-") == strlen(open) - 2)
		*open = '\0';
}

static bool read_signal(struct reader *r, char *line)
{
	char *label = NULL, *close;
	struct waveview_row *row;

	if (line[0] == '+' && line[1] == '{' && (close = strchr(line, '}')) && close[1] == ' ') {
		*close = '\0';
		label = line + 2;
		line = close + 2;
	}
	if (!gtkw_can_name(line)) {
		r->left_out++;
		return true;
	}
	strip_range(r->v, line);
	if (!insert(r, line, false))
		return false;
	row = &r->v->rows[r->v->n - 1];
	if (row->signal == TRACE_NONE || trace_signal_at(r->v->t, row->signal)->width > 1)
		row->radix = radix_of(r->flags);
	row->fraction = row->radix == WAVE_FIXED ? r->fraction : row->fraction;
	r->left_out += (r->flags & (GTKW_INVERTED | GTKW_REVERSED)) != 0;
	row->analog |= (r->flags & GTKW_ANALOG_STEP) != 0;
	if (label && label[0])
		row->label = mem_strdup(label);
	return true;
}

/* "*ZOOM CURSOR A B ...": stops at the first non-number. */
static void read_times(struct reader *r, const char *line)
{
	char *end;
	long long time;

	strtod(line, &end);
	for (int i = -1; i < WAVEVIEW_MARKERS; i++) {
		const char *from = end;

		time = strtoll(from, &end, 10);
		if (end == from)
			return;
		if (time >= 0 && i < 0)
			r->v->cursor = (uint64_t)time;
		else if (time >= 0)
			r->v->marker[i] = (uint64_t)time;
		if (i >= 0)
			r->v->has_marker[i] = time >= 0;
	}
}

static bool read_line(struct reader *r, char *line)
{
	char *end;

	if (line[0] == '@') {
		r->flags = strtoull(line + 1, &end, 16);
		r->left_out += end == line + 1;
	} else if (line[0] == '-') {
		return read_blank(r, line + 1);
	} else if (line[0] == '*') {
		read_times(r, line + 1);
	} else if (strncmp(line, "[timestart] ", 12) == 0) {
		r->v->from = strtoull(line + 12, &end, 10);
		r->has_time = true;
	} else if (strncmp(line, "[fpshift_count] ", 16) == 0) {
		long bits = strtol(line + 16, &end, 10);

		r->fraction = bits < 0 || bits > 255 ? 0 : (int)bits; /* as GTKWave has it */
	} else if (line[0] && strchr("#^?!%&$", line[0])) {
		r->left_out++;
	} else if (line[0] && line[0] != '[') {
		return read_signal(r, line);
	}
	return true;
}

static bool read_lines(struct reader *r, const char *text, size_t len)
{
	const char *end = text + len;
	bool ok = true;

	while (ok && text < end) {
		const char *lf = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((lf ? lf : end) - text);
		char *line = mem_strndup(text, n);

		line[strcspn(line, "\r")] = '\0';
		if (strlen(line) < n && memchr(text, '\0', n))
			ok = err_set(r->err, ERR_PARSE, "this is not a GTKWave save file");
		ok = ok && read_line(r, line);
		free(line);
		text += n + (lf != NULL);
	}
	return ok;
}

bool waveview_gtkw_read(struct waveview *v, const char *text, size_t len, int cols,
			size_t *left_out, struct err *err)
{
	struct waveview fresh = *v;
	struct reader r = { .v = &fresh, .err = err, .flags = GTKW_HEX | GTKW_RIGHT };
	bool ok;

	if (len > GTKW_BYTES)
		return err_set(err, ERR_LIMIT, "a save file above %u MB", GTKW_BYTES >> 20);
	if (len == 0 || !text[0] || !strchr("[@*", text[0]))
		return err_set(err, ERR_PARSE, "this is not a GTKWave save file");
	fresh.rows = NULL;
	fresh.n = fresh.cap = 0;
	ok = read_lines(&r, text, len);
	if (ok && fresh.n == 0)
		ok = err_set(err, ERR_PARSE, "there are no signals in it");
	*left_out = r.left_out;
	if (!ok) {
		waveview_clear(&fresh);
		free(fresh.rows);
		return false;
	}
	waveview_clear(v);
	free(v->rows);
	fresh.generation = v->generation + 1;
	*v = fresh;
	v->chosen = v->top = 0;
	waveview_find_pairs(v);
	if (!r.has_time)
		v->from = v->t ? trace_begin(v->t) : 0;
	waveview_set_cursor(v, v->cursor, cols);
	return true;
}
