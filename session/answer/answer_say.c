/* Messages of a placement: why a part was refused, and how one was changed to fit.
 * Names in them come from the model, so err_set() makes each message one line
 * without control characters.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdarg.h>

#include "session/base/err.h"
#include "session/base/mem.h"

bool placer_refuse(struct placer *p, size_t part, const char *fmt, ...)
{
	struct refused *r;
	struct str s = STR_INIT;
	struct err clean;
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	err_set(&clean, ERR_CONFLICT, "%s", str_cstr(&s)); /* names come from the model */
	str_free(&s);
	p->refused_cap = mem_grow((void **)&p->out->refused, p->refused_cap, p->out->n_refused + 1,
				  sizeof(*r));
	r = &p->out->refused[p->out->n_refused++];
	*r = (struct refused){ .part = p->origin[part], .why = mem_strdup(clean.text) };
	return false;
}

void placer_note(struct placer *p, const char *fmt, ...)
{
	struct str s = STR_INIT;
	struct err clean;
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	err_set(&clean, ERR_CONFLICT, "%s", str_cstr(&s));
	str_free(&s);
	strv_add(&p->out->notes, clean.text);
}
