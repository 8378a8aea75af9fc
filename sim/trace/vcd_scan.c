/* The file is a list of words. Before $enddefinitions a word opens a section that ends
 * with $end; after it a word is a change:
 *
 *	#5000        the time is 5000
 *	1!           the bit "!" is 1
 *	b0101 #      the vector "#" is 0101: the second word is its identifier
 *	r1.25 %      a real
 *	sHello &     a string
 *	pUD 6 6 <0   a port of extended VCD: states, two strengths, identifier
 *	$dumpvars    changes follow up to $end, like any others
 */
#include "config.h"

#include "sim/trace/vcd_scan.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "sim/trace/vcd_ids.h"
#include "sim/trace/vcd_words.h"

#define MAX_SIGNALS	1000000
#define MAX_WIDTH	65536
#define MAX_DEPTH	256
#define MAX_SCOPE	4096 /* bytes of a scope's full name */
#define MAX_NAME	1024
#define MAX_WORD	(MAX_WIDTH + 64)
#define FIRST_IS_LOWEST (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)

enum section { NO_SECTION, SCOPE, VAR, TIMESCALE, END_OF_HEADER, SKIP };

/* A signal is the same net as another with its identifier if these are equal. */
struct shape {
	int width;
	bool real, event;
};

struct vcd_scan {
	struct vcd_events ev;
	struct str word;  /* a word cut by the end of a slice */
	uint64_t fed;	  /* bytes before the current slice */
	bool body;	  /* after $enddefinitions */
	uint64_t body_at; /* where changes may be: after the $end of that */
	bool body_begun;
	enum section section;
	int n; /* words of the section so far */
	struct str scope;
	size_t scope_len[MAX_DEPTH]; /* length of each enclosing scope's name */
	size_t depth;
	/* $var */
	struct vcd_var var;
	uint64_t id;
	struct str name;
	int magnitude, exponent; /* of $timescale; exponent without the unit's */
	/* the signals */
	struct shape *shapes;
	size_t n_shapes, cap_shapes;
	unsigned odd; /* VCD_ODD_* so far */
	/* the changes */
	uint64_t time;
	/* Pending value of a vector or real: in the slice or, if at is NULL, in value. */
	const char *at;
	size_t at_len;
	struct str value;
	enum vcd_value kind;
	int waits; /* words until the identifier; 0: nothing pending */
	struct vcd_ids ids;
};

struct vcd_scan *vcd_scan_new(const struct vcd_events *ev)
{
	struct vcd_scan *v = mem_zalloc(sizeof(*v));

	v->ev = *ev;
	v->word.limit = v->value.limit = MAX_WORD;
	v->name.limit = MAX_NAME;
	v->magnitude = 1;
	vcd_ids_init(&v->ids);
	return v;
}

