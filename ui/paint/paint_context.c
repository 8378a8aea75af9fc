/* The list of what is sent with a question, and its share of the context window. */
#include "config.h"

#include "session/ask/ask_sent.h"
#include "session/ask/ask_view.h"
#include "ui/look/wrap.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"

/* Check box of an entry; blank if it cannot be switched. */
static const char *mark_of(const struct ask_view *v, const struct prompt_entry *e)
{
	if (v->sent || !ask_switch_of(e))
		return "   ";
	return e->state == ENTRY_OFF ? "[ ]" : "[x]";
}

static unsigned style_of(const struct prompt_entry *e)
{
	return e->state == ENTRY_NO_ROOM || e->state == ENTRY_CUT ? STYLE_RISK
	       : e->state == ENTRY_OFF || e->state == ENTRY_STALE || e->state == ENTRY_UNKNOWN
		       ? STYLE_DIM
	       : e->again ? STYLE_TEXT
			  : STYLE_YOU;
}

/* A bar as long as the used share. */
static void paint_meter(struct frame *f, struct rect r, const struct ask_view *v)
{
	unsigned share = ask_view_share(v, v->tokens);
	int cols = r.cols - 2, full = share > 1000 ? cols : cols * (int)share / 1000;

	for (int i = 0; i < cols; i++)
		frame_puts(f, r.row, r.col + 1 + i, r.col + r.cols,
			   i < full ? share > 900 ? STYLE_RISK : STYLE_MODEL : STYLE_DIM,
			   i < full ? "#" : "-");
}

int context_foot_rows(const struct ask_view *v, int cols, int rows)
{
	struct str head = STR_INIT;
	int n;

	ask_view_head(v, &head);
	n = 1 + wrap_rows(str_cstr(&head), head.len, cols > 3 ? cols - 2 : 1, 0);
	str_free(&head);
	return n < rows ? n : 0;
}

static void paint_foot(struct frame *f, struct rect r, const struct ask_view *v)
{
	struct str head = STR_INIT;

	paint_meter(f, r, v);
	ask_view_head(v, &head);
	for (size_t from = 0, to; from < head.len && --r.rows > 0; from = to) {
		to = wrap_row(str_cstr(&head), head.len, from, r.cols - 2, 0);
		frame_text(f, ++r.row, r.col + 1, r.col + r.cols, STYLE_TEXT, head.data + from,
			   to - from);
	}
	str_free(&head);
}

void paint_context(struct frame *f, struct rect r, const struct scene *s, bool focus)
{
	const struct ask_view *v = s->context.view;
	int foot = v->entries.n ? context_foot_rows(v, r.cols, r.rows) : 0, end = r.col + r.cols;

	if (v->entries.n == 0 && r.rows > 0)
		frame_puts(f, r.row, r.col + 1, end, STYLE_DIM,
			   s->context.looks ? "one moment" : "nothing to show");
	for (int row = 0; row < r.rows - foot; row++) {
		size_t i = s->context.top + (size_t)row;
		struct str line = STR_INIT, name = STR_INIT;
		bool chosen = focus && i == s->context.chosen;

		if (i >= v->entries.n)
			break;
		str_addf(&line, "%s %s ", chosen ? ">" : " ", mark_of(v, &v->entries.v[i]));
		ask_view_line(v, i, &line, &name);
		if (v->entries.v[i].kind == ENTRY_FILE)
			path_fit(str_cstr(&name), r.cols - cluster_columns(line.data, line.len, 0),
				 &line);
		else
			str_adds(&line, str_cstr(&name));
		if (chosen)
			frame_fill(f, (struct rect){ r.row + row, r.col, 1, r.cols }, STYLE_CHOSEN);
		frame_text(f, r.row + row, r.col, end,
			   chosen ? STYLE_CHOSEN : style_of(&v->entries.v[i]), str_cstr(&line),
			   line.len);
		frame_spot(f, (struct rect){ r.row + row, r.col, 1, r.cols }, SPOT_ENTRY, i);
		str_free(&name);
		str_free(&line);
	}
	if (foot)
		paint_foot(f, (struct rect){ r.row + r.rows - foot, r.col, foot, r.cols }, v);
}
