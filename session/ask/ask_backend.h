/* ask_backend.h - the backend that a question goes to, and what its entry says
 * about requests.
 */
#ifndef POSEDGE_ASK_BACKEND_H
#define POSEDGE_ASK_BACKEND_H

#include <stdbool.h>

#include "session/base/err.h"

struct backend_entry;
struct backend_lease;
struct workbench;

/* Opened at the first question and kept open. To be let go with
 * backend_lease_drop(). NULL: ERR_USAGE, or what the backend said. */
struct backend_lease *ask_backend(struct workbench *w, struct backend_entry *e, struct err *err);

/* Options of `backend add` that are ours and not the protocol's: budget= and
 * context= (tokens), answer=whole|edit, model_size=small|large. ERR_USAGE for a
 * value that they cannot have. */
bool ask_option(const char *option);
bool ask_options_check(const struct backend_entry *e, struct err *err);

/* The value of an option, given as "budget="; NULL: it is not there. */
const char *ask_option_of(const struct backend_entry *e, const char *name);

#endif
