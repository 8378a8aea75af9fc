/* The file is words between blanks. Before $enddefinitions a word opens a
 * section that ends with $end; after it a word is a change:
 *
 *	#5000        the time is 5000
 *	1!           the bit "!" is 1
 *	b0101 #      the vector "#" is 0101: the second word names it
 *	r1.25 %      a real
 *	$dumpvars    changes follow up to $end, like any others
 */
#include "config.h"

#include "sim/vcd.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/wave.h"

#define MAX_SIGNALS 1000000
#define MAX_WIDTH 65536
#define MAX_DEPTH 256
#define MAX_SCOPE 4096			/* bytes of a scope's full name */
#define MAX_NAME 1024
#define MAX_WORD (MAX_WIDTH + 64)
#define ID_MAX 9			/* 94^9 fits into 64 bits */

enum section { NO_SECTION, SCOPE, VAR, TIMESCALE, SKIP };

struct slot {
	uint64_t key;		/* 0: free */
	uint32_t signal;
};

struct vcd {
	struct wave *w;
	struct str word;	/* one that a slice cut in two */
	bool body;		/* after $enddefinitions */
	enum section section;
	int n;			/* words of the section so far */
	struct str scope;
	size_t scope_len[MAX_DEPTH];	/* of the scope around each */
	size_t depth;
	/* $var */
	struct wave_signal var;
	uint64_t id;
	struct str name;
	int magnitude;
	/* the changes */
	uint64_t time;
	struct str value;	/* a vector or real that waits for its name */
	bool value_waits;
	/* identifier -> signal; open addressing, at most half full */
	struct slot *slots;
	unsigned slot_bits;
	size_t n_ids;
	uint64_t salt;
};

struct vcd *vcd_new(size_t max_changes)
{
	struct vcd *v = mem_zalloc(sizeof(*v));

	v->w = wave_new(max_changes);
	v->word.limit = v->value.limit = MAX_WORD;
	v->name.limit = MAX_NAME;
	v->magnitude = 1;
	v->slot_bits = 8;
	v->slots = mem_calloc((size_t)1 << v->slot_bits, sizeof(*v->slots));
	/* So that nobody can choose identifiers that fall together. */
	if (getrandom(&v->salt, sizeof(v->salt), GRND_NONBLOCK) != sizeof(v->salt))
		v->salt = (uint64_t)(uintptr_t)v;
	v->salt |= 1;
	return v;
}

/* The number that stands for an identifier; 0: it is none. */
static uint64_t id_key(const char *s, size_t len)
{
	uint64_t key = 0;

	if (len == 0 || len > ID_MAX)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (s[i] < 33 || s[i] > 126)
			return 0;
		key = key * 94 + (uint64_t)(s[i] - 32);
	}
	return key;
}

static struct slot *find_slot(const struct vcd *v, uint64_t key)
{
	size_t mask = ((size_t)1 << v->slot_bits) - 1;
	uint64_t mixed = (key ^ (key >> 29)) * v->salt;
	size_t i = (size_t)((mixed ^ (mixed >> 31)) * v->salt >> (64 - v->slot_bits));

	while (v->slots[i].key && v->slots[i].key != key)
		i = (i + 1) & mask;
	return &v->slots[i];
}

static void add_id(struct vcd *v, uint64_t key, size_t signal)
{
	struct slot *s;

	if (2 * (v->n_ids + 1) > (size_t)1 << v->slot_bits) {
		struct slot *old = v->slots;
		size_t n = (size_t)1 << v->slot_bits;

		v->slot_bits++;
		v->slots = mem_calloc(2 * n, sizeof(*v->slots));
		for (size_t i = 0; i < n; i++) {
			if (old[i].key)
				*find_slot(v, old[i].key) = old[i];
		}
		free(old);
	}
	s = find_slot(v, key);
	s->key = key;
	s->signal = (uint32_t)signal;
	v->n_ids++;
}

