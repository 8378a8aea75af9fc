#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/model/price.h"

static const char table[] = "# of November\n"
			    "currency EUR\n"
			    "claude-*-5\t3 3.75 0.30 15\r\n"
			    "gpt? 1.25 - 0.125 10 # no cache is written\n"
			    "\n"
			    "local 0 0 0 0\n"
			    "* 100 100 100 100\n";

static struct price of(const char *backend, const char *model)
{
	struct price p;
	struct err err;

	if (!price_find(table, sizeof(table) - 1, backend, model, &p, &err))
		fail_msg("%s", err.text);
	return p;
}

CASE(a_row_is_found_by_backend_or_model)
{
	assert_int_equal(of("c", "claude-sonnet-5").in, 3000000);
	assert_int_equal(of("c", "claude-sonnet-5").cached, 300000);
	assert_string_equal(of("c", "claude-sonnet-5").currency, "EUR");
	assert_int_equal(of("c", "claude-sonnet-55").in, 100000000);
	assert_int_equal(of("gpt5", "x").written, MONEY_UNKNOWN);
	assert_int_equal(of("gpt5", "x").in, 1250000);
	assert_int_equal(of("local", "qwen").out, 0);
}

CASE(without_a_row_nothing_is_known)
{
	struct price p;

	assert_true(price_find("", 0, "a", "b", &p, NULL));
	assert_int_equal(p.in, MONEY_UNKNOWN);
	assert_int_equal(p.out, MONEY_UNKNOWN);
	assert_string_equal(p.currency, "USD");
	assert_int_equal(price_of(&p, &(struct tokens){ 10, 0, 0, 10 }), MONEY_UNKNOWN);
	assert_int_equal(price_ahead(&p, 10, 10), MONEY_UNKNOWN);
}

CASE(a_bad_line_is_named)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "a 1 2 3\n", "line 1: a name and four prices" },
		{ "\n\na 1 2 3 4 5", "line 3: a name and four prices" },
		{ "a 1 2 3 x", "line 1: x: a price" },
		{ "a 1 2 3 -4", "line 1: -4: a price" },
		{ "a 1 2 3 1.2.3", "1.2.3: a price" },
		{ "a 1 2 3 10000000", "a price was expected" },
		{ "a 1 2 3 0.0000001", "a price was expected" },
		{ "currency", "a currency" },
		{ "currency ABCDEFGHI", "a currency" },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct price p;
		struct err err = { 0 };

		assert_false(price_find(bad[i].text, strlen(bad[i].text), "a", "a", &p, &err));
		if (!strstr(err.text, bad[i].says))
			fail_msg("%s: %s", bad[i].text, err.text);
	}
}

/* Compared with sums computed by hand. */
CASE(four_prices_make_a_sum)
{
	struct price p = of("c", "claude-sonnet-5"), gpt = of("gpt5", "");

	/* 1000 at 3, 2000 at 3.75, 7000 at 0.30, 500 at 15 of a million:
	 * 3000 + 7500 + 2100 + 7500 millionths. */
	assert_int_equal(price_of(&p, &(struct tokens){ 10000, 2000, 7000, 500 }), 20100);
	assert_int_equal(price_of(&p, &(struct tokens){ 10000, 0, -1, 500 }), 37500);
	assert_int_equal(price_of(&p, &(struct tokens){ -1, 0, 0, 500 }), MONEY_UNKNOWN);
	assert_int_equal(price_of(&p, &(struct tokens){ 100, 0, 0, -1 }), MONEY_UNKNOWN);
	assert_int_equal(price_of(&p, &(struct tokens){ 100, 60, 50, 1 }), MONEY_UNKNOWN);
	/* An unknown price matters only if there are tokens of that kind. */
	assert_int_equal(price_of(&gpt, &(struct tokens){ 1000000, 0, 0, 0 }), 1250000);
	assert_int_equal(price_of(&gpt, &(struct tokens){ 1000000, 1, 0, 0 }), MONEY_UNKNOWN);
	/* A budget assumes the most expensive case. */
	assert_int_equal(price_ahead(&p, 1000000, 1000000), 18750000);
	/* Free tokens need not be counted. */
	p = (struct price){ 0, 0, 0, 0, "" };
	assert_int_equal(price_of(&p, &(struct tokens){ -1, 0, -1, -1 }), 0);
	/* No overflow. */
	p = (struct price){ (int64_t)PRICE_MAX * 1000000, 0, 0, (int64_t)PRICE_MAX * 1000000, "" };
	assert_int_equal(price_of(&p, &(struct tokens){ INT64_MAX, 0, 0, INT64_MAX }), MONEY_MAX);
}

CASE(money_is_read_and_told)
{
	static const char *const wrong[] = { "",   ".",		"1.",	      "x",  "1,5",
					     "-1", "1.0000000", "1234567890", " 1", "1 " };
	static const struct {
		int64_t money;
		const char *text;
	} told[] = { { -1, "not known" },	  { 0, "0.0000 USD" },
		     { 10, "below 0.0001 USD" },  { 20100, "0.0201 USD" },
		     { 2500000, "2.5000 USD" },	  { 999999, "1.0000 USD" },
		     { 123456789, "123.45 USD" }, { 99999, "0.1000 USD" } };
	int64_t money;

	assert_true(money_parse("2.50", &money) && money == 2500000);
	assert_true(money_parse("0", &money) && money == 0);
	assert_true(money_parse("999999999.999999", &money) && money == 999999999999999);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (money_parse(wrong[i], &money))
			fail_msg("taken: %s", wrong[i]);
	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++) {
		struct str s = STR_INIT;

		money_print(told[i].money, "USD", &s);
		assert_string_equal(str_cstr(&s), told[i].text);
		str_free(&s);
	}
}
