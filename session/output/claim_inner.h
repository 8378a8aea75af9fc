/* claim_inner.h - a line as words, numbers and marks. For session/output/claim*.c only.
 *
 *   claim        what the words of a line say, and the verdict on it
 *   claim_count  what its numbers count
 *   claim_token  this: the line in tokens, and what one of them can mean
 */
#ifndef POSEDGE_CLAIM_INNER_H
#define POSEDGE_CLAIM_INNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "session/base/word_table.h"
#include "session/output/claim.h"

#define CLAIM_TOKENS 64 /* further ones are left out */
#define CLAIM_WORD   15 /* bytes of a word that are kept */

enum token_kind { END, WORD, NUMBER, MARK };

struct token {
	enum token_kind kind;
	char mark;
	char word[CLAIM_WORD + 1]; /* lower case, truncated */
	bool upper;		   /* was all upper case */
	bool counts;		   /* a number that was understood */
	bool part;		   /* a number that says which one of several it was */
	bool glued;		   /* no blank before it */
	uint64_t n;
};

/* Padded with END tokens on both sides, so that neighbours can be accessed
 * without bounds checks. */
struct tokens {
	struct token all[CLAIM_TOKENS + 8];
	struct token *v;
	int n;
};

enum status { NOT_STATUS, PASSED, FAILED };

static inline bool is_mark(const struct token *t, const char *marks)
{
	return t->kind == MARK && t->mark && strchr(marks, t->mark);
}

static inline bool is_word(const struct token *t, const char *word)
{
	return t->kind == WORD && t->word[0] == word[0] && strcmp(t->word, word) == 0;
}

static inline bool is_one(const struct token *t, const char *const *words)
{
	return t->kind == WORD && words_has(words, t->word);
}

void claim_tokenise(struct tokens *t, const char *s, size_t len);

bool token_is_noun(const struct token *t); /* what is counted: "tests" */
bool token_is_plural(const struct token *t);
enum status token_status(const struct token *t);
bool token_is_right(const struct token *t);
bool token_opens(const struct token *t); /* only marks and a time stand before it in the line */

/* False if the number at t does not count checks. */
bool claim_read_number(struct token *t, struct claim *c);

/* A number that did not: it may be a total. */
void claim_read_total(const struct token *t, struct claim *c);

/* from: the number itself, or its total. */
enum status claim_status_after(const struct token *number, const struct token *from);
bool claim_is_wanted_zero(const struct token *number);
bool claim_is_on_purpose(const struct token *t);

#endif
