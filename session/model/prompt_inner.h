/* prompt_inner.h - for session/prompt*.c only. */
#ifndef POSEDGE_PROMPT_INNER_H
#define POSEDGE_PROMPT_INNER_H

#include "session/base/str.h"
#include "session/model/prompt.h"

#define PROMPT_MESSAGE_TOKENS 4u

extern const char prompt_spec_title[];

/* A request that is being laid out: its beginning, what the first message of the person
 * begins with, and what the last one does. Entries name these until they are messages;
 * those of turns stand at AT_TURNS + message. */
enum draft_place { AT_SYSTEM, AT_FILES, AT_NEWS, AT_TURNS };

struct draft {
	const struct prompt_input *in;
	struct str text[AT_TURNS];
	struct entries list;
	size_t first; /* of the turns that go along */
	size_t left;  /* tokens */
};

/* What prompt_free() frees: prompt_owner.c. */
struct owner {
	struct prompt p; /* first: what is given out */
	struct prompt_message *messages;
	struct prompt_part *parts; /* one a message; images after the last one's */
	struct str *texts;	   /* of the messages */
	size_t n, cap;
	char *question;
	struct str *images; /* their bytes, then their types; n_images of each */
	size_t n_images;
};

struct owner *owner_new(size_t messages); /* room for so many */
struct str *owner_message(struct owner *o, enum prompt_role role);
/* Parts and marks: the request before ended with message before - 1; 0: there was none. */
struct prompt *owner_finish(struct owner *o, const struct prompt_input *in, size_t before);

/* The request before gone on from; NULL: it cannot be. system: what this one would begin
 * with, without the spec. */
struct prompt *prompt_next(const struct prompt_input *in, const struct str *system,
			   const struct str *rules, size_t budget);

char *prompt_first_line(const char *text); /* cut after some words; to be freed */

/* What a model is told before anything else; the same bytes for the same
 * language, answer and engines. edits: SEARCH/REPLACE is explained. */
void prompt_instructions(const struct prompt_input *in, bool edits, struct str *out);

/* What this one question needs besides; it stands in front of it. */
void prompt_rules(const struct prompt_input *in, struct str *out);

/* A file or a table between fences. Adds as much of it as *left tokens allow,
 * cut in its middle where whole does not fit and may_cut, and takes its cost
 * from *left; false: nothing was added. */
bool prompt_block(const char *title, const char *text, size_t len, bool may_cut, size_t *left,
		  bool *cut, struct str *out);

/* What it is in the list of entries. */
enum entry_kind prompt_piece_kind(const struct prompt_piece *p);

/* The cost of the whole block. */
size_t prompt_block_cost(const char *title, const char *text, size_t len);

/* A title without control characters. */
void prompt_title(const char *title, struct str *out);

#endif
