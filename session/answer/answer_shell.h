/* answer_shell.h - files that commands would write. posedge runs none of them; a
 * "here document" holds the file itself, all others are only seen. Pure.
 */
#ifndef POSEDGE_ANSWER_SHELL_H
#define POSEDGE_ANSWER_SHELL_H

#include <stdbool.h>

#include "session/text/slice.h"

/* A fence's language whose text is commands. */
bool shell_language(struct slice language);

/* Takes the commands of *rest up to and with the next
 *	cat > rtl/x.sv << 'EOF' ... EOF
 * False: there is none. cut: its last line is missing. */
bool shell_file(struct slice *rest, struct slice *path, struct slice *text, bool *cut);

/* What of text would change files: "sed -i"; NULL: nothing that is known. Of any
 * language. Constant. */
const char *shell_changes(struct slice text);

#endif
