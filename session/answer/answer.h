/* answer.h - turns a model's answer into proposals for files. Pure.
 *
 * Map of session/answer: from a model's answer to texts for files. Pure; decides
 * nothing, writes nothing.
 *
 *   answer answer_*  from an answer to proposals, step by step
 *
 * There are two steps, and neither fails: answer_parse() finds the parts in any
 * bytes; answer_place() says for each code part which file it is for and what that
 * file would then contain. What cannot be placed with certainty is refused with the
 * reason; nothing is placed by a guess.
 */
#ifndef POSEDGE_ANSWER_H
#define POSEDGE_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

enum part_kind {
	PART_PROSE,
	PART_REASONING, /* <think>...</think> at the very start */
	PART_CODE,	/* a whole file, or one or more of its modules */
	PART_EDIT,	/* search/replace: search is replaced by text */
	PART_DIFF,	/* a unified diff of one file, possibly without @@ lines */
};

struct answer_part {
	enum part_kind kind;
	char *text; /* without fences; owned */
	size_t len;
	char *search; /* PART_EDIT; owned, else NULL */
	size_t search_len;
	char *path;	/* the file that the part names; NULL: none */
	char *language; /* language of the fence, lower case; NULL: none */
	bool all;	/* PART_EDIT: every place that has search is replaced */
	bool adds;	/* PART_CODE: the line above says to add it to the file */
	bool cut;	/* the answer ended inside it */
};

struct answer_parts {
	struct answer_part *v;
	size_t n;
	/* the answer was cut off: a fence is open and its code is not a whole
	 * module, endmodule is missing, or it ends within JSON */
	bool cut;
	/* its last fence is open, and the code in it is whole: only the reason for the end of
	 * the answer shows if more was to come */
	bool unclosed;
};

/* Never fails. Bytes that are not text are kept in code and replaced in prose. */
void answer_parse(const char *text, size_t len, struct answer_parts *out);
void answer_parts_fini(struct answer_parts *p);

/* Adds the words of an answer: its prose without code, edits and reasoning; nothing if
 * that is blank. */
void answer_prose(const char *text, size_t len, struct str *out);

/* Code, and not marked as another language than Verilog. */
bool part_is_design(const struct answer_part *part);

/* Adds what an answer has instead of what was asked for: "its code is marked as python", or
 * "there is no WHAT in it". */
void answer_say_lack(const struct answer_parts *p, const char *what, struct str *why);

/* True if the prose contains the marks of an agent's edit that could not be read as one. */
bool answer_unread(const struct answer_parts *p);

/* Adds the part as a person reads it, without blank lines around it: an edit with its
 * marks. Nothing if it is blank. */
void answer_part_print(const struct answer_part *part, struct str *out);

/* What placing needs to know about the project; everything is borrowed for the call. */
struct answer_project {
	void *ctx;
	/* Appends the text of a project file to *out; false: no such file. */
	bool (*read)(void *ctx, const char *path, struct str *out);
	/* True if the project has a file with that path. */
	bool (*exists)(void *ctx, const char *path);
	/* The file that defines module; NULL: none; "": more than one. Borrowed. */
	const char *(*file_of_module)(void *ctx, const char *module);
	/* If more than one does, the one that the question is about; NULL: not known. May be
	 * NULL. Borrowed. */
	const char *(*meant)(void *ctx, const char *module);
	/* Number of project files with that base name, 1 if the question is about exactly one
	 * of them; if it is 1, *one is the path. */
	size_t (*files_named)(void *ctx, const char *base_name, const char **one);
	/* Path of file i of the project, NULL after the last. Borrowed until the
	 * next call. May be NULL if the files cannot be listed. */
	const char *(*file_at)(void *ctx, size_t i);
	/* The name that the file of a path, relative or absolute, has in the project: not
	 * that of a link to it. The caller frees; NULL: it lies outside. May be NULL. */
	char *(*inside)(void *ctx, const char *path);
	/* False: the model was sent only a part of that file or nothing, so a block
	 * cannot replace all of it. NULL: it knows all files. */
	bool (*seen)(void *ctx, const char *path);
	/* Folders below the root for new designs and new testbenches; "" if there is none. */
	const char *rtl_dir, *tb_dir;
	const char
		*extension; /* ".sv" or ".v" for new files; NULL: that of the fence, else ".sv" */
	const char *forced_path; /* `--file PATH`, for the only code part without a name; may be
				  * NULL */
	const char *file_option; /* how the user gives that path; NULL: "--file" */
};

struct placed {
	char *path;  /* clean path inside the project; owned */
	char *moves; /* new path of a renamed file, which is free; NULL: not renamed; owned */
	bool new_file;
	bool cut;
	bool thin;    /* a note says why a person must decide; never applied automatically */
	bool removes; /* the file is to be deleted */
	char *base;   /* current text of the file; owned */
	size_t base_len;
	char *proposed; /* proposed text; owned */
	size_t proposed_len;
};

struct refused {
	size_t part; /* index of the part */
	char *why;   /* a sentence with a remedy, such as --file PATH; owned */
};

struct placement {
	struct placed *v; /* one per file, in order of first mention */
	size_t n;
	struct refused *refused;
	size_t n_refused;
	struct strv notes; /* sentences: what was changed in the answer to place it */
	/* per part of the answer: the path of a file that has it in its proposed text, or in
	 * its current one; NULL: some of it is in none. Owned; the paths are those of v. */
	const char **taken;
};

void answer_place(const struct answer_parts *parts, const struct answer_project *project,
		  struct placement *out);
void placement_fini(struct placement *p);

#endif
