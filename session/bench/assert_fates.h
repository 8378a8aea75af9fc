/* assert_fates.h - what became of each assertion of an answer, and a line that says so. Pure. */
#ifndef POSEDGE_ASSERT_FATES_H
#define POSEDGE_ASSERT_FATES_H

#include <stdbool.h>
#include <stddef.h>

struct str;

enum assert_fate { FATE_NOT_DECIDED, FATE_NOT_READ, FATE_PROVED, FATE_FAILED, FATE_VACUOUS, FATES };

struct assert_fated {
	enum assert_fate fate;
	char *why; /* a clause; NULL or "": none. Owned by whoever made it */
};

#define ASSERT_TELL_MAX 2000u /* bytes of the numbers and reasons, about */

/* Appends "3 assertions: 1 proved, ...; not decided: 1-2 (it has more than one implication)":
 * the counts, then the numbers, from 1, of those that are not proved, by reason. more: others
 * were not examined. Reasons beyond the limit are replaced by "...". */
void assert_fates_tell(const struct assert_fated *v, size_t n, bool more, struct str *out);

#endif
