/* yaml.h - the part of YAML that project files use, as a cJSON tree.
 *
 * Block and flow mappings and sequences, plain, quoted and block scalars,
 * comments, anchors, aliases and `<<`. Every scalar is a string, however it
 * is written; nothing is a null; keys keep their order. Left out: `? key`,
 * tags (skipped) and more than one document (the first counts). An own reader
 * because a library would hand over events, from which anchors, merging and
 * all limits have to be made all the same. Source: yaml.org/spec/1.2.2.
 */
#ifndef POSEDGE_YAML_H
#define POSEDGE_YAML_H

#include <cjson/cJSON.h>
#include <stddef.h>

#include "session/base/err.h"

#define YAML_MAX_DEPTH 40
#define YAML_MAX_NODES 200000 /* with what aliases stand for */

/* The caller frees with cJSON_Delete. NULL: ERR_PARSE or ERR_LIMIT, with the
 * line. An empty text is a null. */
cJSON *yaml_parse(const char *text, size_t len, struct err *err);

#endif
