/* ghw_file.h - reads the numbers, strings and types of a GHW file, GHDL's record of a run.
 *
 * The format is that of GHDL's runtime (grt-waves.adb) and of ghwdump, which comes with it:
 * sections that begin with a mark of four bytes, and numbers as LEB128. Nothing in the file
 * is trusted: counts have limits, and a type may refer only to earlier ones. After the first
 * error all reads return 0. A file that ends early is valid up to its end.
 */
#ifndef POSEDGE_GHW_FILE_H
#define POSEDGE_GHW_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GHW_NONE	UINT32_MAX
#define GHW_SCALARS_MAX (1 << 24) /* in one signal, and in all */
#define GHW_DIMS_MAX	16

enum ghw_kind { GHW_MISSING, GHW_ENUM, GHW_INTEGER, GHW_REAL, GHW_ARRAY, GHW_RECORD };

struct ghw_range {
	int64_t left, right;
	bool down;
};

struct ghw_field {
	uint32_t name, type; /* in an enum name is a literal, and type is unused */
};

struct ghw_type {
	enum ghw_kind kind;
	uint32_t name;
	uint32_t width;	     /* integers: 32 or 64 */
	const char *digits;  /* enums of bits: their VCD digits; NULL: no bits */
	int64_t scalars;     /* number in a signal of this type; -1: ranges are missing */
	struct ghw_field *v; /* literals or fields; owned by the file */
	size_t n;
	uint32_t element; /* arrays: type of an element */
	size_t n_dims;
	struct ghw_range *dims; /* NULL: no ranges yet; owned by the file */
};

struct ghw_file {
	int fd;
	unsigned char *buf;
	size_t at, len;
	uint64_t size;	 /* bytes of the file, an upper limit for each count in it */
	bool ended;	 /* too early */
	const char *bad; /* the first error; NULL: none */
	bool big_endian;
	unsigned version;
	char **strings; /* by number; 0 is the empty string */
	size_t n_strings;
	struct ghw_type *types; /* n_own of the file, then those made for ranges */
	size_t n_types, n_own, cap_types;
	void **kept; /* memory of the types */
	size_t n_kept, cap_kept;
};

/* Reads the header at the current position of fd, which is borrowed. False: no GHW file. */
bool ghw_begin(struct ghw_file *f, int fd);
void ghw_end(struct ghw_file *f);

/* False after an error, or at the end of the file. */
bool ghw_good(const struct ghw_file *f);
void ghw_wrong(struct ghw_file *f, const char *what); /* only the first is kept; static text */

void ghw_bytes(struct ghw_file *f, void *out, size_t n);
unsigned ghw_byte(struct ghw_file *f);
uint64_t ghw_unsigned(struct ghw_file *f); /* LEB128 */
int64_t ghw_signed(struct ghw_file *f);
int64_t ghw_word(struct ghw_file *f, size_t bytes); /* 4 or 8 */
double ghw_real(struct ghw_file *f);

/* Read a section after its mark. */
void ghw_read_strings(struct ghw_file *f);
void ghw_read_types(struct ghw_file *f);

/* Never NULL. */
const char *ghw_string(const struct ghw_file *f, uint32_t number);
/* Reads a type's number. GHW_NONE, with an error: no such type yet. */
uint32_t ghw_type_number(struct ghw_file *f);
uint64_t ghw_range_length(const struct ghw_range *r);

#endif
