/* ask_backend.h - the backend that a question goes to, and what its entry says
 * about requests.
 */
#ifndef POSEDGE_ASK_BACKEND_H
#define POSEDGE_ASK_BACKEND_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/model/backend.h"

struct backend_entry;
struct backend_list;
struct backend_lease;
struct options;
struct workbench;

/* Whom a question is for: given, or what is set; fix: it asks for a mistake. */
const char *ask_backend_name(const struct options *options, const char *given, bool fix);

/* Whom a question of that role is for: "ask", "complete", "fix", "plan", "judge", "escalate";
 * NULL: no such role. */
const char *ask_backend_role(const struct options *o, const char *role);

/* The entry of that name. NULL with ERR_USAGE: none is configured so. */
struct backend_entry *ask_backend_entry(const struct backend_list *l, const char *name,
					struct err *err);

/* Opened at the first question and kept open. To be let go with
 * backend_lease_drop(). NULL: ERR_USAGE, or what the backend said. */
struct backend_lease *ask_backend(struct workbench *w, struct backend_entry *e, struct err *err);

/* Options of `backend add` that are ours, whatever the protocol; some protocols
 * use one of them too. Ends with a NULL name. */
extern const struct backend_option ask_options[];

/* ERR_USAGE for an option that neither we nor the protocol know (names the
 * nearest), and for a value that one of ours, or of a protocol that opens
 * early, cannot have. */
bool ask_options_check(struct workbench *w, const struct backend_entry *e, struct err *err);

/* The value of an option, given as "budget="; NULL: it is not there. */
const char *ask_option_of(const struct backend_entry *e, const char *name);

#endif
