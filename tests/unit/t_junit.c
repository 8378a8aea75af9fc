#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/manifest/junit.h"

static void counts(const char *text, const char *want)
{
	struct junit j;
	struct err err = { 0 };
	char *got;

	if (junit_parse(text, strlen(text), &j, &err))
		got = str_fmt("%zu ran, %zu failed, %zu skipped; %s|%s|%s|%d", j.tests, j.failures,
			      j.skipped, j.name, j.message, j.path, j.line);
	else
		got = str_fmt("!%s", err.text);
	assert_string_equal(got, want);
	free(got);
	junit_fini(&j);
}

CASE(cocotb_s_results_are_counted)
{
	counts("<testsuites name=\"results\">\n <testsuite name=\"all\" package=\"all\">\n"
	       "  <property name=\"random_seed\" value=\"17\" />\n"
	       "  <testcase name=\"reset\" classname=\"test_fifo\" file=\"/w/test/test_fifo.py\" "
	       "lineno=\"8\" time=\"0.1\" sim_time_ns=\"20.0\" />\n"
	       "  <testcase name=\"full\" classname=\"test_fifo\" file=\"/w/test/test_fifo.py\" "
	       "lineno=\"21\" time=\"0.1\">\n"
	       "   <failure message=\"Test failed with RANDOM_SEED=17\" />\n  </testcase>\n"
	       "  <testcase name=\"later\" classname=\"test_fifo\"><skipped /></testcase>\n"
	       " </testsuite>\n</testsuites>\n",
	       "2 ran, 1 failed, 1 skipped; test_fifo.full|Test failed with "
	       "RANDOM_SEED=17|/w/test/test_fifo.py|21");
}

CASE(pytest_s_report_is_counted)
{
	counts("<?xml version=\"1.0\" encoding=\"utf-8\"?><testsuites><testsuite name=\"pytest\" "
	       "errors=\"1\" failures=\"1\" skipped=\"0\" tests=\"3\">"
	       "<testcase classname=\"test_a\" name=\"ok\" time=\"0.001\" />"
	       "<testcase classname=\"test_a\" name=\"bad\" time=\"0.001\"><failure "
	       "message=\"assert 1 == 2&#10; +  where\">def bad():\n&gt; assert 1 == "
	       "2</failure></testcase>"
	       "<testcase classname=\"test_a\" name=\"worse\"><error "
	       "message=\"setup\">x</error></testcase></testsuite></testsuites>",
	       "3 ran, 2 failed, 0 skipped; test_a.bad|assert 1 == 2||0");
}

CASE(google_test_tells_the_place_in_its_message)
{
	counts("<testsuites tests=\"2\" failures=\"1\" disabled=\"1\" errors=\"0\" "
	       "name=\"AllTests\">"
	       "<testsuite name=\"Fifo\" tests=\"2\" failures=\"1\" disabled=\"1\" errors=\"0\">"
	       "<testcase name=\"Full\" status=\"run\" result=\"completed\" classname=\"Fifo\">"
	       "<failure message=\"fifo_test.cc:31&#x0A;Expected equality of these values:&#x0A;  "
	       "1\" type=\"\"><![CDATA[fifo_test.cc:31\nExpected]]></failure></testcase>"
	       "<testcase name=\"Off\" status=\"notrun\" result=\"suppressed\" classname=\"Fifo\" "
	       "/></testsuite></testsuites>",
	       "1 ran, 1 failed, 1 skipped; Fifo.Full|Expected equality of these "
	       "values:|fifo_test.cc|31");
}

CASE(attributes_count_where_there_are_no_cases)
{
	counts("<testsuite tests=\"5\" failures=\"2\" skipped=\"1\"/>",
	       "4 ran, 2 failed, 1 skipped; |||0");
	counts("<testsuites/>", "0 ran, 0 failed, 0 skipped; |||0");
	counts("<testsuite tests=\"-5\" failures=\"99999999999999999999\"/>",
	       "0 ran, 0 failed, 0 skipped; |||0");
}

/* A failure that only the suite reports must not be lost. */
CASE(a_failure_of_a_suite_is_a_failure)
{
	counts("<testsuites><testsuite tests=\"1\" failures=\"1\"><testcase "
	       "name=\"a\"/></testsuite></testsuites>",
	       "1 ran, 1 failed, 0 skipped; |||0");
	counts("<testsuite><error message=\"could not load\"/><testcase name=\"a\"/></testsuite>",
	       "2 ran, 1 failed, 0 skipped; |could not load||0");
}

CASE(other_xml_is_refused)
{
	counts("PASS", "!line 1: syntax error");
	counts("<testsuite><testcase name=\"a\">", "!line 1: no element found");
	counts("", "!line 1: no element found");
}
