/* The table of commands: the built-in rows and those of plugins, sorted by name.
 * Help texts, the manual page, completion and "did you mean" are derived from the
 * rows, so each command is described in one place. For a renamed command the error
 * gives the new name.
 */
#include "config.h"

#include "session/workbench/cmd.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/option/opt.h"

enum { HELP_COLUMNS = 79 };

struct cmd_table {
	struct cmd *v;
	size_t n, cap;
};

struct cmd_table *cmd_table_new(const struct cmd *builtin)
{
	struct cmd_table *t = mem_zalloc(sizeof(*t));

	for (const struct cmd *c = builtin; c && c->name; c++)
		cmd_table_add(t, c, NULL);
	return t;
}

void cmd_table_free(struct cmd_table *t)
{
	if (t)
		free(t->v);
	free(t);
}

/* Index of the first command that is not before name. */
static size_t place(const struct cmd_table *t, const char *name)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(t->v[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct cmd *exact(const struct cmd_table *t, const char *name)
{
	size_t at = place(t, name);

	return at < t->n && strcmp(t->v[at].name, name) == 0 ? &t->v[at] : NULL;
}

bool cmd_table_add(struct cmd_table *t, const struct cmd *c, struct err *err)
{
	size_t at = place(t, c->name); /* keeps the table sorted by name */

	if (exact(t, c->name))
		return err_set(err, ERR_CONFLICT, "command %s: the name is taken", c->name);
	MEM_ROOM(t->v, t->n, t->cap);
	memmove(&t->v[at + 1], &t->v[at], (t->n++ - at) * sizeof(*t->v));
	t->v[at] = *c;
	return true;
}

size_t cmd_table_len(const struct cmd_table *t)
{
	return t->n;
}

const struct cmd *cmd_table_at(const struct cmd_table *t, size_t i)
{
	return &t->v[i];
}

const struct cmd *cmd_find(const struct cmd_table *t, const char *name, struct err *err)
{
	static const struct {
		const char *name, *now;
	} earlier[] = { { "session", "resume" }, { "waves", "wave" } };
	const struct cmd *c = exact(t, name);
	const char *nearest = NULL;
	size_t best = word_near(name) + 1;

	if (c)
		return c;
	for (size_t i = 0; i < sizeof(earlier) / sizeof(*earlier); i++)
		if (strcmp(name, earlier[i].name) == 0 && exact(t, earlier[i].now)) {
			err_set(err, ERR_USAGE, "%s: this command is called %s now", name,
				earlier[i].now);
			return NULL;
		}
	for (size_t i = 0; i < t->n; i++) {
		size_t d = word_distance(name, t->v[i].name, best);

		if (d < best) {
			best = d;
			nearest = t->v[i].name;
		}
	}
	if (nearest)
		err_set(err, ERR_USAGE, "%s: no such command; did you mean %s?", name, nearest);
	else if (strpbrk(name, "./")) /* as no command's name has */
		err_set(err, ERR_USAGE, "%s: no such file or command", name);
	else
		err_set(err, ERR_USAGE, "%s: no such command; `posedge help` lists them", name);
	return NULL;
}

/* Appends a text in lines of at most HELP_COLUMNS; all but the first are indented
 * by that many blanks. */
static void in_lines(const char *text, size_t indent, struct str *out)
{
	size_t column = indent;

	for (const char *p = text; *p;) {
		size_t n = strcspn(p, " ");

		if (column > indent && column + 1 + n > HELP_COLUMNS) {
			str_addf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			str_addc(out, ' ');
			column++;
		}
		str_add(out, p, n);
		column += n;
		p += n + (p[n] == ' ');
	}
	str_addc(out, '\n');
}

void cmd_help(const struct cmd *c, struct str *out)
{
	str_addf(out, "%s%s%s\n    %s\n", c->name, c->args[0] ? " " : "", c->args, c->help);
	if (c->more) {
		str_adds(out, "    ");
		in_lines(c->more, 4, out);
	}
	for (const struct cmd_opt *o = c->opts; o && o->name; o++) {
		str_addf(out, "    %s%s%-*s ", o->name, o->value ? " " : "",
			 (int)(20 - strlen(o->name) - (o->value ? 1 : 0)),
			 o->value ? o->value : "");
		in_lines(o->help, 25, out);
	}
}

static void line_of_help(const struct cmd *c, struct str *out)
{
	str_addf(out, "  %-12s  %s\n", c->name, c->help);
}

static bool in_a_topic(const struct cmd_topic *topics, const char *name)
{
	for (; topics->title; topics++)
		for (const char *const *n = topics->names; *n; n++)
			if (strcmp(*n, name) == 0)
				return true;
	return false;
}

/* In the order of the topic, with the most used commands first. */
static void topic_help(const struct cmd_table *t, const struct cmd_topic *topic, struct str *out)
{
	str_addf(out, "\n%s\n", topic->title);
	for (const char *const *n = topic->names; *n; n++) {
		const struct cmd *c = exact(t, *n);

		if (c)
			line_of_help(c, out);
	}
}

void cmd_table_help(const struct cmd_table *t, const struct cmd_topic *topics, struct str *out)
{
	bool first = true;

	for (const struct cmd_topic *topic = topics; topic->title; topic++)
		topic_help(t, topic, out);
	for (size_t i = 0; i < t->n; i++) {
		const struct cmd *c = &t->v[i];

		if (!(c->flags & CMD_SHELL) || in_a_topic(topics, c->name))
			continue;
		if (first)
			str_adds(out, "\nFrom plugins\n");
		first = false;
		line_of_help(c, out);
	}
}

void cmd_screen_help(const struct cmd_table *t, struct str *out)
{
	for (size_t i = 0; i < t->n; i++)
		if ((t->v[i].flags & CMD_BOTH) == CMD_SCREEN)
			str_addf(out, "  %-16s  %s\n", t->v[i].name, t->v[i].help);
}

/* In troff a hyphen needs a backslash before it, and a line must not begin with a
 * dot or an apostrophe. */
static void troff(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '-' || *text == '\\')
			str_addc(out, '\\');
		str_addc(out, *text);
	}
}

