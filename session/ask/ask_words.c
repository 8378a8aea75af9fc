/* Guesses from words: does a text name this file, does a question want a testbench, is
 * a model small. They only affect what is sent with a request, so a wrong guess costs
 * tokens, never correctness. The lists hold word stems in the languages that students
 * write in.
 */
#include "config.h"

#include "session/ask/ask_words.h"
#include "session/text/slice.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* "a.svh" does not name "a.sv", nor does another folder's "fifo.sv" name "fifo"; a
 * full stop after a name does not belong to it. */
bool ask_names(const char *text, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = text; n && (p = strstr(p, name)); p++) {
		bool before =
			p > text && (slice_word_char(p[-1]) || p[-1] == '/' || p[-1] == '-' ||
				     (p[-1] == '.' && p - 1 > text && slice_word_char(p[-2])));
		bool after = slice_word_char(p[n]) || (p[n] == '.' && slice_word_char(p[n + 1])) ||
			     (p[n] == '-' && slice_word_char(p[n + 1]));

		/* "./rtl/a.sv" */
		if (p - text >= 2 && p[-1] == '/' && p[-2] == '.' &&
		    (p - text == 2 || !slice_word_char(p[-3])))
			before = false;
		if (!before && !after)
			return true;
	}
	return false;
}

bool ask_wants_bench(const char *question)
{
	static const char *const words[] = {
		"test",	  "bench", "simul", "verif",  "self-check", "stimul", "_tb",  "tb_",
		"prüf",	  "vérif", "essai", "prueba", "verific",    "测试",   "仿真", "验证",
		"テスト", "検証",  "시뮬",  "테스트", "тест",	    "провер",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcasestr(question, words[i]))
			return true;
	return ask_names(question, "tb") || ask_names(question, "TB");
}

bool ask_model_is_small(const char *model)
{
	for (const char *p = model; *p; p++) {
		char *end;
		double billions;

		if (!isdigit((unsigned char)*p) ||
		    (p > model && (slice_word_char(p[-1]) || p[-1] == '.')))
			continue;
		billions = strtod(p, &end);
		if ((*end == 'b' || *end == 'B') && !slice_word_char(end[1]))
			return billions < 15;
	}
	return false;
}
