/* Tools take space in a request: descriptions, schemas and rules are estimated as text,
 * plus AROUND tokens each for the protocol's framing. They appear as entries, so that
 * `context` and the chat's meter show them.
 */
#include "config.h"

#include "session/ask/ask_offer.h"

#include <string.h>

#include "session/ask/flow_ask.h"
#include "session/model/entries.h"
#include "session/model/prompt.h"

#define AROUND 8u /* tokens of the protocol's framing per tool */

static size_t tokens_of(const struct prompt_tool *t)
{
	return prompt_estimate(TEXT_PROSE, t->description, strlen(t->description)) +
	       prompt_estimate(TEXT_CODE, t->schema, strlen(t->schema)) + AROUND;
}

static size_t rules_tokens(const struct ask_offer *o)
{
	return prompt_estimate(TEXT_PROSE, o->rules, strlen(o->rules));
}

size_t ask_offer_tokens(const struct ask_offer *o)
{
	size_t n = o ? rules_tokens(o) : 0;

	for (size_t i = 0; o && i < o->n; i++)
		n += tokens_of(&o->tools[i]);
	return n;
}

void ask_offer_note(const struct ask_offer *o, struct prompt *p)
{
	size_t from = 0;

	if (!o)
		return;
	for (size_t k = 0; k < p->messages[0].n; k++)
		from += p->messages[0].parts[k].len;
	prompt_note_entry(p, &(struct prompt_entry){ .kind = ENTRY_RULES,
						     .name = (char *)"of tools",
						     .from = from,
						     .len = strlen(o->rules),
						     .tokens = rules_tokens(o) });
	for (size_t i = 0; i < o->n; i++)
		prompt_note_entry(p,
				  &(struct prompt_entry){ .kind = ENTRY_TOOL,
							  .name = (char *)o->tools[i].name,
							  .message = i,
							  .len = strlen(o->tools[i].description) +
								 strlen(o->tools[i].schema),
							  .tokens = tokens_of(&o->tools[i]) });
}
