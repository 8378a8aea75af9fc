/* flow_place.h - turns a text that proposes changes into suggestions for files.
 *
 * text --answer--> parts --answer_place--> files and their new texts --> suggest
 * events. Open suggestions for these files from earlier answers to the same request
 * are replaced (flow_replace.h). The text may be a model's answer or a diff from
 * anywhere. No file is written.
 */
#ifndef POSEDGE_FLOW_PLACE_H
#define POSEDGE_FLOW_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct workbench;

struct place_request {
	const char *text;
	size_t len;
	uint64_t ask;		 /* the request that it answers; 0: none */
	const char *by;		 /* "model NAME", "outside" */
	bool cut;		 /* it was cut off: marks its last part */
	bool done;		 /* the model said that it was done; false: that is not known */
	const char *forced_path; /* relative to the root; NULL */
	const struct strv
		*unseen; /* files of which the model saw only a part or nothing; may be NULL */
	/* Files that the request was about: of several that define a module, the only one among
	 * these is meant. May be NULL. */
	const struct strv *about;
};

struct place_result {
	uint64_t *suggestions; /* numbers of the suggest events; owned */
	/* per suggestion: a note says why it is not applied without asking; NULL: none */
	bool *thin;
	size_t n;
	struct strv refused;  /* sentences: what could not be placed, and why */
	struct strv notes;    /* sentences: what was changed in the answer to place it */
	struct strv taken;    /* the parts that the suggestions have in them: answer_part_print() */
	struct strv taken_in; /* the file of each of these */
	bool cut;	      /* the answer is not complete; then a note, or a file, says so */
};

/* Needs an open session. */
bool flow_place(struct workbench *w, const struct place_request *r, struct place_result *out,
		struct err *err);
void place_result_fini(struct place_result *r);

#endif
