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
#include "session/base/count.h"
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
		say(p, "%s %zu change%s; /apply writes what was taken", argv[0], decided,
		    count_s(decided));
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

static void get_line(const struct doc *d, size_t line, struct str *out)
{
	size_t start = text_line_start(d->text, line);

	str_clear(out);
	text_get(d->text, start, text_line_end(d->text, line) - start, out);
}

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
		get_line(d, i, &line);
		say(p, "%zu: %s", i + 1, str_cstr(&line));
	}
	str_free(&line);
	return true;
}

/* The bytes that line N of d becomes; the file's line ends stay as they are. */
static struct change change_of(const struct doc *d, const char *how, size_t n, const char *given,
			       struct str *text)
{
	size_t start = text_line_start(d->text, n - 1), end = text_line_end(d->text, n - 1);
	bool last = n == text_lines(d->text), cr;

	get_line(d, last && n > 1 ? n - 2 : n - 1, text);
	cr = text->len && text->data[text->len - 1] == '\r';
	str_clear(text);
	if (strcmp(how, "delete") != 0)
		str_addf(text, "%s%s\n", given, cr ? "\r" : "");
	if (strcmp(how, "insert") == 0)
		end = start;
	else
		end += !last;
	return (struct change){ start, end - start, { str_cstr(text), text->len } };
}

/* line FILE N TEXT replaces the line; insert adds one before it; delete removes it.
 * Prints the line that is there now, or that was. */
static bool change_line(struct plain *p, char *const *argv, size_t argc, struct err *err)
{
	size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
	bool deletes = strcmp(argv[0], "delete") == 0, ok;
	struct str text = STR_INIT, line = STR_INIT;
	struct change c;
	struct doc *d;

	if (argc < 3 || n == 0 || (deletes && argc > 3))
		return err_set(err, ERR_USAGE, "%s: usage: %s FILE LINE%s", argv[0], argv[0],
			       deletes ? "" : " [TEXT]");
	d = edit_open(p->w->session, argv[1], !deletes, err);
	if (!d)
		return false;
	if (n > text_lines(d->text))
		return err_set(err, ERR_USAGE, "%s has %zu line%s", argv[1], text_lines(d->text),
			       count_s(text_lines(d->text)));
	if (deletes)
		get_line(d, n - 1, &line);
	c = change_of(d, argv[0], n, argc > 3 ? argv[3] : "", &text);
	ok = (!deletes || c.removed ||
	      err_set(err, ERR_USAGE, "%s ends before line %zu", argv[1], n)) &&
	     edit_change(p->w->session, argv[1], &c, 1, BY_YOU, err) &&
	     edit_save(p->w->session, argv[1], false, err);
	d = ok ? edit_open(p->w->session, argv[1], true, err) : NULL;
	if (d && !deletes)
		get_line(d, n - 1, &line);
	if (d)
		say(p, "%s%zu: %s", deletes ? "deleted " : "", n, str_cstr(&line));
	str_free(&line);
	str_free(&text);
	return d != NULL;
}

static bool undo(struct plain *p, char *const *argv, size_t argc, struct err *err)
{
	bool back = argv[0][0] == 'u', ok;
	struct doc *d;
	uint32_t was;

	if (argc < 2)
		return err_set(err, ERR_USAGE, "%s: which file?", argv[0]);
	d = edit_open(p->w->session, argv[1],
		      state_doc(session_state(p->w->session), argv[1]) != NULL, err);
	if (!d)
		return false;
	was = d->current;
	ok = (back ? edit_undo(p->w->session, argv[1], err)
		   : edit_redo(p->w->session, argv[1], err)) &&
	     edit_save(p->w->session, argv[1], false, err);
	d = ok ? state_doc(session_state(p->w->session), argv[1]) : NULL;
	if (d && d->current == was)
		say(p, "%s: nothing to %s", argv[1], argv[0]);
	else if (d)
		say(p, "%s: %s", argv[1], back ? "undone" : "done again");
	return ok;
}

