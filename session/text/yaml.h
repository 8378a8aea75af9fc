/* yaml.h - reads the part of YAML that project files use into a cJSON tree.
 *
 * Supports block and flow mappings and sequences, plain, quoted and block scalars,
 * comments, anchors, aliases and `<<`. Every scalar becomes a string, however it is
 * written; an empty value becomes null; keys keep their order. Left out: `? key`,
 * tags (skipped), and all documents but the first. Not a library, because libraries
 * deliver events, and anchors, merging and all limits would still be ours to write.
 * Source: yaml.org/spec/1.2.2.
 */
#ifndef POSEDGE_YAML_H
#define POSEDGE_YAML_H

#include <cjson/cJSON.h>
#include <stddef.h>

#include "session/base/err.h"

#define YAML_MAX_DEPTH 40
#define YAML_MAX_NODES 200000 /* including copies made for aliases */

/* The caller frees the result with cJSON_Delete(). NULL: ERR_PARSE or ERR_LIMIT,
 * with the line number. An empty text gives null. */
cJSON *yaml_parse(const char *text, size_t len, struct err *err);

#endif
