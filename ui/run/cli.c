/* From argv to a command or the screen. Which project is meant comes first:
 * the folder, or the project of the file that is named, so that `posedge
 * ../other/fifo.v` works there. Then what it is to be: a command with its
 * output on the terminal, or the screen, which also replay and wave may ask
 * for.
 *
 * A command runs in a task, because it waits; an interrupt cancels that task,
 * and the journal is complete in any case. Going on in another session on the
 * same screen is a new start with a new workbench (run_all).
 */
#include "config.h"

#include "ui/run/cli.h"

#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/option/opt.h"
#include "session/project/project_root.h"
#include "session/tool/viewer.h"
#include "session/workbench/cmd.h"
#include "session/workbench/ports.h"
#include "session/workbench/rc.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/run/plain.h"
#include "ui/run/screen.h"
#include "ui/run/shell_output.h"
#include "ui/terminal/yes_no.h"

struct cli {
	struct workbench w;
	const char *dir, *log, *session;
	const char *plugin;
	const char *script;
	struct screen_next next; /* the screen ended to go on there */
	bool json, plain;
	bool waves;  /* only these are looked at */
	bool told;   /* -C: that folder and no other */
	char **argv; /* the command and its arguments */
	size_t argc;
	struct shell_output out;
	bool done;
	struct task *task;
	enum cmd_status status;
	struct err err;
	bool failed;
};

/* What was recorded and is not on the disk was not done. */
static bool recorded(struct cli *c)
{
	return !c->w.session || session_recorded(c->w.session, &c->err);
}

/* Arguments ------------------------------------------------------------------- */

static bool take_value(char **argv, int argc, int *i, const char **value, struct err *err)
{
	if (*i + 1 >= argc)
		return err_set(err, ERR_USAGE, "%s needs a value", argv[*i]);
	*value = argv[++*i];
	return true;
}

/* `posedge --help` and `posedge --version` are the commands of those names. */
static const char *command_for(const char *flag)
{
	if (strcmp(flag, "--help") == 0 || strcmp(flag, "-h") == 0)
		return "help";
	return strcmp(flag, "--version") == 0 ? "version" : NULL;
}

/* "lint --json" is "--json lint": no command has an option of that name. After "--" stand
 * words. */
static void take_json(struct cli *c)
{
	size_t n = 0;
	bool words = false;

	for (size_t i = 0; i < c->argc; i++) {
		words |= strcmp(c->argv[i], "--") == 0;
		if (!words && strcmp(c->argv[i], "--json") == 0)
			c->json = true;
		else
			c->argv[n++] = c->argv[i];
	}
	c->argv[n] = NULL;
	c->argc = n;
}

static bool parse(struct cli *c, int argc, char **argv, struct err *err)
{
	int i = 1;
	bool ok = true;

	for (; ok && i < argc && argv[i][0] == '-'; i++) {
		const char *command = command_for(argv[i]);

		if (command) {
			argv[i] = (char *)command;
			break;
		}
		if (strcmp(argv[i], "-C") == 0)
			c->told = ok = take_value(argv, argc, &i, &c->dir, err);
		else if (strcmp(argv[i], "-v") == 0)
			ok = take_value(argv, argc, &i, &c->log, err);
		else if (strcmp(argv[i], "--session") == 0)
			ok = take_value(argv, argc, &i, &c->session, err);
		else if (strcmp(argv[i], "--plugin") == 0)
			ok = take_value(argv, argc, &i, &c->plugin, err);
		else if (strcmp(argv[i], "--script") == 0)
			ok = take_value(argv, argc, &i, &c->script, err);
		else if (strcmp(argv[i], "--plain") == 0)
			c->plain = true;
		else if (strcmp(argv[i], "--json") == 0)
			c->json = true;
		else
			ok = err_set(err, ERR_USAGE,
				     "%s: no such option; `posedge help` tells more", argv[i]);
	}
	c->argv = argv + i;
	c->argc = i < argc ? (size_t)(argc - i) : 0;
	take_json(c);
	return ok;
}

/* The first argument that may be a file, with what stands before its name's
 * first colon; NULL: none. Absolute, links followed in its folder. */
