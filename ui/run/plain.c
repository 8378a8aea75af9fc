/* The whole cycle line by line, for screen readers and terminals without a cursor:
 * questions, review by numbers, apply, and edits of single lines. It prints complete
 * lines and never moves the cursor or erases anything. It uses the same flows and
 * commands as the screen.
 */
#include "config.h"

#include "ui/run/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/check/flow_hardware.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/project/project.h"
#include "session/review/flow_apply.h"
#include "session/review/proposals.h"
#include "session/text/text.h"
#include "session/text/words.h"
#include "session/workbench/cmd.h"
#include "session/workbench/ports.h"
#include "session/workbench/rc.h"
#include "session/workbench/workbench.h"

struct plain {
	struct workbench *w;
	const char *plugin; /* a path; NULL */
	struct strv lines;  /* typed lines, not handled yet */
	struct line_split split;
	bool ended;
	struct task *task;
	struct loop_fd *in;
	uint64_t suggestion; /* suggestion that /take refers to */
};

static void say(struct plain *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void say(struct plain *p, const char *fmt, ...)
{
	struct str s = STR_INIT;
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	report_text(&p->w->out, "%s\n", str_cstr(&s));
	str_free(&s);
}

/* Input ------------------------------------------------------------------------- */

static void on_line(void *ctx, const char *line, size_t len)
{
	struct plain *p = ctx;

	strv_addn(&p->lines, line, len);
}

static void on_readable(void *ctx, unsigned events)
{
	struct plain *p = ctx;
	char buf[4096];
	ssize_t n = read(STDIN_FILENO, buf, sizeof(buf));

	if (n > 0) {
		line_split_feed(&p->split, buf, (size_t)n, on_line, p);
	} else if (n == 0) {
		line_split_end(&p->split, on_line, p);
		p->ended = true;
		loop_fd_want(p->in, 0);
	}
	task_wake(p->task);
}

/* Waits for the next line; call in the task. NULL: end of input. */
static char *next_line(struct plain *p)
{
	struct err err;
	char *line;

	if (p->lines.n == 0 && !p->ended) {
		fputs("posedge> ", stdout);
		fflush(stdout);
	}
	while (p->lines.n == 0 && !p->ended)
		if (!task_wait(&err))
			return NULL;
	if (p->lines.n == 0)
		return NULL;
	line = mem_strdup(p->lines.v[0]);
	strv_drop(&p->lines, 0);
	return line;
}

/* Reviewing by numbers ------------------------------------------------------------ */

static struct proposal *open_one(struct plain *p)
{
	const struct state *s = session_state(p->w->session);
	struct proposal *chosen = p->suggestion ? state_proposal(s, p->suggestion) : NULL;

	return chosen && chosen->state == PROPOSAL_OPEN ? chosen : proposals_next_open(s, 0);
}

/* Prints what `review --hardware` prints, or why it cannot. */
static void say_hardware(struct plain *p, uint64_t suggestion)
{
	bool all = flow_hardware_all(session_state(p->w->session), suggestion);
	struct strv lines = STRV_INIT;
	struct err err;

	if (!flow_hardware(p->w, NULL, suggestion, &lines, &err))
		strv_add(&lines, err.text);
	else
		say(p, all ? "hardware, if all is taken:" : "hardware, by what is decided so far:");
	for (size_t i = 0; i < lines.n; i++)
		say(p, "%s", lines.v[i]);
	strv_free(&lines);
}

static void list_changes(struct plain *p, const struct proposal *x)
{
	struct str out = STR_INIT;

	say(p, "%s%s, %zu changes to decide on", suggestion_path(x->s), suggestion_remark(x->s),
	    suggestion_units(x->s));
	units_print(x->s, &out);
	str_cut(&out, out.len - (out.len > 0));
	say(p, "%s", str_cstr(&out));
	say(p, "/take 1 3-5, /refuse rest, then /apply");
	str_free(&out);
}

static bool review(struct plain *p, char *const *argv, size_t argc, struct err *err)
{
	struct proposal *x = open_one(p);

	if (!x)
		return err_set(err, ERR_USAGE, "there is nothing to review");
	p->suggestion = x->n;
	list_changes(p, x);
	say_hardware(p, x->n);
	return true;
}

static bool decide(struct plain *p, char *const *argv, size_t argc, struct err *err)
{
	struct proposal *x = open_one(p);
	struct str given = STR_INIT;
	enum decision d;
	size_t decided = 0;
	bool ok;

	if (!x || argc < 2 || !decision_parse(argv[0], &d))
		return err_set(err, ERR_USAGE,
			       x ? "%s: which changes? numbers, all or rest"
				 : "there is nothing to review",
			       argv[0]);
	for (size_t i = 1; i < argc; i++)
		str_addf(&given, "%s%s", i > 1 ? "," : "", argv[i]);
	ok = units_decide(p->w->session, x, str_cstr(&given), d, &decided, err);
	if (ok)
		say(p, "%s %zu changes; /apply writes what was taken", argv[0], decided);
	str_free(&given);
	return ok;
}

static bool apply(struct plain *p, char *const *argv, size_t argc, struct err *err)
{
	struct proposal *x = open_one(p);
	struct applied done;

	if (!x)
		return err_set(err, ERR_USAGE, "there is nothing to apply");
	if (!flow_apply_decided(p->w->session, x->n, &done, err))
		return false;
	say(p, "%s: took %zu, refused %zu, open %zu%s", suggestion_path(x->s), done.taken,
	    done.refused, done.open,
	    done.moved	 ? "; moved"
	    : done.saved ? "; saved"
			 : "");
	return true;
}

/* Looking at and changing a file ------------------------------------------------------- */

static bool show(struct plain *p, char *const *argv, size_t argc, struct err *err)
{
	struct doc *d = argc > 1 ? edit_open(p->w->session, argv[1], false, err) : NULL;
	size_t from = argc > 2 ? strtoul(argv[2], NULL, 10) : 1, to;
	struct str line = STR_INIT;

	if (argc < 2)
		return err_set(err, ERR_USAGE, "show: usage: show FILE [FROM [TO]]");
	if (!d)
		return false;
	to = argc > 3 ? strtoul(argv[3], NULL, 10) : from + 199;
	for (size_t i = from ? from - 1 : 0; i < text_lines(d->text) && i < to; i++) {
		str_clear(&line);
		text_get(d->text, text_line_start(d->text, i),
			 text_line_end(d->text, i) - text_line_start(d->text, i), &line);
		say(p, "%zu: %s", i + 1, str_cstr(&line));
	}
	str_free(&line);
	return true;
}

/* line FILE N TEXT replaces the line; insert adds one before it; delete removes it. */
static bool change_line(struct plain *p, char *const *argv, size_t argc, struct err *err)
{
	struct doc *d = argc > 2 ? edit_open(p->w->session, argv[1], true, err) : NULL;
	size_t line = argc > 2 ? strtoul(argv[2], NULL, 10) : 0, start, end;
	struct str text = STR_INIT;
	struct change c;
	bool ok;

	if (argc < 3 || line == 0)
		return err_set(err, ERR_USAGE, "%s: usage: %s FILE LINE [TEXT]", argv[0], argv[0]);
	if (!d)
		return false;
	if (line > text_lines(d->text))
		line = text_lines(d->text);
	start = text_line_start(d->text, line - 1);
	end = line < text_lines(d->text) ? text_line_start(d->text, line) : text_len(d->text);
	for (size_t i = 3; i < argc; i++)
		str_addf(&text, "%s%s", i > 3 ? " " : "", argv[i]);
	if (strcmp(argv[0], "delete") != 0)
		str_addc(&text, '\n');
	c = (struct change){ start,
			     strcmp(argv[0], "insert") == 0 ? 0 : end - start,
			     { str_cstr(&text), text.len } };
	ok = edit_change(p->w->session, argv[1], &c, 1, BY_YOU, err) &&
	     edit_save(p->w->session, argv[1], false, err);
	str_free(&text);
	return ok;
}

static bool undo(struct plain *p, char *const *argv, size_t argc, struct err *err)
{
	if (argc < 2)
		return err_set(err, ERR_USAGE, "%s: which file?", argv[0]);
	return edit_open(p->w->session, argv[1],
			 state_doc(session_state(p->w->session), argv[1]) != NULL, err) &&
	       (argv[0][0] == 'u' ? edit_undo(p->w->session, argv[1], err)
				  : edit_redo(p->w->session, argv[1], err)) &&
	       edit_save(p->w->session, argv[1], false, err);
}

/* Commands --------------------------------------------------------------------------- */

static const struct {
	const char *name;
	bool (*fn)(struct plain *p, char *const *argv, size_t argc, struct err *err);
	const char *help;
} own[] = {
	{ "review", review, "list the changes that wait for a decision" },
	{ "take", decide, "take changes by number, or all" },
	{ "refuse", decide, "refuse changes by number, or all" },
	{ "apply", apply, "write what was taken" },
	{ "show", show, "FILE [FROM [TO]]: print lines with their numbers" },
	{ "line", change_line, "FILE LINE TEXT: put TEXT in place of a line" },
	{ "insert", change_line, "FILE LINE TEXT: put TEXT before a line" },
	{ "delete", change_line, "FILE LINE: delete a line" },
	{ "undo", undo, "FILE: undo the last edit" },
	{ "redo", undo, "FILE: do it again" },
};

static void help(struct plain *p)
{
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		say(p, "/%-10s %s", own[i].name, own[i].help);
	for (size_t i = 0; i < cmd_table_len(p->w->commands); i++) {
		const struct cmd *c = cmd_table_at(p->w->commands, i);

		if (c->flags & CMD_SHELL)
			say(p, "/%-10s %s", c->name, c->help);
	}
	say(p, "/quit       leave; anything without / is a question");
}

static bool command(struct plain *p, char *const *argv, size_t argc, struct err *err)
{
	const struct cmd *c;
	enum cmd_status status;

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (strcmp(own[i].name, argv[0]) == 0)
			return own[i].fn(p, argv, argc, err);
	if (strcmp(argv[0], "help") == 0 && argc == 1) {
		help(p);
		return true;
	}
	c = cmd_find(p->w->commands, argv[0], err);
	if (c && !(c->flags & CMD_SHELL))
		return err_set(err, ERR_USAGE, "%s works on the screen only", argv[0]);
	return c && cmd_run(p->w, c, argv + 1, argc - 1, "", true, &status, err);
}

static void work_on(struct plain *p, const char *line)
{
	struct strv argv = STRV_INIT;
	struct err err;
	bool ok;

	if (line[strspn(line, " \t\r")] == '\0')
		return;
	if (p->w->project) /* the last command may have created a file */
		project_rescan(p->w->project, NULL);
	if (str_starts(line, "/btw ") && line[5 + strspn(line + 5, " \t\r")]) {
		strv_add(&argv, "btw"); /* verbatim: quotes have no meaning here */
		strv_add(&argv, "--");
		strv_add(&argv, line + 5);
		ok = command(p, argv.v, argv.n, &err);
	} else if (line[0] == '/') {
		ok = words_split(line + 1, strlen(line) - 1, &argv, &err);
		ok = ok && (argv.n == 0 || command(p, argv.v, argv.n, &err));
	} else {
		strv_add(&argv, "ask");
		strv_add(&argv, "--");
		strv_add(&argv, line);
		ok = command(p, argv.v, argv.n, &err);
		if (ok && open_one(p))
			say(p, "/review lists the changes; nothing is written before /apply");
	}
	if (!ok)
		report_note(&p->w->out, "%s", err.text);
	strv_free(&argv);
	fflush(stdout);
}

static void converse(void *ctx)
{
	struct plain *p = ctx;
	struct str notes = STR_INIT;
	struct err err;
	char *line;

	rc_run_all(p->w, &notes);
	if (notes.len)
		report_note(&p->w->out, "%s", str_cstr(&notes));
	str_free(&notes);
	if (p->plugin && !p->w->ports->load_plugin(p->w, p->plugin, true, &err))
		report_note(&p->w->out, "%s", err.text);
	say(p, "posedge, line by line. Type a question, or /help.");
	while ((line = next_line(p))) {
		bool quit = strcmp(line, "/quit") == 0 || strcmp(line, "/q") == 0;

		if (!quit)
			work_on(p, line);
		free(line);
		if (quit)
			break;
	}
	p->task = NULL;
}

bool plain_run(struct workbench *w, const char *plugin, struct err *err)
{
	struct plain p = { .w = w, .plugin = plugin };

	if (!workbench_session(w, SESSION_BESIDE, err))
		return false;
	if (session_is_parallel(w->session))
		say(&p, "another posedge has this project open: this is a session of its own");
	p.in = loop_fd_new(w->loop, STDIN_FILENO, on_readable, &p, err);
	if (!p.in)
		return false;
	p.task = task_start(w->loop, converse, &p);
	task_name(p.task, "plain");
	loop_fd_want(p.in, LOOP_READ);
	while (p.task)
		loop_turn(w->loop, true);
	loop_fd_free(p.in);
	strv_free(&p.lines);
	str_free(&p.split.part);
	return true;
}
