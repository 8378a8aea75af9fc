/* thoughts.h - the marks that chat templates put around what a model thinks. Pure.
 *
 * A server that does not know a model's template leaves them in the text, the opening
 * one sometimes not.
 */
#ifndef POSEDGE_THOUGHTS_H
#define POSEDGE_THOUGHTS_H

#include <stdbool.h>

struct thoughts {
	const char *open, *close;
	bool of_template; /* no person and no instruction asks for these words */
	bool alone;	  /* the opening mark may have been part of the request */
};

extern const struct thoughts thoughts[]; /* ended by a row without an opening mark */

/* The answer begins after it: it may follow a closing mark. */
extern const char thoughts_answer[];

#endif
