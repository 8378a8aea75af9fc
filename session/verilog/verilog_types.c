/* "typedef enum logic [1:0] { A, B } op_t;" declares the last name outside of brackets. */
#include "config.h"

#include "session/verilog/verilog_types.h"

#include <stdlib.h>
#include <string.h>

#define MAX_NAMES 10000u /* of each kind */

static void add(struct strv *list, struct name_map *has, const struct vtok *name)
{
	if (!name->len || list->n >= MAX_NAMES || name_map_has(has, name->s, name->len))
		return;
	strv_give(list, vtok_text(name));
	name_map_put(has, list->v[list->n - 1], strlen(list->v[list->n - 1]), 0);
}

static void typedef_token(struct vtypes *t, const struct vtok *cur)
{
	if (vtok_opens(cur)) {
		t->depth++;
	} else if (vtok_closes(cur)) {
		t->depth -= t->depth > 0;
	} else if (t->depth == 0 && cur->kind == VTOKEN_NAME) {
		t->last = *cur;
	} else if (vtok_breaks(cur)) {
		t->in_typedef = false;
	} else if (t->depth == 0 && cur->symbol == ';') {
		add(&t->declared, &t->is_declared, &t->last);
		t->in_typedef = false;
	}
}

void vtypes_token(struct vtypes *t, const struct vtok *prev, const struct vtok *cur,
		  const struct vtok *next)
{
	bool before_name = next->kind == VTOKEN_NAME && !next->end && prev->symbol != '.' &&
			   !vtok_text_is(prev, "::");

	if (cur->kind == VTOKEN_NAME && (before_name || prev->word == VWORD_ENUM))
		add(&t->used, &t->is_used, cur);
	if (cur->word == VWORD_TYPEDEF) {
		t->in_typedef = true;
		t->depth = 0;
		t->last = (struct vtok){ 0 };
	} else if (t->in_typedef) {
		typedef_token(t, cur);
	}
}

void vtypes_take(struct vtypes *t, struct strv *declared, struct strv *lacked)
{
	for (size_t i = 0; i < t->used.n; i++)
		if (!name_map_has(&t->is_declared, t->used.v[i], strlen(t->used.v[i])))
			strv_add(lacked, t->used.v[i]);
	strv_addall(declared, &t->declared);
}

void vtypes_fini(struct vtypes *t)
{
	name_map_fini(&t->is_declared);
	name_map_fini(&t->is_used);
	strv_free(&t->declared);
	strv_free(&t->used);
	*t = (struct vtypes){ 0 };
}
