/* cookbook_tongues.h - German, French and Spanish hardware terms in English. Pure. */
#ifndef POSEDGE_COOKBOOK_TONGUES_H
#define POSEDGE_COOKBOOK_TONGUES_H

#include <stdbool.h>

/* word: lower case, without diacritics ("zaehler"). NULL: English already, or unknown. */
const char *cookbook_english(const char *word);

/* True if the table is sorted, which binary search requires; for the test. */
bool cookbook_tongues_sorted(void);

#endif