/* Most characters are above a blank, and one comparison shows that. */
static bool is_blank(char c)
{
	if (c > ' ')
		return false;
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

static bool is(const char *s, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(s, word, len) == 0;
}

static void add_clean(struct str *to, const char *s, size_t len)
{
	for (size_t i = 0; i < len;) {
		unsigned cp;
		size_t n = utf8_decode(s + i, len - i, &cp);
		bool fine = n && !utf8_is_control(cp);

		if (to->limit && to->len + (fine ? n : 1) > to->limit)
			return;
		if (fine)
			str_add(to, s + i, n);
		else
			str_addc(to, '?');
		i += n ? n : 1;
	}
}

/* Reads digits with an optional sign that fit an int; moves *s past them. */
static bool number(const char **s, const char *end, int *n)
{
	bool minus = *s < end && **s == '-';
	const char *p = *s + minus, *start = p;
	long value = 0;

	for (; p < end && *p >= '0' && *p <= '9'; p++) {
		value = value * 10 + (*p - '0');
		if (value > INT_MAX)
			return false;
	}
	*s = p;
	*n = (int)(minus ? -value : value);
	return p > start;
}

/* Reads "[7:0]" at the end of s into the signal's range. False: there is none. */
static bool take_range(struct vcd_scan *v, const char *s, size_t len)
{
	const char *p = s, *end = s + len;
	int msb, lsb;

	if (len < 5 || *p++ != '[' || !number(&p, end, &msb) || p == end || *p++ != ':' ||
	    !number(&p, end, &lsb) || end - p != 1 || *p != ']')
		return false;
	v->var.msb = msb;
	v->var.lsb = lsb;
	v->var.has_range = true;
	return true;
}

static void enter_scope(struct vcd_scan *v, const char *s, size_t len)
{
	size_t before = v->scope.len;

	/* Count levels that are too deep or long, so that $upscope still matches. */
	if (v->depth < MAX_DEPTH)
		v->scope_len[v->depth] = before;
	v->depth++;
	if (v->depth > MAX_DEPTH || before + len + 1 > MAX_SCOPE)
		return;
	if (before)
		str_addc(&v->scope, '.');
	add_clean(&v->scope, s, len);
}

static void leave_scope(struct vcd_scan *v)
{
	if (v->depth == 0)
		return;
	v->depth--;
	if (v->depth < MAX_DEPTH)
		str_cut(&v->scope, v->scope_len[v->depth]);
}

/* "1ns", "1 ns" or "0.001fs", in one word or two. */
static void timescale(struct vcd_scan *v, const char *s, size_t len)
{
	static const struct {
		const char *name;
		int exponent;
	} units[] = {
		{ "s", 0 },    { "ms", -3 },  { "us", -6 },  { "ns", -9 },
		{ "ps", -12 }, { "fs", -15 }, { "as", -18 },
	};
	const char *end = s + len;
	int n;

	if (number(&s, end, &n) && n >= 0) {
		v->magnitude = n;
		v->exponent = 0;
		for (s += s < end && *s == '.'; s < end && *s >= '0' && *s <= '9'; s++) {
			if (v->magnitude > INT_MAX / 10 - 1)
				continue;
			v->magnitude = v->magnitude * 10 + (*s - '0');
			v->exponent--;
		}
		while (v->magnitude && v->magnitude % 10 == 0 && v->exponent < 0) {
			v->magnitude /= 10;
			v->exponent++;
		}
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(*units) && v->magnitude > 0; i++) {
		if ((size_t)(end - s) == strlen(units[i].name) &&
		    strncasecmp(s, units[i].name, (size_t)(end - s)) == 0)
			v->ev.timescale(v->ev.ctx, v->magnitude, units[i].exponent + v->exponent);
	}
}

/* $var TYPE WIDTH ID NAME [RANGE] */
static void var_word(struct vcd_scan *v, const char *s, size_t len)
{
	const char *at = s, *bracket;
	int n = 0;

	switch (v->n) {
	case 0:
		v->var = (struct vcd_var){
			.real = is(s, len, "real") || is(s, len, "realtime") ||
				is(s, len, "shortreal") || is(s, len, "real_parameter") ||
				is(s, len, "string"),
			.event = is(s, len, "event"),
			.vector = !is(s, len, "integer") && !is(s, len, "parameter"),
			.parameter = is(s, len, "parameter") || is(s, len, "real_parameter"),
			.integer = is(s, len, "integer") || is(s, len, "int") ||
				   is(s, len, "shortint") || is(s, len, "longint") ||
				   is(s, len, "parameter"),
		};
		v->id = 0;
		str_clear(&v->name);
		break;
	case 1:
		if (take_range(v, s, len)) /* extended VCD */
			n = abs(v->var.msb / 2 - v->var.lsb / 2) < MAX_WIDTH
				    ? abs(v->var.msb - v->var.lsb) + 1
				    : MAX_WIDTH;
		v->var.width = (v->var.has_range || number(&at, s + len, &n)) && n > 0 ? n : 1;
		if (v->var.width > MAX_WIDTH || (n <= 0 && len > 9)) /* no int holds it */
			v->odd |= VCD_ODD_WIDE;
		if (v->var.width > MAX_WIDTH)
			v->var.width = MAX_WIDTH;
		break;
	case 2:
		v->id = vcd_ids_key(&v->ids, s, len);
		break;
	case 3:
		bracket = memrchr(s, '[', len);
		if (bracket && bracket > s && take_range(v, bracket, len - (size_t)(bracket - s)))
			len = (size_t)(bracket - s);
		add_clean(&v->name, s, len);
		break;
	default:
		/* A single index is part of the name: "q [3]" is one bit of q. */
		if (*s == '[' && !take_range(v, s, len))
			add_clean(&v->name, s, len);
		break;
	}
}

static void add_shape(struct vcd_scan *v)
{
	MEM_PUSH(v->shapes, v->n_shapes, v->cap_shapes,
		 (struct shape){ v->var.width, v->var.real, v->var.event });
}

static void var_end(struct vcd_scan *v)
{
	const struct shape *old;
	uint32_t first;
	long same_as = -1;

	if (v->n < 4 || !v->id || v->name.len == 0)
		return;
	if (v->n_shapes >= MAX_SIGNALS) {
		v->odd |= VCD_ODD_MANY;
		return;
	}
	v->var.vector &= (v->var.has_range || v->var.width > 1) && !v->var.real && !v->var.event;
	if (v->var.width == 1 && v->var.has_range && v->var.msb == 0 && v->var.lsb == 0)
		v->var.has_range = false;
	if (v->var.event)
		v->var.width = 1;
	v->var.scope = str_cstr(&v->scope);
	v->var.name = str_cstr(&v->name);
	first = vcd_ids_find(&v->ids, v->id);
	old = first != VCD_IDS_NONE ? &v->shapes[first] : NULL;
	/* Another width or kind means another net. */
	if (old && old->width == v->var.width && old->real == v->var.real &&
	    old->event == v->var.event)
		same_as = (long)first;
	else if (old)
		v->odd |= VCD_ODD_REUSED;
	else
		vcd_ids_add(&v->ids, v->id, (uint32_t)v->n_shapes);
	add_shape(v);
	v->ev.signal(v->ev.ctx, &v->var, same_as);
}

static void section_word(struct vcd_scan *v, const char *s, size_t len)
{
	if (is(s, len, "$end")) {
		if (v->section == VAR)
			var_end(v);
		v->section = NO_SECTION;
		return;
	}
	if (v->section == VAR)
		var_word(v, s, len);
	else if (v->section == SCOPE && v->n == 1)
		enter_scope(v, s, len);
	else if (v->section == TIMESCALE)
		timescale(v, s, len);
	else if (v->section == END_OF_HEADER && *s == '#')
		v->odd |= VCD_ODD_EARLY;
	if (v->n < INT_MAX)
		v->n++;
}

static void keyword(struct vcd_scan *v, const char *s, size_t len)
{
	v->n = 0;
	if (v->body) {
		/* Other sections contain changes. */
		if (is(s, len, "$comment") || is(s, len, "$var") || is(s, len, "$scope"))
			v->section = SKIP;
		return;
	}
	v->section = SKIP;
	if (is(s, len, "$var"))
		v->section = VAR;
	else if (is(s, len, "$scope"))
		v->section = SCOPE;
	else if (is(s, len, "$timescale"))
		v->section = TIMESCALE;
	else if (is(s, len, "$upscope"))
		leave_scope(v);
	else if (is(s, len, "$enddefinitions"))
		v->section = END_OF_HEADER;
	else if (is(s, len, "$end"))
		v->section = NO_SECTION;
	v->body = v->section == END_OF_HEADER;
}

static void set_time(struct vcd_scan *v, const char *s, size_t len)
{
	uint64_t time = 0;

	if (len == 0)
		return;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '.' && i)
			break; /* "#12.5": some tools write reals */
		if (s[i] < '0' || s[i] > '9' || time > (UINT64_MAX - 9) / 10) {
			v->odd |= VCD_ODD_TIME;
			return;
		}
		time = time * 10 + (uint64_t)(s[i] - '0');
	}
	if (time < v->time)
		v->odd |= VCD_ODD_BACK;
	else
		v->time = time;
}

