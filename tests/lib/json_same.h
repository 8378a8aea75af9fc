/* json_same.h - whether two JSON trees are the same, down to the links between their nodes. */
#ifndef POSEDGE_TESTS_JSON_SAME_H
#define POSEDGE_TESTS_JSON_SAME_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <string.h>

static inline bool json_same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static inline bool json_same(const cJSON *a, const cJSON *b)
{
	const cJSON *x, *y, *last_x = NULL, *last_y = NULL;

	if (!a || !b)
		return a == b;
	if (a->type != b->type || a->valueint != b->valueint ||
	    memcmp(&a->valuedouble, &b->valuedouble, sizeof(a->valuedouble)) != 0 ||
	    !json_same_text(a->valuestring, b->valuestring) ||
	    !json_same_text(a->string, b->string))
		return false;
	for (x = a->child, y = b->child; x && y; x = x->next, y = y->next) {
		if (!json_same(x, y) || (last_x && (x->prev != last_x || y->prev != last_y)))
			return false;
		last_x = x;
		last_y = y;
	}
	return !x && !y && (!last_x || (a->child->prev == last_x && b->child->prev == last_y));
}

#endif
