/* opt.h - what can be set, as one table: name, type, default, one line of help.
 *
 * Map of session/option: what can be set. Knows no command.
 *
 *   opt       the table of options, their values and what they could do in the wrong hands
 *   remember  what one command leaves for the next
 *
 * Values come from rc files, from `set`, and from the command line. Parsing,
 * completion, help and the manual page read the same table.
 */
#ifndef POSEDGE_OPT_H
#define POSEDGE_OPT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

/* OPT_WORDS: any number of words, kept as rc files spell them: one with a blank
 * or a quote in it stands between quotes. */
enum opt_type { OPT_TEXT, OPT_NUMBER, OPT_FLAG, OPT_CHOICE, OPT_WORDS };

/* What a project's rc that nobody has trusted may do with an option. */
enum opt_trust {
	OPT_SAFE,	/* set it */
	OPT_LOWER,	/* a number: only make it smaller than it is, a stricter limit */
	OPT_TRUSTED,	/* nothing */
};

struct opt {
	const char *name;
	enum opt_type type;
	const char *initial;
	const char *choices;	/* OPT_CHOICE: blank-separated; else NULL */
	enum opt_trust trust;
	const char *harm;	/* the worst that it does in the wrong hands, as far as trust lets them */
	const char *help;
};

struct options;
struct strv;

struct options *options_new(void);
void options_free(struct options *o);	/* NULL is fine */

size_t opt_count(void);
const struct opt *opt_at(size_t i);
const struct opt *opt_find(const char *name);	/* NULL: no such option */

/* ERR_USAGE: no such option (names the nearest), or a value it cannot have. */
bool options_set(struct options *o, const char *name, const char *value, struct err *err);

/* Whether a file that nobody has trusted may set that value now. ERR_AUTH. */
bool options_harmless(const struct options *o, const struct opt *opt, const char *value, struct err *err);

/* name must be one of the table's: another one is a bug, and aborts. */
const char *options_text(const struct options *o, const char *name);	/* borrowed until set */
long options_number(const struct options *o, const char *name);
bool options_flag(const struct options *o, const char *name);

/* The words of one of OPT_WORDS, appended to out; one that is badly quoted ends them. */
void options_words(const struct options *o, const char *name, struct strv *out);

/* The value that says these words but the empty ones, to be freed; NULL and err when one holds both kinds
 * of quotes or a control byte. */
char *options_join(char *const *words, size_t n, struct err *err);

/* How alike two words are: the number of edits between them, for "did you
 * mean"; at most limit + 1 is returned. */
size_t word_distance(const char *a, const char *b, size_t limit);

/* How far from word another may be to have been meant. */
size_t word_near(const char *word);

#endif
