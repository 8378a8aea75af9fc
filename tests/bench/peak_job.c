/* peak_job COMMAND...: runs it and prints its peak memory in KB on stderr, without its
 * children. A small program of its own, since the kernel also counts the memory held
 * before the exec. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct rusage used;
	int status;
	pid_t pid;

	if (argc < 2)
		return 2;
	pid = fork();
	if (pid == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status) > 1)
		return 2;
	fprintf(stderr, "%ld\n", used.ru_maxrss);
	return 0;
}
