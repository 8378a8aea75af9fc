#include "config.h"
#include "backends/backends.h"
const struct backend_ops backend_openai = { .protocol = "openai" };
