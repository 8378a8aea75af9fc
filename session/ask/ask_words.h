/* ask_words.h - heuristics on the words of a question. Pure. */
#ifndef POSEDGE_ASK_WORDS_H
#define POSEDGE_ASK_WORDS_H

#include <stdbool.h>

/* True if text contains name, of a file or module, as a whole word: not the end of
 * another path, nor the start of a longer name. */
bool ask_names(const char *text, const char *name);

/* True if the question wants a testbench or a test, in several languages. True if in
 * doubt: the rules for it cost 250 tokens. */
bool ask_wants_bench(const char *question);

/* True for "qwen2.5-coder:7b": below 15 billion parameters, judged by the name. */
bool ask_model_is_small(const char *model);

#endif
