/* Time in the harness is a counter that starts at 0 and stops at the end of the reset.
 * It is part of the state, so induction also considers states in which it has ended and
 * no reset was ever given: what must hold independently of the beginning.
 */
#include "config.h"

#include "sim/yosys/yosys_harness.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define START_MAX 240 /* the counter has eight bits */

/* Writing ------------------------------------------------------------------------- */

static void add_ports(const struct harness *h, struct str *out)
{
	const char *comma = "";

	for (size_t i = 0; i < h->n_ports; i++) {
		const struct prover_port *p = &h->ports[i];

		if (p->input)
			str_addf(out, "%sinput [%d:0] i%zu", comma, p->width - 1, i);
		else if (h->two)
			str_addf(out, "%soutput [%d:0] g%zu, output [%d:0] h%zu", comma,
				 p->width - 1, i, p->width - 1, i);
		else
			str_addf(out, "%soutput [%d:0] h%zu", comma, p->width - 1, i);
		comma = ", ";
	}
}

static bool has_wires(const struct harness *h, size_t pair)
{
	return !h->pairs->v[pair].is_port;
}

static void add_design(const struct harness *h, const char *module, char ports, char pairs,
		       struct str *out)
{
	const char *comma = "";

	str_addf(out, "%s %c(", module, ports);
	for (size_t i = 0; i < h->n_ports; i++) {
		str_addf(out, "%s.\\%s (%c%zu)", comma, h->ports[i].name,
			 h->ports[i].input ? 'i' : ports, i);
		comma = ", ";
	}
	for (size_t i = 0; h->pairs && i < h->pairs->n; i++)
		if (has_wires(h, i))
			str_addf(out, ", .\\%s (%c%zu)", h->pairs->v[i].name, pairs, i);
	str_addf(out, "%s);\n", h->two ? "" : ", .trigger (broken)");
}

/* with x: x in `a` counts as equal. */
static void add_same(const struct harness *h, char a, char b, size_t i, int width, struct str *out)
{
	if (!h->with_x) {
		str_addf(out, "always @* assert (step < %u || %c%zu === %c%zu);\n", h->start, a, i,
			 b, i);
		return;
	}
	if (h->exact) {
		str_addf(out, "always @* assert (%c%zu === %c%zu);\n", a, i, b, i);
		return;
	}
	str_addf(out, "wire [%d:0] x%c%zu = {", width - 1, a, i);
	for (int bit = width - 1; bit >= 0; bit--)
		str_addf(out, "%c%zu[%d] === 1'bx%s", a, i, bit, bit ? ", " : "};\n");
	str_addf(out, "always @* assert ((%c%zu | x%c%zu) === (%c%zu | x%c%zu));\n", a, i, a, i, b,
		 i, a, i);
}

static unsigned clocks(const struct harness *h)
{
	unsigned n = 0;

	for (size_t i = 0; i < h->n_ports; i++)
		n += h->ports[i].clock;
	return n ? n : 1;
}

unsigned harness_cycles(const struct harness *h, unsigned cycles)
{
	unsigned step = h->by_cycle ? 1 : 2 * clocks(h);

	return step * cycles <= START_MAX ? step * cycles : START_MAX / step * step;
}

/* Without a common cycle the clocks must be given their edges: all at once, or in turn,
 * as something that is assumed may allow one of these only. */
static void add_clocks(const struct harness *h, struct str *out)
{
	unsigned n = clocks(h), k = 0;

	str_adds(out, "(* anyconst *) reg in_turn;\n");
	for (size_t i = 0; i < h->n_ports; i++) {
		if (!h->ports[i].clock)
			continue;
		str_addf(out, "always @* if (step < %u) assume (i%zu == (in_turn ? 1'b0", h->start,
			 i);
		for (unsigned s = 2 * k++ + 1; s < h->start; s += 2 * n)
			str_addf(out, " || step == %u", s);
		str_adds(out, " : step[0]));\n");
	}
}

static void add_reset(const struct harness *h, struct str *out)
{
	for (size_t i = 0; h->start && i < h->n_ports; i++)
		if (h->ports[i].reset)
			str_addf(out, "always @* if (step < %u) assume (i%zu == 1'b%d);\n",
				 h->start, i, h->ports[i].active);
	if (h->start && !h->by_cycle)
		add_clocks(h, out);
}

static size_t port_number(const struct harness *h, const char *name)
{
	size_t i = 0;

	while (i < h->n_ports && strcmp(h->ports[i].name, name) != 0)
		i++;
	return i;
}