static void manual_row(const struct cmd *c, struct str *out)
{
	str_adds(out, ".TP\n\\fB");
	troff(out, c->name);
	str_adds(out, "\\fR ");
	troff(out, c->args);
	str_adds(out, "\n");
	troff(out, c->help);
	str_adds(out, "\n");
	if (c->more) {
		str_adds(out, ".br\n");
		troff(out, c->more);
		str_adds(out, "\n");
	}
	for (const struct cmd_opt *o = c->opts; o && o->name; o++) {
		str_adds(out, ".br\n\\fB");
		troff(out, o->name);
		str_addf(out, "\\fR%s%s: ", o->value ? " " : "", o->value ? o->value : "");
		troff(out, o->help);
		str_adds(out, "\n");
	}
}

static bool of_the_screen(const struct cmd *c)
{
	return (c->flags & CMD_BOTH) == CMD_SCREEN;
}

void cmd_manual(const struct cmd_table *t, struct str *out)
{
	str_adds(out,
		 ".TH POSEDGE 1\n.SH NAME\nposedge \\- design hardware with a language model, "
		 "every line yours\n"
		 ".SH SYNOPSIS\n.B posedge\n[\\fIDIR\\fR|\\fIFILE\\fR|\\fIFILE:LINE\\fR]...\n"
		 ".br\n.B posedge\n[\\fB\\-C\\fR \\fIDIR\\fR] [\\fB\\-\\-json\\fR] "
		 "[\\fB\\-v\\fR \\fILOG\\fR] \\fICOMMAND\\fR [\\fIARGUMENT\\fR...]\n"
		 ".SH DESCRIPTION\nThe first form opens the screen, the second runs one command. "
		 "Exit status: 0 fine, 1 findings or FAIL, 2 usage or tool trouble, "
		 "3 no verdict.\n.SH COMMANDS\n");
	for (size_t i = 0; i < t->n; i++)
		if (!of_the_screen(&t->v[i]))
			manual_row(&t->v[i], out);
	str_adds(out, ".SH COMMANDS OF THE SCREEN\n");
	for (size_t i = 0; i < t->n; i++)
		if (of_the_screen(&t->v[i]))
			manual_row(&t->v[i], out);
	str_adds(out, ".SH OPTIONS OF THE RC FILES\n");
	for (size_t i = 0; i < opt_count(); i++) {
		str_adds(out, ".TP\n\\fBset ");
		troff(out, opt_at(i)->name);
		str_adds(out, "\\fR\n");
		troff(out, opt_at(i)->help);
		str_addf(out, " (%s)\n", opt_at(i)->initial[0] ? opt_at(i)->initial : "empty");
	}
}

const char *cmd_opt(const struct cmd_call *c, const char *name)
{
	const char *found = NULL;

	for (size_t i = 0; i < c->n_opts; i += 2)
		if (strcmp(c->opts[i], name) == 0)
			found = c->opts[i + 1] ? c->opts[i + 1] : "";
	return found;
}

bool cmd_number(const struct cmd_call *c, const char *name, unsigned most, unsigned *n,
		struct err *err)
{
	const char *text = cmd_opt(c, name);
	unsigned long value;
	char *end;

	if (!text)
		return true;
	value = strtoul(text, &end, 10);
	if (*text < '1' || *text > '9' || *end || value > most)
		return err_set(err, ERR_USAGE, "%s: %s takes a number from 1 to %u", c->cmd->name,
			       name, most);
	*n = (unsigned)value;
	return true;
}

void cmd_sentence(const struct cmd_call *c, struct str *out)
{
	for (size_t i = 0; i < c->argc; i++)
		str_addf(out, "%s%s", i ? " " : "", c->argv[i]);
}

bool cmd_question(const struct cmd_call *c, struct str *out, struct err *err)
{
	cmd_sentence(c, out);
	return str_cstr(out)[strspn(str_cstr(out), " \t\r\n")] ||
	       err_set(err, ERR_USAGE, "the question is empty");
}
