/* Chooses which instructions a request needs. Their texts are in prompts/, and the rest
 * of the program relies on what they ask for: answer.h finds files by the info string,
 * review goes line by line, run.h counts the checks. */
#include "config.h"

#include "session/model/prompt_inner.h"

#include <assert.h>
#include <string.h>

#include "session/base/str.h"

const char prompt_spec_title[] = "\nThe spec of the project:\n\n";

static const char *file_text(const struct prompt_input *in, const char *name)
{
	for (size_t i = 0; i < in->n_own; i++)
		if (strcmp(in->own[i].name, name) == 0)
			return in->own[i].text;
	for (const struct prompt_file *f = prompt_files; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f->text;
	assert(!"instructions without a file");
	return "";
}

struct word {
	const char *name, *value;
};

/* The word between braces at text; NULL: not one of ours, so the brace stays. */
static const struct word *word_at(const struct word *words, const char *text)
{
	for (; words->name; words++) {
		size_t n = strlen(words->name);

		if (strncmp(text + 1, words->name, n) == 0 && text[n + 1] == '}')
			return words;
	}
	return NULL;
}

static void add(const struct prompt_input *in, const char *name, const struct word *words,
		struct str *out)
{
	const char *text = file_text(in, name);

	for (const char *brace; (brace = strchr(text, '{')); text = brace) {
		const struct word *w = word_at(words, brace);

		str_add(out, text, (size_t)(brace - text) + (w ? 0 : 1));
		str_adds(out, w ? w->value : "");
		brace += w ? strlen(w->name) + 2 : 1;
	}
	str_adds(out, text);
}

static const char *long_files(enum prompt_answer answer)
{
	return answer == ANSWER_EDIT	? "files that are there already"
	       : answer == ANSWER_WHOLE ? "a file that is here only in part"
					: "a file of more than 150 lines, or one that is here only "
					  "in part,";
}

#define WORDS(in)                                                                             \
	{                                                                                     \
		{ "language", lang_title((in)->lang) },                                       \
			{ "fence", (in)->lang == LANG_SV2017 ? "systemverilog" : "verilog" }, \
			{ "ext", (in)->lang == LANG_SV2017 ? "sv" : "v" },                    \
			{ "change", (in)->answer == ANSWER_EDIT ? "add" : "change or add" },  \
			{ "long", long_files((in)->answer) },                                 \
		{                                                                             \
			NULL, NULL                                                            \
		}                                                                             \
	}

static void add_manner_of_answer(const struct prompt_input *in, bool with_edits,
				 const struct word *words, struct str *out)
{
	add(in, "intro.md", words, out);
	add(in, "whole.md", words, out);
	if (with_edits)
		add(in, "edit.md", words, out);
	add(in, "manners.md", words, out);
	if (in->example)
		add(in, "example.md", words, out);
}

void prompt_instructions(const struct prompt_input *in, bool with_edits, struct str *out)
{
	const struct word words[] = WORDS(in);
	bool sv = in->lang == LANG_SV2017;

	if (in->answer == ANSWER_ASKED) {
		add(in, "flow.md", words, out);
		str_addc(out, '\n');
	} else if (in->answer == ANSWER_FILES) {
		add(in, "agent.md", words, out);
	} else {
		add_manner_of_answer(in, with_edits, words, out);
	}
	add(in, "design.md", words, out);
	add(in, sv ? "sv2017.md" : "verilog.md", words, out);
	if (in->lang == LANG_V2001)
		add(in, "verilog2001.md", words, out);
	if (in->icarus)
		add(in, sv ? "icarus_sv.md" : "icarus_verilog.md", words, out);
}

void prompt_rules(const struct prompt_input *in, struct str *out)
{
	const struct word words[] = WORDS(in);

	if (in->cause)
		add(in, "cause.md", words, out);
	if (in->critique)
		add(in, "critique.md", words, out);
	else if (in->bench)
		add(in, "bench.md", words, out);
}
