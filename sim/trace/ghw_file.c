/* Strings are prefix-compressed: each gives the number of letters that the next one shares
 * with it. A type comes before its uses. A subtype of an array, or of a record of arrays,
 * gives the ranges of all dimensions that are still open, outermost first; the inner types
 * with these ranges are made here and follow those of the file.
 */
#include "config.h"

#include "sim/trace/ghw_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define BUFFER	    65536
#define STRINGS_MAX (1u << 22)
#define LETTERS_MAX (64u << 20)
#define TYPES_MAX   (1u << 20)
#define NEST_MAX    64

enum { /* GHDL's numbers */
       IS_B2 = 22,
       IS_E8 = 23,
       IS_I32 = 25,
       IS_I64 = 26,
       IS_F64 = 27,
       IS_P32 = 28,
       IS_P64 = 29,
       IS_ARRAY = 31,
       IS_RECORD = 32,
       IS_SUB_SCALAR = 34,
       IS_SUB_ARRAY = 35,
       IS_OPEN_ARRAY = 37,
       IS_SUB_RECORD = 38,
       IS_OPEN_RECORD = 39,
};

bool ghw_good(const struct ghw_file *f)
{
	return !f->bad && !f->ended;
}

void ghw_wrong(struct ghw_file *f, const char *what)
{
	if (!f->bad)
		f->bad = what;
}

/* Bytes ------------------------------------------------------------------------------- */

unsigned ghw_byte(struct ghw_file *f)
{
	if (!ghw_good(f))
		return 0;
	if (f->at == f->len) {
		ssize_t n;

		do
			n = read(f->fd, f->buf, BUFFER);
		while (n < 0 && errno == EINTR);
		f->at = 0;
		f->len = n > 0 ? (size_t)n : 0;
		if (n <= 0) {
			f->ended = true;
			return 0;
		}
	}
	return f->buf[f->at++];
}

void ghw_bytes(struct ghw_file *f, void *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((unsigned char *)out)[i] = (unsigned char)ghw_byte(f);
}

uint64_t ghw_unsigned(struct ghw_file *f)
{
	uint64_t value = 0;
	unsigned byte = 0x80;

	for (unsigned shift = 0; byte & 0x80; shift += 7) {
		byte = ghw_byte(f);
		if (shift > 63) {
			ghw_wrong(f, "a number is too long");
			return 0;
		}
		value |= (uint64_t)(byte & 0x7f) << shift;
	}
	return value;
}

int64_t ghw_signed(struct ghw_file *f)
{
	uint64_t value = 0;
	unsigned byte = 0x80, shift = 0;

	for (; byte & 0x80; shift += 7) {
		byte = ghw_byte(f);
		if (shift > 63) {
			ghw_wrong(f, "a number is too long");
			return 0;
		}
		value |= (uint64_t)(byte & 0x7f) << shift;
	}
	if (shift < 64 && (byte & 0x40))
		value |= UINT64_MAX << shift;
	return (int64_t)value;
}

static uint64_t word(const struct ghw_file *f, const unsigned char *bytes, size_t n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value << 8 | bytes[f->big_endian ? i : n - 1 - i];
	return value;
}

int64_t ghw_word(struct ghw_file *f, size_t n)
{
	unsigned char bytes[8];
	uint64_t value;

	ghw_bytes(f, bytes, n);
	value = word(f, bytes, n);
	return n == 4 ? (int32_t)(uint32_t)value : (int64_t)value;
}

double ghw_real(struct ghw_file *f)
{
	unsigned char bytes[8];
	uint64_t value;
	double real;

	ghw_bytes(f, bytes, sizeof(bytes));
	value = word(f, bytes, sizeof(bytes));
	memcpy(&real, &value, sizeof(real));
	return real;
}

