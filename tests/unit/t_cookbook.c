/* The cookbook's parts: words, cards, search, numbers. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backends/cookbook/cookbook_card.h"
#include "backends/cookbook/cookbook_differs.h"
#include "backends/cookbook/cookbook_name.h"
#include "backends/cookbook/cookbook_numbers.h"
#include "backends/cookbook/cookbook_search.h"
#include "backends/cookbook/cookbook_syntax.h"
#include "backends/cookbook/cookbook_tongues.h"
#include "backends/cookbook/cookbook_words.h"

CASE(a_request_is_split_into_words)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{ "8bit Counter", "8 bit counter" },
		{ "16x8", "16 x 8" },
		{ "1k x 8", "1024 x 8" },
		{ "2Kx8", "2048 x 8" },
		{ "4:1 mux", "4 to 1 mux" },
		{ "0..9", "0 to 9" },
		{ "Z\xc3\xa4hler f\xc3\xbcr Stra\xc3\x9f"
		  "e",
		  "zaehler fuer strasse" },
		{ "thirty-two bits", "32 bits" },
		{ "eight", "8" },
		{ "12.5 MHz", "12 mhz" },
		{ "", "" },
		{ "\xff\xfe!", "\xff\xfe" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct words w;
		struct str s = STR_INIT;

		words_init(&w, cases[i].text);
		for (size_t k = 0; k < w.n; k++) {
			if (w.v[k].number)
				str_addf(&s, "%s%ld", k ? " " : "", w.v[k].value);
			else
				str_addf(&s, "%s%s", k ? " " : "", w.v[k].text);
		}
		assert_string_equal(str_cstr(&s), cases[i].words);
		str_free(&s);
		words_fini(&w);
	}
}

static bool alike(const char *a, const char *b)
{
	struct words x, y;
	bool same;

	words_init(&x, a);
	words_init(&y, b);
	same = words_alike(x.v, y.v);
	words_fini(&x);
	words_fini(&y);
	return same;
}

CASE(typing_errors_are_forgiven_in_long_words)
{
	assert_true(alike("counter", "counters"));
	assert_true(alike("prioirty", "priority"));
	assert_true(alike("freqency", "frequency"));
	assert_true(alike("synchronizer", "synchronizers"));
	assert_false(alike("mux", "max"));
	assert_false(alike("multiplexer", "demultiplexer"));
	assert_false(alike("encoder", "decoder"));
}

CASE(a_name_for_the_module_is_found)
{
	static const struct {
		const char *request, *name; /* "": none */
	} cases[] = {
		{ "an 8 bit up counter, module blink", "blink" },
		{ "Module up_counter8 that counts up", "up_counter8" },
		{ "a module named TopModule with the following interface", "TopModule" },
		{ "a FIFO called `rx_buffer`, 16 deep", "rx_buffer" },
		{ "a FIFO called rx", "rx" },
		{ "module 'q': a mux", "q" },
		{ "module: pulse. It divides by 3", "pulse" },
		{ "a module counter with enable", "counter" },
		{ "a module that counts", "" },
		{ "a module implementing an adder", "" },
		{ "write a module", "" },
		{ "a module for the board", "" },
		{ "modules called for a meeting", "" },
		{ "a counter whose output is called when full", "" },
		{ "called `open", "" },
		{ "module 8bit", "" },
		{ "module $display", "" },
		{ "the modulename x", "" },
		{ "module", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct cookbook_name found;
		char name[32] = "";

		if (cookbook_name(cases[i].request, &found))
			snprintf(name, sizeof(name), "%.*s", (int)found.len,
				 cases[i].request + found.at);
		assert_string_equal(name, cases[i].name);
	}
}

/* Reverting it restores the text, and nothing of the code that should go is left. */
CASE(each_design_can_have_another_name)
{
	static const char *const kinds[] = { "rtl", "tb" };
	struct cookbook book;

	cookbook_init(&book);
	for (size_t i = 0; i < book.n; i++)
		for (size_t k = 0; k < 4; k++) {
			const char *old = book.v[i].module;
			const char *text = cookbook_text(&book.v[i], kinds[k % 2],
							 k < 2 ? LANG_SV2017 : LANG_V2001);
			struct str there = STR_INIT, back = STR_INIT;

			if (!text)
				continue;
			assert_true(cookbook_uses(text, old));
			assert_false(cookbook_uses(text, "a_new_name"));
			cookbook_rename(text, old, "a_new_name", &there);
			assert_false(cookbook_uses(str_cstr(&there), old));
			cookbook_rename(str_cstr(&there), "a_new_name", old, &back);
			assert_string_equal(str_cstr(&back), text);
			str_free(&there);
			str_free(&back);
		}
	cookbook_fini(&book);
}

