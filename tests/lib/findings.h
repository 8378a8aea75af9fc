/* findings.h - the findings of a parser, printed and checked, for unit tests and fuzz targets. */
#ifndef POSEDGE_TEST_FINDINGS_H
#define POSEDGE_TEST_FINDINGS_H

#include <stdbool.h>
#include <string.h>

#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/output/diag.h"

/* One a line; the caller frees. */
static inline char *findings_lines(const struct diag_list *l)
{
	struct str s = STR_INIT;

	for (size_t i = 0; i < diag_list_len(l); i++) {
		diag_print(diag_list_at(l, i), &s);
		str_addc(&s, '\n');
	}
	return str_take(&s);
}

/* True if each is one line of UTF-8 without control sequences. */
static inline bool findings_are_safe(const struct diag_list *l)
{
	bool ok = true;

	for (size_t i = 0; ok && i < diag_list_len(l); i++) {
		struct str s = STR_INIT;

		diag_print(diag_list_at(l, i), &s);
		ok = utf8_valid(str_cstr(&s), s.len) && !strpbrk(str_cstr(&s), "\033\n") &&
		     strlen(str_cstr(&s)) == s.len;
		str_free(&s);
	}
	return ok;
}

#endif
