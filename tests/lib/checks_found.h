/* checks_found.h - lists the checks found in a testbench, as text to compare. */
#ifndef POSEDGE_TESTS_CHECKS_FOUND_H
#define POSEDGE_TESTS_CHECKS_FOUND_H

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/testbench/checks.h"

/* Puts items into a testbench and returns its checks, such as "3:q !== 1;5:a;". */
static inline char *sites(const char *items, bool guards)
{
	char *text = str_fmt("module tb;\n%s\nendmodule\n", items);
	struct checks *c = checks_new();
	struct str out = STR_INIT;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	for (size_t i = 0; i < checks_len(c); i++) {
		const struct check_site *s = checks_at(c, i);

		if (s->kind == CHECK_NEEDS || s->repeats ||
		    ((s->kind == CHECK_GUARD || s->kind == CHECK_REPORT) && !guards))
			continue;
		str_addf(&out, "%s%d:%s", out.len ? "; " : "", s->line,
			 s->kind == CHECK_GUARD || s->kind == CHECK_REPORT ? "guard "
			 : s->kind == CHECK_PROPERTY			   ? "property "
									   : "");
		str_adds(&out, s->text);
	}
	checks_free(c);
	free(text);
	return str_take(&out);
}

static inline void finds(const char *items, const char *want)
{
	char *got = sites(items, false);

	assert_string_equal(got, want);
	free(got);
}

static inline void guards(const char *items, const char *want)
{
	char *got = sites(items, true);

	assert_string_equal(got, want);
	free(got);
}

/* top NULL: every module may be a testbench. */
static inline void instrumented_for(const char *top, const char *text, enum checks_engine e,
				    const char *want)
{
	struct checks *c = checks_new();
	struct str out = STR_INIT;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, top);
	assert_true(checks_instrument(c, 0, e, &out));
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	checks_free(c);
}

static inline void instrumented(const char *text, enum checks_engine e, const char *want)
{
	instrumented_for(NULL, text, e, want);
}

#endif
