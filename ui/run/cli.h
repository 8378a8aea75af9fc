/* cli.h - the command line: runs one command from the shell, with text or events as
 * output and an exit status; or, without a command, the screen (screen.h) or the line
 * mode (plain.h).
 *
 * Map of ui/run: ways to run the program.
 *
 *   cli           one command from the shell
 *   shell_output  its output
 *   plain         line by line
 *   screen        full screen
 *   play          keys from a file, screens to stdout
 */
#ifndef POSEDGE_CLI_H
#define POSEDGE_CLI_H

struct ports;

/* Never prints control bytes to a terminal; to a pipe or file it prints bytes
 * verbatim, so that a diff can be applied. Returns the exit status. */
int cli_main(int argc, char **argv, const struct ports *ports);

#endif
