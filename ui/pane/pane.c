/* The pane shown in each place. The place of the code shows a review, a request or a
 * plugin's pane while one is open; the place of the log may show the waves; the rest is
 * one table. A new pane is one row here and one file.
 */
#include "config.h"

#include "ui/pane/pane.h"

#include "ui/screen/ui_context.h"
#include "ui/screen/ui_extra.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_wave.h"

static const struct pane_ops *const panes[PANES] = {
	[PANE_SPEC] = &pane_spec,
	[PANE_CHAT] = &pane_chat,
	[PANE_CODE] = &pane_code,
	[PANE_LOG] = &pane_log,
};

const struct pane_ops *pane_at(const struct ui *u, enum pane p)
{
	if (p == PANE_CODE && ui_reviewing(u))
		return &pane_review;
	if (p == PANE_CODE && ui_context(u)->open)
		return &pane_context;
	if (p == PANE_CODE && ui_extra(u)->pane)
		return &pane_extra;
	return p == PANE_LOG && ui_wave_shown(u) ? &pane_wave : panes[p];
}

const struct pane_ops *pane_focused(const struct ui *u)
{
	return pane_at(u, ui_focused(u));
}
