/* Titles, the chat, the log, the status line. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/lint_words.h"
#include "session/journal/state.h"
#include "session/verdict/diag.h"
#include "ui/look/layout.h"
#include "ui/look/signs.h"
#include "ui/look/wrap.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/terminal/keymap.h"
#include "ui/widget/chat_rows.h"
#include "ui/widget/line_edit.h"
#include "ui/widget/log_list.h"
#include "ui/widget/review.h"

int paint_title(struct frame *f, struct rect r, bool focus, const char *name, const char *what, const char *state)
{
	unsigned style = focus ? STYLE_FOCUS : STYLE_TITLE;
	int end = r.col + r.cols, col, width = cluster_columns(state, strlen(state), 0, 0);

	frame_fill(f, (struct rect){ r.row, r.col, 1, r.cols }, style);
	col = frame_putf(f, r.row, r.col, end, style, " %s%s ", name, focus ? "*" : "");
	frame_puts(f, r.row, col + 1, width && width + 2 < end - col ? end - width - 2 : end, style, what);
	if (width && width + 1 < end - col)
		frame_puts(f, r.row, end - width - 1, end, style, state);
	return col + 1;
}

/* Chat ------------------------------------------------------------------------ */

int question_rows(const struct line_edit *question, int cols, int rows)
{
	const struct str *s = &question->text;
	int n = 0, most = rows > 6 ? rows / 2 : rows > 2 ? 2 : 1;
	size_t at = 0;

	while (at <= s->len) {
		size_t len = strcspn(str_cstr(s) + at, "\n");

		n += wrap_rows(str_cstr(s) + at, len, cols - 2, 4);
		at += len + 1;
	}
	return n < most ? n : most;
}

struct chat_paint {
	struct frame *f;
	struct rect r;
	int skip, row;
};

static void paint_chat_row(void *ctx, const struct chat_row *row)
{
	struct chat_paint *p = ctx;
	int at = p->r.row + p->row, end = p->r.col + p->r.cols, col = p->r.col + CHAT_INDENT;

	if (p->skip > 0) {
		p->skip--;
		return;
	}
	if (p->row >= p->r.rows)
		return;
	p->row++;
	frame_puts(p->f, at, p->r.col, end, row->mark_style, row->mark);
	for (size_t i = 0; i < row->len && col < end;) {
		struct cluster c;

		if (row->text[i] == '\t') {
			int next = col + 4 - (col - p->r.col - CHAT_INDENT) % 4;

			while (col < next)
				col = frame_puts(p->f, at, col, end + 4, STYLE_TEXT, " ");
			i++;
			continue;
		}
		cluster_next(row->text + i, row->len - i, &c);
		col = frame_cluster(p->f, at, col, end, row->styles ? row->styles[i] : row->style, &c);
		i += c.len;
	}
}

/* The lines being typed, scrolled so that the cursor shows. */
static void paint_question(struct frame *f, struct rect r, const struct line_edit *e, bool focus)
{
	const char *s = str_cstr(&e->text);
	int cursor_row = 0, row = 0, cursor_col = 0, cols = r.cols - 2;
	size_t from = 0, starts[512], ends[512];
	int n = 0;

	do {	/* rows: of each line, its wrapped parts */
		size_t line = from, len = strcspn(s + from, "\n"), part = 0, to;

		do {
			to = wrap_row(s + line, len, part, cols, 4);
			if (n < 512) {
				starts[n] = line + part;
				ends[n++] = line + to;
			}
			part = to;
		} while (part < len);
		from = line + len + 1;
	} while (from <= e->text.len);
	while (cursor_row + 1 < n && starts[cursor_row + 1] <= e->cursor)
		cursor_row++;
	row = cursor_row >= r.rows ? cursor_row - r.rows + 1 : 0;
	frame_puts(f, r.row, r.col, r.col + r.cols, focus ? STYLE_KEY : STYLE_DIM, sign(SIGN_PROMPT));
	if (e->text.len == 0 && !focus)
		frame_puts(f, r.row, r.col + 2, r.col + r.cols, STYLE_DIM, "ask here");
	for (int i = 0; i < r.rows && row + i < n; i++)
		frame_text(f, r.row + i, r.col + 2, r.col + r.cols, STYLE_TEXT, s + starts[row + i],
			   ends[row + i] - starts[row + i]);
	cursor_col = cluster_columns(s + starts[cursor_row], e->cursor - starts[cursor_row], 0, 4);
	if (focus)
		frame_cursor(f, r.row + cursor_row - row, r.col + 2 + (cursor_col < cols ? cursor_col : cols - 1));
}

