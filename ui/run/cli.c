/* From argv to a command or the screen. First it finds the project: that of the current
 * folder, or of the file named, so that `posedge ../other/fifo.v` works. Then it
 * decides what to run: a command with its output on the terminal, or the screen, which
 * replay and wave may also request.
 *
 * A command runs in a task, because it waits; an interrupt cancels that task, and the
 * journal is complete in any case. Continuing in another session on the same screen is
 * a new start with a new workbench (run_all).
 */
#include "config.h"

#include "ui/run/cli.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "session/base/crash.h"
#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/project/project_root.h"
#include "session/tool/viewer.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/cmd.h"
#include "session/workbench/ports.h"
#include "session/workbench/rc.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/run/plain.h"
#include "ui/run/screen.h"
#include "ui/run/shell_output.h"
#include "ui/terminal/tty_ask.h"

struct cli {
	struct workbench w;
	const char *dir, *log, *session;
	const char *plugin;
	const char *script;
	struct screen_next next; /* where the screen continues when it ends */
	char *root;		 /* of the project, found once: later starts stay there */
	bool json, plain;
	bool waves;	/* show waves only */
	bool dir_given; /* -C: use exactly that folder */
	char **argv;	/* the command and its arguments */
	size_t argc;
	struct shell_output out;
	bool done;
	struct task *task;
	enum cmd_status status;
	struct err err;
	bool failed;
};

/* Fails if an event could not be written: an action that is not on disk did not happen. */
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

/* `posedge --help` and `posedge --version` run the commands of those names. */
static const char *command_for(const char *flag)
{
	if (strcmp(flag, "--help") == 0 || strcmp(flag, "-h") == 0)
		return "help";
	return strcmp(flag, "--version") == 0 ? "version" : NULL;
}

/* Accepts "lint --json" for "--json lint", since no command has an option of that
 * name; not after "--". */
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

/* Runs `lint a.sv --help` as `help lint`. A -h is help only by itself, since a question may
 * have one among its words. */
static void take_help(struct cli *c)
{
	bool asked = c->argc == 2 && strcmp(c->argv[1], "-h") == 0;

	for (size_t i = 1; i < c->argc && strcmp(c->argv[i], "--") != 0; i++)
		asked |= strcmp(c->argv[i], "--help") == 0;
	if (!asked)
		return;
	c->argv[1] = c->argv[0];
	c->argv[0] = (char *)"help";
	c->argv[2] = NULL;
	c->argc = 2;
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
			c->dir_given = ok = take_value(argv, argc, &i, &c->dir, err);
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
			ok = err_set(err, ERR_USAGE, "%s: no such option; see `posedge help`",
				     argv[i]);
	}
	c->argv = argv + i;
	c->argc = i < argc ? (size_t)(argc - i) : 0;
	take_json(c);
	take_help(c);
	return ok;
}

/* The file that arg names, cut at the first colon of its name: an absolute path,
 * with symbolic links in its folder resolved. NULL: there is none. */
static char *file_named(const char *arg, const char *here, bool screen)
{
	char *name = mem_strndup(arg, strcspn(arg, ":"));
	char *full = path_join(here, name), *dir = path_dir(full);
	char *real = realpath(dir, NULL);
	char *out = real && (screen || file_exists(full)) && !file_is_dir(full)
			    ? path_join(real, path_base(full))
			    : NULL;

	free(real);
	free(dir);
	free(full);
	free(name);
	return out;
}

/* The first argument that names a file, as file_named() has it. Values of options,
 * as in `--engine icarus`, are passed over because they name none. */
static char *file_meant(const struct cli *c, const char *here, bool screen)
{
	static const char *const commands[] = { "lint",	 "sim",	    "files", "blame",
						"waive", "mutants", "prove", NULL };
	size_t first = screen ? 0 : 1;
	bool takes = screen;
	char *file = NULL;

	for (const char *const *k = commands; !screen && c->argc && *k; k++)
		takes |= strcmp(c->argv[0], *k) == 0;
	for (size_t i = first; takes && !file && i < c->argc; i++) {
		const char *arg = c->argv[i];

		if (arg[0] != '-' && arg[0] != '+' && strpbrk(arg, "./"))
			file = file_named(arg, here, screen);
	}
	return file;
}

static bool is_inside(const char *path, const char *root)
{
	size_t n = strlen(root);

	return strncmp(path, root, n) == 0 && path[n] == '/';
}

/* The project of the file to open. A command stays in the current project if the
 * file is in it; /tmp is none. */
static char *find_root(const struct cli *c, const char *here, bool screen)
{
	char *file = file_meant(c, here, screen);
	bool of_file = file && !c->dir;
	/* On the screen the file decides: folders that are not used are not searched. */
	char *root = of_file && screen ? NULL : project_root_of(here);

	if (of_file && (!root || !is_inside(file, root) || project_root_is_shared(root) ||
			!project_root_fits(root, NULL))) {
		free(root);
		root = project_root_of_file(file, here);
	}
	free(file);
	return root;
}