bool ghw_begin(struct ghw_file *f, int fd)
{
	unsigned char h[16];
	struct stat st;

	*f = (struct ghw_file){ .fd = fd, .buf = mem_alloc(BUFFER) };
	f->size = fstat(fd, &st) == 0 && st.st_size > 0 ? (uint64_t)st.st_size : 0;
	ghw_bytes(f, h, sizeof(h));
	f->version = h[11];
	f->big_endian = h[12] == 2;
	if (!ghw_good(f) || memcmp(h, "GHDLwave\n\020", 10) != 0 || h[10] != 0 || h[11] > 1 ||
	    (h[12] != 1 && h[12] != 2) || h[15] != 0)
		ghw_wrong(f, "its header is that of no version that is known");
	return ghw_good(f);
}

void ghw_end(struct ghw_file *f)
{
	for (size_t i = 0; i < f->n_strings; i++)
		free(f->strings[i]);
	for (size_t i = 0; i < f->n_kept; i++)
		free(f->kept[i]);
	free(f->strings);
	free(f->kept);
	free(f->types);
	free(f->buf);
	*f = (struct ghw_file){ .fd = -1 };
}

/* Strings ----------------------------------------------------------------------------- */

static void zeros(struct ghw_file *f)
{
	for (int i = 0; i < 4; i++)
		if (ghw_byte(f))
			ghw_wrong(f, "a section does not begin as it should");
}

void ghw_read_strings(struct ghw_file *f)
{
	struct str s = STR_INIT;
	size_t letters = 0, n;

	zeros(f);
	n = (size_t)(uint32_t)ghw_word(f, 4);
	ghw_word(f, 4);
	if (n >= STRINGS_MAX || n > f->size || f->strings)
		ghw_wrong(f, "it has too many strings");
	if (!ghw_good(f))
		return;
	f->strings = mem_calloc(n + 2, sizeof(*f->strings));
	f->strings[f->n_strings++] = mem_strdup("");
	/* One more than the count: the mark "EOS" after the strings reads as one. */
	for (size_t i = 0; i <= n && ghw_good(f); i++) {
		unsigned c = ghw_byte(f), shift = 5;
		size_t shared;

		for (; ghw_good(f) && c > 31 && (c < 128 || c > 159); c = ghw_byte(f)) {
			str_addc(&s, (char)c);
			if (++letters > LETTERS_MAX)
				ghw_wrong(f, "its strings are too long");
		}
		f->strings[f->n_strings++] = mem_strdup(str_cstr(&s));
		shared = c & 0x1f;
		for (; ghw_good(f) && c >= 128 && shift < 30; shift += 5) {
			c = ghw_byte(f);
			shared |= (size_t)(c & 0x1f) << shift;
		}
		str_cut(&s, shared);
		letters += s.len;
		if (letters > LETTERS_MAX)
			ghw_wrong(f, "its strings are too long");
	}
	str_free(&s);
}

const char *ghw_string(const struct ghw_file *f, uint32_t number)
{
	return number < f->n_strings ? f->strings[number] : "";
}

/* Types ------------------------------------------------------------------------------- */

static void *keep(struct ghw_file *f, size_t n, size_t size)
{
	MEM_ROOM(f->kept, f->n_kept, f->cap_kept);
	return f->kept[f->n_kept++] = mem_calloc(n + 1, size);
}

uint32_t ghw_type_number(struct ghw_file *f)
{
	uint64_t n = ghw_unsigned(f);

	if (n && n <= f->n_own && f->types[n - 1].kind != GHW_MISSING)
		return (uint32_t)n - 1;
	ghw_wrong(f, "a type is named that is not there");
	return GHW_NONE;
}

uint64_t ghw_range_length(const struct ghw_range *r)
{
	int64_t low = r->down ? r->right : r->left, high = r->down ? r->left : r->right;

	return low > high ? 0 : (uint64_t)high - (uint64_t)low + 1;
}

static struct ghw_range read_range(struct ghw_file *f)
{
	unsigned kind = ghw_byte(f);
	struct ghw_range r = { .down = kind & 0x80 };

