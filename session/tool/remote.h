/* remote.h - the port to a program behind a URL: JSON-RPC over HTTP as the Model Context
 * Protocol carries it ("Streamable HTTP").
 *
 * Declared here because tool servers use it; backends/ implements it.
 */
#ifndef POSEDGE_REMOTE_H
#define POSEDGE_REMOTE_H

#include "session/base/err.h"

struct loop;
struct peer_link;
struct strv;

struct remote_spec {
	const char *who;	    /* "server NAME", for error messages */
	const char *url;	    /* http: or https: */
	const char *key;	    /* "env:NAME" or "cmd:PROGRAM"; NULL: none */
	const struct strv *headers; /* "NAME=VALUE", which header_check() took */
	const char *ca;		    /* certificates, in addition to the system's; NULL */
	/* Told each secret that is sent, and what the user should know. */
	void (*secret)(void *ctx, const char *value);
	void (*note)(void *ctx, const char *line);
	void *ctx;
};

/* In a task: reads the secrets and opens a link (base/peer_link.h) for peer_open();
 * nothing is sent yet. Copies what it needs. A call fails with ERR_NOT_FOUND when the
 * server has forgotten the session: it was not handled, and `initialize` opens another
 * one. */
typedef struct peer_link *remote_open_fn(struct loop *l, const struct remote_spec *spec,
					 struct err *err);

#endif
