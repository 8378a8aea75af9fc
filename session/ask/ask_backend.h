/* ask_backend.h - the backend that a question goes to, and the options of its entry
 * that concern requests.
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

/* The backend for a question: given, or the configured one; fix: for questions about
 * failures. */
const char *ask_backend_name(const struct options *options, const char *given, bool fix);

/* The backend for a role: "ask", "complete", "fix", "plan", "judge", "escalate";
 * NULL: no such role. */
const char *ask_backend_role(const struct options *o, const char *role);

/* The entry of that name. NULL with ERR_USAGE: none is configured. */
struct backend_entry *ask_backend_entry(const struct backend_list *l, const char *name,
					struct err *err);

/* Opens it at the first question and keeps it open. Release it with
 * backend_lease_drop(). NULL: ERR_USAGE, or the backend's error. */
struct backend_lease *ask_backend(struct workbench *w, struct backend_entry *e, struct err *err);

/* Options of `backend add` that apply to every protocol; some protocols use one of
 * them too. Ends with a NULL name. */
extern const struct backend_option ask_options[];

/* ERR_USAGE for an option that neither we nor the protocol know (suggests the
 * nearest), and for an invalid value of an option of ours, or of a protocol that
 * opens early. */
bool ask_options_check(struct workbench *w, const struct backend_entry *e, struct err *err);

/* The value of an option, given as "budget="; NULL: not set. */
const char *ask_option_of(const struct backend_entry *e, const char *name);

#endif
