/* bytes.h - a text of known length that somebody else owns.
 *
 * data may hold NULs; it is NUL-terminated when it was read from a file or a
 * journal. Parsers walk a slice.h instead.
 */
#ifndef POSEDGE_BYTES_H
#define POSEDGE_BYTES_H

#include <stddef.h>

struct bytes {
	const char *data;
	size_t len;
};

#endif
