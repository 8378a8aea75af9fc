/* server_trust.h - servers whose words the person lets models read.
 *
 * A file of lines, each the hash of a server's name, command and tools as it
 * describes them: whatever it says otherwise later is not trusted any more.
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
