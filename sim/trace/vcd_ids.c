/* An identifier is read as a number in base 94, its characters being the digits. Tools count them
 * up from "!", so those of up to three characters are small numbers, and index an array.
 */
#include "config.h"

#include "sim/trace/vcd_ids.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "session/base/mem.h"

#define ID_EXACT 9 /* 94^9 fits below 2^60 */
#define ID_MAX	 64
#define DIRECT	 (1u << 20) /* above all keys of three characters */

struct vcd_ids_slot {
	uint64_t key; /* 0: free */
	uint32_t signal;
};

void vcd_ids_init(struct vcd_ids *ids)
{
	*ids = (struct vcd_ids){ .slot_bits = 8 };
	ids->slots = mem_calloc((size_t)1 << ids->slot_bits, sizeof(*ids->slots));
	/* So that nobody can choose colliding identifiers. */
	if (getrandom(&ids->salt, sizeof(ids->salt), GRND_NONBLOCK) != sizeof(ids->salt))
		ids->salt = (uint64_t)(uintptr_t)ids;
	ids->salt |= 1;
}

void vcd_ids_fini(struct vcd_ids *ids)
{
	free(ids->direct);
	free(ids->slots);
}

/* Long ones are hashed and marked by the highest bit. */
uint64_t vcd_ids_key(const struct vcd_ids *ids, const char *s, size_t len)
{
	uint64_t key = 0;

	if (len == 0 || len > ID_MAX)
		return 0;
	if (len > ID_EXACT) {
		for (size_t i = 0; i < len; i++) {
			if (s[i] < 33 || s[i] > 126)
				return 0;
			key = (key ^ (unsigned char)s[i]) * ids->salt;
			key ^= key >> 29;
		}
		return key | 1ull << 63;
	}
	for (size_t i = 0; i < len; i++) {
		if (s[i] < 33 || s[i] > 126)
			return 0;
		key = key * 94 + (uint64_t)(s[i] - 32);
	}
	return key;
}

static struct vcd_ids_slot *find_slot(const struct vcd_ids *ids, uint64_t key)
{
	size_t mask = ((size_t)1 << ids->slot_bits) - 1;
	uint64_t mixed = (key ^ (key >> 29)) * ids->salt;
	size_t i = (size_t)((mixed ^ (mixed >> 31)) * ids->salt >> (64 - ids->slot_bits));

	while (ids->slots[i].key && ids->slots[i].key != key)
		i = (i + 1) & mask;
	return &ids->slots[i];
}

uint32_t vcd_ids_find(const struct vcd_ids *ids, uint64_t key)
{
	const struct vcd_ids_slot *s;

	if (key < DIRECT)
		return key < ids->n_direct ? ids->direct[key] - 1 : VCD_IDS_NONE;
	s = find_slot(ids, key);
	return s->key ? s->signal : VCD_IDS_NONE;
}

static void add_direct(struct vcd_ids *ids, size_t key, uint32_t signal)
{
	size_t n = ids->n_direct ? ids->n_direct : 256;

	while (n <= key)
		n *= 2;
	if (n > ids->n_direct) {
		ids->direct = mem_realloc(ids->direct, n * sizeof(*ids->direct));
		memset(ids->direct + ids->n_direct, 0, (n - ids->n_direct) * sizeof(*ids->direct));
		ids->n_direct = n;
	}
	ids->direct[key] = signal + 1;
}

static void grow(struct vcd_ids *ids)
{
	struct vcd_ids_slot *old = ids->slots;
	size_t n = (size_t)1 << ids->slot_bits;

	ids->slot_bits++;
	ids->slots = mem_calloc(2 * n, sizeof(*ids->slots));
	for (size_t i = 0; i < n; i++) {
		if (old[i].key)
			*find_slot(ids, old[i].key) = old[i];
	}
	free(old);
}

void vcd_ids_add(struct vcd_ids *ids, uint64_t key, uint32_t signal)
{
	if (key < DIRECT) {
		add_direct(ids, (size_t)key, signal);
		return;
	}
	if (2 * (ids->n + 1) > (size_t)1 << ids->slot_bits)
		grow(ids);
	*find_slot(ids, key) = (struct vcd_ids_slot){ key, signal };
	ids->n++;
}
