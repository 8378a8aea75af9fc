/* fst_enum.h - the names that an FST file gives to the values of its enums.
 *
 * Tables stand among the names of the signals, each with a number; what is declared
 * next after a reference to one has its names. Limits: FST_ENUM_TABLES tables,
 * FST_ENUM_BYTES of text in all; what goes beyond has no names.
 *
 * The format: GTKWave's fstapi.c, fstWriterCreateEnumTable().
 */
#ifndef POSEDGE_FST_ENUM_H
#define POSEDGE_FST_ENUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FST_ENUM_TABLES 65536
#define FST_ENUM_BYTES	(32u << 20)

struct fst_enum; /* one table */

struct fst_enums {
	struct fst_enum **v;
	size_t n, cap, bytes;
};

/* "NAME COUNT name... value..." of the table with that number; anything else, and
 * what is beyond the limits, is no table. */
bool fst_enums_add(struct fst_enums *e, uint64_t number, const char *text, size_t len);
void fst_enums_free(struct fst_enums *e);

/* The last one with that number; NULL: there is none. Lent until e is freed. */
const struct fst_enum *fst_enums_find(const struct fst_enums *e, uint64_t number);

/* Of a value in bits, whatever 0 stand in front. NULL: it has no name. */
const char *fst_enum_name(const struct fst_enum *t, const char *value, size_t len);

#endif
