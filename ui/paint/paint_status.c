/* The status line: a message, or the state and the available keys.
 *
 * Each part has a rank. If space is short, the part of the highest rank is dropped
 * first; parts of rank 0 always stay: "unsaved" and a failure must be seen. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/str.h"
#include "session/check/uncovered.h"
#include "session/journal/doc.h"
#include "session/journal/lint_summary.h"
#include "session/journal/state.h"
#include "session/review/proposals.h"
#include "session/output/diag.h"
#include "session/verdict/run.h"
#include "ui/look/layout.h"
#include "ui/look/signs.h"
#include "ui/look/wrap.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/terminal/keymap.h"
#include "ui/widget/review.h"

struct status_part {
	struct str text;
	unsigned style;
	int rank;    /* the highest is dropped first; 0 is never dropped */
	size_t hint; /* index of its SPOT_HINT, plus 1; 0: a click does nothing */
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
	size_t errors, risks, unread = lint_summary_unread(s->lint_unread);
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
	part(v, n, 3,
	     s->lint_error && s->lint_error[0] ? STYLE_DIM
	     : errors			       ? STYLE_ERROR
	     : risks			       ? STYLE_RISK
					       : STYLE_GOOD,
	     text);
}

/* Words for a run that has neither passed nor failed. */
static const char *no_verdict(const struct sim_run *r)
{
	enum verdict v;

	if (r->error && strcmp(r->error, "cancelled") == 0)
		return "sim cancelled";
	if (!verdict_parse(r->verdict, &v))
		return "sim did not run";
	switch (v) {
	case VERDICT_NONE:
		return "sim no verdict";
	case VERDICT_BUILD:
		return "sim did not build";
	case VERDICT_LIMIT:
		return "sim stopped by a limit";
	default:
		return "sim did not run";
	}
}

/* The testbench of the last run, if there are several and the message does not begin
 * with it. */
static void of_part(const struct scene *scene, struct status_part *v, size_t *n)
{
	const struct sim_run *r = state_last_run_of_files(scene->state);
	size_t len = r && r->testbench ? strlen(r->testbench) : 0;
	const char *message = str_cstr(scene->message);
	char text[64];

	if (!len || !r->ended || scene->work.simulates || !scene->work.several ||
	    (strncmp(message, r->testbench, len) == 0 && message[len] == ':'))
		return;
	snprintf(text, sizeof(text), "of %.50s", r->testbench);
	part(v, n, 5, STYLE_DIM, text);
}

/* The last run of the files. Runs of hypothetical texts, as in flows, report their
 * verdicts elsewhere; the proposal that was run may have changed since. */
static void sim_part(const struct scene *scene, struct status_part *v, size_t *n)
{
	const struct state *s = scene->state;
	const struct sim_run *r = state_last_run_of_files(s);
	bool edited = scene->work.edited;
	const char *when = edited ? ", edited since" : scene->work.earlier ? ", earlier" : "";
	char text[96];

	if (scene->work.simulates) {
		snprintf(text, sizeof(text), "sim %.60s",
			 scene->work.progress[0] ? scene->work.progress : "...");
		part(v, n, 1, STYLE_RISK, text);
		return;
	}
	if (!r || !r->ended)
		return;
	if (verdict_is(r->verdict, VERDICT_PASS)) {
		if (r->checks >= 0)
			snprintf(text, sizeof(text), "sim PASS %lld check%s%s",
				 (long long)r->checks, count_s(r->checks), when);
		else
			snprintf(text, sizeof(text), "sim PASS, not counted%s", when);
		part(v, n, 3, edited || scene->work.earlier ? STYLE_DIM : STYLE_GOOD, text);
	} else if (verdict_is(r->verdict, VERDICT_FAIL)) {
		snprintf(text, sizeof(text), "sim FAIL%s", when);
		part(v, n, 0, STYLE_ERROR, text);
	} else {
		snprintf(text, sizeof(text), "%s%s", no_verdict(r), when);
		part(v, n, 3, STYLE_DIM, text);
	}
}

