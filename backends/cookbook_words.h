/* cookbook_words.h - a request as words: lower case, stemmed in English, numbers read. Pure. */
#ifndef POSEDGE_COOKBOOK_WORDS_H
#define POSEDGE_COOKBOOK_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct word {
	char text[40];	     /* lower case, "ä" as "ae"; a longer one is cut */
	char stem[40];	     /* of the English word, where cookbook_tongues.h has one */
	const char *english; /* NULL: it is English, or not known */
	bool number;
	bool exact; /* known as it is: no typing error to be assumed */
	long value; /* without what follows a decimal point */
};

struct words {
	struct word *v;
	size_t n;
};

/* Splits at everything but letters and digits, and between digits and letters
 * ("8bit", "16x8"). Number words ("eight", "thirty-two") become numbers, "1k" is 1024. */
void words_init(struct words *w, const char *text);
void words_fini(struct words *w);

/* The same stem, so perhaps of two languages, or a typing error apart when both are long and none is exact. */
bool words_alike(const struct word *a, const struct word *b);

/* The word is one of a list's, which are parted by single spaces. */
bool word_among(const struct word *w, const char *list);
bool word_means(const struct word *w, const char *list); /* or its English is */

#endif
