/* Turns JUnit XML, as test runners write it, into one verdict: number of tests,
 * number of failures, and the first failure with its location. There is no
 * standard. Test cases are counted; the `tests` and `failures` attributes are
 * used only if no case is listed, or if a suite failed as a whole (it could not
 * start). `notrun`, `disabled` and `skipped` tests do not count as passed.
 */
#include "config.h"

#include "session/manifest/junit.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/xml.h"

#define MAX_MESSAGE 300		 /* bytes kept of the message */
#define MAX_COUNT   1000000000ul /* larger attributes are ignored */

struct reader {
	struct junit *out;
	/* from attributes of the outermost element */
	size_t said_tests, said_failures, said_skipped;
	/* from attributes of the innermost suites */
	size_t suite_failures;
	bool seen_root, seen_case;
	bool in_case, failed, skipped; /* state of the current test case */
	bool first;		       /* in the first failure, whose text is kept */
	char *name, *path;
	int line;
	struct str text; /* text inside the first <failure> */
};

static size_t count(const char *const *attrs, const char *name)
{
	const char *v = xml_attr(attrs, name);
	char *end;
	unsigned long n = v && isdigit((unsigned char)*v) ? strtoul(v, &end, 10) : 0;

	return n < MAX_COUNT ? n : 0;
}

static char *name_of(const char *const *attrs)
{
	const char *class = xml_attr(attrs, "classname"), *name = xml_attr(attrs, "name");

	if (class && *class && name && *name)
		return str_fmt("%s.%s", class, name);
	return mem_strdup(name && *name ? name : class ? class : "");
}

static void begin_case(struct reader *r, const char *const *attrs)
{
	const char *status = xml_attr(attrs, "status"), *path = xml_attr(attrs, "file");

	r->seen_case = r->in_case = true;
	r->failed = false;
	r->skipped = status && (strcmp(status, "notrun") == 0 || strcmp(status, "skipped") == 0);
	free(r->name);
	free(r->path);
	r->name = name_of(attrs);
	r->path = mem_strdup(path ? path : "");
	r->line = (int)count(attrs, xml_attr(attrs, "lineno") ? "lineno" : "line");
}

static void begin_failure(struct reader *r, const char *const *attrs)
{
	const char *message = xml_attr(attrs, "message");

	r->failed = true;
	if (r->out->name)
		return;
	r->first = true;
	r->out->name = r->name ? r->name : mem_strdup("");
	r->out->path = r->path ? r->path : mem_strdup("");
	r->out->line = r->line;
	r->name = r->path = NULL;
	if (message && *message) {
		str_adds(&r->text, message);
		str_addc(&r->text, '\n');
	}
}

static void on_start(void *ctx, const char *name, const char *const *attrs)
{
	struct reader *r = ctx;

	if (!r->seen_root) {
		r->seen_root = true;
		r->said_tests = count(attrs, "tests");
		r->said_failures = count(attrs, "failures") + count(attrs, "errors");
		r->said_skipped = count(attrs, "skipped") + count(attrs, "disabled");
	}
	if (strcmp(name, "testsuite") == 0)
		r->suite_failures += count(attrs, "failures") + count(attrs, "errors");
	else if (strcmp(name, "testcase") == 0)
		begin_case(r, attrs);
	else if (strcmp(name, "failure") == 0 || strcmp(name, "error") == 0)
		begin_failure(r, attrs);
	else if (strcmp(name, "skipped") == 0)
		r->skipped = true;
}

static void end_case(struct reader *r)
{
	if (r->failed) {
		r->out->tests++;
		r->out->failures++;
	} else if (r->skipped) {
		r->out->skipped++;
	} else {
		r->out->tests++;
	}
	r->in_case = r->failed = false;
}

static void on_end(void *ctx, const char *name)
{
	struct reader *r = ctx;

	if (strcmp(name, "testcase") == 0) {
		end_case(r);
	} else if (strcmp(name, "failure") == 0 || strcmp(name, "error") == 0) {
		r->first = false;
		/* a whole suite failed, for example because it could not start */
		if (!r->in_case && r->failed) {
			r->seen_case = true;
			end_case(r);
		}
	}
}

static void on_text(void *ctx, const char *text, size_t len)
{
	struct reader *r = ctx;

	if (r->first)
		str_add(&r->text, text, len);
}

/* Google Test starts the text with "fifo_test.cc:31". */
static bool place(struct junit *j, const char *line, size_t len)
{
	const char *colon = len ? memrchr(line, ':', len) : NULL;
	char *end;
	unsigned long n;

	if (!colon || colon == line || (size_t)(colon - line) + 1 == len ||
	    !isdigit((unsigned char)colon[1]) || memchr(line, ' ', (size_t)(colon - line)))
		return false;
	n = strtoul(colon + 1, &end, 10);
	if (end != line + len || n == 0 || n > 10000000ul)
		return false;
	if (!j->path[0]) {
		free(j->path);
		j->path = mem_strndup(line, (size_t)(colon - line));
		j->line = (int)n;
	}
	return true;
}

/* Keeps the first line that is not blank or a location. */
static void take_message(struct junit *j, const char *text)
{
	struct str s = STR_LIMIT(MAX_MESSAGE);

	while (*(text += strspn(text, " \t\r\n"))) {
		size_t n = strcspn(text, "\r\n");

		if (!place(j, text, n)) {
			str_add(&s, text, n);
			break;
		}
		text += n;
	}
	j->message = str_take(&s);
}

static void count_attributes(const struct reader *r)
{
	struct junit *j = r->out;

	j->failures = r->said_failures > r->suite_failures ? r->said_failures : r->suite_failures;
	j->skipped = r->said_skipped;
	j->tests = r->said_tests > j->skipped ? r->said_tests - j->skipped : 0;
	if (j->tests < j->failures)
		j->tests = j->failures;
}

bool junit_parse(const char *text, size_t len, struct junit *out, struct err *err)
{
	struct reader r = { .out = out, .text = STR_LIMIT(64u << 10) };
	const struct xml_events to = { on_start, on_end, on_text, &r };
	bool ok;

	*out = (struct junit){ 0 };
	ok = xml_parse(text, len, &to, err);
	if (!r.seen_case)
		count_attributes(&r);
	else if (out->failures == 0 && r.suite_failures > 0)
		out->failures = r.suite_failures; /* reported by a suite, not by a test case */
	if (out->tests < out->failures)
		out->tests = out->failures;
	out->name = out->name ? out->name : mem_strdup("");
	out->path = out->path ? out->path : mem_strdup("");
	take_message(out, str_cstr(&r.text));
	free(r.name);
	free(r.path);
	str_free(&r.text);
	if (!ok)
		junit_fini(out);
	return ok;
}

void junit_fini(struct junit *j)
{
	free(j->name);
	free(j->message);
	free(j->path);
	*j = (struct junit){ 0 };
}
