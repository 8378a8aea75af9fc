#include "config.h"

#include "ui/widget/log_tab.h"

#include <string.h>

static const char *const names[LOG_TABS] = { "lint", "sim", "wave", "trace", "history" };

const char *log_tab_name(enum log_tab tab)
{
	return names[tab];
}

bool log_tab_parse(const char *name, enum log_tab *tab)
{
	for (int i = 0; i < LOG_TABS; i++) {
		if (strcmp(names[i], name) == 0) {
			*tab = (enum log_tab)i;
			return true;
		}
	}
	return false;
}
