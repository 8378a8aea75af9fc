/* Calls and configurations that are blanked, and that nothing else changes. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/verilog/configs.h"
#include "session/verilog/foreign_waves.h"

static void becomes(const char *text, const char *want)
{
	struct str out = STR_INIT;
	bool changed = foreign_waves_blank(text, strlen(text), &out);

	assert_int_equal(changed, want != NULL);
	assert_string_equal(str_cstr(&out), want ? want : "");
	assert_int_equal(out.len, want ? strlen(text) : 0);
	str_free(&out);
}

CASE(a_call_becomes_an_empty_statement)
{
	becomes("begin $fsdbDumpvars(0,\n tb); end", "begin                 \n    ; end");
	becomes("if (a) $vcdpluson; else $shm_open(\"a;)b\") /* ; */ ;",
		"if (a)           ; else                           ;");
	becomes("$shm_probe(tb, \"A\\\")\"); x", "                      ; x");
}

CASE(everything_else_stays)
{
	becomes("$dumpvars(0, tb);", NULL);
	becomes("// $fsdbDumpvars(0);\n", NULL);
	becomes("/* $fsdbDumpvars(0); */", NULL);
	becomes("\"$fsdbDumpvars(0);", NULL);
	becomes("$fsdbDumpvars(0, tb", NULL);
	becomes("$fsdbDumpvars", NULL);
	becomes("$fsdbDumpvars + 1;", NULL);
	becomes("my$fsdbDumpvars(0);", NULL);
	becomes("\\$fsdbDumpvars (0);", NULL);
	becomes("/*", NULL);
	becomes("$fsdbDumpoff; /", "            ; /");
}

static void bare(const char *text, const char *want)
{
	struct str out = STR_INIT;

	assert_int_equal(configs_blank(text, strlen(text), &out), want != NULL);
	assert_string_equal(str_cstr(&out), want ? want : "");
	str_free(&out);
}

CASE(a_configuration_becomes_blanks)
{
	bare("config c;\n\tdesign w.t; // x\nendconfig module",
	     "         \n\t                \n          module");
	bare("module a; endmodule config c; endconfig", "module a; endmodule                    ");
	bare("module a; wire config; endmodule /* endconfig */", NULL);
	bare("module a; initial config c; endconfig endmodule", NULL);
	bare("config c; design w.t; // endconfig", NULL);
	bare("config; endconfig", NULL);
}
