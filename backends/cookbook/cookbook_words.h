/* cookbook_words.h - a request as words: lower case, stemmed in English, numbers read. Pure. */
#ifndef POSEDGE_COOKBOOK_WORDS_H
#define POSEDGE_COOKBOOK_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct word {
	char text[40];	     /* lower case, "ä" as "ae"; cut if longer */
	char stem[40];	     /* stem of the English word, if cookbook_tongues.h has one */
	const char *english; /* NULL: English already, or unknown */
	bool number;
	bool exact; /* a known word: never treated as a typing error */
	long value; /* integer part */
};

struct words {
	struct word *v;
	size_t n;
};

/* Splits text at everything but letters and digits, and between digits and letters
 * ("8bit", "16x8"). Number words ("eight", "thirty-two") become numbers, "1k" is
 * 1024. */
void words_init(struct words *w, const char *text);
void words_fini(struct words *w);

/* True for equal stems, possibly from two languages, or one typing error apart if both
 * are long and neither is exact. */
bool words_alike(const struct word *a, const struct word *b);

/* True if the word is in list, whose words are separated by single spaces. */
bool word_among(const struct word *w, const char *list);
bool word_means(const struct word *w, const char *list); /* or its English is in list */

#endif
