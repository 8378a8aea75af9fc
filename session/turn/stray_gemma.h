/* stray_gemma.h - a tool call as Gemma 4 writes it, call:read_file{path:<|"|>a.v<|"|>}. Pure.
 *
 * Keys stand bare, texts between tokens. A server that drops the tokens leaves the texts
 * bare, too: one then ends where the next key or the end is.
 */
#ifndef POSEDGE_STRAY_GEMMA_H
#define POSEDGE_STRAY_GEMMA_H

#include <cjson/cJSON.h>

#include "session/text/slice.h"

/* As python_call(). */
cJSON *stray_gemma(struct slice *rest, struct slice *name);

#endif