static void paint_hint(struct frame *f, struct rect r)
{
	static const char *const hints[] = {
		"Say what you want: an 8-bit counter with enable, and a testbench",
		"@rtl/fifo.sv:10-40, @lint or @sim puts that into the question,",
		"/help lists the commands. What is proposed waits for `review`.",
	};

	int row = r.row;

	for (int i = 0; i < 3; i++) {
		size_t len = strlen(hints[i]);

		for (size_t from = 0, to; from < len && row < r.row + r.rows; from = to, row++) {
			to = wrap_row(hints[i], len, from, r.cols - 2, 0);
			frame_text(f, row, r.col + 1, r.col + r.cols, STYLE_DIM, hints[i] + from, to - from);
		}
	}
}

void paint_chat(struct frame *f, struct rect r, const struct scene *scene, bool focus)
{
	const struct state *s = scene->state;
	const struct chat_place *place = scene->chat;
	int typed = question_rows(scene->question, r.cols, r.rows);
	struct chat_paint p = { .f = f, .r = r, .skip = place->row };

	p.r.rows -= typed;
	if (s->n_chat == 0)
		paint_hint(f, p.r);
	for (size_t i = place->exchange; i < s->n_chat && p.row < p.r.rows; i++)
		chat_rows(s, s->chat[i], chat_place_live(place, s->chat[i]), r.cols, place->unfolded, paint_chat_row, &p);
	if (!place->follow && p.r.rows > 0)
		frame_putf(f, r.row + p.r.rows - 1, r.col + r.cols - 8, r.col + r.cols, STYLE_BADGE, " %s more ",
			   sign(SIGN_MORE));
	paint_question(f, (struct rect){ r.row + r.rows - typed, r.col, typed, r.cols }, scene->question, focus);
}

/* Log --------------------------------------------------------------------------- */

/* One row of it, its tabs as blanks. */
static void paint_part(struct frame *f, int row, int col, int end, unsigned style, const char *text, size_t len)
{
	int left = col;

	for (size_t n; len && col < end; text += n, len -= n) {
		const char *tab = memchr(text, '\t', len);

		n = tab ? (size_t)(tab - text) : len;
		col = frame_text(f, row, col, end, style, text, n);
		if (n == 0) {
			col += 8 - (col - left) % 8;
			n = 1;
		}
	}
}

int paint_log_line(struct frame *f, struct rect r, int row, const struct log_line *line, bool wrap)
{
	size_t len = strlen(line->text), from = 0, to = len;
	int end = r.col + r.cols, indent = wrap ? wrap_indent(line->text, len, r.cols) : 0;

	do {
		if (wrap)
			to = wrap_indented(line->text, len, from, r.cols, indent, 8);
		paint_part(f, r.row + row, r.col + (from ? indent : 0), end, line->style, line->text + from, to - from);
		row++;
		from = to;
	} while (from < len && row < r.rows);
	if (!wrap && cluster_columns(line->text, len, 0, 8) > r.cols)	/* there is more of it */
		frame_puts(f, r.row + row - 1, end - 1, end, STYLE_KEY, sign(SIGN_MORE));
	return row;
}

void paint_list(struct frame *f, struct rect r, const struct log_list *l, bool focus)
{
	struct rect text = { r.row, r.col + 1, r.rows, r.cols - 1 };
	int row = 0;

	for (size_t i = l->top, n = log_list_shown(l); i < n && row < r.rows && text.cols > 0; i++) {
		bool chosen = focus && i == l->chosen;
		int first = row;

		if (chosen)
			frame_puts(f, r.row + row, r.col, r.col + r.cols, STYLE_KEY, ">");
		row = paint_log_line(f, text, row, log_list_at(l, i), log_list_wraps(l, i));
		frame_spot(f, (struct rect){ r.row + first, r.col, row - first, r.cols }, SPOT_LOG_LINE, i);
		for (; chosen && first < row; first++)
			frame_mark(f, r.row + first, r.col, r.col + r.cols, STYLE_BOLD);
	}
}

