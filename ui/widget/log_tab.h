/* log_tab.h - the lists of the log pane, selected by a name in its title. */
#ifndef POSEDGE_LOG_TAB_H
#define POSEDGE_LOG_TAB_H

#include <stdbool.h>

enum log_tab { LOG_LINT, LOG_SIM, LOG_WAVE, LOG_TRACE, LOG_HISTORY, LOG_TABS };

const char *log_tab_name(enum log_tab tab);
bool log_tab_parse(const char *name, enum log_tab *tab); /* false: no such name */

#endif
