/* ask_own.h - what a project tells a model by itself: AGENTS.md, and instructions of its own
 * in place of posedge's.
 *
 * Both are read of a project whose .posedgerc is trusted, and of no other: who hands in a
 * design does not instruct the teacher's model. Instructions of its own are files NAME.md in
 * the folder that prompt.folder names, by the names of session/model/prompts/.
 */
#ifndef POSEDGE_ASK_OWN_H
#define POSEDGE_ASK_OWN_H

#include <stddef.h>

#include "session/base/str.h"

#define ASK_OWN_MAX (32u << 10) /* bytes of one file; a larger one is not sent, with a note */

struct prompt_file;
struct workbench;

struct ask_own {
	struct str agents; /* "": none */
	struct prompt_file *v;
	size_t n;
	struct strv texts; /* of v, without secrets */
};

/* What cannot be read is told with a note. To be finished. */
void ask_own_read(struct workbench *w, struct ask_own *out);
void ask_own_fini(struct ask_own *o);

#endif
