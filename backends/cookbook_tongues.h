/* cookbook_tongues.h - German, French and Spanish words of hardware in English. Pure. */
#ifndef POSEDGE_COOKBOOK_TONGUES_H
#define POSEDGE_COOKBOOK_TONGUES_H

#include <stdbool.h>

/* word: lower case, without marks ("zaehler"). NULL: it is English, or not known. */
const char *cookbook_english(const char *word);

/* Whether the table is sorted, as the binary search needs it; for the test. */
bool cookbook_tongues_sorted(void);

#endif
