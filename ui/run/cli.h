/* cli.h - the command line: one command from the shell, its output as text or
 * as events, its exit status; or, without a command, the screen (screen.h) or
 * line by line (plain.h).
 *
 * Map of ui/run: ways to run the program.
 *
 *   cli       one command of a shell
 *   shell_output  where it prints
 *   plain     line by line
 *   screen    the full screen
 *   play      keys from a file, screens to stdout
 */
#ifndef POSEDGE_CLI_H
#define POSEDGE_CLI_H

struct ports;

/* Never prints control bytes to a terminal; to a pipe or file it prints what
 * there is, so that a diff can be applied. Returns the exit status. */
int cli_main(int argc, char **argv, const struct ports *ports);

#endif
