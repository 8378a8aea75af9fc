/* A person answers a question with a line: the number of an option, its text, or the beginning
 * of one option only. A number counts first, so an option that is itself a number can be
 * chosen by its place. Where free text is allowed nothing is completed: it may begin like an
 * option.
 */
#include "config.h"

#include "session/workbench/report.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"

static const char blanks[] = " \t\r\n";

/* The option that a line of n bytes chooses; NULL: none. */
static const char *chosen(const struct person_question *q, const char *line, size_t n)
{
	unsigned long number = strspn(line, "0123456789") == n ? strtoul(line, NULL, 10) : 0;
	const char *begins = NULL;
	size_t others = 0;

	if (number >= 1 && number <= q->n)
		return q->options[number - 1];
	for (size_t i = 0; i < q->n; i++)
		if (strncmp(q->options[i], line, n) == 0 && q->options[i][n] == '\0')
			return q->options[i];
	for (size_t i = 0; i < q->n; i++) {
		if (strncasecmp(q->options[i], line, n) != 0)
			continue;
		if (q->options[i][n] == '\0')
			return q->options[i];
		others += begins != NULL;
		begins = q->options[i];
	}
	return q->free_text || others ? NULL : begins;
}

char *question_answer(const struct person_question *q, const char *line)
{
	bool required = q->required && str_starts(line, "R:");
	const char *option;
	size_t n;

	if (q->required)
		*q->required = required;
	line += required ? 2 : 0;
	line += strspn(line, blanks);
	n = strlen(line);
	while (n && strchr(blanks, line[n - 1]))
		n--;
	option = n ? chosen(q, line, n) : NULL;
	if (option)
		return mem_strdup(option);
	return n && q->free_text ? mem_strndup(line, n) : NULL;
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

void report_json(const struct report *r, cJSON *value)
{
	struct str line = STR_INIT;

	json_print(&line, value);
	r->json(r->ctx, str_cstr(&line), line.len);
	str_free(&line);
	cJSON_Delete(value);
}