static void change(struct vcd_scan *v, const char *id, size_t id_len, enum vcd_value kind,
		   const char *value, size_t len)
{
	uint64_t key = vcd_ids_key(&v->ids, id, id_len);
	uint32_t signal = vcd_ids_find(&v->ids, key);

	if (signal == VCD_IDS_NONE) {
		v->odd |= VCD_ODD_UNDECLARED;
		return;
	}
	if (kind == VCD_BITS && len == 0)
		return; /* "b !", "p 6 0 !": no bit, so nothing is said */
	if (v->shapes[signal].event) {
		/* The value is meaningless, but x and z come from a $dumpvars. */
		if (len && !strchr("xXzZ", value[0]))
			v->ev.change(v->ev.ctx, signal, v->time, VCD_BITS, "1", 1);
	} else {
		v->ev.change(v->ev.ctx, signal, v->time, kind, value, len);
	}
}

/* Copies a pending value when its slice or word ends; copying each would cost too much. */
static void keep_value(struct vcd_scan *v)
{
	if (v->waits && v->at) {
		str_clear(&v->value);
		v->value.full = false;
		str_add(&v->value, v->at, v->at_len);
	}
	v->at = NULL;
}

static void begin_value(struct vcd_scan *v, const char *s, size_t len)
{
	v->at = NULL;
	if (*s != 'p' && len > 1 && len <= MAX_WORD) {
		v->waits = 1;
		v->kind = *s == 'b' || *s == 'B' ? VCD_BITS : VCD_TEXT;
		v->at = s + 1;
		v->at_len = len - 1;
		return;
	}
	str_clear(&v->value);
	v->value.full = false;
	v->waits = 1;
	v->kind = *s == 'b' || *s == 'B' ? VCD_BITS : VCD_TEXT;
	if (*s == 'p') {
		v->waits = 3;
		v->kind = VCD_BITS;
		vcd_port_states(&v->value, s + 1, len - 1);
	} else if (len > 1) {
		str_add(&v->value, s + 1, len - 1);
	} else if (v->kind == VCD_TEXT) {
		str_adds(&v->value, "\"\""); /* empty string */
	}
}

