/* signs.h - the few characters beyond ASCII that the screen uses, each with
 * one for terminals that have no UTF-8. */
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

/* By the locale as it was when first asked; static. */
const char *sign(enum sign s);

#endif
