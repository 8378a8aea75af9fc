/* lint_notes.h - notes that accompany the findings, few enough to be read. */
#ifndef POSEDGE_LINT_NOTES_H
#define POSEDGE_LINT_NOTES_H

struct strv;

/* Folds kinds of notes of which a large project has hundreds into the first few
 * and a count. */
void lint_notes_fold(struct strv *notes);

#endif