static void add_pair(const struct harness *h, size_t i, struct str *out)
{
	const struct ynet_pair *p = &h->pairs->v[i];
	char a = p->is_port ? 'g' : 'e', b = p->is_port ? 'h' : 'f';
	size_t n = p->is_port ? port_number(h, p->name) : i;

	if (h->registers && !p->is_port)
		add_same(h, a, b, n, p->width, out);
	if (!h->with_x && p->free_start)
		str_addf(out, "always @* if (first) assume (%c%zu === %c%zu);\n", a, n, b, n);
}

/* Bits that were known once stay marked. */
static void add_lively(const struct harness *h, struct str *out)
{
	for (size_t i = 0; i < h->n_ports; i++) {
		int width = h->ports[i].width;

		if (h->ports[i].input)
			continue;
		str_addf(out, "reg [%d:0] k%zu = 0;\nwire [%d:0] now%zu = {", width - 1, i,
			 width - 1, i);
		for (int bit = width - 1; bit >= 0; bit--)
			str_addf(out, "g%zu[%d] !== 1'bx%s", i, bit, bit ? ", " : "};\n");
		str_addf(out, "always @($global_clock) k%zu <= k%zu | now%zu;\n", i, i, i);
	}
	str_adds(out, "always @* assert (!(1'b1");
	for (size_t i = 0; i < h->n_ports; i++)
		if (!h->ports[i].input)
			str_addf(out, " && &(k%zu | now%zu)", i, i);
	str_adds(out, "));\n");
}

static void add_never_x(const struct harness *h, char a, size_t i, int width, struct str *out)
{
	str_addf(out, "always @* assert (step < %u", h->start);
	for (int bit = width - 1; bit >= 0; bit--)
		str_addf(out, "%s%c%zu[%d] !== 1'bx", bit == width - 1 ? " || (" : " && ", a, i,
			 bit);
	str_adds(out, "));\n");
}

static void add_known(const struct harness *h, struct str *out)
{
	for (size_t i = 0; i < h->n_ports; i++)
		if (!h->ports[i].input)
			add_never_x(h, 'h', i, h->ports[i].width, out);
	for (size_t i = 0; h->pairs && i < h->pairs->n; i++)
		if (has_wires(h, i))
			add_never_x(h, 'f', i, h->pairs->v[i].width, out);
}

/* Assertions about both designs. */
static void add_claims(const struct harness *h, struct str *out)
{
	for (size_t i = 0; i < h->n_ports; i++)
		if (!h->ports[i].input)
			add_same(h, 'g', 'h', i, h->ports[i].width, out);
	for (size_t i = 0; h->pairs && i < h->pairs->n; i++)
		add_pair(h, i, out);
}

void harness_write(const struct harness *h, struct str *out)
{
	str_adds(out, "module " YOSYS_HARNESS "(");
	add_ports(h, out);
	str_addf(out,
		 ");\nreg [7:0] step = 0;\nreg first = 1;\n"
		 "always @($global_clock) begin\n\tfirst <= 0;\n"
		 "\tif (step < %u) step <= step + 1;\nend\n",
		 h->start);
	for (size_t i = 0; h->two && h->pairs && i < h->pairs->n; i++)
		if (has_wires(h, i))
			str_addf(out, "wire [%d:0] e%zu, f%zu;\n", h->pairs->v[i].width - 1, i, i);
	if (h->two)
		add_design(h, YOSYS_GOLD, 'g', 'e', out);
	else
		str_addf(out, "wire broken;\nalways @* assert (step < %u || !broken);\n", h->start);
	add_design(h, YOSYS_GATE, 'h', 'f', out);
	add_reset(h, out);
	if (h->lively)
		add_lively(h, out);
	else if (h->known)
		add_known(h, out);
	else if (h->two)
		add_claims(h, out);
	str_adds(out, "endmodule\n");
}

/* Reading ------------------------------------------------------------------------- */

#define STEPS_MAX 100000

struct reading {
	const struct harness *h;
	struct prover_trace *out;
	char **code_of[3]; /* of i, g, h: short name in the dump per port; NULL */
	char **now[3];	   /* value per port, as bits */
};

static int kind_of(char c)
{
	return c == 'i' ? 0 : c == 'g' ? 1 : c == 'h' ? 2 : -1;
}

/* "$var wire 4 v5 \g0 $end" */
static void read_var(struct reading *r, const char *line, size_t len)
{
	const char *words[6], *end = line + len;
	size_t lens[6], n = 0;
	unsigned long port;
	char *after;
	int kind;

	for (const char *p = line; p < end && n < 6;) {
		size_t skip = strspn(p, " "), k = strcspn(p + skip, " \n");

		words[n] = p + skip;
		lens[n++] = k;
		p += skip + k + (skip + k == 0);
	}
	if (n < 5 || lens[4] < 2)
		return;
	if (words[4][0] == '\\') {
		words[4]++;
		lens[4]--;
	}
	kind = kind_of(words[4][0]);
	if (kind < 0 || words[4][1] < '0' || words[4][1] > '9')
		return;
	port = strtoul(words[4] + 1, &after, 10);
	if (after != words[4] + lens[4] || port >= r->h->n_ports || r->code_of[kind][port])
		return;
	r->code_of[kind][port] = mem_strndup(words[3], lens[3]);
}

