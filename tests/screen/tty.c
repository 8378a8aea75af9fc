/* A terminal for tests: runs a program in a pty, interprets its output with libvterm,
 * and follows a script on stdin.
 *
 *   tty [--size ROWSxCOLS] [--slow BYTES] COMMAND...
 *
 *   keys TEXT       sends TEXT; \e is ESC, \r Enter, \n LF, \xHH a byte, \\
 *   insist KEY      sends KEY repeatedly until the review shows a decision, because the
 *                   review ignores keys in its first moment
 *   again KEY TEXT  sends KEY, and again if the screen does not show TEXT within half a
 *                   second, because keys right after a paste are ignored
 *   paste N LINE    sends N times LINE as one paste
 *   wait TEXT       waits until the screen shows TEXT, at most 5 min
 *   gone TEXT       waits until the screen no longer shows TEXT, at most 5 min
 *   size ROWS COLS  resizes
 *   signal NAME     TERM, HUP, INT, TSTP, CONT, SEGV, ABRT, BUS, QUIT, FPE, ILL, KILL,
 *                   STOP, USR1, USR2, ALRM, XCPU
 *   stopped         waits until the program is stopped, as by Ctrl-Z
 *   hangup          closes the terminal
 *   stop            stops reading the program's output; go resumes
 *   bytes           prints the number of bytes received since the last `bytes`
 *   draws N         waits until that many were received since then
 *   screen          prints the screen
 *   composite FILE  writes the file that the review on the screen would write: see tty_review.h
 *   ends STATUS     waits for the program's end, which must have that status (143: killed by
 *                   SIGTERM)
 *   modes           prints whether the terminal is restored: cooked, on its main screen
 *
 * --slow: reads at most that many bytes per turn. POSEDGE_TTY_WAITS=FILE in the
 * environment: appends which waits prove nothing, see tty_proof.h. Exits with 1 and prints
 * the screen to stderr if something expected does not happen. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>

#include "session/base/err.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "tests/screen/tty_proof.h"
#include "tests/screen/tty_review.h"

#define LIMIT_MS 300000

struct tty {
	int fd, slave, rows, cols;
	size_t slow, bytes;
	pid_t pid;
	VTerm *vt;
	VTermScreen *screen;
	bool stopped, alternate, ended;
	int status;
	struct termios before;
	struct tty_proof proof;
};

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void screen_text(const struct tty *t, struct str *out)
{
	for (int row = 0; row < t->rows; row++) {
		size_t start = out->len;

		for (int col = 0; col < t->cols; col++) {
			VTermScreenCell cell;
			char bytes[4];

			vterm_screen_get_cell(t->screen, (VTermPos){ row, col }, &cell);
			if (cell.chars[0] == 0)
				str_addc(out, ' ');
			for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] &&
					cell.chars[i] != (uint32_t)-1;
			     i++)
				str_add(out, bytes, utf8_encode(cell.chars[i], bytes));
			if (cell.width == 2)
				col++;
		}
		while (out->len > start && out->data[out->len - 1] == ' ')
			str_cut(out, out->len - 1);
		str_addc(out, '\n');
	}
}

static int on_property(VTermProp prop, VTermValue *val, void *user)
{
	struct tty *t = user;

	if (prop == VTERM_PROP_ALTSCREEN)
		t->alternate = val->boolean;
	return 1;
}

static void answer(const char *s, size_t len, void *user)
{
	struct tty *t = user;

	if (write(t->fd, s, len) < 0 && errno != EAGAIN && errno != EIO)
		die("write");
}

static void reap(struct tty *t)
{
	int status;

	if (!t->ended && waitpid(t->pid, &status, WNOHANG) == t->pid) {
		t->ended = true;
		t->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
}

/* One turn: reads the program's output, or waits a moment. */
static void turn(struct tty *t)
{
	struct pollfd p = { .fd = t->fd, .events = t->stopped ? 0 : POLLIN };
	char buf[65536];
	size_t want = t->slow ? t->slow : sizeof(buf);
	ssize_t n;

	if (poll(&p, 1, 10) > 0 && p.revents & POLLIN) {
		n = read(t->fd, buf, want < sizeof(buf) ? want : sizeof(buf));
		if (n > 0) {
			t->bytes += (size_t)n;
			vterm_input_write(t->vt, buf, (size_t)n);
		}
	}
	reap(t);
}

