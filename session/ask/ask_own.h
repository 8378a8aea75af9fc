/* ask_own.h - a project's own instructions to a model: AGENTS.md, and replacements for
 * posedge's prompts.
 *
 * Both are read only if the project's .posedgerc is trusted: whoever hands in a design
 * must not instruct the teacher's model. Replacements are files NAME.md in the folder
 * prompt.folder, with the names of session/model/prompts/.
 */
#ifndef POSEDGE_ASK_OWN_H
#define POSEDGE_ASK_OWN_H

#include <stddef.h>

#include "session/base/str.h"

#define ASK_OWN_MAX (32u << 10) /* bytes of a file; a larger one is not sent, with a note */

struct prompt_file;
struct workbench;

struct ask_own {
	struct str agents; /* "": none */
	struct prompt_file *v;
	size_t n;
	struct strv texts; /* of v, redacted */
};

/* A file that cannot be read causes a note. The caller must finish *out. */
void ask_own_read(struct workbench *w, struct ask_own *out);
void ask_own_fini(struct ask_own *o);

#endif
