#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "session/base/str.h"
#include "session/testbench/checks.h"
#include "session/verilog/foreign_waves.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t lines(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += s[i] == '\n';
	return n;
}

/* True if it may call a task that the copy leaves out. */
static bool dumps(const char *text, size_t len)
{
	const char *at = text;

	while ((at = memchr(at, '$', len - (size_t)(at - text)))) {
		if (foreign_waves_task(at, len - (size_t)(at - text)))
			return true;
		at++;
	}
	return false;
}

/* The instrumented copy contains all bytes of the text, in order. */
static void holds(const struct str *copy, const char *text, size_t len)
{
	size_t at = 0;

	for (size_t i = 0; i < copy->len && at < len; i++)
		at += copy->data[i] == text[at];
	assert(at == len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct checks *c = checks_new();
	struct checks_facts facts;
	struct checks_counted n;

	checks_add(c, "a.sv", text, size);
	checks_find(c, "tb");
	checks_facts(c, &facts);
	assert(facts.sites <= checks_len(c));
	for (size_t i = 0; i < checks_len(c); i++)
		assert(checks_at(c, i)->line > 0 && strlen(checks_at(c, i)->text) <= 120);
	for (int e = CHECKS_ICARUS; e <= CHECKS_VERILATOR; e++) {
		struct str copy = STR_INIT, support = STR_INIT;

		if (checks_instrument(c, 0, (enum checks_engine)e, &copy)) {
			assert(lines(copy.data, copy.len) == lines(text, size));
			if (!dumps(text, size))
				holds(&copy, text, size);
		}
		checks_support(c, (enum checks_engine)e, "counts", &support);
		str_free(&copy);
		str_free(&support);
	}
	checks_counted(c, text, size, &n);
	checks_free(c);
	return 0;
}
