/* make_if.h - conditionals of a Makefile: ifeq, ifneq, ifdef, ifndef, else, endif.
 *
 * Above MAKE_MAX_IFS nested ones, what they enclose counts as not active.
 */
#ifndef POSEDGE_MAKE_IF_H
#define POSEDGE_MAKE_IF_H

#include <stdbool.h>

struct make_vars;

#define MAKE_MAX_IFS 32

struct make_ifs {
	/* this branch is active; one branch was active */
	bool on[MAKE_MAX_IFS], taken[MAKE_MAX_IFS];
	int depth, skipped;
};

/* True if lines here are read. */
bool make_ifs_active(const struct make_ifs *f);

/* False if the line, without leading blanks, is not a conditional. */
bool make_ifs_read(struct make_ifs *f, struct make_vars *vars, const char *line);

/* The rest of the line after the word and blanks; NULL if the line does not begin with that
 * word. */
const char *make_after_word(const char *line, const char *word);

/* Removes blanks at both ends, in place. */
void make_strip(char *s);

#endif
