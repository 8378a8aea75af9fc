/* cookbook_tongues.h - the English for words of hardware in German, French and Spanish. Pure. */
#ifndef POSEDGE_COOKBOOK_TONGUES_H
#define POSEDGE_COOKBOOK_TONGUES_H

#include <stdbool.h>

/* word: lower case, without marks ("zaehler"). NULL: it is English, or not known. */
const char *cookbook_english(const char *word);

/* The table can be searched; for its test. */
bool cookbook_tongues_sorted(void);

#endif
