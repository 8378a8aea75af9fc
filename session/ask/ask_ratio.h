/* ask_ratio.h - corrects token estimates by what a server counted, per kind of text.
 *
 * Estimates are averages over several tokenizers, which differ most for code. Two
 * factors, one for prose and one for code, are fitted to the server's counts of the
 * newest requests (least squares). Both are pulled towards the factor of all text
 * together, so that very similar requests do not make one of them absurd.
 */
#ifndef POSEDGE_ASK_RATIO_H
#define POSEDGE_ASK_RATIO_H

struct prompt_entry;
struct state;

struct ask_ratio { /* tokens counted per 100 estimated: 60 to 250; 0: not known */
	unsigned prose, code;
};

void ask_ratio(const struct state *s, const char *backend, struct ask_ratio *out);

/* The factor for that kind of entry; 100 if not known. */
unsigned ask_ratio_of(const struct ask_ratio *r, const struct prompt_entry *e);

#endif
