/* ui_review.h - what is under review on this screen, and how far it got. */
#ifndef POSEDGE_UI_REVIEW_H
#define POSEDGE_UI_REVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/screen/ui_parts.h"
#include "ui/widget/review.h"
#include "ui/widget/seen.h"

struct loop_timer;
struct text_memo;
struct ui;

struct ui_decisions {
	bool armed; /* keys of the first moment decide nothing */
	bool left;  /* and of the moment after it change nothing */
	struct loop_timer *armed_wait, *left_wait;
	struct seen seen; /* lines of suggestions that were on the screen */
	uint64_t *passed; /* files of the answer that Enter went on from */
	size_t n_passed, cap_passed;
	struct {
		char *path;
		size_t base_line;
	} replaced; /* what was under review when a later answer came; NULL */
	struct text_memo *memo, *hardware_memo; /* of what the review would give */
};

static inline struct review *ui_review(const struct ui *u)
{
	return ui_parts(u)->review;
}

static inline struct ui_decisions *ui_decisions(const struct ui *u)
{
	return ui_parts(u)->decisions;
}

bool ui_reviewing(const struct ui *u);
void ui_end_review(struct ui *u); /* it goes from the screen; the suggestion stays what it is */

#endif
