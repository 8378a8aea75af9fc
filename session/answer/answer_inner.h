/* answer_inner.h - what the steps of answer_place() share. For
 * session/answer_*.c only.
 *
 *	answer_kind.c	what a part is
 *	answer_ready.c	the parts as they are meant: fences joined, numbers off
 *	answer_version.c	before and after, a first try and its correction
 *	answer_split.c	a block with modules of several files, as one part for each
 *	answer_forced.c	which part --file is for
 *	answer_fits.c	which file a part without a name fits
 *	answer_which.c	which file a part is for
 *	answer_place.c	what that file then holds
 *	answer_say.c	refusals and notes
 *	answer_rest.c	what was in an answer of which nothing was taken
 */
#ifndef POSEDGE_ANSWER_INNER_H
#define POSEDGE_ANSWER_INNER_H

#include "session/answer/answer.h"
#include "session/base/str.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

struct shape {
	struct voutline outline; /* of code that may be Verilog */
	size_t units;
	bool blank;
	bool forced; /* --file is for this one */
};

struct placer {
	const struct answer_parts *parts;
	const size_t *origin; /* of each, the part of the answer that it comes from */
	const struct answer_project *project;
	struct placement *out;
	struct shape *shapes; /* one for each part */
	struct strv *given;   /* one for each placed file: the modules this answer gave it */
	size_t cap, given_cap, refused_cap;
	size_t wholes;	     /* parts that are no mere example */
	size_t searches;     /* files read to see whether a part fits */
	bool forced_unclear; /* --file was given and several parts could be meant */
};

/* A copy of in, whose parts keep their numbers; what became a piece of another
 * part is prose. Says in notes what was done. The caller finishes it. */
void answer_ready(const struct answer_parts *in, struct answer_parts *out, struct strv *notes);

/* The next part that is no prose; n: none, or one that is no block of code. */
size_t answer_next_block(const struct answer_parts *parts, size_t i);

/* b has no name of its own, or that of a. */
bool answer_same_file(const struct answer_part *a, const struct answer_part *b);

/* Fragment i and the next one are one edit, if the lines above them say so. */
void answer_pair_up(struct answer_parts *parts, size_t i);

/* Whether the words above part i say that it takes the place of what the answer
 * gave before, and not that it is another way. */
bool answer_corrects(const struct answer_parts *parts, size_t i);

/* Whether they say that it is another way, or one to avoid. */
bool answer_offers_choice(const struct answer_parts *parts, size_t i);

/* Splits blocks with modules of several files; *origin has an element for each part
 * and is reallocated. */
void answer_split(struct answer_parts *parts, size_t **origin, const struct answer_project *project,
		  struct strv *notes);

__attribute__((format(printf, 3, 4))) bool placer_refuse(struct placer *p, size_t part,
							 const char *fmt, ...); /* false */
__attribute__((format(printf, 2, 3))) void placer_note(struct placer *p, const char *fmt, ...);

bool part_is_code(const struct answer_part *part);

/* Code, and of no other language. */
bool part_is_design(const struct answer_part *part);

/* Of a language that no design file is written in. */
bool part_is_foreign(const struct answer_part *part);
struct slice part_text(const struct answer_part *part);

/* Code at all, and not a table, a drawing or what a tool prints. */
bool part_is_like_code(const struct answer_part *part);

/* Edits in a form that is not read. */
bool part_holds_edits(const struct answer_part *part);

/* tb, tb_fifo, fifo_tb, testbench. */
bool name_is_testbench(const char *name, size_t len);

/* What a file is named after: the module that no other one of it instantiates, else the
 * first. NULL: there is none. Borrowed. */
const struct vmodule *outline_top(const struct voutline *o);

struct placed *placer_find(const struct placer *p, const char *path); /* NULL: not placed yet */
bool placer_known(const struct placer *p, const char *path); /* placed, or a file of the project */

/* The cleaned path; NULL: refused. forced: the person gave it. */
char *placer_clean(struct placer *p, size_t i, const char *name, bool forced);

/* Which part --file is for. */
void placer_choose_forced(struct placer *p);

/* A block without a name and without a whole module. */
bool placer_nameless_fragment(const struct placer *p, size_t i);

/* The only file of the project that part i fits; NULL: none, or several. The caller frees. */
char *placer_fitting_file(struct placer *p, size_t i);

/* Lines that a file has as they are: a quotation, which wants nothing. */
bool placer_quotes(struct placer *p, size_t i);

/* After all parts, when nothing was placed or refused. */
void answer_rest(struct placer *p);

/* After all parts, when some were: notes what else is there and was not read. */
void answer_also(struct placer *p);

/* NULL: refused, or of no concern. The caller frees. */
char *placer_which(struct placer *p, size_t i);

/* The start of a module in a block that was closed, with more after it: not
 * the end of an answer that was cut off, but a quotation. */
bool placer_excerpt(const struct placer *p, size_t i);

#endif
