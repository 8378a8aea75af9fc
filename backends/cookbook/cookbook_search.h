/* cookbook_search.h - finds the design that a request asks for. Pure.
 *
 * Words match by their stems; a long word may have one typing error. Names of several
 * words score highest, and higher the closer the words are; single words score by how
 * few cards have them. A design is offered only if it scores clearly best and enough of
 * the request's hardware words belong to it; otherwise the three nearest are listed.
 */
#ifndef POSEDGE_COOKBOOK_SEARCH_H
#define POSEDGE_COOKBOOK_SEARCH_H

#include <stdbool.h>

struct cookbook;
struct cookbook_card;

struct cookbook_match {
	const struct cookbook_card *card[3]; /* best first; NULL if fewer */
	double score[3];
	bool sure; /* card[0] is what was asked for */
};

void cookbook_search(const struct cookbook *c, const char *request, struct cookbook_match *out);

#endif
