/* The lines of `doctor` about this terminal. A terminal cannot be asked if it passes
 * the clipboard on or delays Esc; what can be known is the multiplexer, from its
 * environment variable, and its usual settings. The start-up notice appears once per
 * data folder.
 */
#include "config.h"

#include "ui/terminal/terminal_notes.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

static void note(struct str *out, const char *text)
{
	str_addf(out, "note     terminal   %s\n", text);
}

void terminal_notes(struct str *out)
{
	const char *term = getenv("TERM");

	if (is_set("TMUX")) {
		note(out, "tmux delays Esc and keeps copies to itself; in ~/.tmux.conf:  set -s "
			  "escape-time 10");
		note(out, "tmux, for the clipboard:  set -s set-clipboard on   for F-keys:  set -g "
			  "xterm-keys on");
	} else if (is_set("STY")) {
		note(out, "screen delays Esc; in ~/.screenrc:  maptimeout 10   and for colours:  "
			  "term screen-256color");
		note(out, "screen hands no copy to the terminal's clipboard; Ctrl-V inserts "
			  "posedge's own");
	}
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		note(out, "the locale is not UTF-8, so signs are ASCII:  export LANG=C.UTF-8");
	if (term && strcmp(term, "linux") == 0)
		note(out, "the console has no clipboard and few colours: `set theme mono` if they "
			  "are hard to read");
}

bool terminal_notice_due(void)
{
	struct str notes = STR_INIT;
	char *data = path_user_data();
	char *marker = data ? path_join(data, "told-of-terminal") : NULL;
	bool due;

	terminal_notes(&notes);
	due = notes.len && marker && !file_exists(marker) && file_make_dirs(data, 0700, NULL) &&
	      file_save(marker, "", 0, 0600, NULL);
	free(marker);
	free(data);
	str_free(&notes);
	return due;
}