/* Commands --------------------------------------------------------------------------- */

/* Those of line mode. One that shares its name with a command of the table is meant
 * where it has no arguments. */
static const struct {
	const char *name;
	bool (*fn)(struct plain *p, char *const *argv, size_t argc, struct err *err);
	const char *help;
	size_t words; /* the rest of the line is one argument as it is; 0: all is words */
} own[] = {
	{ "review", review, "list the changes that wait for a decision", 0 },
	{ "take", decide, "take changes by number, or all", 0 },
	{ "refuse", decide, "refuse changes by number, or all", 0 },
	{ "apply", apply, "write what was taken; FILE.diff: bring a diff into review", 0 },
	{ "show", show, "FILE [FROM [TO]]: print lines with their numbers", 0 },
	{ "line", change_line, "FILE LINE TEXT: put TEXT in place of a line", 3 },
	{ "insert", change_line, "FILE LINE TEXT: put TEXT before a line", 3 },
	{ "delete", change_line, "FILE LINE: delete a line", 0 },
	{ "undo", undo, "FILE: undo the last edit", 0 },
	{ "redo", undo, "FILE: do it again", 0 },
};
#define OWN (sizeof(own) / sizeof(*own))

/* OWN: none is called so. */
static size_t own_called(const char *name, size_t len)
{
	size_t i = 0;

	while (i < OWN && (strlen(own[i].name) != len || memcmp(own[i].name, name, len) != 0))
		i++;
	return i;
}

static void help(struct plain *p)
{
	for (size_t i = 0; i < OWN; i++)
		say(p, "/%-10s %s", own[i].name, own[i].help);
	for (size_t i = 0; i < cmd_table_len(p->w->commands); i++) {
		const struct cmd *c = cmd_table_at(p->w->commands, i);

		if ((c->flags & CMD_SHELL) && own_called(c->name, strlen(c->name)) == OWN)
			say(p, "/%-10s %s", c->name, c->help);
	}
	say(p, "/quit       leave; anything without / is a question");
}

static bool command(struct plain *p, char *const *argv, size_t argc, struct err *err)
{
	size_t i = own_called(argv[0], strlen(argv[0]));
	enum cmd_status status;
	const struct cmd *c;

	if (strcmp(argv[0], "help") == 0 && argc == 1) {
		help(p);
		return true;
	}
	c = i == OWN || argc > 1 ? cmd_find(p->w->commands, argv[0], i == OWN ? err : NULL) : NULL;
	if (i < OWN && !(c && (c->flags & CMD_SHELL)))
		return own[i].fn(p, argv, argc, err);
	if (c && !(c->flags & CMD_SHELL))
		return err_set(err, ERR_USAGE, "%s works on the screen only", argv[0]);
	return c && cmd_run(p->w, c, argv + 1, argc - 1, "", true, &status, err);
}

/* Splits a line after its slash. A text that goes into a file is taken as it is: in
 * words, `#(` would begin a comment, and quotes would be lost. */
static bool split(const struct plain *p, const char *line, struct strv *argv, struct err *err)
{
	size_t i = own_called(line, strcspn(line, " \t")), len = strlen(line), end;

	if (i == OWN || !own[i].words)
		return cmd_words(p->w->commands, line, argv, err);
	if (!words_first(line, len, own[i].words, argv, &end, err))
		return false;
	if (argv->n == own[i].words && end < len)
		strv_add(argv, line + end + 1);
	return true;
}

static void work_on(struct plain *p, const char *line)
{
	struct strv argv = STRV_INIT;
	const char *typed = cmd_in_chat(line);
	struct err err;
	bool ok;

	if (line[strspn(line, " \t\r")] == '\0')
		return;
	if (p->w->project) /* the last command may have created a file */
		project_rescan(p->w->project, NULL);
	if (typed) {
		ok = split(p, typed, &argv, &err) &&
		     (argv.n == 0 || command(p, argv.v, argv.n, &err));
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
