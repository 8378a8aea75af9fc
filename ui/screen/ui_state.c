#include "config.h"

#include "session/base/loop.h"
#include "session/journal/session.h"
#include "ui/screen/ui.h"

const struct state *ui_state(const struct ui *u)
{
	return session_state(u->session);
}

bool ui_reviewing(const struct ui *u)
{
	return u->review.suggestion != 0;
}

void ui_end_review(struct ui *u)
{
	if (!ui_reviewing(u))
		return;
	review_close(&u->review);
	u->review_left = true;
	loop_timer_set(u->left_wait, FIRST_MOMENT_MS);
}

struct ui *ui_front(struct ui *u)
{
	return u->over.ui ? u->over.ui : u;
}