static char *file_meant(const struct cli *c, const char *here, bool screen)
{
	static const char *const commands[] = { "lint", "sim", "files", "blame", "waive", NULL };
	size_t i = screen ? 0 : 1;
	bool takes = screen;
	char *name, *full, *dir, *real, *out;

	for (const char *const *k = commands; !screen && c->argc && *k; k++)
		takes |= strcmp(c->argv[0], *k) == 0;
	while (i < c->argc && (c->argv[i][0] == '-' || c->argv[i][0] == '+'))
		i++;
	if (!takes || i >= c->argc || !strpbrk(c->argv[i], "./"))
		return NULL;
	name = mem_strndup(c->argv[i], strcspn(c->argv[i], ":"));
	full = path_join(here, name);
	dir = path_dir(full);
	real = realpath(dir, NULL);
	out = real && (screen || file_exists(full)) && !file_is_dir(full)
		      ? path_join(real, path_base(full))
		      : NULL;
	free(real);
	free(dir);
	free(full);
	free(name);
	return out;
}

static bool is_inside(const char *path, const char *root)
{
	size_t n = strlen(root);

	return strncmp(path, root, n) == 0 && path[n] == '/';
}

/* The project of the file that is opened; a command stays in the project that it
 * was given in when the file lies there. */
static char *find_root(const struct cli *c, const char *here, bool screen)
{
	char *root = project_root_of(here), *file = file_meant(c, here, screen);

	if (file && !c->dir &&
	    (screen || !is_inside(file, root) || !project_root_fits(root, NULL))) {
		free(root);
		root = project_root_of_file(file, here);
	}
	free(file);
	return root;
}

/* Running ----------------------------------------------------------------------- */

/* An option that is set says where it came from by being set: rc files first,
 * so that the command line has the last word. */
static void run_command(void *ctx)
{
	struct cli *c = ctx;
	struct str notes = STR_INIT;
	const struct cmd *cmd;

	rc_run_all(&c->w, &notes);
	for (const char *p = str_cstr(&notes); *p;) {
		size_t n = strcspn(p, "\n");

		report_note(&c->w.out, "%.*s", (int)n, p);
		p += n + (p[n] == '\n');
	}
	str_free(&notes);
	if (c->plugin && !c->w.ports->load_plugin(&c->w, c->plugin, true, &c->err))
		report_note(&c->w.out, "%s", c->err.text);
	cmd = cmd_find(c->w.commands, c->argv[0], &c->err);
	if (cmd && cmd->run && !(cmd->flags & CMD_SHELL)) {
		err_set(&c->err, ERR_USAGE, "%s belongs in a posedgerc file; see `posedge help %s`",
			cmd->name, cmd->name);
		cmd = NULL;
	}
	c->failed = !cmd ||
		    !cmd_run(&c->w, cmd, c->argv + 1, c->argc - 1, "", true, &c->status, &c->err) ||
		    !recorded(c);
	c->done = true;
}

static void on_interrupt(void *ctx, int signo)
{
	struct cli *c = ctx;

	if (!c->done && !task_cancelled(c->task))
		task_cancel(c->task);
}

/* The screen's commands too, for the help, the manual page and rc files. */
static void add_screen_commands(struct cmd_table *commands)
{
	const struct act_own *own;

	for (size_t i = 0; (own = act_own(i)) != NULL; i++)
		cmd_table_add(commands, &own->cmd, NULL); /* those of the shell stay */
}

/* The built-in backend is one like any other. */
static void add_cookbook(struct workbench *w)
{
	struct backend_entry b = { .name = "cookbook", .protocol = "cookbook" };

	workbench_add_backend(w, &b);
}

static bool set_up(struct cli *c, struct loop *l, const struct ports *ports, bool screen,
		   struct err *err)
{
	char *here = realpath(c->dir ? c->dir : ".", NULL);
	char *root;
	struct err why;

	if (!here || !file_is_dir(here)) {
		free(here);
		return err_set(err, ERR_USAGE, "%s: no such folder", c->dir ? c->dir : ".");
	}
	root = find_root(c, here, screen);
	workbench_init(&c->w, l, root, ports);
	if (!c->told && !project_root_fits(root, &why))
		c->w.place.refused = mem_strdup(why.text);
	free(c->w.place.typed_in);
	c->w.place.typed_in = here;
	c->w.recording.named = mem_strdup(c->session);
	shell_output_init(&c->out, &c->w, c->json);
	add_cookbook(&c->w);
	add_screen_commands(c->w.commands);
	free(root);
	return true;
}