CASE(a_huge_request_is_no_trouble)
{
	struct cookbook c;
	struct cookbook_match m;
	struct str s = STR_INIT;

	for (int i = 0; i < 20000; i++)
		str_addf(&s, "%d%c%s ", i, 'a' + i % 26,
			 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
	cookbook_init(&c);
	cookbook_search(&c, str_cstr(&s), &m);
	assert_false(m.sure);
	cookbook_search(&c, "", &m);
	assert_false(m.sure);
	for (size_t i = 0; i < c.n; i++) {
		struct cookbook_value *v = calloc(c.v[i].n_params + 1, sizeof(*v));

		cookbook_numbers(&c.v[i], str_cstr(&s), v);
		for (size_t k = 0; k < c.v[i].n_params; k++)
			assert_in_range(v[k].value, c.v[i].params[k].least, c.v[i].params[k].most);
		free(v);
	}
	cookbook_fini(&c);
	str_free(&s);
}

CASE(every_card_is_found_by_each_of_its_names)
{
	struct cookbook c;
	size_t asked = 0, found = 0;

	cookbook_init(&c);
	assert_true(c.n >= 24);
	for (size_t i = 0; i < c.n; i++) {
		struct cookbook_match m;

		assert_non_null(cookbook_text(&c.v[i], "rtl", LANG_SV2017));
		assert_non_null(cookbook_text(&c.v[i], "tb", LANG_SV2017));
		cookbook_search(&c, c.v[i].title, &m);
		if (m.card[0] != &c.v[i])
			fail_msg("%s: %s comes first", c.v[i].title,
				 m.card[0] ? m.card[0]->title : "nothing");
		for (size_t k = 0; k < c.v[i].names.n; k++) {
			cookbook_search(&c, c.v[i].names.v[k], &m);
			asked++;
			found += m.card[0] == &c.v[i];
		}
	}
	/* A few names fit two cards. */
	if (found * 100 < asked * 95)
		fail_msg("%zu of %zu names", found, asked);
	cookbook_fini(&c);
}

static const struct cookbook_card *card(const struct cookbook *c, const char *folder)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->v[i].folder, folder) == 0)
			return &c->v[i];
	fail_msg("no card %s", folder);
	return NULL;
}

CASE(numbers_go_where_they_belong)
{
	static const struct {
		const char *folder, *request;
		long first, second;
	} cases[] = {
		{ "sync_fifo", "depth 16 width 8", 8, 16 },
		{ "sync_fifo", "width 8 depth 16", 8, 16 },
		{ "sync_fifo", "16 deep 8 wide", 8, 16 },
		{ "sync_fifo", "64 entries of 32 bits", 32, 64 },
		{ "sync_fifo", "fifo", 8, 16 },
		{ "ram_sp", "1024x8", 8, 1024 },
		{ "ram_sp", "a RAM of 1000 words", 8, 1024 },
		{ "mux", "4:1 mux of 16 bits", 4, 16 },
		{ "mux", "8 inputs, 1 bit each", 8, 1 },
		{ "clock_divider", "50 MHz to 1 MHz", 50, 0 },
		{ "clock_divider", "divide by 7", 7, 0 },
		{ "uart_tx", "9600 baud at 12 MHz", 1250, 0 },
		{ "uart_tx", "115200 baud", 434, 0 },
		{ "uart_tx", "baud rate of 9600, 12.5 MHz", 1302, 0 },
		{ "debouncer", "10 ms at 1 MHz", 10000, 0 },
		{ "mod_counter", "0 to 9", 10, 0 },
		{ "mod_counter", "mod 12", 12, 0 },
		{ "bcd_7seg", "active low", 1, 0 },
		{ "bcd_7seg", "for a display", 0, 0 },
	};
	struct cookbook c;

	cookbook_init(&c);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct cookbook_value v[4] = { 0 };

		cookbook_numbers(card(&c, cases[i].folder), cases[i].request, v);
		if (v[0].value != cases[i].first || v[1].value != cases[i].second)
			fail_msg("%s: %s is %ld %ld", cases[i].folder, cases[i].request, v[0].value,
				 v[1].value);
	}
	cookbook_fini(&c);
}

