#include "config.h"

#include "session/workbench/workbench.h"
#include "ui/document/view.h"
#include "ui/screen/ui_tabs.h"
#include "ui/act/act.h"

struct ui *act_ui(const struct cmd_call *c, struct err *err)
{
	if (!c->screen)
		err_set(err, ERR_USAGE,
			"%s works on the screen: start posedge in a terminal without a command",
			c->cmd->name);
	return c->screen;
}

struct view *act_view(struct ui *u, struct text **t, struct err *err)
{
	struct view *v = ui_view(u);

	if (!v)
		v = ui_code(u);
	*t = v ? ui_text(u, v) : NULL;
	if (!*t) {
		err_set(err, ERR_USAGE, "no file is open here");
		return NULL;
	}
	return v;
}