/* With --json also as a line of it: no command ends without one. */
static void complain(const struct cli *c, const struct err *err)
{
	if (c->json)
		shell_output_error(c->argc ? c->argv[0] : NULL, err);
	fflush(stdout);
	fprintf(stderr, "posedge: %s\n", err->text);
}

static int run(struct cli *c, struct loop *l)
{
	struct loop_signal *signals[] = { loop_signal_new(l, SIGINT, on_interrupt, c),
					  loop_signal_new(l, SIGTERM, on_interrupt, c),
					  loop_signal_new(l, SIGHUP, on_interrupt, c) };

	c->task = task_start(l, run_command, c);
	task_name(c->task, c->argc ? c->argv[0] : "a command");
	loop_run_until(l, &c->done);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		loop_signal_free(signals[i]);
	workbench_fini(&c->w);
	task_cancel_all(l);
	while (task_count(l))
		loop_turn(l, true);
	shell_output_end(&c->out, c->argc ? c->argv[0] : NULL, c->failed);
	if (c->failed)
		complain(c, &c->err);
	return c->failed ? CMD_TROUBLE : (int)c->status;
}

/* Whether what follows the options is no command: nothing, or files and folders
 * to open. */
static bool wants_screen(const struct cli *c)
{
	char *path;
	bool file;

	if (c->argc == 0)
		return true;
	path = mem_strndup(c->argv[0], strcspn(c->argv[0], ":"));
	file = strcmp(c->argv[0], ".") == 0 || strchr(path, '/') ||
	       (strchr(path, '.') && file_exists(path));
	free(path);
	return file;
}

/* `posedge DIR` works in it. */
static void enter_folder(struct cli *c)
{
	if (c->argc && file_is_dir(c->argv[0])) {
		c->dir = c->argv[0];
		c->argv++;
		c->argc--;
	}
}

/* `replay` is the one command with a screen of its own. */
static bool wants_replay(const struct cli *c)
{
	bool words = c->plain || c->json;

	for (size_t i = 1; i < c->argc; i++)
		words |= strcmp(c->argv[i], "--plain") == 0 || strcmp(c->argv[i], "--rerun") == 0;
	return c->argc && strcmp(c->argv[0], "replay") == 0 && !words;
}

/* `wave` shows a dump on this terminal with --tui, and where no window can. */
static bool wants_waves(const struct cli *c, const struct ports *ports)
{
	static const char *const printed[] = { "--text",   "--plain",	"--draw", "--eval",
					       "--on",	   "--when",	"--json", "--wavejson",
					       "--svg",	   "--after",	"--rows", "--from",
					       "--to",	   "--signals", "--add",  "--at",
					       "--source", NULL };
	bool here = c->argc && strcmp(c->argv[0], "wave") == 0 && !c->plain && !c->json,
	     told = false;

	for (size_t i = 1; i < c->argc; i++) {
		told |= strcmp(c->argv[i], "--tui") == 0;
		for (const char *const *p = printed; *p; p++)
			here &= strncmp(c->argv[i], *p, strlen(*p)) != 0;
	}
	here &= c->argc < 2 || strcmp(c->argv[1], "diff") != 0;
	return here && (told || !ports_viewer(ports, "auto")->has_display());
}

/* The command line that opens them. Quoted: a name may have blanks in it. */
static char *waves_line(const struct cli *c)
{
	struct str line = STR_INIT;

	str_adds(&line, "wave --tui");
	for (size_t i = 1; i < c->argc; i++) {
		if (strcmp(c->argv[i], "--tui") == 0)
			continue;
		str_adds(&line, " \"");
		for (const char *p = c->argv[i]; *p; p++)
			str_addf(&line, "%s%c", *p == '"' || *p == '\\' ? "\\" : "", *p);
		str_addc(&line, '"');
	}
	return str_take(&line);
}

/* The home folder is a project only for who says so. */
static void ask_for_all(void *ctx)
{
	struct cli *c = ctx;
	char *question = str_fmt("%s is not the folder of one project. Take all of it as one?",
				 c->w.place.root);

	if (yes_no(c->w.loop, question)) {
		free(c->w.place.refused);
		c->w.place.refused = NULL;
	}
	free(question);
	c->done = true;
}

