/* ui_review.h - the review on this screen, and its progress. */
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
	bool armed; /* keys typed before the review opened are over: keys decide */
	bool left;  /* the review has just closed: keys type nothing yet */
	struct loop_timer *armed_wait, *left_wait;
	struct seen seen; /* lines of suggestions that were visible */
	uint64_t *passed; /* files of the answer that the user has finished */
	size_t n_passed, cap_passed;
	struct {
		char *path;
		size_t base_line;
	} replaced; /* under review when a later answer came; path NULL: none */
	/* caches for lint and hardware of the text as decided so far, and the generation
	 * of the files below it that they follow */
	struct text_memo *memo, *hardware_memo;
	unsigned design;
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
void ui_end_review(struct ui *u); /* closes the review; the suggestion stays open */

#endif
