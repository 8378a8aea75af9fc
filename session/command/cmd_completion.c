/* completion: a script with which bash completes command lines of posedge.
 *
 * It is written from the command table once, when posedge is installed, so that pressing
 * Tab starts nothing: a name of a command, one of its options, an option of `set` and what
 * that can be set to. Everything else is completed as a file name.
 */
#include "config.h"

#include "session/command/commands.h"

#include "session/base/str.h"
#include "session/option/opt.h"
#include "session/workbench/report.h"
#include "session/workbench/workbench.h"

static const char first_part[] =
	"# Completes command lines of posedge in bash. Written by `posedge completion`.\n"
	"_posedge()\n"
	"{\n"
	"    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
	"    local command= words= i\n"
	"    for ((i = 1; i < COMP_CWORD; i++)); do\n"
	"        case ${COMP_WORDS[i]} in\n"
	"        -C|-v|--session|--plugin|--script) ((i++)) ;;\n"
	"        -*) ;;\n"
	"        *) command=${COMP_WORDS[i]}; break ;;\n"
	"        esac\n"
	"    done\n"
	"    case $command in\n";

/* Options of a command are offered once a hyphen is typed, and files before that. */
static const char last_part[] = "    esac\n"
				"    [[ $word || $words != -* ]] || words=\n"
				"    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
				"}\n"
				"complete -o default -F _posedge posedge\n";

/* The words of a place: one branch of a `case`. */
static void add_branch(const char *place, const char *words, struct str *out)
{
	str_addf(out, "    %s) words='%s' ;;\n", place, words);
}

static void add_word(struct str *words, const char *word)
{
	str_addf(words, "%s%s", words->len ? " " : "", word);
}

static void command_names(const struct cmd_table *t, struct str *out)
{
	for (size_t i = 0; i < cmd_table_len(t); i++)
		if (cmd_table_at(t, i)->flags & CMD_SHELL)
			add_word(out, cmd_table_at(t, i)->name);
}

static void option_names(struct str *out)
{
	for (size_t i = 0; i < opt_count(); i++)
		add_word(out, opt_at(i)->name);
}

/* Only options that begin with a hyphen: "+" of `sim` needs no completion. */
static void command_options(const struct cmd_table *t, struct str *out)
{
	for (size_t i = 0; i < cmd_table_len(t); i++) {
		const struct cmd *c = cmd_table_at(t, i);
		struct str words = STR_INIT;

		for (const struct cmd_opt *o = c->opts; o && o->name; o++)
			if (o->name[0] == '-')
				add_word(&words, o->name);
		if (words.len && (c->flags & CMD_SHELL))
			add_branch(c->name, str_cstr(&words), out);
		str_free(&words);
	}
}

static void option_values(const struct options *options, struct str *out)
{
	for (size_t i = 0; i < opt_count(); i++) {
		struct strv choices = STRV_INIT;
		struct str words = STR_INIT;

		options_choices(options, opt_at(i), &choices);
		for (size_t n = 0; n < choices.n; n++)
			add_word(&words, choices.v[n]);
		if (words.len)
			add_branch(opt_at(i)->name, str_cstr(&words), out);
		str_free(&words);
		strv_free(&choices);
	}
}

bool cmd_completion(struct cmd_call *c, struct err *err)
{
	struct str out = STR_INIT, names = STR_INIT, options = STR_INIT;

	command_names(c->w->commands, &names);
	option_names(&options);
	str_adds(&out, first_part);
	str_addf(&out, "    '') words='%s -C -v --json --plain --session' ;;\n", str_cstr(&names));
	str_addf(&out, "    help) words='screen %s %s' ;;\n", str_cstr(&names), str_cstr(&options));
	str_adds(&out, "    set)\n        case $before in\n");
	add_branch("set", str_cstr(&options), &out);
	option_values(c->w->options, &out);
	str_adds(&out, "        esac ;;\n");
	command_options(c->w->commands, &out);
	str_adds(&out, last_part);
	report_text(&c->w->out, "%s", str_cstr(&out));
	str_free(&out);
	str_free(&names);
	str_free(&options);
	return true;
}
