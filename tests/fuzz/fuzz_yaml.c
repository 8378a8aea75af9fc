/* YAML gives a tree within its limits, or an error. */
#include "config.h"

#include <stdint.h>

#include "session/text/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct err err;

	cJSON_Delete(yaml_parse((const char *)data, len, &err));
	return 0;
}
