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

/* Takes the here-document that command opens off *rest, which begins with its text. False:
 * it opens none, and nothing is taken. */
bool shell_document_in(struct slice command, struct slice *rest, struct slice *text);

/* A command in text, of any language, that would change files, such as "sed -i".
 * NULL: none that is known. Constant. */
const char *shell_changes(struct slice text);

/* True if one of commands would change files, other than those that shell_file() takes: it
 * may apply a diff that is in a file. */
bool shell_loses(struct slice commands);

#endif
