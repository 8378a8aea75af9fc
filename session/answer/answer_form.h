/* answer_form.h - edits as coding agents write them, brought to those of
 * answer_edit.h: patches between *** Begin Patch and *** End Patch, and JSON with
 * an old and a new text. Part of answer_parse(); pure.
 *
 * Sources: the apply_patch grammar of openai/codex; the argument names of the
 * edit tools of Claude Code, Gemini CLI and Cline.
 */
#ifndef POSEDGE_ANSWER_FORM_H
#define POSEDGE_ANSWER_FORM_H

#include <stdbool.h>

#include "session/base/str.h"
#include "session/text/slice.h"

/* Whether line starts such a patch, or one of its files. */
bool form_patch_starts(struct slice line);

/* Takes the next file of a patch off *rest: path as it says, its change as a
 * unified diff added to diff. False: the patch is over, and *rest is after it.
 * cut: *rest ended before its last line. */
bool form_patch_file(struct slice *rest, struct slice *path, struct str *diff, bool *cut);

/* What an argument of an editing tool is, by its name. */
enum form_key { FORM_NONE, FORM_PATH, FORM_OLD, FORM_NEW, FORM_WHOLE, FORM_DIFF };
enum form_key form_key(struct slice name);

/* The n-th name of arguments of that kind, the likeliest first; NULL after the last. */
const char *form_key_name(enum form_key key, size_t n);

/* Of an edit in JSON; all owned by the list. */
struct form_edit {
	char *path;	     /* NULL: none is given */
	char *search, *text; /* search NULL: text is the whole file */
};

struct form_edits {
	struct form_edit *v;
	size_t n;
};

/* False, and nothing to free: text is no JSON, or has no edit in it. At most 200. */
bool form_json(struct slice text, struct form_edits *out);
void form_edits_fini(struct form_edits *e);
bool form_edits_in(struct slice text); /* whether there are any */

/* JSON without the special tokens of a model's template around it; other text as it
 * is, trimmed. */
struct slice form_bare(struct slice text);

/* Whether text is JSON with an answer in it, {"response": "Here:\n```..."} or the
 * string alone, which is added to out. */
bool form_answer(struct slice text, struct str *out);

/* Whether s is one line that stands for several, as JSON writes a string: "a\\nb", the
 * quotes may be missing. What it says is added to out. */
bool form_string(struct slice s, struct str *out);

/* How long the JSON is that text begins with, an object or a list; 0: none. */
size_t form_json_length(struct slice text);

/* Whether prose has a line such as <apply_diff> or *** Update File: x.v, or is JSON. */
bool form_left_over(struct slice prose);

#endif
