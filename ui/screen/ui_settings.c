/* Options that the terminal must be told. */
#include "config.h"

#include <stdlib.h>

#include "session/option/opt.h"
#include "session/workbench/workbench.h"
#include "ui/screen/ui.h"
#include "ui/terminal/term.h"

void ui_apply_options(struct ui *u)
{
	enum theme theme = THEME_DARK;

	theme_parse(u->w->options->theme, &theme);
	if (getenv("NO_COLOR") && getenv("NO_COLOR")[0])
		theme = THEME_MONO;
	u->term->ops->theme(u->term, theme);
	u->term->ops->mouse(u->term, u->w->options->mouse);
	u->dirty = true;
}
