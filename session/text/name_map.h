/* name_map.h - from a name to a number, in constant time.
 *
 * Keys are borrowed and must outlive the map; any bytes.
 */
#ifndef POSEDGE_NAME_MAP_H
#define POSEDGE_NAME_MAP_H

#include <stdbool.h>
#include <stddef.h>

struct name_slot {
	const char *key; /* NULL: free */
	size_t len;
	size_t value;
};

struct name_map {
	struct name_slot *slots;
	size_t n, cap;
};

#define NAME_MAP_INIT ((struct name_map){ 0 })

void name_map_fini(struct name_map *m); /* back to empty */

/* False, and nothing changes, when the key is there already. */
bool name_map_put(struct name_map *m, const char *key, size_t len, size_t value);
bool name_map_get(const struct name_map *m, const char *key, size_t len, size_t *value);

#endif
