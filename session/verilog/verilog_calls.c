/* Finds file names in a token stream, one token at a time: arguments of $readmemh
 * and the like, strings assigned to a variable or parameter, and overrides
 * `#(.INIT("rom.hex"))`, since a name often reaches $readmemh through a
 * parameter. It tracks just enough brackets to identify the argument; the end of
 * a statement resets it.
 */
#include "config.h"

#include "session/verilog/verilog_calls.h"

#define NAME_MAX 4096u /* length of a file name */

static enum vcall_task task_of(const struct vtok *t)
{
	static const struct {
		const char *name;
		enum vcall_task task;
	} tasks[] = {
		{ "$readmemh", VCALL_READMEM },	  { "$readmemb", VCALL_READMEM },
		{ "$fopen", VCALL_FOPEN },	  { "$fopenr", VCALL_FOPENR },
		{ "$fopenw", VCALL_FOPENW },	  { "$fopena", VCALL_FOPENW },
		{ "$writememh", VCALL_WRITEMEM }, { "$writememb", VCALL_WRITEMEM },
		{ "$dumpfile", VCALL_DUMP },	  { "$sdf_annotate", VCALL_SDF },
		{ "$test$plusargs", VCALL_TEST }, { "$value$plusargs", VCALL_VALUE },
	};

	for (size_t i = 0; i < sizeof(tasks) / sizeof(*tasks); i++)
		if (vtok_text_is(t, tasks[i].name))
			return tasks[i].task;
	return VCALL_NONE;
}

void vcalls_fini(struct vcalls *c)
{
	for (size_t i = 0; i < 2; i++)
		str_free(&c->call.args[i].text);
	c->call = (struct vcall){ 0 };
	c->depth = 0;
}

static void begin_arg(struct vcalls *c)
{
	if (c->call.n_args < 2)
		c->call.args[c->call.n_args] =
			(struct vcall_arg){ .text = STR_LIMIT(NAME_MAX), .literal = true };
	c->call.n_args++;
}

static void arg_token(struct vcall_arg *a, const struct vtok *t)
{
	if (vtok_opens(t) || vtok_closes(t) || t->symbol == ',') {
		if (t->symbol == '(' || t->symbol == '[')
			a->literal = false;
		return;
	}
	a->tokens++;
	if (t->kind == VTOKEN_STRING && t->len >= 2) {
		str_add(&a->text, t->s + 1, t->len - 2);
		return;
	}
	a->literal = false;
	if (t->kind == VTOKEN_NAME)
		a->name = *t;
}

static void end_call(struct vcalls *c)
{
	for (size_t i = 0; i < 2 && i < c->call.n_args; i++) {
		struct vcall_arg *a = &c->call.args[i];

		a->literal &= a->tokens > 0 && !a->text.full;
		if (a->tokens != 1)
			a->name = (struct vtok){ 0 };
	}
	c->on_call(c->ctx, &c->call);
	vcalls_fini(c);
}

static void call_token(struct vcalls *c, const struct vtok *t)
{
	if (t->symbol == ';' || vtok_breaks(t)) {
		vcalls_fini(c);
		return;
	}
	if (vtok_closes(t) && --c->depth == 0) {
		end_call(c);
		return;
	}
	if (vtok_opens(t) && c->depth++ == 0) {
		begin_arg(c);
		return;
	}
	if (t->symbol == ',' && c->depth == 1)
		begin_arg(c);
	else if (c->call.n_args <= 2)
		arg_token(&c->call.args[c->call.n_args - 1], t);
}

static void symbol(struct vcalls *c, const struct vtok *prev, const struct vtok *cur)
{
	if (cur->symbol == '=' && prev->kind == VTOKEN_NAME)
		c->assigned = *prev;
	else if (cur->symbol == '#' && prev->kind == VTOKEN_NAME)
		c->module = *prev;
	else if (cur->symbol == ';')
		c->param_depth = 0;
	if (c->param_depth) {
		if (vtok_opens(cur))
			c->param_depth++;
		else if (vtok_closes(cur))
			c->param_depth--;
		else if (cur->symbol == ',' && c->param_depth == 1)
			c->position++;
	} else if (cur->symbol == '(' && prev->symbol == '#' && c->module.len) {
		c->param_depth = 1;
		c->position = 0;
	}
}

/* A string or name that is all of an override. */
static void override(struct vcalls *c, const struct vtok *prev, const struct vtok *cur,
		     const struct vtok *next)
{
	if (c->param_depth == 2 && prev->symbol == '(' && next->symbol == ')' && c->dotted.len) {
		c->on_override(c->ctx, &c->module, &c->dotted, 0, cur);
	} else if (c->param_depth == 1 && (prev->symbol == '(' || prev->symbol == ',') &&
		   (next->symbol == ')' || next->symbol == ',')) {
		c->on_override(c->ctx, &c->module, NULL, c->position, cur);
	}
}

static void literal(struct vcalls *c, const struct vtok *prev, const struct vtok *cur,
		    const struct vtok *next)
{
	if (cur->len < 2 || cur->len > NAME_MAX)
		return;
	if (prev->symbol == '=' && c->assigned.len &&
	    (next->symbol == ';' || next->symbol == ',' || next->symbol == ')'))
		c->on_literal(c->ctx, &c->assigned, cur);
	else
		override(c, prev, cur, next);
}

void vcalls_token(struct vcalls *c, const struct vtok *prev, const struct vtok *cur,
		  const struct vtok *next)
{
	if (c->call.task) {
		call_token(c, cur);
		return;
	}
	switch (cur->kind) {
	case VTOKEN_SYSTEM:
		if (next->symbol == '(') {
			c->call.task = task_of(cur);
			c->call.line = cur->line;
		}
		break;
	case VTOKEN_SYMBOL:
		symbol(c, prev, cur);
		break;
	case VTOKEN_STRING:
		literal(c, prev, cur, next);
		break;
	case VTOKEN_NAME:
		if (prev->symbol == '.')
			c->dotted = *cur;
		else if (c->param_depth)
			override(c, prev, cur, next);
		break;
	default:
		break;
	}
}
