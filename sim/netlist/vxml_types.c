/* A graph of types by number: a struct's members, an array's elements. A basic type has
 * a width; others are computed from their parts.
 */
#include "config.h"

#include "sim/netlist/vxml_types.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define MAX_TYPE_DEPTH 64
#define MAX_BITS       (1ull << 40) /* above: not known */

enum type_kind {
	TYPE_NONE,
	TYPE_BASIC,
	TYPE_ALIAS,
	TYPE_PACKED,
	TYPE_UNPACKED,
	TYPE_STRUCT,
	TYPE_UNION
};

struct type {
	enum type_kind kind;
	uint64_t count; /* BASIC: bits; arrays: number of elements */
	int64_t lowest; /* arrays: lowest index */
	uint32_t *sub;	/* ids; for STRUCT and UNION: of the members */
	size_t n, cap;
};

const char *vxml_attribute(const char **v, const char *name)
{
	for (; *v; v += 2)
		if (strcmp(v[0], name) == 0)
			return v[1];
	return "";
}

char *vxml_one_line(const char *s)
{
	char *copy = mem_strdup(s);

	for (char *p = copy; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = '?';
	return copy;
}

uint32_t vxml_type_number(const char *s)
{
	unsigned long n = strtoul(s, NULL, 10);

	return n <= VXML_TYPES_MAX ? (uint32_t)n : 0;
}

bool vxml_const_value(const char *s, int64_t *out)
{
	const char *h = strchr(s, '\'');
	bool is_signed = h && h[1] == 's';
	unsigned long width = strtoul(s, NULL, 10);
	unsigned long long v;
	char *end;

	if (!h || h[1 + is_signed] != 'h' || h[2 + is_signed] == '\0')
		return false;
	v = strtoull(h + 2 + is_signed, &end, 16);
	if (*end || v > INT64_MAX)
		return false;
	*out = (int64_t)v;
	if (is_signed && width > 0 && width < 63 && v >> (width - 1))
		*out -= (int64_t)1 << width;
	return true;
}

static struct type *type_at(struct types *x, uint32_t id)
{
	if (id >= x->n) {
		size_t old = x->cap;

		x->cap = mem_grow((void **)&x->v, old, id + 1, sizeof(*x->v));
		memset(x->v + old, 0, (x->cap - old) * sizeof(*x->v));
		x->n = id + 1;
	}
	return &x->v[id];
}

static void add_sub(struct type *t, uint32_t id)
{
	MEM_PUSH(t->sub, t->n, t->cap, id);
}

static enum type_kind type_kind(const char *name)
{
	if (strcmp(name, "basicdtype") == 0)
		return TYPE_BASIC;
	if (strcmp(name, "packarraydtype") == 0)
		return TYPE_PACKED;
	if (strcmp(name, "unpackarraydtype") == 0)
		return TYPE_UNPACKED;
	if (strcmp(name, "structdtype") == 0)
		return TYPE_STRUCT;
	if (strcmp(name, "uniondtype") == 0)
		return TYPE_UNION;
	return str_ends(name, "dtype") ? TYPE_ALIAS : TYPE_NONE; /* enum, ref, member, const */
}

static uint64_t basic_bits(const char **atts)
{
	const char *name = vxml_attribute(atts, "name"), *left = vxml_attribute(atts, "left");
	long long a = strtoll(left, NULL, 10), b = strtoll(vxml_attribute(atts, "right"), NULL, 10);

	if (!left[0])
		return strcmp(name, "logic") == 0 || strcmp(name, "bit") == 0;
	if (a < -(1ll << 30) || a > 1ll << 30 || b < -(1ll << 30) || b > 1ll << 30)
		return 0;
	return (uint64_t)(a > b ? a - b : b - a) + 1;
}

void types_start(struct types *x, const char *name, const char **atts)
{
	enum type_kind kind = type_kind(name);
	uint32_t id = vxml_type_number(vxml_attribute(atts, "id")),
		 sub = vxml_type_number(vxml_attribute(atts, "sub_dtype_id"));
	int64_t v;

	if (strcmp(name, "range") == 0) {
		x->n_range = 0;
	} else if (strcmp(name, "const") == 0) {
		if (x->n_range < 2 && vxml_const_value(vxml_attribute(atts, "name"), &v))
			x->range[x->n_range++] = v;
	} else if (kind != TYPE_NONE && id && type_at(x, id)->kind == TYPE_NONE) {
		struct type *t;

		if (strcmp(name, "memberdtype") == 0 && x->open)
			add_sub(type_at(x, x->open), id);
		t = type_at(x, id);
		t->kind = kind;
		t->count = kind == TYPE_BASIC ? basic_bits(atts) : 0;
		if (sub)
			add_sub(t, sub);
		if (strcmp(name, "memberdtype") != 0)
			x->open = id;
		x->n_range = 2; /* other constants are not a range */
	}
}

void types_end(struct types *x, const char *name)
{
	if (strcmp(name, "range") == 0 && x->n_range == 2 && x->open) {
		uint64_t a = (uint64_t)x->range[0], b = (uint64_t)x->range[1];
		uint64_t d = x->range[0] > x->range[1] ? a - b : b - a;

		type_at(x, x->open)->count = d < MAX_BITS ? d + 1 : 0;
		type_at(x, x->open)->lowest = x->range[x->range[0] > x->range[1]];
	}
}

static uint64_t times(uint64_t a, uint64_t b)
{
	return a && b && a > MAX_BITS / b ? 0 : a * b;
}

static uint64_t bits_of(const struct types *x, uint32_t id, int depth, uint64_t *words, long *left);

/* Of a structure all members count, of a union the largest. */
static uint64_t bits_of_members(const struct types *x, const struct type *t, int depth, long *left)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < t->n; i++) {
		uint64_t words = 0, bits = bits_of(x, t->sub[i], depth + 1, &words, left);

		bits = times(bits, words ? words : 1);
		if (bits == 0)
			return 0;
		sum = t->kind == TYPE_STRUCT ? sum + bits : bits > sum ? bits : sum;
	}
	return sum <= MAX_BITS ? sum : 0;
}

