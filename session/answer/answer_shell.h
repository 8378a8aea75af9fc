/* answer_shell.h - files that commands would write. posedge never runs them: the
 * text of a here document is read, other commands are only detected. Pure.
 */
#ifndef POSEDGE_ANSWER_SHELL_H
#define POSEDGE_ANSWER_SHELL_H

#include <stdbool.h>

#include "session/text/slice.h"

/* True if a fence with this language contains commands. */
bool shell_language(struct slice language);

/* A here document. */
struct shell_document {
	struct slice path, text, mark;
	bool tabs; /* <<-: tabs at the start of a line are removed */
	bool cut;  /* its end mark is missing */
};

/* Takes the commands of *rest up to and including the next
 *	cat > rtl/x.sv << 'EOF' ... EOF
 * False: there is none. */
bool shell_file(struct slice *rest, struct shell_document *d);

/* Takes the here-document that command opens off *rest, which begins with its text; all of
 * *rest if it opens none. */
struct slice shell_document_in(struct slice command, struct slice *rest);

/* A command in text, of any language, that would change files, such as "sed -i".
 * NULL: none that is known. Constant. */
const char *shell_changes(struct slice text);

#endif
