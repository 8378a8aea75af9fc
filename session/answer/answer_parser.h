/* answer_parser.h - shared by the steps of answer_parse(). For
 * session/answer/answer*.c only.
 *
 *   answer.c        line by line: what starts here
 *   answer_take.c   where it ends
 *   answer_block.c  what a block contains: code, edits or diffs
 *   answer_code.c   code as one part, and its file
 *   answer_inset.c  files in JSON, in commands, in a notebook cell
 *   answer_tags.c   the same for tool calls
 *   answer_part.c   the parts so far, and the prose between them
 */
#ifndef POSEDGE_ANSWER_PARSER_H
#define POSEDGE_ANSWER_PARSER_H

#include "session/answer/answer.h"
#include "session/text/slice.h"

struct edit;
struct fence;

/* Placing compares some pairs of parts. A real answer has a dozen. */
#define ANSWER_MAX_PARTS 1000
#define MAX_QUOTED	 3 /* nesting of quotations */

/* Slices are borrowed from the answer. */
struct parser {
	struct slice rest;    /* not read yet */
	const char *prose;    /* start of prose that is not a part yet */
	struct slice above;   /* last line that may name the next block */
	struct slice heading; /* the file named in the last heading */
	const char *lead;     /* start of lines that belong to the raw code after them; NULL:
			       * none */
	bool in_comment;      /* within those lines */
	bool after_raw;	      /* a stray closing fence may follow */
	bool doubled;	      /* the fence of the next block was opened before */
	size_t wrappers;      /* number of open fences around text that is itself read as an
			       * answer */
	const char *closes;   /* the line that closes such a fence */
	bool begun;	      /* saw a [BEGIN] around a fence */
	int quoted;	      /* current nesting of quotations */
	size_t objects;	      /* number of JSON objects examined */
	size_t unclosed;      /* number of elements whose closing tag was not found */
	bool open;	      /* the last block was not closed */
	size_t cap;
	struct answer_parts *out;
};

/* Text of a file, or of changes to files. */
struct block {
	struct slice text, language, path; /* language and path come from the fence */
	bool cut;
};

/* answer_part.c */

struct answer_part *parser_add(struct parser *p, enum part_kind kind,
			       struct slice text); /* borrowed until the next call */
void parser_prose(struct parser *p, enum part_kind kind, struct slice text, bool cut);
void parser_flush(struct parser *p, const char *upto); /* makes the prose up to there a part */
void parser_taken(struct parser *p); /* call when something up to p->rest was taken */

/* answer_take.c. Each expects the line it is named after at p->rest and advances
 * p->rest past what it takes. */

void parser_take_fence(struct parser *p, const struct fence *f);
void parser_take_begin(struct parser *p);
void parser_take_edit(struct parser *p);
void parser_take_diff(struct parser *p);
void parser_take_patch(struct parser *p);
void parser_take_raw(struct parser *p);

/* Text whose lines are all indented, by the page and not by the code, without that; it is
 * borrowed from buffer then. Else text. */
struct slice page_outdent(struct slice text, struct str *buffer);

bool parser_take_tags(struct parser *p,
		      struct slice line); /* answer_tags.c; false: line opens no tool call */
bool parser_take_object(struct parser *p,
			struct slice line); /* false: no JSON edit begins in line */
bool parser_take_json(
	struct parser *p); /* false, with nothing taken: the rest is not JSON, or contains no
			    * edit */

/* answer_block.c. Each adds the parts in the block. */

void block_add(struct parser *p, struct block *b); /* finds out what they are */
void block_diffs(struct parser *p, const struct block *b);

/* Adds one edit; named: the file given for it, empty: that of the previous edit. */
void block_edit(struct parser *p, const struct block *b, const struct edit *e, struct slice named);

/* Takes the files of a patch off *rest, up to the patch's end. */
void block_patch(struct parser *p, struct slice *rest, const struct block *b);

bool block_is_document(struct slice language); /* Markdown: its text is read like an answer */

/* answer_inset.c. False, with nothing added: the block contains none. */

bool block_json(struct parser *p, const struct block *b);
bool block_shell(struct parser *p, const struct block *b);
void block_strip_magic(struct block *b); /* removes %%writefile x.v */

/* answer_code.c */

void block_code(struct parser *p, const struct block *b); /* adds it as one part */

/* Sets what is known about a part: language, file, whether it was cut. */
void block_label(struct answer_part *part, const struct block *b, struct slice path, bool cut);

/* The file if the line contains only its name; empty: none. */
struct slice block_name_given(struct slice line);

/* Offset after the line where the last module ends, for a block whose closing fence
 * was forgotten; 0: none. */
size_t block_code_end(struct slice inner);

/* True if the code is complete although its end mark is missing. */
bool block_ends_with_module(struct slice code);

#endif
