/* flow_place.h - a text that proposes changes, as suggestions for files.
 *
 * text --answer--> parts --answer_place--> files and their new texts --> suggest
 * events. What earlier answers to the same request proposed for these files,
 * and is not decided yet, is replaced (flow_replace.h). The text may be a
 * model's answer or a diff from anywhere. Nothing is written to any file.
 */
#ifndef POSEDGE_FLOW_PLACE_H
#define POSEDGE_FLOW_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct workbench;

/* A file larger than this is not read, neither for a request nor to be changed. */
#define FLOW_READ_LIMIT (1u << 20)

struct place_request {
	const char *text;
	size_t len;
	uint64_t ask;		 /* whose answer it is; 0: nobody's */
	const char *by;		 /* "model NAME", "outside" */
	bool cut;		 /* it ends too early: the last part is marked so */
	const char *forced_path; /* relative to the root; NULL */
	const struct strv
		*unseen; /* files of which the model was sent a part or nothing; NULL: none */
};

struct place_result {
	uint64_t *suggestions; /* numbers of the suggest events; owned */
	/* beside each: its file loses most of what it had, so it is not applied unasked;
	 * NULL: none does */
	bool *thin;
	size_t n;
	struct strv refused; /* sentences: what could not be placed, and why */
	struct strv notes;   /* sentences: what was changed in the answer to place it */
	bool cut;	     /* some part was not complete */
};

/* Needs an open session. */
bool flow_place(struct workbench *w, const struct place_request *r, struct place_result *out,
		struct err *err);
void place_result_fini(struct place_result *r);

/* The text of a file as the person sees it: the open document, else the disk.
 * False: there is none, it is too large, or it lies outside. */
bool flow_read(struct workbench *w, const char *path, struct str *out);

/* The same for what a command cannot do without: false says why, ERR_NOT_FOUND, ERR_LIMIT,
 * ERR_PARSE (no text), ERR_IO and those of path_inside(). */
bool flow_read_whole(struct workbench *w, const char *path, struct str *out, struct err *err);

#endif
