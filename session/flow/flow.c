#include "config.h"

#include "session/flow/flow.h"

#include <string.h>

#include "session/flow/flow_rows.h"
#include "session/option/opt.h"

const struct flow_row *const flows[] = {
	&flow_clarify, &flow_plan,     &flow_walk,   &flow_differ, &flow_explain, &flow_solve,
	&flow_tests,   &flow_complete, &flow_assert, &flow_where,  NULL,
};

const struct flow_row *flow_find(const char *name)
{
	for (size_t i = 0; flows[i]; i++)
		if (strcmp(flows[i]->name, name) == 0)
			return flows[i];
	return NULL;
}

/* "-solve" forbids one flow. If the list contains a name without "-", only listed
 * names are allowed. */
bool flow_allowed(const struct options *options, const struct flow_row *row)
{
	const struct strv *words = &options->flows;
	bool named = false, listed = false;

	for (size_t i = 0; i < words->n; i++) {
		const char *word = words->v[i];

		if (word[0] == '-' && strcmp(word + 1, row->name) == 0)
			return false;
		listed |= word[0] != '-';
		named |= strcmp(word, row->name) == 0;
	}
	return named || !listed;
}
