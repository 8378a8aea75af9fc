/* A clock driven as data changes together with the data, and what a module samples at its edge
 * then depends on the order in which the simulator evaluates. A clock enable driven as a clock
 * would never be 0 at an edge. So the names have to tell the two apart.
 *
 * In the text, the first signal of an event list is the clock; further edges in the same list are
 * asynchronous resets.
 */
#include "config.h"

#include "session/flow/port_role.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/plan.h"
#include "session/flow/spec.h"
#include "session/verilog/verilog.h"

#define EDGES_MAX 64u /* names kept */

#define RESET_WORDS "*rst*|*reset*|*clear*|*clr*"

/* Widths ----------------------------------------------------------------------------- */

/* True if all words of the type before its range are built-in bit types. Any other
 * word could be a typedef, whose width is defined elsewhere. */
static bool is_bits(const char *type)
{
	static const char *const words[] = { "wire",  "logic", "reg",	 "bit",	   "var",
					     "tri",   "tri0",  "tri1",	 "wand",   "wor",
					     "uwire", "trior", "triand", "signed", "unsigned" };
	bool ok = true;

	while (ok && *type && *type != '[') {
		size_t n = strcspn(type, " \t\r\n[");

		ok = n == 0;
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && !ok; i++)
			ok = strlen(words[i]) == n && memcmp(words[i], type, n) == 0;
		type += n;
		type += strspn(type, " \t\r\n");
	}
	return ok;
}

long port_width(const struct vmodule *m, const struct vport *port)
{
	struct plan_module params = { .n_params = m->n_params };
	long width;
	bool known;

	if (port->dims[0] || !is_bits(port->type))
		return 0;
	params.params = mem_calloc(m->n_params + 1, sizeof(*params.params));
	for (size_t i = 0; i < m->n_params; i++)
		params.params[i] = (struct plan_pair){ m->params[i].name, m->params[i].value, 0 };
	known = plan_range(port->type, &params, &width);
	free(params.params);
	return known && width <= PORT_WIDTH_MAX ? width : 0;
}

/* Names ------------------------------------------------------------------------------ */

/* Name parts, between underscores, of signals that are related to a clock but are not one. */
static bool is_about(const char *name)
{
	static const char *const parts[] = { "en",   "ena",   "enable", "ce",	"sel",	 "select",
					     "div",  "req",   "ack",	"ok",	"good",	 "valid",
					     "stop", "gate",  "gated",	"lock", "lost",	 "locked",
					     "cnt",  "count", "mode",	"tick", "stable" };

	for (const char *at = name; *at;) {
		size_t n = strcspn(at, "_");
		char *part = mem_strndup(at, n);
		bool found = false;

		for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && !found; i++)
			found = spec_says(part, parts[i], NULL);
		free(part);
		if (found)
			return true;
		at += n + (at[n] == '_');
	}
	return spec_says(name, "*clken*|*clkena*|*clocken*|" RESET_WORDS, NULL);
}

bool port_is_clock(const char *name)
{
	return spec_says(name, "*clk*|*clock*", NULL) && !is_about(name);
}

int port_is_reset(const char *name)
{
	if (spec_says(name,
		      "rst_n|rst_ni|rst_n_i|rst_b|rstn|reset_n|resetn|nrst|nreset|*_rst_n|*_rst_ni|"
		      "*_rst_n_i|*_rstn|*_reset_n|*_resetn|arst_n|aresetn|areset_n|presetn|hresetn",
		      NULL))
		return -1;
	return spec_says(name, "rst|reset|arst|areset|rst_*|reset_*|*_rst|*_reset|clear_all", NULL);
}

/* Edges ------------------------------------------------------------------------------ */

/* Adds the clock of one event list: "posedge ck or negedge clear_n". */
static void take_list(struct strv *list, struct strv *out)
{
	for (size_t i = 0; i < list->n; i++)
		if (!spec_says(list->v[i], RESET_WORDS, NULL)) {
			if (out->n < EDGES_MAX && !strv_has(out, list->v[i]))
				strv_add(out, list->v[i]);
			break;
		}
	strv_free(list);
	*list = (struct strv)STRV_INIT;
}

void port_edges(const char *text, size_t len, struct strv *out)
{
	enum vlex_state state = VLEX_CODE;
	struct strv list = STRV_INIT;
	bool after = false; /* the next name is the signal of an edge */

	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(text, len, off, &state);
		const char *word = text + off;

		if (t.kind == VTOKEN_KEYWORD && t.len == 7)
			after = memcmp(word, "posedge", 7) == 0 || memcmp(word, "negedge", 7) == 0;
		else if (after && t.kind == VTOKEN_NAME && list.n < EDGES_MAX)
			strv_addn(&list, word, t.len);
		else if (t.kind == VTOKEN_SYMBOL && (*word == ')' || *word == ';'))
			take_list(&list, out);
		if (t.kind == VTOKEN_NAME)
			after = false;
		off += t.len;
	}
	take_list(&list, out);
}

/* Roles ------------------------------------------------------------------------------ */

enum port_role *port_roles(const struct vmodule *m, const struct strv *edges)
{
	enum port_role *roles = mem_calloc(m->n_ports + 1, sizeof(*roles));
	bool named = false;

	for (size_t i = 0; i < m->n_ports; i++) {
		const struct vport *port = &m->ports[i];
		int reset = port_is_reset(port->name);

		if (port->dir != VPORT_INPUT)
			roles[i] = PORT_OUTPUT;
		else if (port_width(m, port) != 1)
			roles[i] = PORT_DATA;
		else if (port_is_clock(port->name))
			roles[i] = PORT_CLOCK;
		else if (reset)
			roles[i] = reset > 0 ? PORT_RESET_HIGH : PORT_RESET_LOW;
		named |= roles[i] == PORT_CLOCK;
	}
	for (size_t i = 0; !named && i < m->n_ports; i++)
		if (roles[i] == PORT_DATA && port_width(m, &m->ports[i]) == 1 &&
		    strv_has(edges, m->ports[i].name))
			roles[i] = PORT_CLOCK;
	return roles;
}
