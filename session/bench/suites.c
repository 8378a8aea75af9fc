/* The table of suites. A new suite is a file and a row here. */
#include "config.h"

#include <string.h>

#include "session/bench/suite.h"

const struct suite *const suites[] = { &suite_verilog_eval, &suite_rtllm, &suite_rewriter,
				       &suite_rtl_repo,	    &suite_tasks, &suite_hdlsearch,
				       &suite_assert,	    NULL };

const struct suite *suite_named(const char *name)
{
	size_t i = 0;

	while (suites[i] && strcmp(suites[i]->name, name) != 0)
		i++;
	return suites[i];
}

const struct suite *suite_find(const char *name, struct err *err)
{
	const struct suite *s = suite_named(name);
	struct str all = STR_INIT;

	if (s)
		return s;
	for (size_t i = 0; suites[i]; i++)
		str_addf(&all, "%s%s", i ? ", " : "", suites[i]->name);
	err_set(err, ERR_USAGE, "there is no suite %.60s; there are %s", name, str_cstr(&all));
	str_free(&all);
	return NULL;
}
