/* answer_parser.h - what the steps of answer_parse() share. For
 * session/answer/answer*.c only.
 *
 *	answer.c	line by line: what starts here
 *	answer_take.c	how far that reaches
 *	answer_block.c	what stands in it: code, edits or diffs
 *	answer_code.c	code as one part, and its file
 *	answer_inset.c	files in JSON, in commands, in the cell of a notebook
 *	answer_tags.c	the same for calls of tools
 *	answer_part.c	the parts so far, and the prose between them
 */
#ifndef POSEDGE_ANSWER_PARSER_H
#define POSEDGE_ANSWER_PARSER_H

#include "session/answer/answer.h"
#include "session/text/slice.h"

struct edit;
struct fence;

/* Placing looks at every pair of some of them. A real answer has a dozen. */
#define ANSWER_MAX_PARTS 1000
#define MAX_QUOTED	 3 /* quotations within quotations */

/* Slices are borrowed from the answer. */
struct parser {
	struct slice rest;    /* not read yet */
	const char *prose;    /* where prose starts that is no part yet */
	struct slice above;   /* the last line that may name the block after it */
	struct slice heading; /* the file that the last heading names */
	const char *lead;     /* where lines start that belong to raw code after them; NULL */
	bool in_comment;      /* within those */
	bool after_raw;	      /* a closing fence may follow that nobody opened */
	size_t wrappers;      /* open fences around text that is read as an answer itself */
	const char *closes;   /* the line that closes a fence whose text is read as an answer */
	bool begun;	      /* a [BEGIN] around a fence */
	int quoted;	      /* how many quotations this stands in */
	size_t objects;	      /* of JSON that were looked at */
	size_t unclosed;      /* elements whose closing tag was looked for in vain */
	bool open;	      /* the last block was not closed */
	size_t cap;
	struct answer_parts *out;
};

/* A stretch that stands for a file, or for changes of some. */
struct block {
	struct slice text, language, path; /* as the fence says */
	bool cut;
};

/* answer_part.c */

struct answer_part *parser_add(struct parser *p, enum part_kind kind,
			       struct slice text); /* borrowed until the next one */
void parser_prose(struct parser *p, enum part_kind kind, struct slice text, bool cut);
void parser_flush(struct parser *p,
		  const char *upto); /* what is prose up to there becomes a part */
void parser_taken(struct parser *p); /* something was, up to p->rest */

/* answer_take.c. Each expects the line that it is named after at p->rest, and
 * moves p->rest past what it takes. */

void parser_take_fence(struct parser *p, const struct fence *f);
void parser_take_begin(struct parser *p);
void parser_take_edit(struct parser *p);
void parser_take_diff(struct parser *p);
void parser_take_patch(struct parser *p);
void parser_take_raw(struct parser *p);

bool parser_take_tags(struct parser *p,
		      struct slice line); /* answer_tags.c; false: line opens no call of a tool */
bool parser_take_object(struct parser *p,
			struct slice line); /* false: no JSON with an edit begins in line */
bool parser_take_json(
	struct parser *p); /* false, and nothing taken: the rest is not JSON, or has no edit */

/* answer_block.c. Each adds the parts that stand in the block. */

void block_add(struct parser *p, struct block *b); /* finds out what they are */
void block_diffs(struct parser *p, const struct block *b);

/* One edit; named: the file said for it, empty: that of the edit before. */
void block_edit(struct parser *p, const struct block *b, const struct edit *e, struct slice named);

/* The files of a patch up to its end, taken off *rest. */
void block_patch(struct parser *p, struct slice *rest, const struct block *b);

bool block_is_document(
	struct slice language); /* Markdown: what stands in it is read as an answer is */

/* answer_inset.c. False, and nothing added: there is none in the block. */

bool block_json(struct parser *p, const struct block *b);
bool block_shell(struct parser *p, const struct block *b);
void block_magic(struct block *b); /* takes %%writefile x.v off */

/* answer_code.c */

void block_code(struct parser *p, const struct block *b); /* adds it as one part */

/* What a part says of itself: language, file, whether it was cut. */
void block_label(struct answer_part *part, const struct block *b, struct slice path, bool cut);

/* The file that a line gives and says nothing else; empty: none. */
struct slice block_name_given(struct slice line);

/* Where the last module ends, with the rest of its line, for a block whose closing
 * fence was forgotten; 0: it does not, or there is none. */
size_t block_code_end(struct slice inner);

/* Nothing is missing although the mark of its end is. */
bool block_ends_with_module(struct slice code);

#endif
