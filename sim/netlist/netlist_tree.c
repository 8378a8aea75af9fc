/* Walks a netlist in document order without a stack: down, across, or up and across.
 * The input determines the depth, so recursion could overflow.
 */
#include "config.h"

#include "sim/netlist/netlist_tree.h"

struct node *node_next(const struct node *n, const struct node *top)
{
	if (n->first)
		return n->first;
	while (n != top && !n->next)
		n = n->parent;
	return n == top ? NULL : n->next;
}

struct node *node_next_item(const struct node *n, const struct node *top)
{
	if (n->first && (n == top || n->tag == TAG_BEGIN))
		return n->first;
	while (n != top && !n->next)
		n = n->parent;
	return n == top ? NULL : n->next;
}
