/* cookbook_words.h - a request as words: lower case, stemmed, numbers read. Pure. */
#ifndef POSEDGE_COOKBOOK_WORDS_H
#define POSEDGE_COOKBOOK_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct word {
	char text[40];		/* lower case; a longer one is cut */
	char stem[40];
	bool number;
	long value;
};

struct words {
	struct word *v;
	size_t n;
};

/* Splits at everything but letters and digits, and between digits and letters
 * ("8bit", "16x8"). Number words ("eight", "thirty-two") become numbers. */
void words_init(struct words *w, const char *text);
void words_fini(struct words *w);

/* The same stem, or one typing error apart when both are long. */
bool words_alike(const struct word *a, const struct word *b);

#endif