static void settle_root(struct cli *c, struct loop *l)
{
	if (!c->w.place.refused || c->script || c->waves || !yes_no_able())
		return;
	c->done = false;
	task_name(task_start(l, ask_for_all, c), "whether a folder is a project");
	loop_run_until(l, &c->done);
	c->done = false;
}

static int run_screen(struct cli *c, struct loop *l, const char *first)
{
	bool replay = wants_replay(c);
	struct screen_start start = { .files = c->argc && !replay && !c->waves ? c->argv : NULL,
				      .script = c->script,
				      .plugin = c->plugin,
				      .replay = replay ? c->argv + 1 : NULL,
				      .first = first };
	bool ok;

	settle_root(c, l);
	ok = (c->plain ? plain_run(&c->w, c->plugin, &c->err)
		       : screen_run(&c->w, &start, &c->next, &c->err)) &&
	     recorded(c);
	workbench_fini(&c->w);
	task_cancel_all(l);
	while (task_count(l))
		loop_turn(l, true);
	if (!ok)
		complain(c, &c->err);
	return ok ? CMD_FINE : CMD_TROUBLE;
}

/* Once, with a loop and a workbench of its own. */
static int run_once(struct cli *c, const struct ports *ports, bool screen, const char *first)
{
	struct err err;
	struct loop *l = loop_new(&err);
	int status = CMD_TROUBLE;

	if (l && set_up(c, l, ports, screen, &err))
		status = screen ? run_screen(c, l, first) : run(c, l);
	else
		complain(c, &err);
	loop_free(l);
	return status;
}

/* Another session on the same screen is another start: rc files, plugins and
 * keys are those of a new one. A script is played once. */
static int run_all(struct cli *c, const struct ports *ports, bool screen)
{
	char *waves = c->waves ? waves_line(c) : NULL;
	int status = run_once(c, ports, screen, waves);

	free(waves);
	while (status == CMD_FINE && c->next.session && !c->script) {
		struct screen_next here = c->next;
		char *first = here.moment ? str_fmt("rewind %s", here.moment) : NULL;

		c->next = (struct screen_next){ 0 };
		c->session = here.session;
		c->waves = false;
		c->argc = 0;
		status = run_once(c, ports, true, first);
		free(first);
		free(here.moment);
		free(here.session);
	}
	free(c->next.session);
	free(c->next.moment);
	return status;
}

/* A reader that has seen enough (`head`) is no failure, also when an earlier write met
 * its end: then a pipe says so still. */
static bool write_rest(void)
{
	struct pollfd out = { STDOUT_FILENO, POLLOUT, 0 };

	errno = 0;
	if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE ||
	    (poll(&out, 1, 0) == 1 && (out.revents & POLLERR)))
		return true;
	fprintf(stderr, "posedge: write the output: %s\n",
		errno ? strerror(errno) : "some of it could not be written");
	return false;
}

int cli_main(int argc, char **argv, const struct ports *ports)
{
	struct cli c = { 0 };
	struct err err;
	bool screen;
	int status;

	/* A terminal that is said to know no UTF-8 gets ASCII; one of which nothing
	 * is said, as in a bare chroot, most likely knows it. */
	if (!setlocale(LC_CTYPE, "") ||
	    (!getenv("LC_ALL") && !getenv("LC_CTYPE") && !getenv("LANG")))
		setlocale(LC_CTYPE, "C.UTF-8");
	prctl(PR_SET_DUMPABLE, 0);
	if (!parse(&c, argc, argv, &err) || (c.log && !log_open(c.log, &err))) {
		complain(&c, &err);
		return CMD_TROUBLE;
	}
	c.waves = wants_waves(&c, ports);
	screen = (wants_screen(&c) || wants_replay(&c) || c.waves) &&
		 (c.script || c.plain || (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)));
	c.waves &= screen;
	if (screen && !wants_replay(&c) && !c.waves)
		enter_folder(&c);
	if (!screen && c.argc == 0) {
		static char *const help[] = { "help", NULL };

		c.argv = (char **)help;
		c.argc = 1;
	}
	status = run_all(&c, ports, screen);
	log_close();
	return write_rest() ? status : CMD_TROUBLE;
}
