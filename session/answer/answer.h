/* answer.h - a model's text, turned into proposals for files. Pure.
 *
 * Map of session/answer: what comes back from a model, as texts for files.
 * Pure; decides nothing, writes nothing.
 *
 *   answer answer_*  from an answer to proposals, step by step
 *
 * Two steps, both total: answer_parse() finds the parts in any bytes at all;
 * answer_place() says for each code part which file it is for and what that
 * file would then hold. What cannot be placed with certainty is refused with
 * the reason; nothing is guessed into a wrong place.
 */
#ifndef POSEDGE_ANSWER_H
#define POSEDGE_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/verilog/lang.h"

enum part_kind {
	PART_PROSE,
	PART_REASONING, /* <think>...</think> at the very start */
	PART_CODE,	/* a whole file, or a module of one */
	PART_EDIT,	/* search/replace: text is the replacement, search what it replaces */
	PART_DIFF,	/* a unified diff of one file, maybe without its @@ lines */
};

struct answer_part {
	enum part_kind kind;
	char *text; /* without fences; owned */
	size_t len;
	char *search; /* PART_EDIT; owned, else NULL */
	size_t search_len;
	char *path;	/* the file it names; NULL: none */
	char *language; /* as the fence says, lower case; NULL: none */
	bool cut;	/* the answer ended inside it */
};

struct answer_parts {
	struct answer_part *v;
	size_t n;
	/* the answer as a whole ended too early (a fence that is open, and what is in it
	 * is no whole module; no endmodule) */
	bool cut;
};

/* Never fails; bytes that are not text are kept for code, and replaced in prose. */
void answer_parse(const char *text, size_t len, struct answer_parts *out);
void answer_parts_fini(struct answer_parts *p);

/* Whether its prose has the marks of an edit, as agents write them, that none of the
 * forms above could be made of. */
bool answer_unread(const struct answer_parts *p);

/* What placing needs to know of the project; all borrowed for the call. */
struct answer_project {
	void *ctx;
	/* The text of a project file into *out; false: no such file. */
	bool (*read)(void *ctx, const char *path, struct str *out);
	/* Is there a file of the project with that path? */
	bool (*exists)(void *ctx, const char *path);
	/* The file that defines module; NULL: none. "" : more than one. Borrowed. */
	const char *(*file_of_module)(void *ctx, const char *module);
	/* All files of the project whose base name is that; how many; *one is
	 * the only one. */
	size_t (*files_named)(void *ctx, const char *base_name, const char **one);
	/* The path of file i of the project, NULL after the last; NULL: it cannot
	 * be said. Borrowed until the next call. */
	const char *(*file_at)(void *ctx, size_t i);
	/* An absolute path as one relative to the project, which the caller frees;
	 * NULL: it lies outside. May be NULL. */
	char *(*inside)(void *ctx, const char *path);
	/* False: the model was sent only a part of that file, or nothing of it, so
	 * that a block cannot stand for all of it. NULL: it knows all of them. */
	bool (*seen)(void *ctx, const char *path);
	/* Folders at the root, "" if absent: where designs and where testbenches go. */
	const char *rtl_dir, *tb_dir;
	const char
		*extension; /* ".sv" or ".v": for new files; NULL: as the fence says, else ".sv" */
	const char *forced_path; /* `--file PATH`: for the one code part that has no name; NULL */
};

struct placed {
	char *path;  /* clean, inside the project; owned */
	char *moves; /* where the file goes, which is free; NULL: it keeps its name; owned */
	bool new_file;
	bool cut;
	bool thin; /* it loses most of what it had: for a person to decide, never applied unasked */
	bool removes; /* the file is to be deleted */
	char *base;   /* what the file holds now; owned */
	size_t base_len;
	char *proposed; /* what it would hold; owned */
	size_t proposed_len;
};

struct refused {
	size_t part; /* which */
	char *why;   /* a sentence that helps: names --file PATH where that settles it; owned */
};

struct placement {
	struct placed *v; /* one for each file, in order of first mention */
	size_t n;
	struct refused *refused;
	size_t n_refused;
	struct strv
		notes; /* sentences: what was changed in the answer so that it could be placed */
};

void answer_place(const struct answer_parts *parts, const struct answer_project *project,
		  struct placement *out);
void placement_fini(struct placement *p);

#endif
