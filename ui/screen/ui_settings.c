/* Options that the terminal must be told about. */
#include "config.h"

#include <stdlib.h>

#include "session/option/opt.h"
#include "session/workbench/workbench.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_wave.h"
#include "ui/terminal/term.h"

/* Mouse moves are requested only for the waves, which show the value under the
 * mouse. */
void ui_apply_mouse(struct ui *u)
{
	ui_term(u)->ops->mouse(ui_term(u), ui_workbench(u)->options->mouse, ui_wave_shown(u));
}

void ui_apply_options(struct ui *u)
{
	enum theme theme = THEME_DARK;

	theme_parse(ui_workbench(u)->options->theme, &theme);
	if (getenv("NO_COLOR") && getenv("NO_COLOR")[0])
		theme = THEME_MONO;
	ui_term(u)->ops->theme(ui_term(u), theme);
	ui_apply_mouse(u);
	ui_changed(u);
}