static int fail(const struct tty *t, int line, const char *what)
{
	struct str s = STR_INIT;

	screen_text(t, &s);
	fprintf(stderr, "line %d: %s\n%s", line, what, str_cstr(&s));
	if (!t->ended)
		kill(t->pid, SIGKILL);
	str_free(&s);
	return 1;
}

static bool shows(const struct tty *t, const char *text)
{
	struct str s = STR_INIT;
	bool found;

	screen_text(t, &s);
	found = strstr(str_cstr(&s), text) != NULL;
	str_free(&s);
	return found;
}

static bool wait_for(struct tty *t, const char *text, bool there)
{
	long end = now_ms() + LIMIT_MS;

	while (shows(t, text) != there && now_ms() < end)
		turn(t);
	return shows(t, text) == there;
}

static void send_keys(struct tty *t, const char *s)
{
	struct str out = STR_INIT;
	size_t done = 0;

	for (; *s; s++) {
		char hex[3] = { 0 };

		if (*s != '\\' || !s[1]) {
			str_addc(&out, *s);
			continue;
		}
		s++;
		if (*s == 'x') {
			memcpy(hex, s + 1, 2);
			str_addc(&out, (char)strtol(hex, NULL, 16));
			s += 2;
		} else {
			str_addc(&out, *s == 'e'   ? '\033'
				       : *s == 'r' ? '\r'
				       : *s == 'n' ? '\n'
				       : *s == 't' ? '\t'
						   : *s);
		}
	}
	while (done < out.len) {
		ssize_t n = write(t->fd, out.data + done, out.len - done);

		if (n < 0 && errno != EAGAIN && errno != EINTR)
			break;
		done += n > 0 ? (size_t)n : 0;
		turn(t);
	}
	str_free(&out);
}

static bool decided(const struct tty *t)
{
	return shows(t, "taken ") && !shows(t, "taken 0 refused 0");
}

