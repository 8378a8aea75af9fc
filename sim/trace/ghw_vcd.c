/* The file numbers the scalars and records their changes. A variable is one scalar or a
 * vector of them; variables of the same scalars, such as a port and its net, share one
 * identifier of the VCD, here called a net. Each scalar lists the nets that contain it, so
 * that a change prints these.
 */
#include "config.h"

#include "sim/trace/ghw_vcd.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/trace/ghw_file.h"

#define NONE	  UINT32_MAX
#define PIECE	  65536
#define DEPTH_MAX 256
#define LOOKED_AT 64 /* nets compared per scalar; a duplicate beyond does no harm */

enum { /* entries of the hierarchy, GHDL's numbers */
       AT_END = 0,
       AT_BLOCK = 3,
       AT_IF = 4,
       AT_FOR = 5,
       AT_INSTANCE = 6,
       AT_PACKAGE = 7,
       AT_PROCESS = 13,
       AT_GENERIC = 14,
       AT_END_OF_SCOPE = 15,
       AT_SIGNAL = 16,
       AT_LINKAGE = 21,
};

struct scalar {
	uint32_t type; /* NONE: no signal uses the number */
	uint32_t nets; /* index of its first place; NONE: in no net */
	union {
		int64_t whole;
		double real;
	} value;
};

struct net {
	uint32_t first, n; /* range in ids */
	bool touched;
};

struct place { /* a net that contains the scalar */
	uint32_t net, next;
};

struct ghw {
	struct ghw_file f;
	bool (*put)(void *ctx, const char *data, size_t len);
	void *ctx;
	bool refused;
	struct str out;
	struct scalar *scalars; /* by number, from 1 */
	uint32_t n_scalars;
	uint32_t *order, n_order; /* the used numbers; changes give indices into it */
	struct net *nets;
	size_t n_nets, cap_nets;
	uint32_t *ids; /* scalars of all nets */
	size_t n_ids, cap_ids;
	struct place *places;
	size_t n_places, cap_places;
	uint32_t *touched;
	size_t n_touched, cap_touched;
	int depth;
	bool has_time;
	uint64_t time; /* printed last */
};

static void flush(struct ghw *g, size_t at_least)
{
	if (g->out.len < at_least || g->refused)
		return;
	g->refused = g->out.len && !g->put(g->ctx, g->out.data, g->out.len);
	str_clear(&g->out);
}

/* Appends the name with blanks and control characters as "_". */
static void add_word(struct str *out, const char *name)
{
	if (!name[0])
		str_addc(out, '_');
	for (; *name; name++)
		str_addc(out, (unsigned char)*name <= ' ' ? '_' : *name);
}

static void add_code(struct str *out, size_t net)
{
	do {
		str_addc(out, (char)('!' + net % 94));
		net /= 94;
	} while (net);
}

/* Variables ---------------------------------------------------------------------------- */

static const struct ghw_type *type_at(const struct ghw *g, uint32_t i)
{
	static const struct ghw_type none = { .kind = GHW_MISSING };

	return i < g->f.n_types ? &g->f.types[i] : &none;
}

/* Reads the number of a signal's next scalar and gives it the type; 0: wrong. */
static uint32_t next_scalar(struct ghw *g, uint32_t type)
{
	uint64_t id = ghw_unsigned(&g->f);

	if (!ghw_good(&g->f))
		return 0;
	if (id == 0 || id > g->n_scalars) {
		ghw_wrong(&g->f, "a signal has a number that is not there");
		return 0;
	}
	if (g->scalars[id].type == NONE)
		g->scalars[id].type = type;
	else if (type_at(g, g->scalars[id].type)->kind != type_at(g, type)->kind)
		ghw_wrong(&g->f, "a signal has two types");
	return (uint32_t)id;
}

/* The net of the last n ids, which are removed if the net exists already. */
static size_t net_of(struct ghw *g, uint32_t n)
{
	uint32_t first = (uint32_t)g->n_ids - n;
	int left = LOOKED_AT;

	for (uint32_t p = g->scalars[g->ids[first]].nets; p != NONE && left--;
	     p = g->places[p].next) {
		const struct net *x = &g->nets[g->places[p].net];

		if (x->n == n &&
		    memcmp(g->ids + x->first, g->ids + first, n * sizeof(*g->ids)) == 0) {
			g->n_ids = first;
			return g->places[p].net;
		}
	}
	MEM_ROOM(g->nets, g->n_nets, g->cap_nets);
	g->nets[g->n_nets] = (struct net){ .first = first, .n = n };
	for (uint32_t i = 0; i < n; i++) {
		struct scalar *s = &g->scalars[g->ids[first + i]];

		MEM_ROOM(g->places, g->n_places, g->cap_places);
		g->places[g->n_places] = (struct place){ (uint32_t)g->n_nets, s->nets };
		s->nets = (uint32_t)g->n_places++;
	}
	return g->n_nets++;
}

