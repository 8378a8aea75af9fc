/* libcurl.h - libcurl, loaded when a server is first asked.
 *
 * libcurl brings two dozen libraries with it, and loading them takes longer than
 * everything else posedge does before its first screen. Most sessions begin with an
 * hour of typing, so the program does not link with libcurl but opens it here. The
 * functions keep curl's names without "curl_", and curl's types: the compiler checks
 * them against curl's own header.
 */
#ifndef POSEDGE_LIBCURL_H
#define POSEDGE_LIBCURL_H

#include <curl/curl.h>

#include "session/base/err.h"

/* All functions of libcurl that posedge uses. */
/* clang-format off */
#define LIBCURL_CALLS(CALL) \
	CALL(easy_cleanup) CALL(easy_getinfo) CALL(easy_init) CALL(easy_pause) \
	CALL(easy_setopt) CALL(easy_strerror) \
	CALL(getdate) CALL(global_cleanup) CALL(global_init) \
	CALL(multi_add_handle) CALL(multi_assign) CALL(multi_cleanup) \
	CALL(multi_info_read) CALL(multi_init) \
	CALL(multi_remove_handle) CALL(multi_setopt) CALL(multi_socket_action) \
	CALL(slist_append) CALL(slist_free_all)
/* clang-format on */

struct libcurl {
#define LIBCURL_MEMBER(name) __typeof__(curl_##name) *name;
	LIBCURL_CALLS(LIBCURL_MEMBER)
#undef LIBCURL_MEMBER
};

/* Loads and initializes libcurl (5 ms and 3 MB the first time); it stays loaded until
 * the program ends. ERR_TOOL if it is not installed or lacks a function. Call
 * libcurl_end once for each success. */
bool libcurl_begin(struct libcurl *c, struct err *err);
void libcurl_end(struct libcurl *c);

#endif
