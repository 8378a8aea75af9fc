/* libcurl.h - libcurl, fetched when a server is first asked.
 *
 * libcurl brings two dozen libraries with it, and loading them takes longer
 * than all else that posedge does before its first screen. Most sessions begin
 * with an hour of typing, so the program is not linked with it but opens it
 * here. The calls keep curl's names less their "curl_", and curl's types:
 * the compiler checks them against curl's own header.
 */
#ifndef POSEDGE_LIBCURL_H
#define POSEDGE_LIBCURL_H

#include <curl/curl.h>

#include "session/base/err.h"

/* Every call of libcurl's that posedge uses. */
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

/* Opens libcurl and starts it (5 ms and 3 MB the first time); it stays until
 * the program ends. Fails with ERR_NET where it is not installed or lacks a
 * call. libcurl_end: once for each that succeeded. */
bool libcurl_begin(struct libcurl *c, struct err *err);
void libcurl_end(struct libcurl *c);

#endif