CASE(the_nearest_value_is_taken_and_reported)
{
	struct cookbook c;
	struct cookbook_value v[4];

	cookbook_init(&c);
	cookbook_numbers(card(&c, "counter"), "a counter of 1000 bits", v);
	assert_int_equal(v[0].asked, 1000);
	assert_int_equal(v[0].value, 64);
	assert_true(v[0].given);
	cookbook_numbers(card(&c, "uart_tx"), "1 baud at 4 GHz", v);
	assert_true(v[0].value <= 10416);
	cookbook_numbers(card(&c, "uart_tx"), "99999999999999999999 baud", v);
	assert_true(v[0].value >= 2);
	cookbook_fini(&c);
}

CASE(an_unknown_kind_is_not_taken_for_a_known_one)
{
	static const char *const others[] = { "viterbi decoder",	   "barrel shifter",
					      "uart with parity",	   "lifo stack",
					      "floating point multiplier", "" };
	struct cookbook c;
	struct cookbook_match m;

	cookbook_init(&c);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		cookbook_search(&c, others[i], &m);
		if (m.sure)
			fail_msg("%s: %s is offered", others[i], m.card[0]->title);
	}
	cookbook_search(&c, "uart transmitter without parity", &m);
	assert_true(m.sure);
	cookbook_fini(&c);
}

/* Whether one of the differences mentions it; NULL: whether there is none. */
static bool differs(const struct cookbook *c, const char *folder, const char *request,
		    const char *word)
{
	const struct cookbook_card *k = card(c, folder);
	struct cookbook_value values[8];
	struct strv out = STRV_INIT;
	bool found = false;

	assert_true(k->n_params <= 8);
	cookbook_numbers(k, request, values);
	cookbook_differs(k, request, values, &out);
	for (size_t i = 0; word && i < out.n; i++)
		found = found || strstr(out.v[i], word);
	found = word ? found : out.n == 0;
	strv_free(&out);
	return found;
}

CASE(differences_from_the_request_are_reported)
{
	static const struct {
		const char *folder, *request, *word;
	} cases[] = {
		{ "fsm_sequence", "Mealy detector for 1011", "a Mealy machine" },
		{ "fsm_sequence", "Moore detector for 1011", NULL },
		{ "fsm_sequence", "sequence detector 1 1 0", "pattern 110;" },
		{ "fsm_sequence", "sequence detector 1-0-1-1", NULL },
		{ "fsm_vending", "Moore vending machine", "a Moore machine" },
		{ "fsm_vending", "vending machine, price 75", "75" },
		{ "traffic_light", "traffic light for pedestrians", "pedestrians" },
		{ "traffic_light", "traffic light with quizzical lamps", "quizzical" },
		{ "counter", "counter with async reset", "asynchronous reset" },
		{ "counter", "8 bit counter with enable", NULL },
		{ "uart_tx", "uart transmitter with parity", "parity" },
		{ "uart_tx", "uart transmitter without parity", NULL },
		{ "uart_tx", "uart transmitter 9600 baud at 12 MHz", NULL },
		{ "decoder", "3 to 8 decoder", NULL },
		{ "priority_encoder", "8 to 3 priority encoder", NULL },
	};
	struct cookbook c;

	cookbook_init(&c);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (!differs(&c, cases[i].folder, cases[i].request, cases[i].word))
			fail_msg("%s: %s", cases[i].request,
				 cases[i].word ? cases[i].word : "something is said to differ");
	cookbook_fini(&c);
}

CASE(the_cards_name_only_properties_that_exist)
{
	struct cookbook c;
	size_t n = 0;

	cookbook_init(&c);
	for (size_t i = 0; i < c.n; i++)
		for (size_t k = 0; k < c.v[i].has.n; k++, n++)
			if (!cookbook_property(c.v[i].has.v[k]))
				fail_msg("%s: has: %s", c.v[i].folder, c.v[i].has.v[k]);
	assert_true(n >= 20);
	cookbook_fini(&c);
}

