/* text_if.h - files as they could be, laid over the project for a moment.
 *
 * What is built from the project while they lie there (a struct design owns
 * copies of the texts) sees them; lifting puts back what was laid over before.
 * Nothing may wait in between: other tasks look at the project, too.
 */
#ifndef POSEDGE_TEXT_IF_H
#define POSEDGE_TEXT_IF_H

#include <stddef.h>

#include "session/text/bytes.h"

struct project;
struct texts_laid;

struct text_if {
	const char *path; /* relative to the root */
	struct bytes text;
};

struct texts_laid *texts_lay(struct project *p, const struct text_if *v, size_t n);
void texts_lift(struct texts_laid *l);

#endif
