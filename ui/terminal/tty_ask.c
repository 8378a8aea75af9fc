/* Asks a question on the terminal from within a task. An answer counts only if its line
 * is complete: a closed terminal or a cancelled task does not count as an answer. The
 * shell shares the terminal, so the non-blocking flag that the loop needs is removed
 * afterwards.
 */
#include "config.h"

#include "ui/terminal/tty_ask.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/base/utf8.h"

#define LONGEST 1000 /* bytes of an answer */

struct asked {
	struct task *task;
	struct str line;
	bool over;
};

bool tty_ask_possible(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static void on_input(void *ctx, unsigned events)
{
	struct asked *a = ctx;
	char bytes[256];
	ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));

	if (n > 0)
		str_add(&a->line, bytes, (size_t)n);
	a->over = n <= 0 || bytes[n - 1] == '\n' || a->line.len > LONGEST;
	if (a->over)
		task_wake(a->task);
}

char *tty_ask_line(struct loop *l, const char *question, const char *choice)
{
	/* The shell shares the terminal: remember the flags, since the loop sets
	 * O_NONBLOCK. */
	struct asked a = { .task = task_self() };
	int flags = fcntl(STDIN_FILENO, F_GETFL);
	struct loop_fd *f = loop_fd_new(l, STDIN_FILENO, on_input, &a, NULL);
	struct str shown = STR_INIT;
	bool ok = f != NULL;

	utf8_show(question, strlen(question), &shown);
	fflush(stdout);
	fprintf(stderr, "posedge: %s %s ", str_cstr(&shown), choice);
	fflush(stderr);
	if (f)
		loop_fd_want(f, LOOP_READ);
	while (ok && !a.over)
		ok = task_wait(NULL);
	loop_fd_free(f);
	if (flags >= 0)
		fcntl(STDIN_FILENO, F_SETFL, flags);
	ok = ok && str_ends(str_cstr(&a.line), "\n"); /* else the line is incomplete */
	if (!ok)
		fputc('\n', stderr);
	str_free(&shown);
	while (a.line.len && strchr(" \r\n", a.line.data[a.line.len - 1]))
		str_cut(&a.line, a.line.len - 1);
	if (ok)
		return str_take(&a.line);
	str_free(&a.line);
	return NULL;
}

bool tty_ask_yes_no(struct loop *l, const char *question)
{
	char *line = tty_ask_line(l, question, "(y/N)");
	bool yes = line && (strcasecmp(line, "y") == 0 || strcasecmp(line, "yes") == 0);

	free(line);
	return yes;
}