static const char *var_type(const struct ghw_type *t)
{
	return t->kind == GHW_REAL	? "real"
	       : t->kind == GHW_INTEGER ? "integer"
	       : t->digits		? "reg"
					: "string";
}

/* Adds a variable of n scalars of the type; range NULL: no vector. */
static void add_var(struct ghw *g, const char *name, uint32_t type, uint32_t n,
		    const struct ghw_range *range)
{
	const struct ghw_type *t = type_at(g, type);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t id = next_scalar(g, type);

		MEM_PUSH(g->ids, g->n_ids, g->cap_ids, id);
	}
	if (!ghw_good(&g->f) || n == 0)
		return;
	if (g->n_ids > 4 * (size_t)GHW_SCALARS_MAX) {
		ghw_wrong(&g->f, "it has too many signals");
		return;
	}
	str_addf(&g->out, "$var %s %u ", var_type(t),
		 t->kind == GHW_INTEGER ? t->width
		 : t->kind == GHW_REAL	? 64
					: n);
	add_code(&g->out, net_of(g, n));
	str_addc(&g->out, ' ');
	add_word(&g->out, name);
	if (range)
		str_addf(&g->out, " [%" PRId64 ":%" PRId64 "]", range->left, range->right);
	str_adds(&g->out, " $end\n");
	flush(g, PIECE);
}

static void add_scope(struct ghw *g, const char *kind, const char *name)
{
	str_addf(&g->out, "$scope %s ", kind);
	add_word(&g->out, name);
	str_adds(&g->out, " $end\n");
	flush(g, PIECE);
}

static void add_signal(struct ghw *g, const char *name, uint32_t type, size_t dim, int depth);

static void add_elements(struct ghw *g, const char *name, uint32_t type, size_t dim, int depth)
{
	const struct ghw_type *t = type_at(g, type);
	struct ghw_range r = t->dims[dim];
	uint64_t n = ghw_range_length(&r);
	bool last = dim + 1 == t->n_dims;
	uint32_t element = t->element;

	if (last && type_at(g, element)->kind == GHW_ENUM && type_at(g, element)->digits) {
		add_var(g, name, element, (uint32_t)n, &r);
		return;
	}
	for (uint64_t i = 0; i < n && ghw_good(&g->f) && !g->refused; i++) {
		char *inner = str_fmt("%s[%" PRId64 "]", name,
				      r.down ? r.left - (int64_t)i : r.left + (int64_t)i);

		add_signal(g, inner, last ? element : type, last ? 0 : dim + 1, depth + 1);
		free(inner);
	}
}

static void add_signal(struct ghw *g, const char *name, uint32_t type, size_t dim, int depth)
{
	const struct ghw_type *t = type_at(g, type);

	/* No scalars, no values; and no limit holds for the length of arrays of these. */
	if (!ghw_good(&g->f) || t->scalars == 0)
		return;
	if (t->kind == GHW_MISSING || t->scalars < 0 || depth > DEPTH_MAX) {
		ghw_wrong(&g->f, "a signal has a type whose size is not known");
	} else if (t->kind == GHW_ARRAY) {
		add_elements(g, name, type, dim, depth);
	} else if (t->kind == GHW_RECORD) {
		add_scope(g, "struct", name);
		for (size_t i = 0; i < type_at(g, type)->n && ghw_good(&g->f); i++)
			add_signal(g, ghw_string(&g->f, type_at(g, type)->v[i].name),
				   type_at(g, type)->v[i].type, 0, depth + 1);
		str_adds(&g->out, "$upscope $end\n");
	} else {
		add_var(g, name, type, 1, NULL);
	}
}

/* Hierarchy ---------------------------------------------------------------------------- */

/* Adds a scope such as "gen(3)" or "gen(idle)", with the value of the loop's counter. */
static void add_turn(struct ghw *g, const char *name)
{
	const struct ghw_type *t = type_at(g, ghw_type_number(&g->f));
	struct str s = STR_INIT;

	str_addf(&s, "%s(", name);
	if (t->kind == GHW_ENUM) {
		unsigned value = ghw_byte(&g->f);

		str_adds(&s, value < t->n ? ghw_string(&g->f, t->v[value].name) : "?");
	} else if (t->kind == GHW_INTEGER) {
		str_addf(&s, "%" PRId64, ghw_signed(&g->f));
	} else {
		ghw_wrong(&g->f, "a loop counts in a type that has no steps");
	}
	str_addc(&s, ')');
	add_scope(g, "begin", str_cstr(&s));
	str_free(&s);
}

