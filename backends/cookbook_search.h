/* cookbook_search.h - which design a request asks for. Pure.
 *
 * Words are compared by their stems and with one typing error allowed in a
 * long one. A name of several words counts most, and more the nearer its words
 * stand; single words count by how few cards have them. A design is offered
 * only when it stands out and enough of the request's hardware words are its
 * own: otherwise the three nearest are named.
 */
#ifndef POSEDGE_COOKBOOK_SEARCH_H
#define POSEDGE_COOKBOOK_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

struct cookbook;
struct cookbook_card;

struct cookbook_match {
	const struct cookbook_card *card[3]; /* best first; NULL: fewer */
	double score[3];
	bool sure; /* card[0] is what was asked for */
};

void cookbook_search(const struct cookbook *c, const char *request, struct cookbook_match *out);

#endif