static const char *empty_text(enum log_tab tab)
{
	static const char *const texts[LOG_TABS] = {
		"no findings (yet): F7 lints, and typing does",
		"F5 builds and runs a testbench",
		"after a FAIL: the cycles before it; F6 opens GTKWave",
		"what is sent to the backend, and what comes back",
		"the session so far",
	};

	return texts[tab];
}

/* Which lines are not there. */
static void paint_kept(struct frame *f, struct rect r, const struct log_list *l, const char *who)
{
	int end = r.col + r.cols, col = r.col;

	if (l->filter)
		col = frame_putf(f, r.row, col, end, STYLE_DIM, "only lines with %s%s", l->filter, l->dropped ? ", " : "");
	if (l->dropped)
		frame_putf(f, r.row, col, end, STYLE_DIM, "%zu older lines are not shown; the %s all", l->dropped, who);
}

void paint_log_title(struct frame *f, struct rect r, const struct scene *s, bool focus)
{
	const char *keys = s->log_tab == LOG_HISTORY ? "Tab next  Enter shows that moment  / filters" : "Tab next  Enter jumps  / filters";
	struct str what = STR_INIT;
	int col;

	for (int i = 0; i < LOG_TABS; i++)
		str_addf(&what, i == (int)s->log_tab ? "[%s] " : "%s ", log_tab_name((enum log_tab)i));
	if ((int)(what.len + strlen(keys)) + 7 > r.cols)
		keys = "Enter  /";
	if ((int)(what.len + strlen(keys)) + 7 > r.cols)
		keys = "";
	col = paint_title(f, r, focus, "log", str_cstr(&what), focus ? keys : "");
	for (int i = 0; i < LOG_TABS; i++) {
		int width = (int)strlen(log_tab_name((enum log_tab)i)) + (i == (int)s->log_tab ? 2 : 0);

		frame_spot(f, (struct rect){ r.row, col, 1, width }, SPOT_LOG_TAB, (size_t)i);
		col += width + 1;
	}
	str_free(&what);
}

void paint_log(struct frame *f, struct rect r, const struct scene *s, bool focus)
{
	const struct log_list *l = s->log;
	struct rect body = r;

	if (l->filter || l->dropped) {
		if (r.rows < 1)
			return;
		body.rows--;
		paint_kept(f, (struct rect){ r.row + r.rows - 1, r.col, 1, r.cols }, l,
			   s->log_tab == LOG_SIM ? "run's file has" : "session's journal has");
	}
	if (l->n == 0 && r.rows > 0)
		frame_puts(f, r.row, r.col + 1, r.col + r.cols, STYLE_DIM, empty_text(s->log_tab));
	paint_list(f, body, l, focus);
}

/* Status --------------------------------------------------------------------------- */

struct status_part {
	struct str text;
	unsigned style;
	int rank;	/* the highest goes first when room is short; 0 never goes */
};

static void part(struct status_part *v, size_t *n, int rank, unsigned style, const char *text)
{
	if (!text[0])
		return;
	v[*n] = (struct status_part){ .style = style, .rank = rank };
	str_adds(&v[(*n)++].text, text);
}

