/* vcd_ids.h - the identifiers of a dump: from "!" or "b2#" to a number of a signal.
 *
 * Most of a dump are identifiers, so what tools write in fact (up to three characters) is
 * an index into an array. Others are hashed. A file can make the array 4 MB long, with one
 * signal.
 */
#ifndef POSEDGE_VCD_IDS_H
#define POSEDGE_VCD_IDS_H

#include <stddef.h>
#include <stdint.h>

#define VCD_IDS_NONE UINT32_MAX

struct vcd_ids {
	uint32_t *direct; /* by key: signal + 1; 0: none */
	size_t n_direct;
	/* open addressing, at most half full */
	struct vcd_ids_slot *slots;
	unsigned slot_bits;
	size_t n;
	uint64_t salt;
};

void vcd_ids_init(struct vcd_ids *ids);
void vcd_ids_fini(struct vcd_ids *ids);

/* 0: not an identifier: a character that may not be in one, or more than 64. */
uint64_t vcd_ids_key(const struct vcd_ids *ids, const char *s, size_t len);

/* VCD_IDS_NONE: none. */
uint32_t vcd_ids_find(const struct vcd_ids *ids, uint64_t key);

/* The key must be new, and not 0; the signal below VCD_IDS_NONE - 1. */
void vcd_ids_add(struct vcd_ids *ids, uint64_t key, uint32_t signal);

#endif
