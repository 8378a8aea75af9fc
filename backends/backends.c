#include "config.h"

#include "backends/backends.h"

#include <stddef.h>

const struct backend_ops *const backend_table[] = {
	&backend_cookbook,
	&backend_openai,
	&backend_responses,
	&backend_anthropic,
	&backend_gemini,
	&backend_ollama,
	&backend_acp,
	&backend_exec,
	&backend_replay,
	&backend_fake,
	NULL,
};
