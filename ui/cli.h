/* cli.h - posedge without a screen: one command from the shell, its output as
 * text or as events, its exit status. The map of this folder:
 *
 *   main   puts the parts together        cli   the shell's side of commands
 */
#ifndef POSEDGE_CLI_H
#define POSEDGE_CLI_H

struct ports;

/* Never prints control bytes to a terminal; to a pipe or file it prints what
 * there is, so that a diff can be applied. Returns the exit status. */
int cli_main(int argc, char **argv, const struct ports *ports);

#endif