static void read_entry(struct ghw *g, unsigned kind)
{
	const char *name;

	if (kind == AT_END_OF_SCOPE) {
		if (g->depth-- > 0)
			str_adds(&g->out, "$upscope $end\n");
		else
			ghw_wrong(&g->f, "a scope ends that did not begin");
		return;
	}
	name = ghw_string(&g->f, (uint32_t)ghw_unsigned(&g->f));
	if (kind >= AT_SIGNAL && kind <= AT_LINKAGE) {
		add_signal(g, name, ghw_type_number(&g->f), 0, 0);
	} else if (kind == AT_FOR) {
		add_turn(g, name);
		g->depth++;
	} else if (kind == AT_BLOCK || kind == AT_IF || kind == AT_INSTANCE || kind == AT_PACKAGE ||
		   kind == AT_GENERIC) {
		add_scope(g, kind == AT_INSTANCE ? "module" : "begin", name);
		g->depth++;
	} else if (kind != AT_PROCESS) { /* a process is no scope */
		ghw_wrong(&g->f, "its hierarchy has something that is not known");
	}
	if (g->depth > DEPTH_MAX)
		ghw_wrong(&g->f, "its scopes are too deep");
}

static void read_hierarchy(struct ghw *g)
{
	uint32_t max;
	unsigned kind;

	ghw_word(&g->f, 4);
	ghw_word(&g->f, 4);
	ghw_word(&g->f, 4);
	max = (uint32_t)ghw_word(&g->f, 4);
	if (max > GHW_SCALARS_MAX || max > g->f.size || g->scalars)
		ghw_wrong(&g->f, "it has too many signals");
	if (!ghw_good(&g->f))
		return;
	g->n_scalars = max;
	g->scalars = mem_calloc((size_t)max + 1, sizeof(*g->scalars));
	for (uint32_t i = 0; i <= max; i++)
		g->scalars[i].type = g->scalars[i].nets = NONE;
	while (ghw_good(&g->f) && !g->refused && (kind = ghw_byte(&g->f)) != AT_END)
		read_entry(g, kind);
	for (; g->depth > 0; g->depth--)
		str_adds(&g->out, "$upscope $end\n");
	g->order = mem_calloc((size_t)max + 1, sizeof(*g->order));
	for (uint32_t i = 1; i <= max; i++)
		if (g->scalars[i].type != NONE)
			g->order[g->n_order++] = i;
}

/* The well-known types are recognised by their literals instead. */
static void skip_known(struct ghw *g)
{
	ghw_word(&g->f, 4);
	while (ghw_good(&g->f) && ghw_byte(&g->f))
		ghw_type_number(&g->f);
}

/* Values ------------------------------------------------------------------------------- */

static void read_value(struct ghw *g, uint32_t number)
{
	struct scalar *s = &g->scalars[number];

	switch (type_at(g, s->type)->kind) {
	case GHW_ENUM:
		s->value.whole = ghw_byte(&g->f);
		break;
	case GHW_INTEGER:
		s->value.whole = ghw_signed(&g->f);
		break;
	default:
		s->value.real = ghw_real(&g->f);
		break;
	}
	for (uint32_t p = s->nets; p != NONE && ghw_good(&g->f); p = g->places[p].next) {
		uint32_t net = g->places[p].net;

		if (g->nets[net].touched)
			continue;
		g->nets[net].touched = true;
		MEM_PUSH(g->touched, g->n_touched, g->cap_touched, net);
	}
}

static void add_integer(struct str *out, int64_t value, uint32_t width)
{
	str_addc(out, 'b');
	for (uint32_t i = width; i-- > 0;)
		str_addc(out, (char)('0' + (((uint64_t)value >> i) & 1)));
}

static void print_net(struct ghw *g, const struct net *x)
{
	const struct scalar *s = &g->scalars[g->ids[x->first]];
	const struct ghw_type *t = type_at(g, s->type);

	if (t->kind == GHW_REAL) {
		str_addf(&g->out, "r%.17g", s->value.real);
	} else if (t->kind == GHW_INTEGER) {
		add_integer(&g->out, s->value.whole, t->width);
	} else if (!t->digits) {
		str_addc(&g->out, 's');
		add_word(&g->out, (uint64_t)s->value.whole < t->n
					  ? ghw_string(&g->f, t->v[s->value.whole].name)
					  : "?");
	} else {
		str_addc(&g->out, 'b');
		for (uint32_t i = 0; i < x->n; i++) {
			int64_t v = g->scalars[g->ids[x->first + i]].value.whole;

			str_addc(&g->out, (uint64_t)v < t->n ? t->digits[v] : 'x');
		}
	}
	str_addc(&g->out, ' ');
	add_code(&g->out, (size_t)(x - g->nets));
	str_addc(&g->out, '\n');
}

