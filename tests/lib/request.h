/* request.h - reads an HTTP request in a test server. */
#ifndef POSEDGE_TEST_REQUEST_H
#define POSEDGE_TEST_REQUEST_H

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "session/base/str.h"

static inline size_t request_body_length(const char *head)
{
	const char *p = strcasestr(head, "\ncontent-length:");

	return p ? strtoul(p + 16, NULL, 10) : 0;
}

/* Appends the whole request to text; closing with unread data would reset the connection. */
static inline void request_read(int fd, struct str *text)
{
	char buf[4096];
	size_t want = 0;

	while (want == 0 || text->len < want) {
		ssize_t n = read(fd, buf, sizeof(buf));
		const char *end;

		if (n <= 0)
			break;
		str_add(text, buf, (size_t)n);
		end = strstr(str_cstr(text), "\r\n\r\n");
		if (end && want == 0)
			want = (size_t)(end - text->data) + 4 + request_body_length(text->data);
	}
}

#endif
