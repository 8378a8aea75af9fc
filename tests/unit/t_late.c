/* Loading libraries on demand, with libz, which every machine with posedge has. */
#include "config.h"

#include "tests/lib/case.h"

#include "session/base/late.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct libz {
	const char *(*version)(void);
	unsigned long (*sum)(unsigned long sum, const unsigned char *data, unsigned len);
};

static const struct late_call calls[] = { { "zlibVersion", offsetof(struct libz, version) },
					  { "crc32", offsetof(struct libz, sum) } };

CASE(a_library_is_called_through_its_struct)
{
	struct libz z = { 0 };
	struct err err = { 0 };

	assert_true(late_load("libz.so.1", "which packs", calls, 2, &z, &err));
	assert_int_equal(z.version()[0], '1');
	assert_int_equal(z.sum(0, (const unsigned char *)"123456789", 9), 0xcbf43926);
}

CASE(a_missing_library_is_named_with_its_purpose)
{
	struct libz z = { 0 };
	struct err err = { 0 };

	assert_false(late_load("libnone.so.7", "which packs", calls, 2, &z, &err));
	assert_int_equal(err.code, ERR_TOOL);
	assert_true(strstr(err.text, "load libnone.so.7, which packs: ") == err.text);
}

CASE(a_missing_function_is_named)
{
	static const struct late_call none[] = { { "zlibVersion", offsetof(struct libz, version) },
						 { "no_such_call", offsetof(struct libz, sum) } };
	struct libz z = { 0 };
	struct err err = { 0 };

	assert_false(late_load("libz.so.1", "which packs", none, 2, &z, &err));
	assert_string_equal(err.text, "load libz.so.1: it has no no_such_call()");
}
