#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/verilog/vstmt.h"
#include "session/verilog/vsystem.h"

static enum vsystem of(const char *name)
{
	return vsystem_of(name, strlen(name));
}

CASE(functions_are_known_by_their_whole_name)
{
	assert_int_equal(of("$clog2"), VSYSTEM_VALUE);
	assert_int_equal(of("$bits"), VSYSTEM_VALUE);
	assert_int_equal(vsystem_of("$bits(q)", 5), VSYSTEM_VALUE);
	assert_int_equal(of("$stime"), VSYSTEM_TIME);
	assert_int_equal(of("$urandom_range"), VSYSTEM_RANDOM);
	assert_int_equal(of("$bit"), VSYSTEM_OTHER);
	assert_int_equal(of("$bitsx"), VSYSTEM_OTHER);
	assert_int_equal(of("bits"), VSYSTEM_OTHER);
	assert_int_equal(of("$"), VSYSTEM_OTHER);
	assert_int_equal(of(""), VSYSTEM_OTHER);
}

/* These depend on earlier moments, files, or have effects. */
CASE(what_does_more_is_none_of_them)
{
	static const char *const names[] = { "$past",	 "$rose",   "$sampled",
					     "$fopen",	 "$fgetc",  "$cast",
					     "$display", "$finish", "$test$plusargs" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_int_equal(of(names[i]), VSYSTEM_OTHER);
}

CASE(tokens_of_several_kinds)
{
	static const char text[] = "module m; assign y = $time + $random; endmodule";
	struct vstmts s;
	unsigned n = 0;

	vstmts_init(&s, text, strlen(text));
	for (size_t i = 0; i <= s.n_tokens; i++)
		n += vsystem_is(&s, i, VSYSTEM_TIME | VSYSTEM_RANDOM);
	assert_int_equal(n, 2);
	vstmts_fini(&s);
}