/* 0: not known. words: factor of unpacked arrays on the way; a member's count as its
 * bits. */
static uint64_t bits_of(const struct types *x, uint32_t id, int depth, uint64_t *words, long *left)
{
	const struct type *t = id < x->n ? &x->v[id] : NULL;

	if (!t || t->kind == TYPE_NONE || depth > MAX_TYPE_DEPTH || (*left)-- < 0)
		return 0;
	if (t->kind == TYPE_BASIC)
		return t->count;
	if (t->kind == TYPE_UNPACKED && t->n) {
		*words = times(t->count, *words ? *words : 1);
		return bits_of(x, t->sub[0], depth + 1, words, left);
	}
	if (t->kind == TYPE_PACKED || t->kind == TYPE_ALIAS)
		return t->n ? times(bits_of(x, t->sub[0], depth + 1, words, left),
				    t->kind == TYPE_PACKED ? t->count : 1)
			    : 0;
	return bits_of_members(x, t, depth, left);
}

uint64_t types_bits(const struct types *t, uint32_t id, uint64_t *words, long *left)
{
	*words = 0;
	return bits_of(t, id, 0, words, left);
}

size_t types_dimensions(const struct types *t, uint32_t id, int32_t *lowest, uint32_t *count,
			size_t max)
{
	size_t n = 0;

	for (int depth = 0; depth < MAX_TYPE_DEPTH && id < t->n; depth++) {
		const struct type *v = &t->v[id];

		if ((v->kind != TYPE_UNPACKED && v->kind != TYPE_ALIAS) || v->n == 0)
			break;
		if (v->kind == TYPE_UNPACKED) {
			if (n == max || v->count > UINT32_MAX || v->lowest < INT32_MIN ||
			    v->lowest > INT32_MAX)
				break;
			lowest[n] = (int32_t)v->lowest;
			count[n++] = (uint32_t)v->count;
		}
		id = v->sub[0];
	}
	return n;
}

void types_fini(struct types *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->v[i].sub);
	free(t->v);
	*t = (struct types){ 0 };
}
