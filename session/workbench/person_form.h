/* person_form.h - a form that another program wants filled in, asked of the person: a card
 * for each field, and at the end one that shows what would be sent.
 *
 * Fields are flat, as the protocol has them: texts, numbers, whole numbers, yes or no, one of
 * several, some of several. What a program writes in its form is a stranger's text: it is
 * shown on one line, cut, with who it is from, and checks nothing on its own. A form of
 * another kind, or with more fields than FORM_FIELDS_MAX, is declined, with a note. The
 * address of a page ("url") is never opened, and is declined, too.
 *
 * Source: "elicitation" of the Model Context Protocol, revisions 2025-06-18 to 2026-07-28,
 * and of the Agent Client Protocol, which took it over as it is.
 */
#ifndef POSEDGE_PERSON_FORM_H
#define POSEDGE_PERSON_FORM_H

#include <cjson/cJSON.h>

struct report;

#define FORM_FIELDS_MAX	 24u
#define FORM_OPTIONS_MAX 20u
#define FORM_TRIES	 3u /* at an answer that does not fit, before it is cancelled */

/* In a task. params: of "elicitation/create". The result: an object with "action", which is
 * accept, decline or cancel, and with accept "content"; the caller frees. Where nobody is to
 * be asked it is decline. from: who asks, "mcp:NAME", "backend NAME". */
cJSON *form_ask(const struct report *r, const char *from, const cJSON *params);

#endif
