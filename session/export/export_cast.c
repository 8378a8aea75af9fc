/* --cast: the session as terminal output, for asciinema and its player.
 *
 * The journal contains no screens, so each moment is printed as text: the question,
 * the answer in its recorded pieces, lines in a colour for their fate, findings,
 * verdicts. Only the escape sequences written here reach the terminal.
 */
#include "config.h"

#include "session/export/export.h"

#include <stdlib.h>

#include "session/base/count.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/export/export_text.h"
#include "session/export/story.h"
#include "session/output/diag.h"

#define WIDTH	  100
#define HEIGHT	  30
#define PAUSE_MS  2000
#define LINES_MAX 200 /* lines of one moment */

#define RESET  "\x1b[0m"
#define BOLD   "\x1b[1m"
#define DIM    "\x1b[2m"
#define RED    "\x1b[31m"
#define GREEN  "\x1b[32m"
#define YELLOW "\x1b[33m"
#define BLUE   "\x1b[34m"
#define CYAN   "\x1b[36m"

struct cast {
	const struct story *s;
	struct str *out;
	struct str text;    /* of the current moment */
	uint64_t at_ms;	    /* time in the recording */
	uint64_t last_ms;   /* time in the session */
	size_t (*shown)[2]; /* per question, bytes of the answer and of the reasoning printed so
			     * far; two questions may be answered at a time */
};

static void line_of(struct cast *c, const char *kind, const char *text, size_t len)
{
	str_addf(c->out, "[%llu.%03llu, \"%s\", ", (unsigned long long)c->at_ms / 1000,
		 (unsigned long long)c->at_ms % 1000, kind);
	json_quote(c->out, text, len);
	str_adds(c->out, "]\n");
}

static void flush(struct cast *c)
{
	if (c->text.len)
		line_of(c, "o", c->text.data, c->text.len);
	str_clear(&c->text);
}

/* Appends text from the session. A newline also returns to the first column. */
static void put(struct cast *c, const char *text, size_t len)
{
	struct str shown = STR_INIT;

	utf8_show(text, len, &shown);
	for (size_t i = 0; i < shown.len; i++) {
		if (shown.data[i] == '\n')
			str_addc(&c->text, '\r');
		str_addc(&c->text, shown.data[i]);
	}
	str_free(&shown);
}

static void put_str(struct cast *c, const struct str *s)
{
	put(c, str_cstr(s), s->len);
}

static void end_line(struct cast *c)
{
	str_adds(&c->text, RESET "\r\n");
}

static void marker(struct cast *c, const char *what, const struct str *text)
{
	struct str label = STR_INIT, shown = STR_INIT;
	size_t n = 0;

	utf8_show(str_cstr(text), text->len, &shown);
	while (n < shown.len && n < 60 && shown.data[n] != '\n')
		n++;
	n = utf8_valid_prefix(str_cstr(&shown), n);
	str_addf(&label, "%s%.*s", what, (int)n, str_cstr(&shown));
	line_of(c, "m", label.data, label.len);
	str_free(&label);
	str_free(&shown);
}

static void diff_line(struct cast *c, const struct story_line *l)
{
	bool refused = l->decision == DECISION_REFUSED;
	const char *colour = l->sign == '+' ? GREEN : l->sign == '-' ? RED : DIM;
	const char *mark = l->decision == DECISION_TAKEN ? (l->edited ? "* " : "y ")
			   : refused			 ? "n "
							 : "  ";

	if (l->sign == '@') {
		str_adds(&c->text, DIM "    ...");
	} else {
		str_addf(&c->text, "%s%s  %s%c ", refused ? DIM : "", colour,
			 l->sign == ' ' ? "  " : mark, l->sign);
		put_str(c, &l->text);
		if (refused)
			str_adds(&c->text, RESET DIM "   (refused)");
		if (l->edited)
			str_adds(&c->text, RESET CYAN "   (yours)");
	}
	end_line(c);
}

static void diff(struct cast *c, const struct story_lines *l)
{
	for (size_t i = 0; i < l->n && i < LINES_MAX; i++)
		diff_line(c, &l->v[i]);
	if (l->n > LINES_MAX) {
		str_addf(&c->text, DIM "    ... %zu more line%s", l->n - LINES_MAX,
			 count_s(l->n - LINES_MAX));
		end_line(c);
	}
}

static void headline(struct cast *c, const char *colour, const char *sign, const struct moment *m)
{
	str_addf(&c->text, "%s%s ", colour, sign);
	put_str(c, &m->text);
	end_line(c);
}

static void question(struct cast *c, const struct story_ask *a)
{
	marker(c, a->beside ? "asked beside: " : "asked: ", &a->question);
	str_adds(&c->text, "\r\n" BOLD BLUE "you" RESET "    ");
	put_str(c, &a->question);
	str_adds(&c->text, "\r\n" BOLD CYAN);
	put_str(c, a->model.len ? &a->model : &a->backend);
	end_line(c);
}

