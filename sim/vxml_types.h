/* vxml_types.h - the types of Verilator's XML: what a dtype_id means.
 *
 * The typetable comes last in the XML, so a builder keeps the numbers and asks
 * here when everything is read. Also what all builders need: attributes, names
 * and constants. Knows neither hardware nor statements.
 */
#ifndef POSEDGE_VXML_TYPES_H
#define POSEDGE_VXML_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VXML_TYPES_MAX 200000 /* ids above that are read as 0, no type */

struct type;

struct types {
	struct type *v;
	size_t n, cap;
	uint32_t open;	  /* the one whose parts follow */
	int64_t range[2]; /* of its <range> */
	size_t n_range;
};

void types_fini(struct types *t);

/* An element of the typetable begins, ends. */
void types_start(struct types *t, const char *name, const char **atts);
void types_end(struct types *t, const char *name);

/* How many bits one has; 0: not known. *words: the product of its unpacked
 * dimensions, 0 when it has none; a member's are part of its bits. *left goes
 * down by the work; below 0 nothing is known. */
uint64_t types_bits(const struct types *t, uint32_t id, uint64_t *words, long *left);

/* The unpacked dimensions, the outermost first: the lowest index of each and how
 * many there are. Their number, at most max. */
size_t types_dimensions(const struct types *t, uint32_t id, int32_t *lowest, uint32_t *count,
			size_t max);

const char *vxml_attribute(const char **v, const char *name); /* "": it has none */

/* A copy of a name, which comes from the source: each control character is a
 * "?". The caller frees it. */
char *vxml_one_line(const char *s);
uint32_t vxml_type_number(const char *s);

/* "8'h1f", "32'sh4" as a number; false: it has x or z, or more than 63 bits. */
bool vxml_const_value(const char *s, int64_t *out);

#endif
