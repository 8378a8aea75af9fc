#include "config.h"

#include "session/workbench/report.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"

const char *question_typed(const struct person_question *q, const char *line)
{
	if (!q->required)
		return line;
	*q->required = str_starts(line, "R:");
	return *q->required ? line + 2 + strspn(line + 2, " \t") : line;
}

void report_text(const struct report *r, const char *fmt, ...)
{
	struct str s = STR_INIT;
	va_list ap;

	if (!r->text)
		return;
	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	r->text(r->ctx, str_cstr(&s), s.len);
	str_free(&s);
}

void report_note(const struct report *r, const char *fmt, ...)
{
	struct str s = STR_INIT;
	va_list ap;

	if (!r->note)
		return;
	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	r->note(r->ctx, str_cstr(&s));
	str_free(&s);
}