static void piece(struct cast *c, const struct moment *m)
{
	const struct story_ask *a = &c->s->asks[m->of];
	const struct str *text = m->reasoning ? &a->reasoning : &a->answer;
	size_t *shown = &c->shown[m->of][m->reasoning],
	       upto = m->upto < text->len ? m->upto : text->len;

	if (upto <= *shown)
		return;
	str_adds(&c->text, m->reasoning ? DIM : "");
	put(c, str_cstr(text) + *shown, upto - *shown);
	str_adds(&c->text, m->reasoning ? RESET : "");
	*shown = upto;
}

static void findings(struct cast *c, const struct story_lint *l)
{
	size_t shown = 0;
	bool clean = story_lint_clean(l);

	str_addf(&c->text, "%s%s ", clean ? GREEN : l->error.len ? DIM : YELLOW, clean ? "+" : "!");
	export_clock(l->t_ms, &c->text);
	str_adds(&c->text, " ");
	if (l->error.len)
		put_str(c, &l->error);
	else
		export_findings(l, &c->text);
	end_line(c);
	for (size_t i = 0; i < diag_list_len(l->found); i++) {
		struct str line = STR_INIT;

		if (diag_list_at(l->found, i)->rank == DIAG_STYLE || shown++ >= LINES_MAX)
			continue;
		diag_print(diag_list_at(l->found, i), &line);
		str_addf(&c->text, "    %s",
			 diag_list_at(l->found, i)->rank == DIAG_ERROR ? RED : YELLOW);
		put_str(c, &line);
		end_line(c);
		str_free(&line);
	}
	if (shown > LINES_MAX) {
		str_addf(&c->text, DIM "    ... %zu more finding%s", shown - LINES_MAX,
			 count_s(shown - LINES_MAX));
		end_line(c);
	}
}

static void verdict(struct cast *c, const struct moment *m)
{
	const char *grade = export_grade(&c->s->runs[m->of]);

	marker(c, "", &m->text);
	headline(c, grade[0] == 'g' ? BOLD GREEN : grade[0] == 'b' ? BOLD RED : YELLOW, "=", m);
}

static void draw(struct cast *c, const struct moment *m)
{
	switch (m->type) {
	case EVENT_START:
		headline(c, DIM, "-", m);
		break;
	case EVENT_ASK:
		question(c, &c->s->asks[m->of]);
		break;
	case EVENT_PIECE:
		piece(c, m);
		break;
	case EVENT_ANSWER:
		headline(c, "\r\n" DIM, "-", m);
		break;
	case EVENT_SUGGEST:
		headline(c, BOLD, "\r\n>", m);
		diff(c, &m->lines);
		break;
	case EVENT_DECIDE:
	case EVENT_SPLIT:
	case EVENT_AMEND:
		headline(c, CYAN, ">", m);
		diff(c, &m->lines);
		break;
	case EVENT_APPLY:
		headline(c, BOLD CYAN, ">", m);
		break;
	case EVENT_LINT:
		findings(c, &c->s->lints[m->of]);
		break;
	case EVENT_VERDICT:
		verdict(c, m);
		break;
	case EVENT_NOTE:
	case EVENT_MARK:
		marker(c, "", &m->text);
		headline(c, BOLD YELLOW, "#", m);
		break;
	default:
		headline(c, DIM, "-", m);
		break;
	}
}

static void head(const struct story *s, const struct export_context *x, struct str *out)
{
	struct str title = STR_INIT, shown = STR_INIT;

	str_addf(&title, "%s, posedge session %s", x->title, s->id);
	utf8_show(str_cstr(&title), title.len, &shown);
	str_addf(out,
		 "{\"version\": 2, \"width\": %d, \"height\": %d, \"timestamp\": %llu, "
		 "\"idle_time_limit\": %d, "
		 "\"title\": ",
		 WIDTH, HEIGHT, (unsigned long long)s->started_ms / 1000, PAUSE_MS / 1000);
	json_quote(out, str_cstr(&shown), shown.len);
	str_adds(out, ", \"env\": {\"TERM\": \"xterm-256color\", \"SHELL\": \"/bin/sh\"}}\n");
	str_free(&title);
	str_free(&shown);
}

void export_cast(const struct story *s, const struct export_context *x, struct str *out)
{
	struct cast c = { .s = s, .out = out, .last_ms = s->started_ms };

	c.shown = mem_calloc(s->n_asks + 1, sizeof(*c.shown));
	head(s, x, out);
	for (size_t i = 0; i < s->n_moments; i++) {
		const struct moment *m = &s->moments[i];
		uint64_t pause = m->t_ms > c.last_ms ? m->t_ms - c.last_ms : 0;

		c.at_ms += pause > PAUSE_MS ? PAUSE_MS : pause;
		c.last_ms = m->t_ms;
		if (m->of != STORY_NONE || (m->type != EVENT_ANSWER))
			draw(&c, m);
		flush(&c);
	}
	free(c.shown);
	str_free(&c.text);
}
