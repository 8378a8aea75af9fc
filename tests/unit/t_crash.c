/* What the crash handler prints, before and after it was prepared. */
#include "config.h"

#include "tests/lib/case.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/base/crash.h"
#include "session/base/str.h"

/* Writes to a page without permissions, which a sanitizer accepts, unlike a NULL
 * pointer. */
static void crash(void)
{
	volatile char *page = mmap(NULL, 1, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	*page = 1;
}

/* Makes a child crash; returns its output. */
static void says(bool prepared, struct str *out)
{
	int ends[2], status;
	char part[512];
	pid_t pid;
	ssize_t n;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		signal(SIGSEGV, SIG_DFL); /* not the test framework's */
		crash_install();
		if (prepared)
			crash_prepare(NULL);
		crash();
		_exit(0);
	}
	close(ends[1]);
	while ((n = read(ends[0], part, sizeof(part))) > 0)
		str_add(out, part, (size_t)n);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSEGV);
}

CASE(a_crash_says_where_it_was)
{
	for (int prepared = 0; prepared <= 1; prepared++) {
		struct str out = STR_INIT;

		says(prepared, &out);
		assert_non_null(
			strstr(str_cstr(&out), "posedge: ended by SIGSEGV; it was here:\n"));
		assert_non_null(strstr(str_cstr(&out), "t_crash"));
		str_free(&out);
	}
}
