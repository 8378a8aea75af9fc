/* answer_form.h - converts edits of coding agents to the formats of answer_edit.h:
 * patches between *** Begin Patch and *** End Patch, and JSON or calls with an old and
 * a new text. Part of answer_parse(); pure.
 *
 * Sources: the apply_patch grammar of openai/codex; the argument names of the edit
 * tools of Claude Code, Gemini CLI and Cline.
 */
#ifndef POSEDGE_ANSWER_FORM_H
#define POSEDGE_ANSWER_FORM_H

#include <stdbool.h>

#include "session/base/str.h"
#include "session/text/slice.h"

/* True if line starts such a patch, or one of its files. */
bool form_patch_starts(struct slice line);

/* Takes the next file of a patch off *rest: path as written, its change appended to
 * diff as a unified diff. False: the patch is over, and *rest is after it. cut:
 * *rest ended before the patch did. */
bool form_patch_file(struct slice *rest, struct slice *path, struct str *diff, bool *cut);

/* Meaning of an editing tool's argument, by its name. */
enum form_key { FORM_NONE, FORM_PATH, FORM_OLD, FORM_NEW, FORM_WHOLE, FORM_DIFF, FORM_ALL };
enum form_key form_key(struct slice name);

/* The n-th known name of arguments of that kind, the most common first; NULL after the last. */
const char *form_key_name(enum form_key key, size_t n);

/* An edit in JSON; everything is owned by the list. */
struct form_edit {
	char *path;	     /* NULL: not given */
	char *search, *text; /* search NULL: text is the whole file */
	bool all;	     /* at every place */
};

struct form_edits {
	struct form_edit *v;
	size_t n;
};

/* False, with nothing to free: text is neither JSON nor calls in Python's syntax, or contains no
 * edit. Reads at most 200 edits. */
bool form_json(struct slice text, struct form_edits *out);
void form_edits_fini(struct form_edits *e);
bool form_edits_in(struct slice text); /* true if there are any */

/* JSON without the special tokens of a model's template around it; other text only trimmed. */
struct slice form_bare(struct slice text);

/* True if text is JSON with an answer in it, {"response": "Here:\n```..."} or just
 * a string; the answer is appended to out. */
bool form_answer(struct slice text, struct str *out);

/* True if s is one line that encodes several, like a JSON string "a\\nb", possibly
 * without quotes; the decoded text is appended to out. */
bool form_string(struct slice s, struct str *out);

/* Length of the calls in Python's syntax at the start of text, with the brackets of a list
 * around them; 0: none. */
size_t form_calls_length(struct slice text);

/* True if text ends within a JSON object or list that is not complete. */
bool form_json_breaks_off(struct slice text);

/* True if prose contains a line such as <apply_diff> or *** Update File: x.v, or is JSON. */
bool form_has_markup(struct slice prose);

#endif
