/* The table of suites: a new one is a file and a row here. */
#include "config.h"

#include <string.h>

#include "session/bench/suite.h"

const struct suite *const suites[] = { &suite_verilog_eval, &suite_rtllm, &suite_tasks, NULL };

const struct suite *suite_find(const char *name, struct err *err)
{
	struct str all = STR_INIT;

	for (size_t i = 0; suites[i]; i++) {
		if (strcmp(suites[i]->name, name) == 0)
			return suites[i];
		str_addf(&all, "%s%s", i ? ", " : "", suites[i]->name);
	}
	err_set(err, ERR_USAGE, "there is no suite %.60s; there are %s", name, str_cstr(&all));
	str_free(&all);
	return NULL;
}
