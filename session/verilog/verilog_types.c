/* A typedef and a function declare the last name outside of brackets. */
#include "config.h"

#include "session/verilog/verilog_types.h"

#include <ctype.h>
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

/* "typedef enum logic [1:0] { A, B } op_t;", "function logic [3:0] f(...)", "parameter N = 3" */
static void declaration(struct vtypes *t, const struct vtok *prev, const struct vtok *cur,
			const struct vtok *next)
{
	bool constant = t->in == VWORD_PARAMETER && next->symbol == '=' && t->depth == 0;
	bool value = t->in == VWORD_TYPEDEF && t->depth == 1 &&
		     (prev->symbol == '{' || prev->symbol == ',');
	bool ends = cur->symbol == ';' || (t->in == VWORD_FUNCTION && cur->symbol == '(');

	if (cur->kind == VTOKEN_NAME && (constant || value))
		add(&t->declared, &t->is_declared, cur);
	if (ends && t->depth == 0 && t->in != VWORD_PARAMETER)
		add(&t->declared, &t->is_declared, &t->last);
	if ((ends && t->depth == 0) || vtok_breaks(cur) || (vtok_closes(cur) && t->depth == 0))
		t->in = VWORD_NONE;
	else if (vtok_opens(cur))
		t->depth++;
	else if (vtok_closes(cur))
		t->depth--;
	else if (t->depth == 0 && cur->kind == VTOKEN_NAME)
		t->last = *cur;
}

static bool is_constant(const struct vtok *t)
{
	for (size_t i = 0; i < t->len; i++)
		if (islower((unsigned char)t->s[i]))
			return false;
	return t->len > 0;
}

static bool is_used(const struct vtok *prev, const struct vtok *cur, const struct vtok *next)
{
	bool type = next->kind == VTOKEN_NAME && !next->end;
	bool call = next->symbol == '(' && prev->kind != VTOKEN_NAME && prev->symbol != ')';

	if (cur->kind != VTOKEN_NAME || prev->symbol == '.' || vtok_text_is(prev, "::"))
		return false;
	return type || call || prev->word == VWORD_ENUM || is_constant(cur);
}

void vtypes_token(struct vtypes *t, const struct vtok *prev, const struct vtok *cur,
		  const struct vtok *next)
{
	if (is_used(prev, cur, next))
		add(&t->used, &t->is_used, cur);
	if (cur->word == VWORD_TYPEDEF || cur->word == VWORD_FUNCTION ||
	    cur->word == VWORD_PARAMETER || cur->word == VWORD_LOCALPARAM) {
		t->in = cur->word == VWORD_LOCALPARAM ? VWORD_PARAMETER : cur->word;
		t->depth = 0;
		t->last = (struct vtok){ 0 };
	} else if (t->in != VWORD_NONE) {
		declaration(t, prev, cur, next);
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
