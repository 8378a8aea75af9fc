#include "config.h"

#include "session/verilog/print_task.h"

#include <stdbool.h>
#include <string.h>

static const struct {
	const char *name;
	enum print_task kind;
	bool bases; /* b, h or o may follow: the base of arguments without a format */
} tasks[] = {
	{ "$display", PRINT_OUT, true },      { "$write", PRINT_OUT, true },
	{ "$strobe", PRINT_OUT, true },	      { "$monitor", PRINT_OUT, true },
	{ "$fdisplay", PRINT_FILE, true },    { "$fwrite", PRINT_FILE, true },
	{ "$fstrobe", PRINT_FILE, true },     { "$fmonitor", PRINT_FILE, true },
	{ "$swrite", PRINT_TEXT, true },      { "$sformat", PRINT_TEXT, false },
	{ "$sformatf", PRINT_RESULT, false }, { "$psprintf", PRINT_RESULT, false },
	{ "$info", PRINT_SEVERITY, false },   { "$warning", PRINT_SEVERITY, false },
	{ "$error", PRINT_SEVERITY, false },  { "$fatal", PRINT_SEVERITY, false },
};

enum print_task print_task(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(tasks) / sizeof(*tasks); i++) {
		size_t n = strlen(tasks[i].name);

		if (len < n || memcmp(name, tasks[i].name, n) != 0)
			continue;
		if (len == n || (len == n + 1 && tasks[i].bases && strchr("bho", name[n])))
			return tasks[i].kind;
	}
	return PRINT_NONE;
}