/* Running ----------------------------------------------------------------------- */

/* Setting an option records its source. The command line comes after the rc files,
 * so it has the last word. */
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

/* The built-in backend, added like any other. */
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
	root = c->root ? mem_strdup(c->root) : find_root(c, here, screen);
	workbench_init(&c->w, l, root, ports);
	if (!c->dir_given && !project_root_fits(root, &why))
		c->w.place.refused = mem_strdup(why.text);
	free(c->w.place.typed_in);
	c->w.place.typed_in = here;
	c->w.recording.named = mem_strdup(c->session);
	shell_output_init(&c->out, &c->w, c->json);
	add_cookbook(&c->w);
	act_add_commands(c->w.commands);
	free(c->root);
	c->root = root;
	return true;
}

/* With --json also as an event: every command ends with one. */
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

	loop_before_sleep(l, crash_prepare, NULL);
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

/* True if no command follows the options: nothing, or files and folders to open. */
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

/* True if what is to be opened exists, so that only the terminal is missing. */
static bool lacks_terminal(const struct cli *c)
{
	char *path = c->argc ? mem_strndup(c->argv[0], strcspn(c->argv[0], ":")) : NULL;
	bool lacks = path && wants_screen(c) && file_exists(path);

	free(path);
	return lacks;
}

/* `posedge DIR` works in that folder. */
static void enter_folder(struct cli *c)
{
	if (c->argc && file_is_dir(c->argv[0])) {
		c->dir = c->argv[0];
		c->argv++;
		c->argc--;
	}
}

/* `replay` runs on a screen of its own, unless it prints. */
static bool wants_replay(const struct cli *c)
{
	bool words = c->plain || c->json;

	for (size_t i = 1; i < c->argc; i++)
		words |= strcmp(c->argv[i], "--plain") == 0 || strcmp(c->argv[i], "--rerun") == 0;
	return c->argc && strcmp(c->argv[0], "replay") == 0 && !words;
}

/* `wave` shows a dump on this terminal with --tui, or if there is no display. */
static bool wants_waves(const struct cli *c, const struct ports *ports)
{
	static const char *const printed[] = { "--text", "--plain",   "--draw", "--eval",
					       "--on",	 "--when",    "--json", "--wavejson",
					       "--svg",	 "--after",   "--rows", "--from",
					       "--to",	 "--signals", "--add",	"--source",
					       NULL };
	bool here = c->argc && strcmp(c->argv[0], "wave") == 0 && !c->plain && !c->json,
	     tui = false;

	for (size_t i = 1; i < c->argc; i++) {
		tui |= strcmp(c->argv[i], "--tui") == 0;
		for (const char *const *p = printed; *p; p++)
			here &= strncmp(c->argv[i], *p, strlen(*p)) != 0;
	}
	here &= c->argc < 2 || strcmp(c->argv[1], "diff") != 0;
	return here && (tui || !ports_viewer(ports, "auto")->has_display());
}

/* The command line that opens the waves, quoted: a name may contain blanks. */
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

/* Takes the home folder as a project only if the user confirms. */
static void ask_for_all(void *ctx)
{
	struct cli *c = ctx;
	char *question = str_fmt("%s is not the folder of one project. Take all of it as one?",
				 c->w.place.root);

	if (tty_ask_yes_no(c->w.loop, question)) {
		free(c->w.place.refused);
		c->w.place.refused = NULL;
	}
	free(question);
	c->done = true;
}

static void settle_root(struct cli *c, struct loop *l)
{
	if (!c->w.place.refused || c->script || c->waves || !tty_ask_possible())
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

/* One run, with its own loop and workbench. */
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

/* Another session on the same screen is another start, with fresh rc files, plugins
 * and keys. A script is played once. */
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
	free(c->root);
	return status;
}

/* A reader that closed the pipe early (`head`) is not a failure. If an earlier write
 * already hit EPIPE, poll() still reports it. */
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

	/* A locale without UTF-8 gets ASCII. If no locale is set, as in a bare
	 * chroot, the terminal most likely knows UTF-8. */
	if (!setlocale(LC_CTYPE, "") ||
	    (!getenv("LC_ALL") && !getenv("LC_CTYPE") && !getenv("LANG")))
		setlocale(LC_CTYPE, "C.UTF-8");
	prctl(PR_SET_DUMPABLE, 0);
	path_ensure_home();
	if (!parse(&c, argc, argv, &err) || (c.log && !log_open(c.log, &err))) {
		complain(&c, &err);
		return CMD_TROUBLE;
	}
	c.waves = wants_waves(&c, ports);
	screen = (wants_screen(&c) || wants_replay(&c) || c.waves) &&
		 (c.script || c.plain || (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)));
	c.waves &= screen;
	if (!screen && lacks_terminal(&c)) {
		err_set(&err, ERR_USAGE,
			"%s: opening it needs a terminal; `posedge help` lists the commands that "
			"work without",
			c.argv[0]);
		complain(&c, &err);
		return CMD_TROUBLE;
	}
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
