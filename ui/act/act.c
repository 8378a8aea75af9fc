#include "config.h"

#include "ui/act/act.h"

#include "ui/document/view.h"
#include "ui/screen/ui_tabs.h"

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