/* Extends or cuts a value to the width of its port. */
static void put(char **now, int width, const char *value, size_t len)
{
	size_t want = (size_t)width, cut = len > want ? len - want : 0;

	memset(*now, len && (value[0] == 'x' || value[0] == 'z') ? 'x' : '0', want);
	for (size_t i = cut; i < len; i++)
		(*now)[want - len + i] = value[i] == '0' || value[i] == '1' ? value[i] : 'x';
}

static void read_value(struct reading *r, const char *line, size_t len)
{
	const char *value = line, *code = line + 1;
	size_t n = 1;

	if (line[0] == 'b') {
		value = line + 1;
		n = strcspn(value, " \n");
		code = value + n + 1;
	}
	if (code >= line + len)
		return;
	for (int kind = 0; kind < 3; kind++)
		for (size_t i = 0; i < r->h->n_ports; i++)
			if (r->code_of[kind][i] &&
			    strlen(r->code_of[kind][i]) == (size_t)(line + len - code) &&
			    memcmp(r->code_of[kind][i], code, (size_t)(line + len - code)) == 0)
				put(&r->now[kind][i], r->h->ports[i].width, value, n);
}

static void end_step(struct reading *r)
{
	struct prover_trace *t = r->out;
	struct prover_step *s;

	if (t->n_steps >= STEPS_MAX)
		return;
	t->steps = mem_realloc(t->steps, (t->n_steps + 1) * sizeof(*t->steps));
	s = &t->steps[t->n_steps++];
	s->before = mem_calloc(t->n_ports + 1, sizeof(*s->before));
	s->after = mem_calloc(t->n_ports + 1, sizeof(*s->after));
	for (size_t i = 0; i < t->n_ports; i++) {
		bool input = t->ports[i].input;

		s->before[i] = mem_strdup(r->now[input ? 0 : r->h->two ? 1 : 2][i]);
		s->after[i] = input ? NULL : mem_strdup(r->now[2][i]);
	}
}

static void read_lines(struct reading *r, const char *vcd, size_t len)
{
	bool begun = false;

	for (const char *p = vcd, *end = vcd + len; p < end;) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((nl ? nl : end) - p);

		if (n > 5 && memcmp(p, "$var ", 5) == 0)
			read_var(r, p, n);
		else if (n && *p == '#') { /* the last one only ends the step before it */
			if (begun)
				end_step(r);
			begun = true;
		} else if (n > 1 && begun && strchr("b01xz", *p))
			read_value(r, p, n);
		p += n + 1;
	}
}

static void copy_ports(const struct harness *h, struct prover_trace *out)
{
	out->by_cycle = h->by_cycle;
	out->ports = mem_calloc(h->n_ports + 1, sizeof(*out->ports));
	out->n_ports = h->n_ports;
	for (size_t i = 0; i < h->n_ports; i++) {
		out->ports[i] = h->ports[i];
		out->ports[i].name = mem_strdup(h->ports[i].name);
	}
}

bool harness_read_trace(const struct harness *h, const char *vcd, size_t len,
			struct prover_trace *out, struct err *err)
{
	struct reading r = { .h = h, .out = out };

	memset(out, 0, sizeof(*out));
	copy_ports(h, out);
	for (int k = 0; k < 3; k++) {
		r.code_of[k] = mem_calloc(h->n_ports + 1, sizeof(*r.code_of[k]));
		r.now[k] = mem_calloc(h->n_ports + 1, sizeof(*r.now[k]));
		for (size_t i = 0; i < h->n_ports; i++) {
			r.now[k][i] = mem_zalloc((size_t)h->ports[i].width + 1);
			memset(r.now[k][i], 'x', (size_t)h->ports[i].width);
		}
	}
	read_lines(&r, vcd, len);
	for (int k = 0; k < 3; k++) {
		for (size_t i = 0; i < h->n_ports; i++) {
			free(r.code_of[k][i]);
			free(r.now[k][i]);
		}
		free(r.code_of[k]);
		free(r.now[k]);
	}
	if (out->n_steps)
		return true;
	prover_trace_fini(out);
	return err_set(err, ERR_TOOL, "yosys wrote a counterexample without steps");
}
