/* tty_proof.h - finds the waits of a script that prove nothing: what they wait for was so
 * before the last input, so the next key may come before its effect.
 *
 * A script that passes on an idle machine may race because of one. It is a remark, not a
 * failure: to wait for what runs in the background is right whenever it happens. */
#ifndef POSEDGE_TEST_TTY_PROOF_H
#define POSEDGE_TEST_TTY_PROOF_H

#include <stdbool.h>

#include "session/base/str.h"

struct tty_proof {
	const char *path;  /* file to append remarks to; NULL: none are made */
	struct str before; /* the screen before the last input */
	int input;	   /* line of that input; 0: none yet */
	int wait;	   /* line of the first wait since; 0: none yet */
	bool proved;	   /* one of the waits since was not met before it */
};

/* Line of the script sends something while the screen shows this text. */
void tty_proof_input(struct tty_proof *p, int line, const char *screen);
/* Line of the script waits until text is there, or is not. */
void tty_proof_wait(struct tty_proof *p, int line, const char *text, bool there);
void tty_proof_fini(struct tty_proof *p);

#endif