/* Prints the changes at that time, unless the file ended within them: they would be half. */
static void print_touched(struct ghw *g, uint64_t time)
{
	if (!ghw_good(&g->f))
		return;
	if (!g->has_time || time != g->time)
		str_addf(&g->out, "#%" PRIu64 "\n", time);
	g->has_time = true;
	g->time = time;
	for (size_t i = 0; i < g->n_touched; i++) {
		g->nets[g->touched[i]].touched = false;
		print_net(g, &g->nets[g->touched[i]]);
		flush(g, PIECE);
	}
	g->n_touched = 0;
}

static void expect(struct ghw *g, const char *mark)
{
	char is[4];

	ghw_bytes(&g->f, is, 4);
	if (ghw_good(&g->f) && memcmp(is, mark, 4) != 0)
		ghw_wrong(&g->f, "a section does not end as it should");
}

static void read_snapshot(struct ghw *g)
{
	uint64_t time;

	ghw_word(&g->f, 4);
	time = (uint64_t)ghw_word(&g->f, 8);
	for (uint32_t i = 0; i < g->n_order && ghw_good(&g->f); i++)
		read_value(g, g->order[i]);
	print_touched(g, time);
	expect(g, "ESN");
}

static void read_cycle(struct ghw *g)
{
	uint64_t time = (uint64_t)ghw_word(&g->f, 8);

	while (ghw_good(&g->f) && !g->refused) {
		uint64_t delta, at = 0;
		int64_t later;

		while (ghw_good(&g->f) && (delta = ghw_unsigned(&g->f)) != 0) {
			at += delta;
			if (delta > g->n_order || at > g->n_order)
				ghw_wrong(&g->f, "a value is of a signal that is not there");
			else
				read_value(g, g->order[at - 1]);
		}
		print_touched(g, time);
		later = ghw_signed(&g->f);
		if (later < 0)
			break;
		time += (uint64_t)later;
	}
	expect(g, "ECY");
}

static void read_directory(struct ghw *g)
{
	uint32_t n;

	ghw_word(&g->f, 4);
	n = (uint32_t)ghw_word(&g->f, 4);
	for (uint32_t i = 0; i < n && ghw_good(&g->f); i++)
		ghw_word(&g->f, 8);
	expect(g, "EOD");
}

/* False after the last section. */
static bool read_section(struct ghw *g)
{
	char mark[4];

	ghw_bytes(&g->f, mark, 4);
	if (!ghw_good(&g->f) || memcmp(mark, "TAI", 4) == 0)
		return false;
	if (memcmp(mark, "STR", 4) == 0)
		ghw_read_strings(&g->f);
	else if (memcmp(mark, "TYP", 4) == 0)
		ghw_read_types(&g->f);
	else if (memcmp(mark, "WKT", 4) == 0)
		skip_known(g);
	else if (memcmp(mark, "HIE", 4) == 0)
		read_hierarchy(g);
	else if (memcmp(mark, "EOH", 4) == 0)
		str_adds(&g->out, "$enddefinitions $end\n");
	else if (memcmp(mark, "SNP", 4) == 0)
		read_snapshot(g);
	else if (memcmp(mark, "CYC", 4) == 0)
		read_cycle(g);
	else if (memcmp(mark, "DIR", 4) == 0)
		read_directory(g);
	else
		ghw_wrong(&g->f, "it has a section that is not known");
	return ghw_good(&g->f) && !g->refused;
}

bool ghw_to_vcd(int fd, const char *path, bool (*put)(void *ctx, const char *data, size_t len),
		void *ctx, struct err *err)
{
	struct ghw g = { .put = put, .ctx = ctx };
	bool ok = true;

	str_adds(&g.out, "$timescale 1 fs $end\n");
	if (ghw_begin(&g.f, fd))
		while (read_section(&g))
			;
	if (g.f.ended && !g.f.bad)
		str_addc(&g.out, '#'); /* without a time: the reader reports a cut */
	if (!g.f.bad)
		flush(&g, 0);
	if (g.f.bad)
		ok = err_set(err, ERR_PARSE, "read %s: it is a GHW file, but %s", path, g.f.bad);
	else if (g.refused)
		ok = err_set(err, ERR_LIMIT,
			     "read %s: it is a GHW file, and as VCD too large to be read here",
			     path);
	free(g.scalars);
	free(g.order);
	free(g.nets);
	free(g.ids);
	free(g.places);
	free(g.touched);
	str_free(&g.out);
	ghw_end(&g.f);
	return ok;
}