CASE(a_syntax_error_has_the_card_of_its_cause)
{
	static const struct {
		const char *message, *card;
	} cases[] = {
		{ "m.v:1:1 error Illegal character in decimal constant: e\n    'define W 4",
		  "SYNTAX-apostrophe" },
		{ "m.v:1:1 error syntax error, unexpected INTEGER NUMBER\n    'endif",
		  "SYNTAX-apostrophe" },
		{ "m.v:1:1 error syntax error, unexpected INTEGER NUMBER\n    'definition", NULL },
		{ "m.v:9:1 error syntax error, unexpected endmodule\n    endmodule", "SYNTAX-end" },
		{ "m.v:9:1 error syntax error, unexpected IDENTIFIER\n\tsub #(4) u_sub (",
		  "SYNTAX-instance" },
		{ "m.v:9:1 error syntax error, unexpected IDENTIFIER\n    sub u_sub (a, b);",
		  "SYNTAX-instance" },
		{ "m.v:9:1 error syntax error, unexpected IDENTIFIER\n    q = a b;", NULL },
		{ "m.v:9:1 risk WIDTH 4 bits\n    sub u_sub (a, b);", NULL },
		{ "syntax error", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *card = cookbook_syntax_card(cases[i].message, strlen(cases[i].message));

		if (strcmp(card ? card : "", cases[i].card ? cases[i].card : "") != 0)
			fail_msg("%s: %s", cases[i].message, card ? card : "no card");
	}
}

/* A line of fresh.tsv. */
struct wish {
	char *request, *folder, *values, *differs;
};

static bool has_values(const struct cookbook_card *k, const char *request, const char *values)
{
	struct cookbook_value v[8];
	bool right = true;

	assert_true(k->n_params <= 8);
	cookbook_numbers(k, request, v);
	for (const char *s = values; *s; s += strcspn(s, ","), s += *s == ',') {
		size_t n = strcspn(s, "="), i = 0;

		while (i < k->n_params &&
		       (strlen(k->params[i].name) != n || strncmp(k->params[i].name, s, n) != 0))
			i++;
		assert_true(i < k->n_params);
		right = right && v[i].value == strtol(s + n + 1, NULL, 10);
	}
	return right;
}

/* The outcome of a request: right, refused although the library has it, or wrong. */
static enum { RIGHT, REFUSED, WRONG } judge(const struct cookbook *c, const struct wish *w)
{
	struct cookbook_match m;
	const char *found;

	cookbook_search(c, w->request, &m);
	found = m.sure ? m.card[0]->folder : "-";
	if (strcmp(found, w->folder) != 0)
		return m.sure ? WRONG : REFUSED;
	return !m.sure || (has_values(m.card[0], w->request, w->values) &&
			   (!*w->differs || differs(c, found, w->request, w->differs)))
		       ? RIGHT
		       : WRONG;
}

CASE(wishes_without_a_design_s_name_are_met_or_refused)
{
	char *path = str_fmt("%s/tests/e2e/cookbook/fresh.tsv", getenv("srcdir"));
	FILE *f = fopen(path, "r");
	char line[400];
	int n = 0, had = 0, count[3] = { 0 };
	struct cookbook c;

	assert_non_null(f);
	cookbook_init(&c);
	for (; fgets(line, sizeof(line), f); n++) {
		char *rest = line, *field[4] = { "", "", "", "" };
		int verdict;

		line[strcspn(line, "\n")] = '\0';
		for (int i = 0; i < 4 && rest; i++)
			field[i] = strsep(&rest, "\t");
		verdict = judge(&c, &(struct wish){ field[0], field[1], field[2], field[3] });
		had += strcmp(field[1], "-") != 0;
		count[verdict]++;
		if (verdict != RIGHT)
			print_message("%s: %s\n", verdict == WRONG ? "wrong" : "refused", line);
	}
	print_message("%d wishes, the library has %d: %d right, %d refused, %d wrong\n", n, had,
		      count[RIGHT], count[REFUSED], count[WRONG]);
	if (n < 170 || count[WRONG] * 100 > n || count[REFUSED] * 100 > had * 18)
		fail_msg("more than 1 in 100 is wrong, or 18 in 100 of what it has refused");
	cookbook_fini(&c);
	fclose(f);
	free(path);
}

CASE(the_table_of_tongues_is_sorted)
{
	struct words w;

	assert_true(cookbook_tongues_sorted());
	words_init(&w, "Z\xc3\xa4hler counters");
	assert_true(words_alike(&w.v[0], &w.v[1]));
	words_fini(&w);
	words_init(&w, "deux two");
	assert_true(words_alike(&w.v[0], &w.v[1]));
	words_fini(&w);
}