	switch (kind & 0x7f) {
	case IS_B2:
	case IS_E8:
		r.left = ghw_byte(f);
		r.right = ghw_byte(f);
		break;
	case IS_I32:
	case IS_P32:
	case IS_I64:
	case IS_P64:
		r.left = ghw_signed(f);
		r.right = ghw_signed(f);
		break;
	case IS_F64:
		ghw_real(f);
		ghw_real(f);
		break;
	default:
		ghw_wrong(f, "a range has a kind that is not known");
	}
	return r;
}

/* Adds times * each scalars to sum; -1, unknown, stays -1. */
static int64_t more(struct ghw_file *f, int64_t sum, uint64_t times, int64_t each)
{
	if (sum < 0 || each < 0)
		return -1;
	if (times && each && times > (uint64_t)GHW_SCALARS_MAX / (uint64_t)each) {
		ghw_wrong(f, "a type has too many elements");
		return 0;
	}
	sum += (int64_t)times * each;
	if (sum > GHW_SCALARS_MAX)
		ghw_wrong(f, "a type has too many elements");
	return sum;
}

static uint32_t push(struct ghw_file *f, const struct ghw_type *t)
{
	if (f->n_types >= 2 * TYPES_MAX) {
		ghw_wrong(f, "it has too many types");
		return 0;
	}
	MEM_ROOM(f->types, f->n_types, f->cap_types);
	f->types[f->n_types] = *t;
	return (uint32_t)f->n_types++;
}

/* Reads the ranges that base lacks and returns the type with them. */
static struct ghw_type read_bounds(struct ghw_file *f, uint32_t base, int depth)
{
	struct ghw_type t = base < f->n_types ? f->types[base] : (struct ghw_type){ 0 };
	uint64_t n = 1;

	if (depth > NEST_MAX || (t.kind != GHW_ARRAY && t.kind != GHW_RECORD)) {
		ghw_wrong(f, "a subtype is of something that has no parts");
		return t;
	}
	if (t.kind == GHW_RECORD) {
		struct ghw_field *fields = keep(f, t.n, sizeof(*fields));

		t.scalars = 0;
		for (size_t i = 0; i < t.n && ghw_good(f); i++) {
			fields[i] = t.v[i];
			if (f->types[fields[i].type].scalars < 0) {
				struct ghw_type inner = read_bounds(f, fields[i].type, depth + 1);

				fields[i].type = push(f, &inner);
			}
			t.scalars = more(f, t.scalars, 1, f->types[fields[i].type].scalars);
		}
		t.v = fields;
		return t;
	}
	t.dims = keep(f, t.n_dims, sizeof(*t.dims));
	for (size_t i = 0; i < t.n_dims && ghw_good(f); i++) {
		t.dims[i] = read_range(f);
		n = (uint64_t)more(f, 0, ghw_range_length(&t.dims[i]), (int64_t)n);
	}
	if (ghw_good(f) && f->types[t.element].scalars < 0) {
		struct ghw_type inner = read_bounds(f, t.element, depth + 1);

		t.element = push(f, &inner);
	}
	if (ghw_good(f))
		t.scalars = more(f, 0, n, f->types[t.element].scalars);
	return t;
}

/* The VCD digits of std_ulogic, bit and boolean; NULL for other enums. */
static const char *digits_of(const struct ghw_file *f, const struct ghw_type *t)
{
	static const char nine[] = "UX01ZWLH-";
	bool all = t->n == 9 || t->n == 2;

	if (t->n == 2 && strcasecmp(ghw_string(f, t->v[0].name), "false") == 0 &&
	    strcasecmp(ghw_string(f, t->v[1].name), "true") == 0)
		return "01";
	for (size_t i = 0; i < t->n && all; i++) {
		const char *s = ghw_string(f, t->v[i].name);

		all = s[0] == '\'' && s[1] == (t->n == 9 ? nine[i] : "01"[i]) && s[2] == '\'';
	}
	return !all ? NULL : t->n == 9 ? nine : "01";
}

