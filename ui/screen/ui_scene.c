/* One moment of the screen for the painters. */
#include "config.h"

#include "session/option/opt.h"
#include "session/workbench/workbench.h"
#include "ui/paint/scene.h"
#include "ui/screen/ui.h"

void ui_scene(const struct ui *u, struct scene *s)
{
	*s = (struct scene){
		.state = ui_state(u),
		.options = { .authors = u->w->options->gutter_authors,
			     .style = u->w->options->lint_style,
			     .live = u->w->options->lint_live },
		.work = { .asks = u->job[JOB_ASK].task != NULL,
			  .lints = u->job[JOB_LINT].task || u->job[JOB_LINT_ALL].task,
			  .simulates = u->job[JOB_SIM].task != NULL,
			  .busy = ui_busy(u),
			  .progress = str_cstr(&u->progress) },
		.covered = u->popup.kind != POPUP_NONE,
		.find = u->find,
		.chat = &u->chat,
		.question = &u->question,
		.log_tab = u->log_tab,
		.log = &u->log[u->log_tab],
		.review = &u->review,
		.keymap = u->keys_to.key ? NULL : u->keymap,
		.recorded = u->shown.recorded,
		.message = &u->message,
		.message_bad = u->message_bad,
	};
}