static bool is_blank(char c)
{
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

/* Digits with an optional sign, within an int; moves *s behind them. */
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

/* "[7:0]" at the end of s: takes it into the signal. False: there is none. */
static bool take_range(struct vcd *v, const char *s, size_t len)
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

static void enter_scope(struct vcd *v, const char *s, size_t len)
{
	size_t before = v->scope.len;

	/* Too deep or too long is counted, so that the way out still fits. */
	if (v->depth < MAX_DEPTH)
		v->scope_len[v->depth] = before;
	v->depth++;
	if (v->depth > MAX_DEPTH || before + len + 1 > MAX_SCOPE)
		return;
	if (before)
		str_addc(&v->scope, '.');
	add_clean(&v->scope, s, len);
}

static void leave_scope(struct vcd *v)
{
	if (v->depth == 0)
		return;
	v->depth--;
	if (v->depth < MAX_DEPTH)
		str_cut(&v->scope, v->scope_len[v->depth]);
}

static void timescale(struct vcd *v, const char *s, size_t len)
{
	static const struct { const char *name; int exponent; } units[] = {
		{ "s", 0 }, { "ms", -3 }, { "us", -6 }, { "ns", -9 }, { "ps", -12 }, { "fs", -15 },
	};
	const char *end = s + len;
	int n;

	if (number(&s, end, &n) && n > 0)
		v->magnitude = n;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (is(s, (size_t)(end - s), units[i].name))
			wave_set_timescale(v->w, v->magnitude, units[i].exponent);
	}
}

/* $var TYPE WIDTH ID NAME [RANGE] */
static void var_word(struct vcd *v, const char *s, size_t len)
{
	const char *at = s, *bracket;
	int n;

	switch (v->n) {
	case 0:
		v->var = (struct wave_signal){
			.real = is(s, len, "real") || is(s, len, "realtime") || is(s, len, "shortreal") ||
				is(s, len, "string"),
		};
		v->id = 0;
		str_clear(&v->name);
		break;
	case 1:
		v->var.width = number(&at, s + len, &n) && n > 0 ? n : 1;
		if (v->var.width > MAX_WIDTH)
			v->var.width = MAX_WIDTH;
		break;
	case 2:
		v->id = id_key(s, len);
		break;
	case 3:
		bracket = memrchr(s, '[', len);
		if (bracket && bracket > s && take_range(v, bracket, len - (size_t)(bracket - s)))
			len = (size_t)(bracket - s);
		add_clean(&v->name, s, len);
		break;
	default:
		/* A single index belongs to the name: "q [3]" is one bit of q. */
		if (*s == '[' && !take_range(v, s, len))
			add_clean(&v->name, s, len);
		break;
	}
}

static void var_end(struct vcd *v)
{
	struct slot *slot;
	size_t signal;

	if (v->n < 4 || !v->id || v->name.len == 0 || wave_signals(v->w) >= MAX_SIGNALS)
		return;
	if (v->var.width == 1 && v->var.has_range && v->var.msb == 0 && v->var.lsb == 0)
		v->var.has_range = false;
	v->var.scope = str_cstr(&v->scope);
	v->var.name = str_cstr(&v->name);
	slot = find_slot(v, v->id);
	/* Another width or kind cannot be the same net. */
	if (slot->key && wave_signal_at(v->w, slot->signal)->width == v->var.width &&
	    wave_signal_at(v->w, slot->signal)->real == v->var.real) {
		wave_add_signal(v->w, &v->var, (long)slot->signal);
		return;
	}
	signal = wave_add_signal(v->w, &v->var, -1);
	if (!slot->key)
		add_id(v, v->id, signal);
}

static void section_word(struct vcd *v, const char *s, size_t len)
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
	if (v->n < INT_MAX)
		v->n++;
}

