/* person_form.h - asks the user to fill in a form for another program: one card per
 * field, then one that shows what would be sent.
 *
 * Fields are flat, as in the protocol: texts, numbers, whole numbers, yes or no,
 * one of several, some of several. The text in a form is untrusted: it is shown on
 * one line, cut, with its sender, and is not used for checks. A form of another
 * kind, or with more than FORM_FIELDS_MAX fields, is declined with a note. A link
 * to a page ("url") is never opened and is declined too.
 *
 * Source: "elicitation" of the Model Context Protocol, revisions 2025-06-18 to
 * 2026-07-28, and of the Agent Client Protocol, which adopted it unchanged.
 */
#ifndef POSEDGE_PERSON_FORM_H
#define POSEDGE_PERSON_FORM_H

#include <cjson/cJSON.h>

struct report;

#define FORM_FIELDS_MAX	 24u
#define FORM_OPTIONS_MAX 20u
#define FORM_TRIES	 3u /* invalid answers to a field before the form is cancelled */

/* In a task. params: of "elicitation/create". Returns an object with "action",
 * which is accept, decline or cancel, and for accept "content"; the caller frees
 * it. If there is nobody to ask, the action is decline. from: who asks, "mcp:NAME",
 * "backend NAME". */
cJSON *form_ask(const struct report *r, const char *from, const cJSON *params);

#endif
