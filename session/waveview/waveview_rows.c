/* Rows are a flat list in which depth alone makes the tree: the members of a group are
 * the deeper rows that follow it. So moving, closing and removing work on ranges, and a
 * layout is read and written line by line.
 */
#include "config.h"

#include "session/waveview/waveview.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

static void free_row(struct waveview_row *r)
{
	free(r->name);
	free(r->label);
}

void waveview_clear(struct waveview *v)
{
	for (size_t i = 0; i < v->n; i++)
		free_row(&v->rows[i]);
	v->n = v->chosen = v->top = 0;
	v->generation++;
}

size_t waveview_signals(const struct waveview *v, size_t *missing)
{
	size_t n = 0;

	*missing = 0;
	for (size_t i = 0; i < v->n; i++) {
		n += !v->rows[i].group;
		*missing += !v->rows[i].group && v->rows[i].signal == TRACE_NONE;
	}
	return n;
}

/* Rows ------------------------------------------------------------------------- */

size_t waveview_end(const struct waveview *v, size_t at)
{
	size_t end = at + 1;

	if (at >= v->n)
		return v->n;
	while (v->rows[at].group && end < v->n && v->rows[end].depth > v->rows[at].depth)
		end++;
	return end;
}

bool waveview_shown(const struct waveview *v, size_t at)
{
	int depth = v->rows[at].depth;

	while (depth > 0 && at-- > 0) {
		if (v->rows[at].depth >= depth)
			continue;
		if (!v->rows[at].open)
			return false;
		depth = v->rows[at].depth;
	}
	return true;
}

size_t waveview_next(const struct waveview *v, size_t at, int by)
{
	size_t last = at;

	while (by != 0) {
		if (by < 0 && at == 0)
			return last;
		at = by < 0 ? at - 1 : waveview_end(v, at);
		if (by > 0 && last < v->n && v->rows[last].open)
			at = last + 1;
		while (by < 0 && at > 0 && !waveview_shown(v, at))
			at--;
		if (at >= v->n)
			return last;
		last = at;
		by += by < 0 ? 1 : -1;
	}
	return last;
}

/* After a change: chosen must be a visible row. */
static void settle(struct waveview *v)
{
	if (v->chosen >= v->n)
		v->chosen = v->n ? v->n - 1 : 0;
	while (v->n && v->chosen > 0 && !waveview_shown(v, v->chosen))
		v->chosen--;
	if (v->top > v->chosen)
		v->top = v->chosen;
	waveview_find_pairs(v);
	v->generation++;
}

bool waveview_insert(struct waveview *v, size_t at, const char *name, bool group, int depth)
{
	size_t signal = v->t && !group ? trace_find(v->t, name) : TRACE_NONE;
	struct str full = STR_INIT;

	if (v->n >= WAVEVIEW_ROWS)
		return false;
	/* These waves may have another name for it than those in which it was chosen. */
	if (signal == TRACE_NONE)
		str_adds(&full, name);
	else
		trace_full_name(v->t, signal, &full);
	MEM_ROOM(v->rows, v->n, v->cap);
	memmove(v->rows + at + 1, v->rows + at, (v->n - at) * sizeof(*v->rows));
	v->n++;
	v->rows[at] = (struct waveview_row){
		.group = group,
		.open = group,
		.depth = depth < 0		  ? 0
			 : depth > WAVEVIEW_DEPTH ? WAVEVIEW_DEPTH
						  : depth,
		.name = str_take(&full),
		.signal = signal,
		.radix = signal == TRACE_NONE ? WAVE_HEX : wave_radix_of(v->t, signal),
		.beside = TRACE_NONE,
	};
	v->rows[at].analog =
		signal != TRACE_NONE && trace_signal_at(v->t, signal)->kind == TRACE_REAL;
	v->generation++;
	return true;
}

bool waveview_add(struct waveview *v, const char *name, struct err *err)
{
	size_t at = waveview_end(v, v->chosen);
	int depth = v->chosen < v->n ? v->rows[v->chosen].depth : 0;

	size_t signal = v->t ? trace_find(v->t, name) : TRACE_NONE;

	if (signal == TRACE_NONE)
		return err_set(err, ERR_NOT_FOUND, "%s is not in these waves", name);
	for (size_t i = 0; i < v->n; i++) {
		if (v->rows[i].group || v->rows[i].signal != signal)
			continue;
		for (size_t g = 0; g < i; g++)
			if (v->rows[g].group && waveview_end(v, g) > i)
				v->rows[g].open = true;
		v->chosen = i;
		v->generation++;
		return true;
	}
	if (v->chosen < v->n && v->rows[v->chosen].group && v->rows[v->chosen].open) {
		at = v->chosen + 1;
		depth++;
	}
	if (!waveview_insert(v, at, name, false, depth))
		return err_set(err, ERR_LIMIT, "%d rows are there already; remove some",
			       WAVEVIEW_ROWS);
	v->chosen = at;
	settle(v);
	return true;
}

void waveview_remove(struct waveview *v, size_t at)
{
	size_t end = waveview_end(v, at);

	if (at >= v->n)
		return;
	for (size_t i = at; i < end; i++)
		free_row(&v->rows[i]);
	memmove(v->rows + at, v->rows + end, (v->n - end) * sizeof(*v->rows));
	v->n -= end - at;
	settle(v);
}

