/* A command's output on the streams of the process.
 *
 * Results go to stdout and notes to stderr. On a terminal, bytes that could control it
 * are escaped, and a line of progress is erased before the next output. With --json
 * each event of the session is a line; a command without events prints its words as one
 * line at its end, and a failure adds one more line with the reason.
 */
#include "config.h"

#include "ui/run/shell_output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/json.h"
#include "session/base/utf8.h"
#include "session/flow/require.h"
#include "session/journal/event.h"
#include "session/workbench/workbench.h"
#include "ui/terminal/tty_ask.h"

#define NOTES_MAX 4096u

/* True if the terminal can erase a line. */
static bool can_erase(void)
{
	const char *term = getenv("TERM");

	return term && term[0] && strcmp(term, "dumb") != 0;
}

static void clear_status(struct shell_output *o)
{
	if (o->waiting)
		fputs("\r\033[K", stdout);
	o->waiting = false;
}

static void on_text(void *ctx, const char *text, size_t len)
{
	struct shell_output *o = ctx;
	struct str s = STR_INIT;

	clear_status(o);
	if (o->json) {
		str_add(&o->text, text, len);
		return;
	}
	if (!o->escape) {
		fwrite(text, 1, len, stdout);
		return;
	}
	utf8_show(text, len, &s);
	fwrite(str_cstr(&s), 1, s.len, stdout);
	str_free(&s);
}

static void on_live(void *ctx, const char *text, size_t len, const char *status)
{
	struct shell_output *o = ctx;

	clear_status(o);
	if (len)
		on_text(o, text, len);
	if (status)
		fputs(status, stdout);
	o->waiting = status != NULL;
	fflush(stdout);
}

static void on_note(void *ctx, const char *line)
{
	struct shell_output *o = ctx;
	struct str s = STR_INIT;

	clear_status(o);
	utf8_show(line, strlen(line), &s);
	fflush(stdout);
	fprintf(stderr, "posedge: %s\n", str_cstr(&s));
	if (o->json && o->notes.len + s.len < NOTES_MAX)
		str_addf(&o->notes, "%s\n", str_cstr(&s));
	str_free(&s);
}

static void on_json(void *ctx, const char *line, size_t len)
{
	((struct shell_output *)ctx)->events = true;
	fwrite(line, 1, len, stdout);
	putchar('\n');
}

static bool on_ask(void *ctx, const char *question)
{
	return tty_ask_yes_no(((struct shell_output *)ctx)->w->loop, question);
}

/* The user answers with the number of an option, or with free text. */
static char *on_question(void *ctx, const struct person_question *q, struct err *err)
{
	struct shell_output *o = ctx;
	struct str text = STR_INIT, how = STR_INIT;
	char *line, *answer;

	str_addf(&text, "%s asks: %s", q->from, q->text);
	for (size_t i = 0; i < q->n; i++)
		str_addf(&text, "; %zu: %s", i + 1, q->options[i]);
	str_addf(&how, "(%s; %sempty: no answer)",
		 q->n == 0	? "a line"
		 : q->free_text ? "number, or a line"
				: "number",
		 q->required ? "with R: in front a requirement of spec.md, too; " : "");
	line = tty_ask_line(o->w->loop, str_cstr(&text), str_cstr(&how));
	str_free(&text);
	str_free(&how);
	answer = line ? question_answer(q, line) : NULL;
	if (!answer)
		err_set(err, ERR_CONSENT, "the person does not answer");
	free(line);
	return answer;
}

static void on_require(void *ctx, const char *from, const char *question, const char *answer)
{
	struct shell_output *o = ctx;

	require_tell(o->w, from, question, answer);
}

static void member(struct str *line, const char *name, const char *value, size_t len)
{
	str_addf(line, ",\"%s\":", name);
	json_quote(line, value, len);
}

/* A command without events prints its words as one JSON line. */
void shell_output_end(struct shell_output *o, const char *command, bool failed)
{
	const struct str *said = o->text.len ? &o->text : &o->notes;
	struct str line = STR_INIT;

	if (o->json && command && !o->events && (o->text.len || !failed)) {
		str_adds(&line, "{\"type\":\"output\"");
		member(&line, "command", command, strlen(command));
		member(&line, "text", str_cstr(said), said->len);
		str_addc(&line, '}');
		on_json(o, line.data, line.len);
	}
	str_free(&line);
	str_free(&o->text);
	str_free(&o->notes);
}

void shell_output_error(const char *command, const struct err *err)
{
	struct str line = STR_INIT;

	str_adds(&line, "{\"type\":\"error\"");
	if (command)
		member(&line, "command", command, strlen(command));
	member(&line, "text", err->text, strlen(err->text));
	printf("%s}\n", str_cstr(&line));
	str_free(&line);
}

static void on_event(void *ctx, const struct event *e)
{
	struct str line = STR_INIT;

	if (event_write(e, NULL, &line, NULL)) {
		str_addc(&line, '}');
		on_json(ctx, line.data, line.len);
		fflush(stdout);
	}
	str_free(&line);
}

static void on_session(void *ctx, struct session *s)
{
	struct shell_output *o = ctx;

	if (o->json)
		session_watch(s, on_event, o);
}

void shell_output_init(struct shell_output *o, struct workbench *w, bool json)
{
	*o = (struct shell_output){ .w = w, .json = json, .escape = isatty(STDOUT_FILENO) };
	w->out = (struct report){ .text = on_text,
				  .note = on_note,
				  .json = on_json,
				  .live = o->escape && !json && can_erase() ? on_live : NULL,
				  .ctx = o,
				  .wants_json = json,
				  .ask = tty_ask_possible() ? on_ask : NULL,
				  .question = tty_ask_possible() ? on_question : NULL,
				  .require = on_require };
	w->recording.opened = on_session;
	w->recording.ctx = o;
}
