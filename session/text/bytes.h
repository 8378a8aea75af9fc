/* bytes.h - a borrowed text of known length.
 *
 * data may contain NULs. It is NUL-terminated when it was read from a file or a
 * journal. Parsers use a slice.h instead.
 */
#ifndef POSEDGE_BYTES_H
#define POSEDGE_BYTES_H

#include <stddef.h>

struct bytes {
	const char *data;
	size_t len;
};

#endif