/* Exchanges [a, b) and [b, c). */
static void rotate(struct waveview *v, size_t a, size_t b, size_t c)
{
	size_t first = b - a;
	struct waveview_row *keep = mem_dup(v->rows + a, first * sizeof(*keep));

	memmove(v->rows + a, v->rows + b, (c - b) * sizeof(*keep));
	memcpy(v->rows + a + (c - b), keep, first * sizeof(*keep));
	free(keep);
}

/* Moves past the neighbour in the same group, which may be a group itself. */
bool waveview_shift(struct waveview *v, size_t at, int by)
{
	size_t end = waveview_end(v, at), other;
	int depth;

	if (at >= v->n)
		return false;
	depth = v->rows[at].depth;
	if (by > 0) {
		if (end >= v->n || v->rows[end].depth != depth)
			return false;
		other = waveview_end(v, end);
		rotate(v, at, end, other);
		v->chosen = at + (other - end);
	} else {
		other = at;
		while (other > 0 && v->rows[other - 1].depth > depth)
			other--;
		if (other == 0 || v->rows[other - 1].depth != depth)
			return false;
		other--;
		rotate(v, other, at, end);
		v->chosen = other;
	}
	settle(v);
	return true;
}

static void dissolve(struct waveview *v, size_t at)
{
	size_t end = waveview_end(v, at);

	for (size_t i = at + 1; i < end; i++)
		v->rows[i].depth--;
	free_row(&v->rows[at]);
	memmove(v->rows + at, v->rows + at + 1, (v->n - at - 1) * sizeof(*v->rows));
	v->n--;
	settle(v);
}

bool waveview_group(struct waveview *v, const char *name, struct err *err)
{
	size_t at = v->chosen, end = at;
	int depth;

	if (at >= v->n)
		return err_set(err, ERR_USAGE, "there is no row to group");
	if (v->rows[at].group) {
		dissolve(v, at);
		return true;
	}
	depth = v->rows[at].depth;
	if (depth >= WAVEVIEW_DEPTH)
		return err_set(err, ERR_LIMIT, "groups nest at most %d deep", WAVEVIEW_DEPTH);
	while (end < v->n && v->rows[end].depth == depth && !v->rows[end].group)
		end++;
	if (!waveview_insert(v, at, name[0] ? name : "group", true, depth))
		return err_set(err, ERR_LIMIT, "%d rows are there already; remove some",
			       WAVEVIEW_ROWS);
	for (size_t i = at + 1; i <= end; i++)
		v->rows[i].depth++;
	settle(v);
	return true;
}

void waveview_rename(struct waveview *v, size_t at, const char *label)
{
	struct waveview_row *r = &v->rows[at];
	char *old = r->group ? r->name : r->label;

	if (r->group && label[0])
		r->name = mem_strdup(label);
	else if (!r->group)
		r->label = label[0] ? mem_strdup(label) : NULL;
	else
		return;
	free(old);
	v->generation++;
}

void waveview_open(struct waveview *v, size_t at, bool open)
{
	if (at < v->n && v->rows[at].group)
		v->rows[at].open = open;
	settle(v);
}

void waveview_set_radix(struct waveview *v, size_t at, enum wave_radix radix, int fraction)
{
	v->rows[at].radix = radix;
	v->rows[at].fraction = fraction;
	v->generation++;
}

void waveview_set_analog(struct waveview *v, size_t at, bool on)
{
	v->rows[at].analog = on;
	v->generation++;
}

/* Names ------------------------------------------------------------------------ */

/* The last part, or the last two if another row has the same last part: among all
 * rows, or those of the same depth. */
static const char *short_name(const struct waveview *v, size_t at, bool among_all)
{
	const struct waveview_row *r = &v->rows[at];
	const char *name = waveview_last_name(r->name);
	bool twice = false;

	for (size_t i = 0; i < v->n && !twice; i++) {
		const struct waveview_row *o = &v->rows[i];

		twice = i != at && !o->group && (among_all || o->depth == r->depth) &&
			strcmp(waveview_last_name(o->name), name) == 0;
	}
	if (!twice || name == r->name)
		return name;
	for (name--; name > r->name && name[-1] != '.'; name--)
		;
	return name;
}

void waveview_label(const struct waveview *v, size_t at, struct str *out)
{
	const struct waveview_row *r = &v->rows[at];
	const struct trace_signal *s =
		r->signal == TRACE_NONE ? NULL : trace_signal_at(v->t, r->signal);

	if (r->group) {
		str_adds(out, r->name);
	} else if (r->label) {
		str_adds(out, r->label);
	} else {
		str_adds(out, short_name(v, at, false));
		if (s && s->has_range)
			str_addf(out, "[%d:%d]", s->msb, s->lsb);
	}
}

void waveview_word(const struct waveview *v, size_t at, struct str *out)
{
	str_adds(out, v->rows[at].label ? v->rows[at].label : short_name(v, at, true));
}

static const char *const radix_names[WAVE_RADICES] = {
	[WAVE_HEX] = "hex",	  [WAVE_BIN] = "bin",	  [WAVE_DEC] = "dec",
	[WAVE_SIGNED] = "signed", [WAVE_ASCII] = "ascii", [WAVE_ENUM] = "enum",
	[WAVE_FIXED] = "fixed",
};

const char *wave_radix_name(enum wave_radix r)
{
	return radix_names[r];
}

bool wave_radix_parse(const char *name, enum wave_radix *r)
{
	for (int i = 0; i < WAVE_RADICES; i++) {
		if (strcmp(radix_names[i], name) == 0) {
			*r = (enum wave_radix)i;
			return true;
		}
	}
	return false;
}
