/* name_map.h - a map from names to numbers, in constant time.
 *
 * Keys may contain any bytes; they are borrowed and must outlive the map.
 */
#ifndef POSEDGE_NAME_MAP_H
#define POSEDGE_NAME_MAP_H

#include <stdbool.h>
#include <stddef.h>

struct name_slot {
	const char *key; /* NULL: free slot */
	size_t len;
	size_t value;
};

struct name_map {
	struct name_slot *slots;
	size_t n, cap;
};

#define NAME_MAP_INIT ((struct name_map){ 0 })

void name_map_fini(struct name_map *m); /* m is empty afterwards */

/* False when the key exists already; nothing changes then. */
bool name_map_put(struct name_map *m, const char *key, size_t len, size_t value);
bool name_map_get(const struct name_map *m, const char *key, size_t len, size_t *value);
bool name_map_has(const struct name_map *m, const char *key, size_t len);

#endif