static void lint_part(const struct scene *scene, struct status_part *v, size_t *n)
{
	const struct state *s = scene->state;
	size_t errors, risks, unread = lint_words_unread(s->lint_unread);
	char text[64];

	errors = s->found ? diag_list_count(s->found, DIAG_ERROR) : 0;
	risks = s->found ? diag_list_count(s->found, DIAG_RISK) : 0;
	if (!s->lint_whole && errors + risks == 0) {
		part(v, n, 5, STYLE_DIM, scene->work.lints ? "lint ..." : "lint -");
		return;
	}
	if (s->lint_error && s->lint_error[0])
		snprintf(text, sizeof(text), "lint ?");
	else if (errors + risks == 0 && unread)
		snprintf(text, sizeof(text), "lint ok, %zu not read", unread);
	else if (errors + risks == 0)
		snprintf(text, sizeof(text), "lint ok");
	else
		snprintf(text, sizeof(text), "%zu err %zu risk", errors, risks);
	part(v, n, 3, s->lint_error && s->lint_error[0] ? STYLE_DIM : errors ? STYLE_ERROR : risks ? STYLE_RISK : STYLE_GOOD, text);
}

static void sim_part(const struct scene *scene, struct status_part *v, size_t *n)
{
	const struct state *s = scene->state;
	const struct sim_run *r = state_last_run(s);
	char text[96];

	if (scene->work.simulates) {
		snprintf(text, sizeof(text), "sim %.60s", scene->work.progress[0] ? scene->work.progress : "...");
		part(v, n, 1, STYLE_RISK, text);
		return;
	}
	if (!r || !r->ended)
		return;
	if (strcmp(r->verdict, "pass") == 0) {
		if (r->checks >= 0)
			snprintf(text, sizeof(text), "sim PASS %lld checks", (long long)r->checks);
		else
			snprintf(text, sizeof(text), "sim PASS, not counted");
		part(v, n, 3, STYLE_GOOD, text);
	} else if (strcmp(r->verdict, "fail") == 0) {
		part(v, n, 0, STYLE_ERROR, "sim FAIL");
	} else {
		part(v, n, 3, STYLE_DIM, strcmp(r->verdict, "none") == 0 ? "sim no verdict" : "sim did not run");
	}
}

static void review_part(const struct scene *scene, struct status_part *v, size_t *n)
{
	const struct state *s = scene->state;
	size_t open = 0;
	char text[64];

	for (size_t i = 0; i < s->n_proposals; i++)
		open += s->proposals[i]->state == PROPOSAL_OPEN;
	if (scene->review->suggestion)
		part(v, n, 0, STYLE_BADGE, " REVIEW ");
	else if (open) {
		snprintf(text, sizeof(text), "review %zu", open);
		part(v, n, 2, STYLE_RISK, text);
	}
}

static size_t unsaved_count(const struct state *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_docs; i++)
		n += s->docs[i]->open && s->docs[i]->text && doc_unsaved(s->docs[i]);
	return n;
}

struct hint {
	const char *command, *does;
};

/* By the keys as they are bound. One part a key, so that as many are shown as there is room for: the first
 * ones stay longest. In a review they go before what is always there. */
static void keys_part(const struct scene *scene, struct status_part *v, size_t *n)
{
	static const struct hint review[] = { { "take", "take" }, { "refuse", "refuse" }, { "apply-taken", "apply" },
		{ "leave-review", "later" }, { "undecide", "undecide" }, { "rewrite", "edit" }, { "split", "split" },
		{ "ask-line", "ask" }, { "explain-line", "explain" }, { NULL, NULL } };
	static const struct hint busy[] = { { "interrupt", "cancels" }, { NULL, NULL } };
	static const struct hint idle[] = { { "menu", "menu" }, { "help", "help" }, { "sim", "run" }, { "wave", "waves" },
		{ "review", "review" }, { NULL, NULL } };
	const struct hint *hints = scene->review->suggestion ? review : scene->work.busy ? busy : idle;
	int rank = scene->review->suggestion ? 3 : 6;

	if (!scene->keymap)	/* these do nothing there; its message tells its own */
		return;
	for (; hints->command; hints++) {
		const char *key = keymap_key_at(scene->keymap, scene->review->suggestion ? PLACE_REVIEW : PLACE_ANY, hints->command);
		char *text = key ? str_fmt("%s %s", key, hints->does) : NULL;

		if (text)
			part(v, n, rank, STYLE_STATUS, text);
		rank++;
		free(text);
	}
}

static int width_of(const struct status_part *v, size_t n)
{
	int cols = 0;

	for (size_t i = 0; i < n; i++)
		cols += v[i].text.len ? cluster_columns(v[i].text.data, v[i].text.len, 0, 0) + 2 : 0;
	return cols;
}

