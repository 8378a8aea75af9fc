/* ui_logs.h - the lists of the log pane, filled from events. */
#ifndef POSEDGE_UI_LOGS_H
#define POSEDGE_UI_LOGS_H

#include <stdbool.h>

#include "session/journal/timeline.h"
#include "ui/screen/ui_parts.h"
#include "ui/widget/log_list.h"
#include "ui/widget/log_tab.h"

struct ui;

struct ui_logs {
	struct log_list list[LOG_TABS];
	enum log_tab tab; /* the list shown */
	struct timeline timeline;
	bool history_read; /* events from before this start have been read */
};

static inline struct ui_logs *ui_logs(const struct ui *u)
{
	return ui_parts(u)->logs;
}

struct log_list *ui_log(const struct ui *u); /* the list shown */
/* Reads the history when its tab is first shown. */
void ui_show_log(struct ui *u, enum log_tab tab);

void ui_log_event(struct ui *u, const struct event *e);
void ui_log_history(struct ui *u);
void ui_log_line(struct ui *u, const struct event *e); /* appends to the history */
void ui_log_findings(struct ui *u);
/* Fills the sim tab with what the last run printed, from its file, and the verdict. */
void ui_log_last_run(struct ui *u);

#endif
