/* acp_start.h - starts an agent from its configuration and its copy of the project. */
#ifndef POSEDGE_ACP_START_H
#define POSEDGE_ACP_START_H

#include "session/base/err.h"

struct acp_agent;
struct acp_config;
struct confine_ops;
struct loop;
struct scratch;

struct acp_starting {
	struct loop *loop;
	const struct acp_config *c;
	const struct confine_ops *confine;
	const struct scratch *scratch;
	/* As in struct backend_config. */
	void (*secret)(void *ctx, const char *key);
	void *secret_ctx;
};

/* In a task. NULL: see acp_agent_start(); ERR_USAGE and ERR_NOT_FOUND for paths. */
struct acp_agent *acp_start_agent(const struct acp_starting *a, struct err *err);

#endif
