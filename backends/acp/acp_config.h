/* acp_config.h - parses the options of `backend add NAME acp ...`. */
#ifndef POSEDGE_ACP_CONFIG_H
#define POSEDGE_ACP_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/model/backend.h"

struct acp_config {
	char *name, *root;  /* root NULL: no project */
	struct strv argv;   /* the agent's command */
	struct strv env;    /* "NAME=source", see secret.h */
	char *home;	    /* absolute */
	char *config, *see; /* "PATH:PATH"; NULL: none */
	bool no_tools, refuses;
	unsigned version;
	uint64_t stall_ms;
};

extern const struct backend_option acp_options[]; /* ends with a NULL name */

/* ERR_USAGE. Call acp_config_fini() on *out in either case. */
bool acp_config_read(const struct backend_config *cfg, struct acp_config *out, struct err *err);
void acp_config_fini(struct acp_config *c);

#endif
