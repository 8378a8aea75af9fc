/* The pane shown in each place, and the guests in the place of the code. A new guest is
 * one row here and one file; nothing else of the screen knows it.
 */
#include "config.h"

#include "ui/pane/pane.h"

#include <string.h>

#include "session/base/err.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_wave.h"

static const struct pane_ops *const panes[PANES] = {
	[PANE_SPEC] = &pane_spec,
	[PANE_CHAT] = &pane_chat,
	[PANE_CODE] = &pane_code,
	[PANE_LOG] = &pane_log,
};

/* The last one has all other names. */
static const struct pane_ops *const guests[] = {
	&pane_context,
	&pane_extra,
};

#define GUESTS (sizeof(guests) / sizeof(*guests))

const struct pane_ops *pane_at(const struct ui *u, enum pane p)
{
	if (p == PANE_CODE && ui_reviewing(u))
		return &pane_review;
	if (p == PANE_CODE && ui_panes(u)->guest.pane)
		return ui_panes(u)->guest.pane;
	return p == PANE_LOG && ui_wave_shown(u) ? &pane_wave : panes[p];
}

const struct pane_ops *pane_focused(const struct ui *u)
{
	return pane_at(u, ui_focused(u));
}

bool pane_open(struct ui *u, const char *name, struct err *err)
{
	const struct guest *old = &ui_panes(u)->guest;
	struct guest g = { .from = old->pane ? old->from : ui_focused(u) };
	size_t i = 0;

	while (i + 1 < GUESTS && strcmp(guests[i]->name, name) != 0)
		i++;
	g.pane = guests[i];
	if (g.pane->open && !g.pane->open(u, name, &g, err))
		return false;
	ui_end_review(u);
	ui_close_guest(u);
	ui_panes(u)->guest = g;
	ui_focus(u, PANE_CODE);
	return true;
}

void pane_changed(struct ui *u, const struct event *e)
{
	const struct pane_ops *guest = ui_panes(u)->guest.pane;

	if (guest && guest->changed)
		guest->changed(u, e);
}