static void keyword(struct vcd *v, const char *s, size_t len)
{
	v->n = 0;
	if (v->body) {
		/* The others hold changes. */
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
		v->body = true;
	else if (is(s, len, "$end"))
		v->section = NO_SECTION;
}

static void set_time(struct vcd *v, const char *s, size_t len)
{
	uint64_t time = 0;

	if (len == 0 || len > 19)
		return;
	for (size_t i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return;
		time = time * 10 + (uint64_t)(s[i] - '0');
	}
	if (time > v->time)
		v->time = time;
}

static void change(struct vcd *v, const char *id, size_t id_len, const char *value, size_t len)
{
	uint64_t key = id_key(id, id_len);
	const struct slot *slot = key ? find_slot(v, key) : NULL;

	if (slot && slot->key)
		wave_change(v->w, slot->signal, v->time, value, len);
}

static void body_word(struct vcd *v, const char *s, size_t len)
{
	if (v->value_waits) {
		v->value_waits = false;
		change(v, s, len, str_cstr(&v->value), v->value.len);
		return;
	}
	switch (*s) {
	case '#':
		set_time(v, s + 1, len - 1);
		break;
	case '$':
		keyword(v, s, len);
		break;
	case 'b': case 'B': case 'r': case 'R': case 's': case 'S':
		str_clear(&v->value);
		str_add(&v->value, s + 1, len - 1);
		v->value_waits = true;
		break;
	case '0': case '1': case 'x': case 'X': case 'z': case 'Z': case '-':
	case 'h': case 'H': case 'u': case 'U': case 'w': case 'W': case 'l': case 'L':
		change(v, s + 1, len - 1, s, 1);
		break;
	default:
		break;
	}
}

static void take_word(struct vcd *v, const char *s, size_t len)
{
	if (v->section != NO_SECTION)
		section_word(v, s, len);
	else if (v->body)
		body_word(v, s, len);
	else if (*s == '$')
		keyword(v, s, len);
}

void vcd_feed(struct vcd *v, const char *data, size_t len)
{
	const char *p = data, *end = data + len;

	while (p < end) {
		const char *start = p;

		while (p < end && !is_blank(*p))
			p++;
		if (p == end || v->word.len) {
			str_add(&v->word, start, (size_t)(p - start));
			if (p == end)
				return;	/* it may go on in the next slice */
			if (v->word.len)
				take_word(v, v->word.data, v->word.len);
			str_clear(&v->word);
			v->word.full = false;
		} else if (p > start) {
			take_word(v, start, (size_t)(p - start));
		}
		p++;
	}
}

bool vcd_end(struct vcd *v, struct wave **out, struct err *err)
{
	bool ok = v->body;

	*out = NULL;
	if (ok) {
		wave_set_end(v->w, v->time);
		*out = v->w;
		v->w = NULL;
	} else {
		err_set(err, ERR_PARSE, "it is no value change dump, or only the start of one");
	}
	wave_free(v->w);
	str_free(&v->word);
	str_free(&v->scope);
	str_free(&v->name);
	str_free(&v->value);
	free(v->slots);
	free(v);
	return ok;
}

bool vcd_read(const char *path, size_t max_changes, struct wave **out, struct err *err)
{
	enum { CHUNK = 1 << 16 };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct vcd *v = NULL;
	char *buf = NULL;
	struct stat st;
	ssize_t n;
	bool ok = false;

	*out = NULL;
	if (fd < 0 || fstat(fd, &st) < 0) {
		err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "open %s: %s", path, strerror(errno));
		goto done;
	}
	if (!S_ISREG(st.st_mode)) {
		err_set(err, ERR_IO, "read %s: it is no regular file", path);
		goto done;
	}
	v = vcd_new(max_changes);
	buf = mem_alloc(CHUNK);
	while ((n = read(fd, buf, CHUNK)) > 0 || (n < 0 && errno == EINTR)) {
		if (n > 0)
			vcd_feed(v, buf, (size_t)n);
	}
	if (n < 0) {
		err_set(err, ERR_IO, "read %s: %s", path, strerror(errno));
		goto done;
	}
	ok = vcd_end(v, out, err);
	v = NULL;
	if (!ok)
		err_prefix(err, "read %s", path);
done:
	if (v) {
		vcd_end(v, out, NULL);
		wave_free(*out);
		*out = NULL;
	}
	free(buf);
	if (fd >= 0)
		close(fd);
	return ok;
}