/* Number of taken lines that no PASS has covered since. */
static void untested_part(const struct scene *scene, struct status_part *v, size_t *n)
{
	bool unknown;
	uint64_t lines = uncovered_lines(scene->state, &unknown);
	char text[64];

	if (unknown)
		part(v, n, 4, STYLE_DIM, "untested ?");
	else if (lines) {
		snprintf(text, sizeof(text), "untested %llu", (unsigned long long)lines);
		part(v, n, 4, STYLE_RISK, text);
	}
}

static void review_part(const struct scene *scene, struct status_part *v, size_t *n)
{
	const struct state *s = scene->state;
	size_t open = proposals_waiting(s);
	char text[64];

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

enum hints { HINTS_REVIEW, HINTS_BUSY, HINTS_IDLE };

#define HINTS_MAX 9

static const struct hint {
	const char *command, *does;
} hints[][HINTS_MAX] = {
	[HINTS_REVIEW] = { { "take", "take" },
			   { "refuse", "refuse" },
			   { "apply-taken", "apply" },
			   { "leave-review", "later" },
			   { "undecide", "undecide" },
			   { "rewrite", "edit" },
			   { "split", "split" },
			   { "ask-line", "ask" },
			   { "explain-line", "explain" } },
	[HINTS_BUSY] = { { "interrupt", "cancels" } },
	[HINTS_IDLE] = { { "menu", "menu" },
			 { "help", "help" },
			 { "sim", "run" },
			 { "wave", "waves" },
			 { "review", "review" } },
};

const char *paint_status_command(size_t hint)
{
	return hints[hint / HINTS_MAX][hint % HINTS_MAX].command;
}

/* Hints for the keys as bound now, one part per key, so that as many as fit are
 * shown; the first ones are dropped last. In a review all are dropped before the
 * parts that are always there. */
static void keys_part(const struct scene *scene, struct status_part *v, size_t *n)
{
	enum hints group = scene->review->suggestion ? HINTS_REVIEW
			   : scene->work.busy	     ? HINTS_BUSY
						     : HINTS_IDLE;
	enum place place = group == HINTS_REVIEW ? PLACE_REVIEW : PLACE_ANY;
	int rank = group == HINTS_REVIEW ? 3 : 6;

	if (!scene->keymap) /* keys do nothing here; the message names those that do */
		return;
	for (size_t i = 0; i < HINTS_MAX && hints[group][i].command; i++, rank++) {
		const struct hint *h = &hints[group][i];
		const char *key = keymap_key_at(scene->keymap, place, h->command);
		char *text = key ? str_fmt("%s %s", key, h->does) : NULL;

		if (text) {
			part(v, n, rank, STYLE_STATUS, text);
			v[*n - 1].hint = group * HINTS_MAX + i + 1;
		}
		free(text);
	}
}

static int width_of(const struct status_part *v, size_t n)
{
	int cols = 0;

	for (size_t i = 0; i < n; i++)
		cols += v[i].text.len ? cluster_columns(v[i].text.data, v[i].text.len, 0) + 2 : 0;
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

/* All parts but the message. */
static size_t status_parts(const struct scene *scene, struct status_part *v)
{
	char text[64];
	size_t n = 0, unsaved = unsaved_count(scene->state);

	snprintf(text, sizeof(text), "%s rec %llu", sign(SIGN_RECORDING),
		 (unsigned long long)scene->recorded);
	part(v, &n, scene->stalled ? 0 : 4, scene->stalled ? STYLE_BADGE : STYLE_STATUS,
	     scene->stalled ? " NOT RECORDED " : text);
	review_part(scene, v, &n);
	if (unsaved) {
		snprintf(text, sizeof(text), "%s %zu unsaved", sign(SIGN_UNSAVED), unsaved);
		part(v, &n, 0, STYLE_BADGE, text);
	}
	lint_part(scene, v, &n);
	sim_part(scene, v, &n);
	of_part(scene, v, &n);
	untested_part(scene, v, &n);
	if (scene->mode && strcmp(scene->mode, "ask") != 0)
		part(v, &n, 4, STYLE_MODEL, scene->mode);
	if (scene->work.asks)
		part(v, &n, 1, STYLE_MODEL, "asking");
	if (scene->work.command) {
		snprintf(text, sizeof(text), "%.40s ...", scene->work.command);
		part(v, &n, 1, STYLE_RISK, text);
	}
	return n;
}

int message_rows(const struct scene *scene, int cols)
{
	const struct str *m = scene->message;
	struct status_part v[STATUS_PARTS] = { 0 };
	size_t n = m->len ? status_parts(scene, v) : 0;
	int width = m->len ? cluster_columns(m->data, m->len, 0) + 2 : 0;

	for (size_t i = 0; i < n; i++) {
		if (v[i].rank == 0)
			width += width_of(&v[i], 1);
		str_free(&v[i].text);
	}
	return width <= cols ? 0 : wrap_rows(m->data, m->len, cols - 2, 0);
}

static void paint_message(struct frame *f, struct rect r, const struct scene *scene)
{
	static const char more[] = " ... Ctrl-O h "; /* the help begins with the last message */
	const int cols = sizeof(more) - 1;
	const struct str *m = scene->message;

	frame_fill(f, r, STYLE_STATUS);
	for (size_t from = 0, to; r.rows > 0 && from < m->len; from = to, r.row++, r.rows--) {
		to = wrap_row(m->data, m->len, from, r.cols - 2, 0);
		frame_text(f, r.row, r.col + 1, r.col + r.cols,
			   (scene->message_bad ? STYLE_ERROR : STYLE_TEXT) | STYLE_BAR,
			   m->data + from, to - from);
		if (r.rows == 1 && to < m->len)
			frame_putf(f, r.row, r.cols > cols ? r.cols - cols : 0, r.col + r.cols,
				   STYLE_KEY | STYLE_BAR, "%s", more);
	}
}

/* The message of a run without the verdict, which `part` shows already: the
 * testbench, if it was named, and the text after the verdict. */
static void add_without_verdict(const struct sim_run *r, const char *part, const char *message,
				struct str *out)
{
	static const char sim[] = "sim ", between[] = " \xc2\xb7 ";
	const char *verdict = part + sizeof(sim) - 1, *rest = message;
	size_t name = r && r->testbench ? strlen(r->testbench) : 0, len = strcspn(verdict, ",");

	if (name && strncmp(message, r->testbench, name) == 0 && str_starts(message + name, ": "))
		rest += name + 2;
	else
		name = 0;
	if (strncmp(rest, verdict, len) != 0 || (rest[len] && !strchr(" :", rest[len]))) {
		str_adds(out, message);
		return;
	}
	rest += len;
	rest += str_starts(rest, between) ? sizeof(between) - 1 : strspn(rest, ": ");
	str_addf(out, "%.*s%s%s", (int)name, message, name && rest[0] ? ": " : "", rest);
}

/* The part of the message that the other parts do not show. */
static void rest_of_message(const struct scene *scene, const struct status_part *v, size_t n,
			    struct str *out)
{
	for (size_t i = 0; i < n; i++)
		if (str_starts(str_cstr(&v[i].text), "sim ")) {
			add_without_verdict(state_last_run_of_files(scene->state),
					    str_cstr(&v[i].text), str_cstr(scene->message), out);
			return;
		}
	str_add(out, scene->message->data, scene->message->len);
}

void paint_status(struct frame *f, const struct layout *l, const struct scene *scene)
{
	struct status_part v[STATUS_PARTS] = { 0 };
	size_t n = status_parts(scene, v);
	struct str message = STR_INIT;
	int col = 1;

	if (!l->message && scene->message->len)
		rest_of_message(scene, v, n, &message);
	frame_fill(f, (struct rect){ l->status, 0, 1, f->cols }, STYLE_STATUS);
	if (l->message)
		paint_message(f, (struct rect){ l->status - l->message, 0, l->message, f->cols },
			      scene);
	if (message.len)
		part(v, &n, 0, scene->message_bad ? STYLE_ERROR : STYLE_TEXT, str_cstr(&message));
	else
		keys_part(scene, v, &n);
	drop_least(v, n, f->cols);
	for (size_t i = 0; i < n; i++) {
		int from = col;

		if (v[i].text.len)
			col = frame_text(f, l->status, col, f->cols, v[i].style | STYLE_BAR,
					 v[i].text.data, v[i].text.len) +
			      2;
		if (v[i].text.len && v[i].hint)
			frame_spot(f, (struct rect){ l->status, from, 1, col - 2 - from },
				   SPOT_HINT, v[i].hint - 1);
		str_free(&v[i].text);
	}
	str_free(&message);
}
