/* fst_enum.h - names of enum values in an FST file.
 *
 * Tables are stored among the names of the signals, each with a number; a reference to
 * a table applies to the next declaration. Limits: FST_ENUM_TABLES tables,
 * FST_ENUM_BYTES of text in total; values beyond them have no names.
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

/* Adds table `number` from "NAME COUNT name... value...". False: malformed, or over
 * a limit. */
bool fst_enums_add(struct fst_enums *e, uint64_t number, const char *text, size_t len);
void fst_enums_free(struct fst_enums *e);

/* The last table with that number; NULL: none. Borrowed from e. */
const struct fst_enum *fst_enums_find(const struct fst_enums *e, uint64_t number);

/* Name of a value given in bits; leading 0s are ignored. NULL: it has none. */
const char *fst_enum_name(const struct fst_enum *t, const char *value, size_t len);

#endif
