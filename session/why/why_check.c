/* Recognises a check by its shape in the elaborated text, since no keyword marks one:
 *
 *	if (q !== want) begin errors = errors + 1; $display("q is %0d", q); end
 *	if (q == want) $display("ok"); else $display("wrong");
 *
 * The branch that prints tells which value of the condition is the failure; where both
 * print, or neither, the operator tells it. Calls are followed a few levels deep, because
 * testbenches print in a task of their own. */
#include "config.h"

#include "session/why/why_check.h"

#include <string.h>

#include "session/tool/circuit.h"

#define PRINTS_DEEP 3  /* calls from a check to what prints */
#define JOINED_DEEP 32 /* && below && */

/* True if something below it prints, or a task that it calls. */
static bool prints(const struct circuit *c, uint32_t node, int calls)
{
	struct circuit_walk walk = { 0 };
	bool found = false;

	for (uint32_t n = circuit_walk(c, &walk, node); n && !found;
	     n = circuit_walk(c, &walk, node))
		found = c->nodes[n].op == CIRCUIT_PRINT ||
			(c->nodes[n].op == CIRCUIT_CALL && c->nodes[n].ref && calls > 0 &&
			 prints(c, c->nodes[n].ref, calls - 1));
	circuit_walk_end(&walk);
	return found;
}

/* An if that reads something: Verilator puts others around an assertion. */
bool check_may_be(const struct circuit *c, uint32_t node)
{
	struct circuit_walk walk = { 0 };
	bool reads = false;

	if (c->nodes[node].op != CIRCUIT_IF || !c->nodes[node].first)
		return false;
	for (uint32_t n = circuit_walk(c, &walk, c->nodes[node].first); n && !reads;
	     n = circuit_walk(c, &walk, c->nodes[node].first))
		reads = c->nodes[n].op == CIRCUIT_VAR || c->nodes[n].op == CIRCUIT_OUTSIDE ||
			c->nodes[n].op == CIRCUIT_CALL;
	circuit_walk_end(&walk);
	return reads;
}

bool check_is(const struct circuit *c, uint32_t node)
{
	return check_may_be(c, node) && prints(c, node, PRINTS_DEEP);
}

/* True for a comparison for equality, and for several joined by &&. */
static bool is_equality(const struct circuit *c, uint32_t node, int depth)
{
	const struct circuit_node *n = &c->nodes[node];

	if (n->op == CIRCUIT_EQ || n->op == CIRCUIT_SAME)
		return true;
	if ((n->op != CIRCUIT_AND && n->op != CIRCUIT_LOG_AND) || !n->first || depth == 0)
		return false;
	return is_equality(c, n->first, depth - 1) &&
	       is_equality(c, c->nodes[n->first].next, depth - 1);
}

char check_fails_with(const struct circuit *c, uint32_t check)
{
	uint32_t condition = c->nodes[check].first, then = c->nodes[condition].next;
	uint32_t other = then ? c->nodes[then].next : 0;
	bool then_prints, else_prints;

	if (!other)
		return '1';
	then_prints = prints(c, then, PRINTS_DEEP);
	else_prints = prints(c, other, PRINTS_DEEP);
	if (then_prints != else_prints)
		return then_prints ? '1' : '0';
	if (is_equality(c, condition, JOINED_DEEP))
		return '0';
	return c->nodes[condition].op == CIRCUIT_NEQ || c->nodes[condition].op == CIRCUIT_NOT_SAME
		       ? '1'
		       : 'x';
}

bool check_is_on_line(const struct circuit *c, uint32_t node, const char *path, uint32_t line)
{
	struct circuit_walk walk = { 0 };
	bool found = false;

	for (uint32_t n = circuit_walk(c, &walk, node); n && !found;
	     n = circuit_walk(c, &walk, node))
		found = c->nodes[n].line == line && c->nodes[n].file < c->n_files &&
			(!path || strcmp(c->files[c->nodes[n].file], path) == 0);
	circuit_walk_end(&walk);
	return found;
}

bool check_loop(const struct circuit *c, uint32_t top, uint32_t check, struct check_loop *out)
{
	struct circuit_walk walk = { 0 };
	bool found = false;

	for (uint32_t n = circuit_walk(c, &walk, top); n; n = circuit_walk(c, &walk, top)) {
		struct circuit_walk inside = { 0 };
		uint32_t condition;
		bool around = false, waits = false;

		if (c->nodes[n].op != CIRCUIT_LOOP || !c->nodes[n].first)
			continue;
		condition = c->nodes[c->nodes[c->nodes[n].first].next].first;
		for (uint32_t k = circuit_walk(c, &inside, n); k; k = circuit_walk(c, &inside, n))
			around |= k == check, waits |= c->nodes[k].op == CIRCUIT_WAIT;
		circuit_walk_end(&inside);
		for (uint32_t k = around && condition ? circuit_walk(c, &inside, condition) : 0; k;
		     k = circuit_walk(c, &inside, condition))
			if (c->nodes[k].op == CIRCUIT_VAR && c->vars[c->nodes[k].ref].counter) {
				out->counter = c->nodes[k].ref;
				out->condition = condition;
				out->waits = waits;
				found = true;
				break;
			}
		circuit_walk_end(&inside);
	}
	circuit_walk_end(&walk);
	return found;
}
