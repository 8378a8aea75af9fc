/* answer_inner.h - shared by the steps of answer_place(). For
 * session/answer/answer_*.c only.
 *
 *   answer_kind.c     what a part is
 *   answer_ready.c    parts as intended: fences joined, line numbers removed
 *   answer_version.c  before and after, a first attempt and its correction
 *   answer_again.c    a second part for the same file
 *   answer_label.c    what stands around the code of a block
 *   answer_split.c    splits a block with modules of several files
 *   answer_forced.c   which part --file is for
 *   answer_fits.c     which file a part without a name fits
 *   answer_which.c    which file a part is for
 *   answer_place.c    the resulting text of that file
 *   answer_say.c      refusals and notes
 *   answer_rest.c     what an answer contained from which nothing was taken
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
	bool forced; /* --file is for this part */
};

struct placer {
	const struct answer_parts *parts;
	const size_t *origin; /* per part, its index in the answer */
	const struct answer_project *project;
	struct placement *out;
	struct shape *shapes; /* one per part */
	struct strv *given;   /* per placed file, the modules this answer gave it */
	struct strv failed;   /* files with a change that could not be placed */
	size_t cap, given_cap, refused_cap;
	size_t wholes;	     /* number of parts that are not just an example */
	size_t searches;     /* number of files read to see whether a part fits */
	bool forced_unclear; /* --file was given and could mean several parts */
};

/* A copy of in whose parts keep their indexes; a part that was merged into another
 * becomes prose, and into[] has the index of that other one, or the part's own. Notes
 * say what was done. The caller finishes it. */
void answer_ready(const struct answer_parts *in, struct answer_parts *out, size_t *into,
		  struct strv *notes);

/* Index of the next part that is not prose; n if there is none or it is not a block of code. */
size_t answer_next_block(const struct answer_parts *parts, size_t i);

/* True if b has no name of its own, or that of a. */
bool answer_same_file(const struct answer_part *a, const struct answer_part *b);

/* Combines fragment i and the next one into one edit, if the lines above them say so.
 * Index of that edit; i if they were not combined. */
size_t answer_pair_up(struct answer_parts *parts, size_t i);

/* True if the text above part i says that it replaces what the answer gave before,
 * rather than being an alternative. */
bool answer_corrects(const struct answer_parts *parts, size_t i);

/* True if the lines around part i show it as what not to write: "Wrong:", "Do not use it." */
bool answer_warns_of(const struct answer_parts *parts, size_t i);

/* True if the lines above part i say that it shows how other code is used: "Example of use:". */
bool answer_shows_use(const struct answer_parts *parts, size_t i);

/* True if that line describes a fault that was fixed: "Wrong reset fixed:". */
bool answer_says_mended(const struct answer_parts *parts, size_t i);

/* True if that text says it is an alternative, or something to avoid. */
bool answer_offers_choice(const struct answer_parts *parts, size_t i);

/* Code without the blank lines at its ends, unless the file has some there. Borrowed from code. */
struct slice answer_without_margin(struct slice code, struct slice file);

/* True if a line above part i begins another way to do the same: "Option 2", "Alternatively". */
bool answer_is_other_way(const struct answer_parts *parts, size_t i);

/* True if the lines above two blocks say that the second is what becomes of the first. */
bool answer_is_after(const struct answer_parts *parts, size_t before, size_t i);

/* True if both parts are the same change, word for word. */
bool answer_repeats(const struct answer_parts *parts, size_t first, size_t i);

/* Code without the comment "filepath: PATH", unless the file has that line, too. Borrowed from
 * code. */
struct slice answer_without_label(struct slice code, struct slice file, const char *path);

/* Equal but for blanks and line endings. */
bool version_same_text(struct slice a, struct slice b);

/* Equal but for blanks and comments. */
bool version_same_code(struct slice a, struct slice b);

/* The first of two versions of a file is the existing one. */
bool version_is_old(struct slice file, struct slice first, struct slice second);

/* Splits blocks with modules of several files. *origin has one element per part and
 * is reallocated. */
void answer_split(struct answer_parts *parts, size_t **origin, const struct answer_project *project,
		  struct strv *notes);

__attribute__((format(printf, 3, 4))) bool placer_refuse(struct placer *p, size_t part,
							 const char *fmt, ...); /* false */
__attribute__((format(printf, 2, 3))) void placer_note(struct placer *p, const char *fmt, ...);
const char *placer_file_option(const struct placer *p); /* for a refusal; a path follows it */

bool part_is_code(const struct answer_part *part);

/* Code in a language that no design file is written in. */
bool part_is_foreign(const struct answer_part *part);
struct slice part_text(const struct answer_part *part);

/* Code, and not a table, a drawing or a tool's output. */
bool part_is_like_code(const struct answer_part *part);

/* Edits in a format that is not read. */
bool part_holds_edits(const struct answer_part *part);

/* True for tb, tb_fifo, fifo_tb, testbench. */
bool name_is_testbench(const char *name, size_t len);

/* The module that a file is named after: one that no other module in it
 * instantiates, else the first. NULL: none. Borrowed. */
const struct vmodule *outline_top(const struct voutline *o);

struct placed *placer_find(const struct placer *p, const char *path); /* NULL: not placed yet */
bool placer_known(const struct placer *p, const char *path); /* placed, or a file of the project */

/* Cleaned path; NULL: refused. forced: the user gave it. */
char *placer_clean(struct placer *p, size_t i, const char *name, bool forced);

/* Decides which part --file is for. */
void placer_choose_forced(struct placer *p);

/* True for a block without a name and without a whole module. */
bool placer_nameless_fragment(const struct placer *p, size_t i);

/* The only project file that part i fits; NULL: none, or several. The caller frees. */
char *placer_fitting_file(struct placer *p, size_t i);

/* True if a file contains the part's lines unchanged: a quotation, which proposes nothing. */
bool placer_quotes(struct placer *p, size_t i);

/* Call after all parts, when nothing was placed or refused. */
void answer_rest(struct placer *p);

/* Call after all parts, when some were placed: adds notes about what was not read. */
void answer_note_unread(struct placer *p);

/* Call after all parts. A text that the answer calls wrong, and that no later one of it
 * replaces, may only show what not to write: it is not applied unasked. */
void answer_doubt_warned(struct placer *p);

/* Call after all parts. One change to a file may depend on another, so a file that took
 * only some of them is not applied unasked. */
void answer_doubt_half(struct placer *p);

/* 1 + the index of the last part before i that changed f; 0: none. */
size_t placer_before(const struct placer *p, size_t i, const struct placed *f);

/* True if the version before part i was one to avoid, or is called the old one, and part i is
 * not. */
bool placer_replaces(const struct placer *p, size_t i, const struct placed *f);

/* True if the answer gave part i before. An insertion would fit again. */
bool placer_repeats(const struct placer *p, size_t i, const struct placed *f);

/* True, and part i is refused, if it is another way to do what an earlier part does to f. If
 * the ways are numbered, the answer chose none of them, so f is not applied unasked. */
bool placer_other_way(struct placer *p, size_t i, struct placed *f);

/* Path of the file that part i is for; NULL: refused or irrelevant. The caller frees. */
char *placer_which(struct placer *p, size_t i);

/* True for the start of a module in a closed block with more text after it: a
 * quotation, not the end of an answer that was cut off. */
bool placer_excerpt(const struct placer *p, size_t i);

#endif
