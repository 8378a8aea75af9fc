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

/* Possible faults, and the settings that fix them. */
struct note {
	const char *what, *settings[2];
};

static const struct note in_tmux = {
	"tmux may delay Esc and keep copies to itself",
	{ "in ~/.tmux.conf:  set -s escape-time 10",
	  "for the clipboard:  set -s set-clipboard on   for F-keys:  set -g xterm-keys on" },
};
static const struct note in_screen = {
	"screen delays Esc and keeps copies to itself",
	{ "in ~/.screenrc:  maptimeout 10   and for colours:  term screen-256color",
	  "Ctrl-V inserts what posedge copied" },
};
static const struct note not_utf8 = {
	"the locale is not UTF-8, so signs are ASCII",
	{ "export LANG=C.UTF-8", NULL },
};
static const struct note on_console = {
	"the console has no clipboard and few colours",
	{ "`set theme mono` if they are hard to read", NULL },
};

#define NOTES 3

static size_t find_notes(const struct note *v[NOTES])
{
	const char *term = getenv("TERM");
	size_t n = 0;

	if (is_set("TMUX"))
		v[n++] = &in_tmux;
	else if (is_set("STY"))
		v[n++] = &in_screen;
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		v[n++] = &not_utf8;
	if (term && strcmp(term, "linux") == 0)
		v[n++] = &on_console;
	return n;
}

void terminal_notes(struct str *out)
{
	const struct note *v[NOTES];
	size_t n = find_notes(v);

	for (size_t i = 0; i < n; i++) {
		str_addf(out, "note     terminal   %s; %s\n", v[i]->what, v[i]->settings[0]);
		if (v[i]->settings[1])
			str_addf(out, "note     terminal   %s\n", v[i]->settings[1]);
	}
}

bool terminal_notice_due(struct str *out)
{
	const struct note *v[NOTES];
	size_t n = find_notes(v);
	char *data = path_user_data(NULL), *marker = path_user_data("told-of-terminal");
	bool due = n && marker && !file_exists(marker) && file_make_dirs(data, 0700, NULL) &&
		   file_save(marker, "", 0, 0600, NULL);

	if (due)
		str_adds(out, v[0]->what);
	free(marker);
	free(data);
	return due;
}
