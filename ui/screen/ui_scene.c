/* Fills a scene: one moment of the screen, for the painters. */
#include "config.h"

#include "session/journal/session.h"
#include "session/option/opt.h"
#include "session/workbench/workbench.h"
#include "ui/paint/scene.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_context.h"
#include "ui/screen/ui_extra.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

void ui_scene(const struct ui *u, struct scene *s)
{
	struct ui_jobs *jobs = ui_jobs(u);
	struct ui_words *words = ui_words(u);

	*s = (struct scene){
		.state = ui_state(u),
		.options = { .authors = ui_workbench(u)->options->gutter_authors,
			     .style = ui_workbench(u)->options->lint_style,
			     .live = ui_workbench(u)->options->lint_live },
		.work = { .asks = jobs->job[JOB_ASK].task || jobs->job[JOB_BESIDE].task,
			  .lints = jobs->job[JOB_LINT].task || jobs->job[JOB_LINT_ALL].task,
			  .simulates = jobs->job[JOB_SIM].task != NULL,
			  .edited = jobs->run_texts.edited > 0,
			  .earlier = !jobs->run_texts.known,
			  .several = jobs->run_several || !jobs->run_texts.known,
			  .busy = ui_busy(u),
			  .command = jobs->job[JOB_OTHER].task && jobs->job[JOB_OTHER].argv.n
					     ? jobs->job[JOB_OTHER].argv.v[0]
					     : NULL,
			  .progress = str_cstr(&words->progress) },
		.covered = ui_popup(u)->kind != POPUP_NONE,
		.find = ui_edits(u)->find,
		.chat = &ui_chat(u)->place,
		.question = &ui_chat(u)->question,
		.context = { .view = &ui_context(u)->view,
			     .chosen = ui_context(u)->chosen,
			     .top = ui_context(u)->top,
			     .looks = jobs->job[JOB_CONTEXT].task != NULL },
		.extra = { .pane = ui_extra(u)->pane,
			   .top = ui_extra(u)->top,
			   .why = str_cstr(&ui_extra(u)->why),
			   .fills = jobs->job[JOB_EXTRA].task != NULL },
		.card = &ui_chat(u)->card,
		.queued = &ui_chat(u)->queued,
		.steer = ui_chat(u)->steer,
		.mode = ui_workbench(u)->options->mode,
		.log_tab = ui_logs(u)->tab,
		.log = ui_log(u),
		.wave = ui_wave_shown(u) ? ui_wave(u)->view : NULL,
		.review = ui_review(u),
		.keymap = ui_links(u)->keys_to.key ? NULL : ui_keys(u)->keymap,
		.recorded = ui_drawing(u)->shown.recorded,
		.stalled = session_is_stalled(ui_session(u)),
		.message = &words->message,
		.message_bad = words->bad,
	};
}
