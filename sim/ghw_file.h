/* ghw_file.h - the front of a GHW file, in which GHDL records a run: strings and types.
 *
 * The format is that of GHDL's runtime (grt-waves.adb) and of ghwdump, which comes with it:
 * sections with four letters each, numbers of 7 bits a byte. Nothing in the file is trusted:
 * counts have limits, a type may name only those before it, and after the first thing that is
 * wrong all reads give 0. A file that ends early is good up to there.
 */
#ifndef POSEDGE_GHW_FILE_H
#define POSEDGE_GHW_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GHW_NONE	UINT32_MAX
#define GHW_SCALARS_MAX (1 << 24) /* of a signal, and of all */
#define GHW_DIMS_MAX	16

enum ghw_kind { GHW_MISSING, GHW_ENUM, GHW_INTEGER, GHW_REAL, GHW_ARRAY, GHW_RECORD };

struct ghw_range {
	int64_t left, right;
	bool down;
};

struct ghw_field {
	uint32_t name, type; /* of an enum: a literal, and nothing */
};

struct ghw_type {
	enum ghw_kind kind;
	uint32_t name;
	uint32_t width;	     /* of an integer: 32 or 64 */
	const char *digits;  /* of an enum that is a bit: its values in a VCD; NULL: it is none */
	int64_t scalars;     /* that a signal of it has; -1: not known, its ranges are missing */
	struct ghw_field *v; /* literals, fields; owned by the file */
	size_t n;
	uint32_t element; /* of an array */
	size_t n_dims;
	struct ghw_range *dims; /* NULL: without ranges; owned by the file */
};

struct ghw_file {
	int fd;
	unsigned char *buf;
	size_t at, len;
	uint64_t size;	 /* of the file: nothing in it can be more */
	bool ended;	 /* before it should have */
	const char *bad; /* what is wrong; NULL: nothing */
	bool big_endian;
	unsigned version;
	char **strings; /* by number; 0 is the empty one */
	size_t n_strings;
	struct ghw_type *types; /* those of the file, then those made for a range */
	size_t n_types, n_own, cap_types;
	void **kept; /* what types own */
	size_t n_kept, cap_kept;
};

/* Takes the place in fd as it is, borrowed; reads the header of the file. False: it is none. */
bool ghw_begin(struct ghw_file *f, int fd);
void ghw_end(struct ghw_file *f);

/* False: something is wrong, or the file has ended. */
bool ghw_good(const struct ghw_file *f);
void ghw_wrong(struct ghw_file *f, const char *what); /* the first counts; what is static */

void ghw_bytes(struct ghw_file *f, void *out, size_t n);
unsigned ghw_byte(struct ghw_file *f);
uint64_t ghw_unsigned(struct ghw_file *f); /* in bytes of 7 bits */
int64_t ghw_signed(struct ghw_file *f);
int64_t ghw_word(struct ghw_file *f, size_t bytes); /* 4 or 8 */
double ghw_real(struct ghw_file *f);

/* The sections behind their letters. */
void ghw_read_strings(struct ghw_file *f);
void ghw_read_types(struct ghw_file *f);

/* Never NULL. */
const char *ghw_string(const struct ghw_file *f, uint32_t number);
/* By the number that the file gives it; GHW_NONE and wrong: there is none such. */
uint32_t ghw_type_number(struct ghw_file *f);
uint64_t ghw_range_length(const struct ghw_range *r);

#endif