static void body_word(struct vcd_scan *v, const char *s, size_t len)
{
	if (v->waits) {
		if (--v->waits == 0)
			change(v, s, len, v->kind, v->at ? v->at : str_cstr(&v->value),
			       v->at ? v->at_len : v->value.len);
		return;
	}
	switch (*s) {
	case '#':
		set_time(v, s + 1, len - 1);
		break;
	case '$':
		keyword(v, s, len);
		break;
	case 'b':
	case 'B':
	case 'r':
	case 'R':
	case 's':
	case 'S':
	case 'p':
		begin_value(v, s, len);
		break;
	case '0':
	case '1':
	case 'x':
	case 'X':
	case 'z':
	case 'Z':
	case '-':
	case 'h':
	case 'H':
	case 'u':
	case 'U':
	case 'w':
	case 'W':
	case 'l':
	case 'L':
		change(v, s + 1, len - 1, VCD_BITS, s, 1);
		break;
	default:
		break;
	}
}

/* Some files omit $enddefinitions and just begin with changes. */
static bool begins_changes(const struct vcd_scan *v, const char *s, size_t len)
{
	return !v->body && v->section == NO_SECTION && v->n_shapes &&
	       (is(s, len, "$dumpvars") || (*s == '#' && len > 1 && s[1] >= '0' && s[1] <= '9'));
}

static void take_word(struct vcd_scan *v, const char *s, size_t len)
{
	v->body |= begins_changes(v, s, len);
	if (v->section != NO_SECTION)
		section_word(v, s, len);
	else if (v->body)
		body_word(v, s, len);
	else if (*s == '$')
		keyword(v, s, len);
	else if (*s == '#')
		v->odd |= VCD_ODD_EARLY;
}

/* The first position at or after p that may be a blank. Tests eight bytes at a time: all
 * are above a blank, or the subtraction borrows from one (and none above 127 is blank). */
static const char *skip_long(const char *p, const char *end)
{
	const uint64_t ones = 0x0101010101010101ull;

	while (end - p >= 8) {
		uint64_t w;

		memcpy(&w, p, sizeof(w));
		w = (w - ones * (' ' + 1)) & ~w & ones * 0x80;
		if (w) /* the first one is exact where the first byte is the lowest */
			return p + (FIRST_IS_LOWEST ? __builtin_ctzll(w) / 8 : 0);
		p += 8;
	}
	return p;
}

void vcd_scan_feed(struct vcd_scan *v, const char *data, size_t len)
{
	const char *p = data, *end = data + len;

	while (p < end) {
		const char *start = p;

		p = skip_long(p, end);
		while (p < end && !is_blank(*p))
			p++;
		if (p == end || v->word.len) {
			str_add(&v->word, start, (size_t)(p - start));
			if (p == end)
				break; /* may continue in the next slice */
			if (v->word.len)
				take_word(v, v->word.data, v->word.len);
			keep_value(v);
			str_clear(&v->word);
			v->word.full = false;
		} else if (p > start) {
			take_word(v, start, (size_t)(p - start));
		}
		if (v->body && !v->body_begun && v->section == NO_SECTION) {
			v->body_begun = true;
			v->body_at = v->fed + (uint64_t)(p - data);
		}
		p++;
	}
	keep_value(v);
	v->fed += len;
}

bool vcd_scan_has_changes(const struct vcd_scan *v, uint64_t *at)
{
	if (at)
		*at = v->body_at;
	return v->body;
}

uint64_t vcd_scan_time(const struct vcd_scan *v)
{
	return v->time;
}

bool vcd_scan_rests(const struct vcd_scan *v)
{
	return v->word.len == 0 && v->section == NO_SECTION && v->waits == 0;
}

unsigned vcd_scan_odd(const struct vcd_scan *v)
{
	return v->odd;
}

void vcd_scan_give(struct vcd_scan *v, void *ctx)
{
	v->ev.ctx = ctx;
}

void vcd_scan_jump(struct vcd_scan *v)
{
	assert(v->body);
	str_clear(&v->word);
	v->word.full = false;
	v->section = NO_SECTION;
	v->waits = 0;
	v->at = NULL;
	v->time = 0;
}

void vcd_scan_free(struct vcd_scan *v)
{
	if (!v)
		return;
	str_free(&v->word);
	str_free(&v->scope);
	str_free(&v->name);
	str_free(&v->value);
	free(v->shapes);
	vcd_ids_fini(&v->ids);
	free(v);
}
