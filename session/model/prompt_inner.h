/* prompt_inner.h - shared by the prompt*.c files of session/model; for these only. */
#ifndef POSEDGE_PROMPT_INNER_H
#define POSEDGE_PROMPT_INNER_H

#include "session/base/str.h"
#include "session/model/prompt.h"

#define PROMPT_MESSAGE_TOKENS 4u

extern const char prompt_spec_title[];

/* A request being laid out: its system message, the start of the first user message,
 * and the start of the last one. Until the messages exist, entries refer to these;
 * entries of turns refer to AT_TURNS + message. */
enum draft_place { AT_SYSTEM, AT_FILES, AT_NEWS, AT_TURNS };

struct draft {
	const struct prompt_input *in;
	struct str text[AT_TURNS];
	struct entries list;
	size_t first; /* first turn that is included */
	size_t left;  /* tokens still to spend */
};

/* Everything that prompt_free() frees: prompt_owner.c. */
struct owner {
	struct prompt p; /* must be first: the pointer that callers get */
	struct prompt_message *messages;
	struct prompt_part *parts; /* one for each message; images follow the last one's */
	struct str *texts;	   /* of the messages */
	size_t n, cap;
	char *question;
	struct str *images; /* their bytes, then their types; n_images of each */
	size_t n_images;
};

struct owner *owner_new(size_t messages); /* room for that many */
struct str *owner_message(struct owner *o, enum prompt_role role);
/* Sets parts and cache marks. before: number of messages of the previous request; 0: none. */
struct prompt *owner_finish(struct owner *o, const struct prompt_input *in, size_t before);

/* Continues the previous request; NULL: not possible. system: the beginning of this
 * request without the spec. */
struct prompt *prompt_next(const struct prompt_input *in, const struct str *system,
			   const struct str *rules, size_t budget);

char *prompt_first_line(const char *text); /* cut to FIRST_LINE bytes; the caller frees it */

/* The instructions, which come first; the same bytes for the same language,
 * answer and engines. edits: include the explanation of SEARCH/REPLACE. */
void prompt_instructions(const struct prompt_input *in, bool edits, struct str *out);

/* Rules for this question only; they precede it. */
void prompt_rules(const struct prompt_input *in, struct str *out);

/* A file or a table between fences. Adds as much of it as *left tokens allow, cut in
 * the middle if it does not fit and may_cut, and subtracts its cost from *left. False:
 * nothing was added. */
bool prompt_block(const char *title, const char *text, size_t len, bool may_cut, size_t *left,
		  bool *cut, struct str *out);

/* Its kind in the list of entries. */
enum entry_kind prompt_piece_kind(const struct prompt_piece *p);

/* The cost of the whole block. */
size_t prompt_block_cost(const char *title, const char *text, size_t len);

/* A title without control characters. */
void prompt_title(const char *title, struct str *out);

#endif