static void drop_least(struct status_part *v, size_t n, int cols)
{
	while (width_of(v, n) > cols) {
		size_t least = 0;

		for (size_t i = 1; i < n; i++)
			if (v[i].text.len && (v[i].rank > v[least].rank || !v[least].text.len))
				least = i;
		if (v[least].rank == 0 || v[least].text.len == 0)
			return;
		str_clear(&v[least].text);
	}
}

#define STATUS_PARTS 20

/* All but the message. */
static size_t status_parts(const struct scene *scene, struct status_part *v)
{
	char text[64];
	size_t n = 0, unsaved = unsaved_count(scene->state);

	snprintf(text, sizeof(text), "%s rec %llu", sign(SIGN_RECORDING),
		 (unsigned long long)scene->recorded);
	part(v, &n, 4, STYLE_STATUS, text);
	review_part(scene, v, &n);
	if (unsaved) {
		snprintf(text, sizeof(text), "%s %zu unsaved", sign(SIGN_UNSAVED), unsaved);
		part(v, &n, 0, STYLE_BADGE, text);
	}
	lint_part(scene, v, &n);
	sim_part(scene, v, &n);
	if (scene->work.asks)
		part(v, &n, 1, STYLE_MODEL, "asking");
	return n;
}

int message_rows(const struct scene *scene, int cols)
{
	const struct str *m = scene->message;
	struct status_part v[STATUS_PARTS] = { 0 };
	size_t n = m->len ? status_parts(scene, v) : 0;
	int width = m->len ? cluster_columns(m->data, m->len, 0, 0) + 2 : 0;

	for (size_t i = 0; i < n; i++) {
		if (v[i].rank == 0)
			width += width_of(&v[i], 1);
		str_free(&v[i].text);
	}
	return width <= cols ? 0 : wrap_rows(m->data, m->len, cols - 2, 0);
}

static void paint_message(struct frame *f, struct rect r, const struct scene *scene)
{
	static const char more[] = " ... Ctrl-O h ";	/* the help begins with what was said last */
	const int cols = sizeof(more) - 1;
	const struct str *m = scene->message;

	frame_fill(f, r, STYLE_STATUS);
	for (size_t from = 0, to; r.rows > 0 && from < m->len; from = to, r.row++, r.rows--) {
		to = wrap_row(m->data, m->len, from, r.cols - 2, 0);
		frame_text(f, r.row, r.col + 1, r.col + r.cols, (scene->message_bad ? STYLE_ERROR : STYLE_TEXT) | STYLE_BAR,
			   m->data + from, to - from);
		if (r.rows == 1 && to < m->len)
			frame_putf(f, r.row, r.cols > cols ? r.cols - cols : 0, r.col + r.cols, STYLE_KEY | STYLE_BAR, "%s",
				   more);
	}
}

void paint_status(struct frame *f, const struct layout *l, const struct scene *scene)
{
	struct status_part v[STATUS_PARTS] = { 0 };
	size_t n = status_parts(scene, v);
	bool message = scene->message->len && !l->message;
	int col = 1;

	frame_fill(f, (struct rect){ l->status, 0, 1, f->cols }, STYLE_STATUS);
	if (l->message)
		paint_message(f, (struct rect){ l->status - l->message, 0, l->message, f->cols }, scene);
	if (message)
		part(v, &n, 0, scene->message_bad ? STYLE_ERROR : STYLE_TEXT, str_cstr(scene->message));
	else
		keys_part(scene, v, &n);
	/* A message is more than the state beside it. */
	if (message && width_of(v, n) > f->cols)
		for (size_t i = 0; i + 1 < n; i++)
			if (v[i].rank > 2)
				str_clear(&v[i].text);
	drop_least(v, n, f->cols);
	for (size_t i = 0; i < n; i++) {
		if (v[i].text.len)
			col = frame_text(f, l->status, col, f->cols, v[i].style | STYLE_BAR, v[i].text.data, v[i].text.len) + 2;
		str_free(&v[i].text);
	}
}