static void read_fields(struct ghw_file *f, struct ghw_type *t)
{
	uint64_t n = ghw_unsigned(f);

	if (n > TYPES_MAX || n > f->size)
		ghw_wrong(f, "a type has too many parts");
	if (!ghw_good(f))
		return;
	t->v = keep(f, (size_t)n, sizeof(*t->v));
	for (; t->n < n && ghw_good(f); t->n++) {
		struct ghw_field *part = &t->v[t->n];

		part->name = (uint32_t)ghw_unsigned(f);
		if (t->kind == GHW_RECORD) {
			part->type = ghw_type_number(f);
			if (ghw_good(f))
				t->scalars = more(f, t->scalars, 1, f->types[part->type].scalars);
		}
	}
}

static void read_array(struct ghw_file *f, struct ghw_type *t)
{
	uint64_t n;

	t->element = ghw_type_number(f);
	n = ghw_unsigned(f);
	if (n == 0 || n > GHW_DIMS_MAX)
		ghw_wrong(f, "an array has too many dimensions");
	for (uint64_t i = 0; i < n && ghw_good(f); i++)
		ghw_type_number(f);
	t->n_dims = (size_t)n;
	t->scalars = -1;
}

static void read_units(struct ghw_file *f)
{
	uint64_t n = f->version ? ghw_unsigned(f) : 0;

	for (uint64_t i = 0; i < n && ghw_good(f); i++) {
		ghw_unsigned(f);
		ghw_signed(f);
	}
}

static struct ghw_type read_subtype(struct ghw_file *f, unsigned kind)
{
	uint32_t base = ghw_type_number(f);
	struct ghw_type t = ghw_good(f) ? f->types[base] : (struct ghw_type){ 0 };

	if (!ghw_good(f))
		return t;
	if (kind == IS_SUB_SCALAR)
		read_range(f);
	else if (kind != IS_OPEN_ARRAY && kind != IS_OPEN_RECORD)
		t = read_bounds(f, base, 0);
	return t;
}

static struct ghw_type read_type(struct ghw_file *f)
{
	unsigned kind = ghw_byte(f);
	uint32_t name = (uint32_t)ghw_unsigned(f);
	struct ghw_type t = { .scalars = 1 };

	switch (kind) {
	case IS_B2:
	case IS_E8:
		t.kind = GHW_ENUM;
		read_fields(f, &t);
		t.digits = digits_of(f, &t);
		break;
	case IS_I32:
	case IS_P32:
	case IS_I64:
	case IS_P64:
		t.kind = GHW_INTEGER;
		t.width = kind == IS_I32 || kind == IS_P32 ? 32 : 64;
		if (kind == IS_P32 || kind == IS_P64)
			read_units(f);
		break;
	case IS_F64:
		t.kind = GHW_REAL;
		break;
	case IS_ARRAY:
		t.kind = GHW_ARRAY;
		read_array(f, &t);
		break;
	case IS_RECORD:
		t.kind = GHW_RECORD;
		t.scalars = 0;
		read_fields(f, &t);
		break;
	case IS_SUB_SCALAR:
	case IS_SUB_ARRAY:
	case IS_OPEN_ARRAY:
	case IS_SUB_RECORD:
	case IS_OPEN_RECORD:
		t = read_subtype(f, kind);
		break;
	default:
		ghw_wrong(f, "a type has a kind that is not known");
	}
	if (ghw_string(f, name)[0])
		t.name = name;
	return t;
}

void ghw_read_types(struct ghw_file *f)
{
	size_t n;

	zeros(f);
	n = (size_t)(uint32_t)ghw_word(f, 4);
	if (n > TYPES_MAX || n > f->size || f->types)
		ghw_wrong(f, "it has too many types");
	if (!ghw_good(f))
		return;
	f->types = mem_calloc(n + 1, sizeof(*f->types));
	f->cap_types = n + 1;
	f->n_types = f->n_own = n;
	for (size_t i = 0; i < n && ghw_good(f); i++) {
		struct ghw_type t = read_type(f);

		f->types[i] = t;
	}
	if (ghw_byte(f))
		ghw_wrong(f, "its types do not end as they should");
}
