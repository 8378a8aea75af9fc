/* ask_words.h - what the words of a question tell. Pure. */
#ifndef POSEDGE_ASK_WORDS_H
#define POSEDGE_ASK_WORDS_H

#include <stdbool.h>

/* Whether text names a file or a module: as a word, and not as the end of
 * another path or the beginning of a longer name. */
bool ask_names(const char *text, const char *name);

/* Whether a testbench, or a test, is wanted; in several languages. When in
 * doubt, yes: the rules for it cost 250 tokens. */
bool ask_wants_bench(const char *question);

/* "qwen2.5-coder:7b": below 15 billion parameters, by its name. */
bool ask_model_is_small(const char *model);

#endif
