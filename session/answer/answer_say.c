/* Messages of a placement: why a part was refused, and how one was changed to fit.
 * Names in them come from the model, so err_set() makes each message one line
 * without control characters.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdarg.h>

#include "session/base/err.h"
#include "session/base/mem.h"

/* A clean sentence: names in it come from the model. */
static void __attribute__((format(printf, 2, 0)))
format(struct err *clean, const char *fmt, va_list ap)
{
	struct str s = STR_INIT;

	str_vaddf(&s, fmt, ap);
	err_set(clean, ERR_CONFLICT, "%s", str_cstr(&s));
	str_free(&s);
}

bool placer_refuse(struct placer *p, size_t part, const char *fmt, ...)
{
	struct err clean;
	va_list ap;

	va_start(ap, fmt);
	format(&clean, fmt, ap);
	va_end(ap);
	MEM_PUSH(p->out->refused, p->out->n_refused, p->refused_cap,
		 (struct refused){ .part = p->origin[part], .why = mem_strdup(clean.text) });
	return false;
}

const char *placer_file_option(const struct placer *p)
{
	return p->project->file_option ? p->project->file_option : "--file";
}

void placer_note(struct placer *p, const char *fmt, ...)
{
	struct err clean;
	va_list ap;

	va_start(ap, fmt);
	format(&clean, fmt, ap);
	va_end(ap);
	strv_add(&p->out->notes, clean.text);
}
