/* server_trust.h - servers whose descriptions the user lets models read.
 *
 * A file with one hash per line, of a server's name, command or
 * address, and tool descriptions: a
 * server that changes any of them is no longer trusted.
 */
#ifndef POSEDGE_SERVER_TRUST_H
#define POSEDGE_SERVER_TRUST_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/base/err.h"

struct server_entry;

bool server_trusted(const struct server_entry *e, const cJSON *tools);
bool server_trust(const struct server_entry *e, const cJSON *tools, struct err *err);

#endif
