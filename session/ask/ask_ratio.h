/* ask_ratio.h - how a server counts, by kind of text: from requests that it counted.
 *
 * Estimates are made with what was measured of several tokenizers; each has its own idea of
 * code. Of the newest requests to a backend two factors are fitted to what its server
 * counted (least squares), one for prose and one for code. Both are drawn to the factor of
 * all text together, so that requests which are much alike do not make one of them absurd.
 */
#ifndef POSEDGE_ASK_RATIO_H
#define POSEDGE_ASK_RATIO_H

#include <stdbool.h>

struct prompt_entry;
struct state;

struct ask_ratio { /* tokens counted for 100 estimated ones: 60 to 250; 0: not known */
	unsigned prose, code;
};

void ask_ratio(const struct state *s, const char *backend, struct ask_ratio *out);

/* Of that kind of entry; 100 where nothing is known. */
unsigned ask_ratio_of(const struct ask_ratio *r, const struct prompt_entry *e);

#endif
