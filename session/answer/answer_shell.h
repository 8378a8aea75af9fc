/* answer_shell.h - files that commands would write. posedge runs none of them; a
 * "here document" holds the file itself, all others are only seen. Pure.
 */
#ifndef POSEDGE_ANSWER_SHELL_H
#define POSEDGE_ANSWER_SHELL_H

#include <stdbool.h>

#include "session/text/slice.h"

/* A fence's language whose text is commands. */
bool shell_language(struct slice language);

/* A "here document". */
struct shell_document {
	struct slice path, text, mark;
	bool tabs; /* <<-: those at the start of a line are not part of the text */
	bool cut;  /* its last line is missing */
};

/* Takes the commands of *rest up to and with the next
 *	cat > rtl/x.sv << 'EOF' ... EOF
 * False: there is none. */
bool shell_file(struct slice *rest, struct shell_document *d);

/* The command in text, of any language, that would change files, such as "sed -i". NULL: none
 * that is known. Constant. */
const char *shell_changes(struct slice text);

#endif
