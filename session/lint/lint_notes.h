/* lint_notes.h - sentences beside a lint's findings, as few as a person reads. */
#ifndef POSEDGE_LINT_NOTES_H
#define POSEDGE_LINT_NOTES_H

struct strv;

void lint_note_once(struct strv *notes, const char *note);

/* Of the kinds of which a large project has hundreds the first few stay, and how many
 * more there are. */
void lint_notes_fold(struct strv *notes);

#endif
