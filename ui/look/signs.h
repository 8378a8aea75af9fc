/* signs.h - the few non-ASCII characters on the screen, each with an ASCII
 * replacement for terminals without UTF-8. */
#ifndef POSEDGE_SIGNS_H
#define POSEDGE_SIGNS_H

enum sign {
	SIGN_FOLDED,
	SIGN_SUGGESTION,
	SIGN_UNSAVED,
	SIGN_DIVIDER,
	SIGN_RECORDING,
	SIGN_PROMPT,
	SIGN_MORE,
	SIGN_TAB,
	SIGNS
};

/* By the current locale; static. */
const char *sign(enum sign s);

#endif