static int signal_named(const char *name)
{
	static const struct {
		const char *name;
		int signo;
	} all[] = {
		{ "TERM", SIGTERM }, { "HUP", SIGHUP },	  { "INT", SIGINT },
		{ "TSTP", SIGTSTP }, { "CONT", SIGCONT }, { "WINCH", SIGWINCH },
		{ "SEGV", SIGSEGV }, { "ABRT", SIGABRT }, { "BUS", SIGBUS },
		{ "QUIT", SIGQUIT }, { "KILL", SIGKILL }, { "FPE", SIGFPE },
		{ "ILL", SIGILL },   { "USR1", SIGUSR1 }, { "USR2", SIGUSR2 },
		{ "ALRM", SIGALRM }, { "XCPU", SIGXCPU }, { "STOP", SIGSTOP },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (strcmp(all[i].name, name) == 0)
			return all[i].signo;
	return 0;
}

static void press(void *ctx, const char *keys)
{
	struct tty *t = ctx;

	if (write(t->fd, keys, strlen(keys)) != (ssize_t)strlen(keys))
		die("write");
}

static bool until(void *ctx, const char *text, bool there)
{
	return wait_for(ctx, text, there);
}

static bool composite(struct tty *t, const char *path)
{
	struct review_reader r = { t->screen, t->rows, t->cols, t, press, until };
	struct str text = STR_INIT, why = STR_INIT;
	struct err err;
	bool ok = tty_review_read(&r, &text, &why);

	if (!ok)
		fprintf(stderr, "%s\n", str_cstr(&why));
	else if (!(ok = file_save(path, str_cstr(&text), text.len, 0644, &err)))
		fprintf(stderr, "%s\n", err.text);
	str_free(&text);
	str_free(&why);
	return ok;
}

static void print_modes(struct tty *t)
{
	struct termios now;
	bool cooked = tcgetattr(t->slave, &now) == 0 && now.c_lflag == t->before.c_lflag &&
		      now.c_iflag == t->before.c_iflag && now.c_oflag == t->before.c_oflag;

	printf("%s, %s screen\n", cooked ? "cooked" : "raw", t->alternate ? "alternate" : "main");
}

static bool is(const char *line, size_t n, const char *word)
{
	return strlen(word) == n && strncmp(line, word, n) == 0;
}

/* Notes what the line proves: see tty_proof.h. */
static void note(struct tty *t, const char *line, size_t n, int number)
{
	static const char *const inputs[] = {
		"keys", "insist", "again", "paste", "size", "signal"
	};
	bool waits = is(line, n, "wait");
	struct str s = STR_INIT;

	if (!t->proof.path)
		return;
	if (waits || is(line, n, "gone"))
		tty_proof_wait(&t->proof, number, line + n + (line[n] == ' '), waits);
	screen_text(t, &s);
	for (size_t i = 0; i < sizeof(inputs) / sizeof(*inputs); i++)
		if (is(line, n, inputs[i]))
			tty_proof_input(&t->proof, number, str_cstr(&s));
	str_free(&s);
}

/* rest: KEY TEXT. Nothing is sent between two attempts. */
static bool press_until(struct tty *t, const char *rest)
{
	size_t n = strcspn(rest, " ");
	char *key = mem_strndup(rest, n);
	long end = now_ms() + LIMIT_MS, next = 0;
	bool there = false;

	while (!there && now_ms() < end) {
		if (now_ms() >= next) {
			send_keys(t, key);
			next = now_ms() + 500;
		}
		turn(t);
		there = shows(t, rest[n] ? rest + n + 1 : "");
	}
	free(key);
	return there;
}

/* rest: N LINE. */
static void send_paste(struct tty *t, const char *rest)
{
	char *line;
	unsigned long n = strtoul(rest, &line, 10);
	struct str all = STR_INIT;

	str_adds(&all, "\\e[200~");
	while (n-- > 0)
		str_adds(&all, line + (*line == ' '));
	str_adds(&all, "\\e[201~");
	send_keys(t, str_cstr(&all));
	str_free(&all);
}

static int obey(struct tty *t, const char *line, int number)
{
	size_t n = strcspn(line, " ");
	const char *rest = line[n] ? line + n + 1 : "";
	struct winsize w;
	struct str s = STR_INIT;
	long end = now_ms() + LIMIT_MS;
	int rows, cols;

	note(t, line, n, number);
	if (is(line, n, "keys")) {
		send_keys(t, rest);
	} else if (is(line, n, "insist")) {
		while (!decided(t) && now_ms() < end) {
			send_keys(t, rest);
			turn(t);
		}
	} else if (is(line, n, "again")) {
		if (!press_until(t, rest))
			return fail(t, number, line);
	} else if (is(line, n, "paste")) {
		send_paste(t, rest);
	} else if (is(line, n, "wait") || is(line, n, "gone")) {
		if (!wait_for(t, rest, line[0] == 'w'))
			return fail(t, number, line);
	} else if (is(line, n, "size") && sscanf(rest, "%d %d", &rows, &cols) == 2) {
		w = (struct winsize){ .ws_row = (unsigned short)rows,
				      .ws_col = (unsigned short)cols };
		t->rows = rows;
		t->cols = cols;
		vterm_set_size(t->vt, rows, cols);
		ioctl(t->slave, TIOCSWINSZ, &w);
	} else if (is(line, n, "signal")) {
		kill(t->pid, signal_named(rest));
	} else if (is(line, n, "hangup")) {
		close(t->slave);
		close(t->fd);
		t->fd = -1;
	} else if (is(line, n, "draws")) {
		while (t->bytes < strtoul(rest, NULL, 10) && now_ms() < end)
			turn(t);
		if (t->bytes < strtoul(rest, NULL, 10))
			return fail(t, number, line);
	} else if (strcmp(line, "stopped") == 0) {
		int status = 0;

		while (waitpid(t->pid, &status, WUNTRACED | WNOHANG) != t->pid && now_ms() < end)
			poll(NULL, 0, 5);
		if (!WIFSTOPPED(status))
			return fail(t, number, line);
		for (int i = 0; i < 3; i++)
			turn(t); /* consume earlier output */
	} else if (is(line, n, "stop")) {
		t->stopped = true;
	} else if (is(line, n, "go")) {
		t->stopped = false;
	} else if (is(line, n, "bytes")) {
		for (int i = 0; i < 20; i++)
			turn(t);
		printf("%zu bytes\n", t->bytes);
		t->bytes = 0;
	} else if (is(line, n, "screen")) {
		screen_text(t, &s);
		fputs(str_cstr(&s), stdout);
		str_free(&s);
	} else if (is(line, n, "composite")) {
		if (!composite(t, rest))
			return fail(t, number, line);
	} else if (is(line, n, "ends")) {
		while (!t->ended && now_ms() < end)
			turn(t);
		for (int i = 0; i < 3 && t->fd >= 0; i++)
			turn(t); /* consume the last output */
		if (!t->ended || t->status != atoi(rest)) {
			fprintf(stderr, "status %d\n", t->ended ? t->status : -1);
			return fail(t, number, line);
		}
	} else if (is(line, n, "modes")) {
		print_modes(t);
	} else if (line[0] && line[0] != '#') {
		return fail(t, number, line);
	}
	fflush(stdout);
	return 0;
}

static void start(struct tty *t, char **argv)
{
	static const VTermScreenCallbacks callbacks = { .settermprop = on_property };
	struct winsize w = { .ws_row = (unsigned short)t->rows, .ws_col = (unsigned short)t->cols };

	if (openpty(&t->fd, &t->slave, NULL, NULL, &w) < 0)
		die("openpty");
	tcgetattr(t->slave, &t->before);
	t->vt = vterm_new(t->rows, t->cols);
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, answer, t);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_reset(t->screen, 1);
	t->pid = fork();
	if (t->pid < 0)
		die("fork");
	if (t->pid == 0) {
		close(t->fd);
		login_tty(t->slave);
		execvp(argv[0], argv);
		_exit(127);
	}
	fcntl(t->fd, F_SETFL, O_NONBLOCK);
	fcntl(t->fd, F_SETFD, FD_CLOEXEC);
}

int main(int argc, char **argv)
{
	struct tty t = { .rows = 24, .cols = 80, .proof.path = getenv("POSEDGE_TTY_WAITS") };
	char line[4096];
	int number = 0, failed = 0;

	signal(SIGPIPE, SIG_IGN);
	while (argc > 2 && strncmp(argv[1], "--", 2) == 0) {
		if (strcmp(argv[1], "--size") == 0)
			sscanf(argv[2], "%dx%d", &t.rows, &t.cols);
		else if (strcmp(argv[1], "--slow") == 0)
			t.slow = strtoul(argv[2], NULL, 10);
		argv += 2;
		argc -= 2;
	}
	if (argc < 2)
		return 2;
	start(&t, argv + 1);
	while (!failed && fgets(line, sizeof(line), stdin)) {
		number++;
		line[strcspn(line, "\n")] = '\0';
		failed = obey(&t, line, number);
	}
	if (!t.ended)
		kill(t.pid, SIGKILL);
	vterm_free(t.vt);
	tty_proof_fini(&t.proof);
	return failed;
}
