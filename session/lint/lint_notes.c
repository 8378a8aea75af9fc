/* Folds notes of one kind, of which a large project has hundreds, into the first
 * few and a count. A kind is recognised by the start of its sentence and words in
 * it: when you change one of these sentences where it is made, change its row
 * here, too.
 */
#include "config.h"

#include "session/lint/lint_notes.h"

#include <string.h>

#include "session/base/str.h"

/* Notes shown of each kind; enough to see what to look for. */
#define MAX_NOTES 4u

static const struct {
	const char *start, *middle, *rest;
} note_kinds[] = {
	{ "and ", " macros that nothing defines", NULL }, /* of one design */
	{ "", ", and both are needed", "clashes of this kind" },
	{ "", ": there is no such file", "files that are named and not there" },
	{ "", ": settings of Verilator, which are not read", "such files" },
	{ "", " files that are not there, the first ", "such lists" },
	{ "", " is left out of the lint, the rest is read: ", "such places" },
	{ "", " is read as ", "files that are read as another language" },
	{ "", ": what it sets counts here", "files with a description of their own" },
	{ "", " is defined in ",
	  "modules with several definitions: `posedge files` says which is taken" },
	{ "", ", which nothing defines: ", "macros that nothing defines" },
	{ "", " gives a value: ", "macros that another description defines" },
	{ "", " is too large for all checks of ", "such designs" },
	{ "module ", " is in the project, but not where ", "such modules" },
	{ "module ", " is taken as a black box: ", "such modules" },
	{ "there is no module ", "; did you mean ", "such modules" },
};

#define NOTE_KINDS (sizeof(note_kinds) / sizeof(*note_kinds))

static size_t note_kind(const char *note)
{
	size_t i = 0;

	while (i < NOTE_KINDS &&
	       !(str_starts(note, note_kinds[i].start) && strstr(note, note_kinds[i].middle)))
		i++;
	return i;
}

void lint_notes_fold(struct strv *notes)
{
	size_t n[NOTE_KINDS + 1] = { 0 };
	struct strv kept = STRV_INIT;

	for (size_t i = 0; i < notes->n; i++) {
		size_t kind = note_kind(notes->v[i]);

		n[kind]++;
		if (kind == NOTE_KINDS || (note_kinds[kind].rest && n[kind] <= MAX_NOTES))
			strv_add(&kept, notes->v[i]);
	}
	for (size_t i = 0; i < NOTE_KINDS; i++)
		if (note_kinds[i].rest && n[i] > MAX_NOTES)
			strv_addf(&kept, "and %zu more %s", n[i] - MAX_NOTES, note_kinds[i].rest);
	strv_free(notes);
	*notes = kept;
}
