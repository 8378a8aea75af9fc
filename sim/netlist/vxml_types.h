/* vxml_types.h - the types of Verilator's XML: the meaning of a dtype_id.
 *
 * The typetable comes last in the XML, so a builder keeps the numbers and looks them up
 * at the end. Also helpers for all builders: attributes, names and constants. Knows
 * neither hardware nor statements.
 */
#ifndef POSEDGE_VXML_TYPES_H
#define POSEDGE_VXML_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VXML_TYPES_MAX 200000 /* larger ids are read as 0, no type */

struct type;

struct types {
	struct type *v;
	size_t n, cap;
	uint32_t open;	  /* the type whose children follow */
	int64_t range[2]; /* of its <range> */
	size_t n_range;
};

void types_fini(struct types *t);

/* Call at the start and end of each element of the typetable. */
void types_start(struct types *t, const char *name, const char **atts);
void types_end(struct types *t, const char *name);

/* Width of a type in bits; 0: not known. *words: the product of its unpacked
 * dimensions, 0 if it has none; those of a member count as its bits. Subtracts the
 * work from *left; below 0 nothing is known. */
uint64_t types_bits(const struct types *t, uint32_t id, uint64_t *words, long *left);

/* The unpacked dimensions, outermost first: lowest index and size of each. Returns
 * their number, at most max. */
size_t types_dimensions(const struct types *t, uint32_t id, int32_t *lowest, uint32_t *count,
			size_t max);

const char *vxml_attribute(const char **v, const char *name); /* "": absent */

/* A copy of a name from the source, with control characters replaced by "?". The
 * caller frees it. */
char *vxml_one_line(const char *s);
uint32_t vxml_type_number(const char *s);

/* Converts "8'h1f" or "32'sh4"; false: it has x or z, or more than 63 bits. */
bool vxml_const_value(const char *s, int64_t *out);

#endif
