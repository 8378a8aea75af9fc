#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "tests/lib/wave.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_gtkw.h"
#include "session/waveview/waveview_layout.h"
#include "tests/lib/dice.h"

static struct trace *a_trace(void)
{
	struct wave *w = wave_new();
	char name[16];

	for (int i = 0; i < 20; i++) {
		struct wave_signal s = { .scope = i % 2 ? "tb" : "tb.dut", .name = name };

		snprintf(name, sizeof(name), "s%d", i);
		s.width = i % 3 ? 8 : 1;
		s.msb = s.width - 1;
		s.has_range = s.width > 1;
		wave_add_signal(w, &s, -1);
		wave_change(w, (size_t)i, 0, "0", 1);
	}
	wave_set_end(w, 1000);
	return trace_of_wave(w);
}

static void random_rows(struct waveview *v)
{
	size_t n = 1 + roll(30);
	int depth = 0;

	waveview_clear(v);
	for (size_t i = 0; i < n; i++) {
		bool group = roll(4) == 0;
		char name[32];

		if (group)
			snprintf(name, sizeof(name), "group %u", roll(9));
		else
			snprintf(name, sizeof(name), "tb.%ss%u", roll(2) ? "" : "dut.", roll(24));
		assert_true(waveview_insert(v, i, name, group, depth));
		if (group) {
			v->rows[i].open = roll(2);
		} else {
			waveview_set_radix(v, i, (enum wave_radix)roll(WAVE_RADICES), 0);
			if (v->rows[i].radix == WAVE_FIXED)
				v->rows[i].fraction = (int)roll(20);
			if (roll(3) == 0)
				waveview_rename(v, i, "a \"label\" \\ \t \xc3\xa9");
			v->rows[i].analog = roll(5) == 0;
		}
		depth = group && depth < WAVEVIEW_DEPTH ? depth + 1 : depth - (int)roll(2);
		depth = depth < 0 ? 0 : depth;
	}
}

static void rows_text(const struct waveview *v, bool all, struct str *out)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct waveview_row *r = &v->rows[i];

		str_addf(out, "%d %d %s", r->depth, r->group, r->name);
		if (r->group)
			str_addf(out, " open %d", r->open);
		else if (all)
			str_addf(out, " %s %d %d %s", wave_radix_name(r->radix), r->fraction,
				 r->analog, r->label ? r->label : "-");
		str_addc(out, '\n');
	}
}

static void same_rows(const struct waveview *a, const struct waveview *b, bool all)
{
	struct str x = STR_INIT, y = STR_INIT;

	rows_text(a, all, &x);
	rows_text(b, all, &y);
	assert_string_equal(str_cstr(&x), str_cstr(&y));
	str_free(&x);
	str_free(&y);
}

/* What is written can be read, and what others wrote stays. */
CASE(layouts_come_back)
{
	static const char *const benches[] = { "tb", "other tb", "a.b\"c" };
	struct trace *t = a_trace();
	struct waveview *kept[3], *v = waveview_new(t, 80);
	struct str file = STR_INIT;

	for (int i = 0; i < 3; i++)
		kept[i] = waveview_new(t, 80);
	for (int round = 0; round < 300; round++) {
		int which = (int)roll(3);
		struct str next = STR_INIT;
		struct err err = { 0 };
		size_t signals, missing;
		bool any;

		random_rows(kept[which]);
		if (!waveview_layout_write(kept[which], str_cstr(&file), file.len, benches[which],
					   &next, &err))
			fail_msg("%s", err.text);
		str_free(&file);
		file = next;
		for (int i = 0; i < 3; i++) {
			assert_true(waveview_layout_read(v, file.data, file.len, benches[i], &any,
							 &err));
			signals = waveview_signals(kept[i], &missing);
			assert_int_equal(any, kept[i]->n > 0 && (!missing || missing < signals));
			if (any)
				same_rows(kept[i], v, true);
		}
	}
	str_free(&file);
	for (int i = 0; i < 3; i++)
		waveview_free(kept[i]);
	waveview_free(v);
	trace_close(t);
}

/* Two designs may have tops of the same name. */
CASE(a_layout_of_another_design_is_not_taken)
{
	static const char text[] = "[[tb.row]]\ngroup = \"g\"\n"
				   "[[tb.row]]\nsignal = \"tb.elsewhere\"\n";
	struct trace *t = a_trace();
	struct waveview *v = waveview_new(t, 80);
	size_t missing;
	struct str more = STR_INIT;
	struct err err;
	bool any;

	assert_true(waveview_insert(v, 0, "tb.s1", false, 0));
	assert_true(waveview_layout_read(v, text, sizeof(text) - 1, "tb", &any, &err));
	assert_false(any);
	assert_int_equal(v->n, 1);
	str_addf(&more, "%s[[tb.row]]\nsignal = \"tb.s1\"\n", text);
	assert_true(waveview_layout_read(v, more.data, more.len, "tb", &any, &err));
	assert_true(any);
	assert_int_equal(waveview_signals(v, &missing), 2);
	assert_int_equal(missing, 1);
	str_free(&more);
	waveview_free(v);
	trace_close(t);
}

static void put_layout(struct str *file, struct trace *t, const char *key, const char *signal)
{
	struct waveview *v = waveview_new(t, 80);
	struct str next = STR_INIT;
	struct err err = { 0 };

	assert_true(waveview_insert(v, 0, signal, false, 0));
	if (!waveview_layout_write(v, str_cstr(file), file->len, key, &next, &err))
		fail_msg("%s", err.text);
	str_free(file);
	*file = next;
	waveview_free(v);
}

/* Two folders may have testbenches of one name. */
CASE(layouts_are_kept_by_folder)
{
	static const struct {
		const char *name, *path, *signal;
	} asked[] = {
		{ "tb", "a/tb.v", "tb.s1" },	  { "tb", "b/test.v", "tb.s3" },
		{ "tb", "tb.v", "tb.s3" },	  { "tb", "c/d/tb.v", "tb.s3" },
		{ "other", "a/tb.v", "tb.s5" },	  { "other", "", "tb.s5" },
		{ "another", "a/another.v", "" }, { "b", "a/b.v", "" },
	};
	struct trace *t = a_trace();
	struct waveview *v = waveview_new(t, 80);
	struct str file = STR_INIT, key = STR_INIT;

	put_layout(&file, t, "nowhere/tb", "tb.elsewhere");
	put_layout(&file, t, "a/tb", "tb.elsewhere");
	put_layout(&file, t, "b/tb", "tb.s3");
	put_layout(&file, t, "a/other", "tb.s5");
	put_layout(&file, t, "a/tb", "tb.s1");
	put_layout(&file, t, "nowhere/tb", "tb.s1");
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		struct err err = { 0 };
		bool any;

		waveview_layout_key(asked[i].name, asked[i].path, &key);
		if (!waveview_layout_read(v, file.data, file.len, str_cstr(&key), &any, &err))
			fail_msg("%s", err.text);
		assert_int_equal(any, asked[i].signal[0] != '\0');
		if (any)
			assert_string_equal(v->rows[0].name, asked[i].signal);
		assert_int_equal(v->n, i > 0 || any);
	}
	str_free(&file);
	str_free(&key);
	waveview_free(v);
	trace_close(t);
}

CASE(layouts_by_hand_are_read)
{
	static const char text[] = "# mine\r\n"
				   "\n"
				   "[[tb.row]]   # the first\n"
				   "signal = \"tb.s1\" # \"\n"
				   "label=\"\\u00e9\\n\"\n"
				   "colour = \"blue\"\n"
				   "[[other.row]]\n"
				   "group = \"g\"\n"
				   "  [[tb.row]]\n"
				   "group = \"deep\"\ndepth = 7\nopen = false";
	struct waveview *v = waveview_new(NULL, 80);
	struct err err = { 0 };
	bool any;

	if (!waveview_layout_read(v, text, sizeof(text) - 1, "tb", &any, &err))
		fail_msg("%s", err.text);
	assert_true(any);
	assert_int_equal(v->n, 2);
	assert_string_equal(v->rows[0].label, "\xc3\xa9\n");
	assert_int_equal(v->rows[1].depth, 0); /* nothing is there to be in */
	assert_false(v->rows[1].open);
	waveview_free(v);
}

CASE(bad_layouts_are_a_sentence_with_a_line)
{
	static const char *const bad[] = {
		"x",
		"[[tb.row]]\nsignal = \"a",
		"[[tb.row]]\nsignal = \"a\" b\n",
		"[[tb.row]]\nsignal = 3\n",
		"[[tb.row]]\nsignal = \"\"\n",
		"[[tb.row]]\nsignal = \"a\\q\"\n",
		"[[tb.row]]\nsignal = \"a\\ud800\"\n",
		"[[tb.row]]\nsignal = \"a\\u0000\"\n",
		"[[tb.row]]\nsignal = \"\xff\"\n",
		"[[tb.row]]\nradix = \"roman\"\n",
		"[[tb.row]]\nsignal = \"a\"\ndepth = 9\n",
		"[[tb.row]]\nsignal = \"a\"\nfraction = 9999999999\n",
		"[[tb.row]]\nlabel = true\n",
		"[[tb.row]]\n",
		"[[tb.row]]\nradix = \"hex\"\n[[tb.row]]\nsignal = \"a\"\n",
		"[[tb]]\nsignal = \"a\"\n",
		"[tb.row]\n",
		"[[\"tb.row]]\n",
		"a = [1, 2]\n",
		"= 3\n",
	};
	struct waveview *v = waveview_new(NULL, 80);

	assert_true(waveview_insert(v, 0, "kept", false, 0));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct str out = STR_INIT;
		struct err err = { 0 };
		bool any;

		if (waveview_layout_read(v, bad[i], strlen(bad[i]), "tb", &any, &err))
			fail_msg("taken: %s", bad[i]);
		assert_non_null(strstr(err.text, "line "));
		assert_int_equal(v->n, 1);
		str_free(&out);
	}
	waveview_free(v);
}

CASE(layouts_have_limits)
{
	struct waveview *v = waveview_new(NULL, 80);
	struct str text = STR_INIT;
	struct err err;
	bool any;

	for (int i = 0; i <= WAVEVIEW_ROWS; i++)
		str_adds(&text, "[[tb.row]]\nsignal = \"a\"\n");
	assert_false(waveview_layout_read(v, text.data, text.len, "tb", &any, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	str_clear(&text);
	str_adds(&text, "[[tb.row]]\nsignal = \"");
	for (int i = 0; i <= LAYOUT_STRING; i++)
		str_addc(&text, 'a');
	str_adds(&text, "\"\n");
	assert_false(waveview_layout_read(v, text.data, text.len, "tb", &any, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	str_clear(&text);
	while (text.len <= LAYOUT_BYTES)
		str_adds(&text, "# a comment that is long, so that there need not be many\n");
	assert_false(waveview_layout_read(v, text.data, text.len, "tb", &any, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	str_free(&text);
	waveview_free(v);
}

/* GTKWave knows each radix; a single bit has none. */
static void same_formats(const struct waveview *a, const struct waveview *b)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct waveview_row *x = &a->rows[i], *y = &b->rows[i];

		if (x->signal == TRACE_NONE || trace_signal_at(a->t, x->signal)->width == 1)
			continue;
		assert_int_equal(x->radix, y->radix);
		assert_int_equal(x->analog, y->analog);
		if (x->radix == WAVE_FIXED)
			assert_int_equal(x->fraction, y->fraction);
	}
}

/* Groups, names, radix. */
CASE(save_files_come_back)
{
	struct trace *t = a_trace();
	struct waveview *v = waveview_new(t, 80), *back = waveview_new(t, 80);

	for (int round = 0; round < 300; round++) {
		struct str text = STR_INIT, again = STR_INIT;
		struct err err = { 0 };
		size_t left_out;

		random_rows(v);
		v->cursor = roll(1000);
		v->has_marker[WAVEVIEW_A] = roll(2);
		v->marker[WAVEVIEW_A] = roll(1000);
		v->from = roll(500);
		waveview_gtkw_write(v, "/x/dump.vcd", 80, &text);
		if (!waveview_gtkw_read(back, text.data, text.len, 80, &left_out, &err))
			fail_msg("%s", err.text);
		assert_int_equal(left_out, 0);
		assert_int_equal(back->cursor, v->cursor);
		assert_int_equal(back->has_marker[WAVEVIEW_A], v->has_marker[WAVEVIEW_A]);
		same_rows(v, back, false);
		same_formats(v, back);
		waveview_gtkw_write(back, "/x/dump.vcd", 80, &again);
		str_free(&text);
		str_free(&again);
	}
	waveview_free(v);
	waveview_free(back);
	trace_close(t);
}

/* Verilator puts the design into TOP, Icarus does not: a layout works for both. */
CASE(a_layout_is_for_any_simulator)
{
	static const char text[] = "[*]\n@22\ntb.q[7:0]\n";
	struct wave *w = wave_new();
	struct wave_signal s = { .scope = "TOP.tb", .name = "q", .width = 8, .msb = 7 };
	struct waveview *v;
	struct trace *t;
	struct str out = STR_INIT;
	struct err err = { 0 };
	size_t left_out;

	s.has_range = true;
	wave_add_signal(w, &s, -1);
	wave_change(w, 0, 0, "0", 1);
	t = trace_of_wave(w);
	v = waveview_new(t, 80);
	assert_true(waveview_gtkw_read(v, text, sizeof(text) - 1, 80, &left_out, &err));
	assert_int_equal(v->n, 1);
	assert_int_equal(v->rows[0].signal, 0);
	assert_true(waveview_add(v, "TOP.tb.q", &err));
	assert_int_equal(v->n, 1);
	waveview_gtkw_write(v, NULL, 80, &out);
	assert_non_null(strstr(str_cstr(&out), "\nTOP.tb.q[7:0]\n"));
	str_free(&out);
	waveview_free(v);
	trace_close(t);
}

CASE(a_file_of_gtkwave_is_read)
{
	static const char text[] =
		"[*]\n[*] GTKWave Analyzer v3.3.104\n"
		"[dumpfile] \"/tmp/x.vcd\"\n[timestart] 100\n[size] 1000 600\n"
		"*-5.0 250 -1 300 -1\n[treeopen] tb.\n@28\ntb.s3\n@800200\n-bus\n"
		"@22\n+{data in} tb.s1[7:0]\n@40000420\n[fpshift_count] "
		"3\ntb.s7[7:0]\n@62\ntb.s11[7:0]\n#{two} tb.s3 tb.s9\n@8420\ntb.s5[7:0]\n"
		"@1000200\n-bus\n@200\n-\n@24\ntb.gone[3:0]\n[pattern_trace] 1\n";
	struct trace *t = a_trace();
	struct waveview *v = waveview_new(t, 80);
	struct err err = { 0 };
	size_t left_out;

	if (!waveview_gtkw_read(v, text, sizeof(text) - 1, 80, &left_out, &err))
		fail_msg("%s", err.text);
	assert_int_equal(left_out, 2); /* bits of a bus; inverted values */
	assert_int_equal(v->n, 7);
	assert_int_equal(v->cursor, 250);
	assert_false(v->has_marker[WAVEVIEW_A]);
	assert_int_equal(v->marker[WAVEVIEW_B], 300);
	assert_true(v->rows[1].group);
	assert_string_equal(v->rows[2].name, "tb.s1");
	assert_string_equal(v->rows[2].label, "data in");
	assert_int_equal(v->rows[2].depth, 1);
	assert_int_equal(v->rows[3].radix, WAVE_FIXED);
	assert_int_equal(v->rows[3].fraction, 3);
	assert_true(v->rows[5].analog);
	assert_int_equal(v->rows[5].radix, WAVE_SIGNED);
	assert_int_equal(v->rows[6].signal, TRACE_NONE);
	assert_int_equal(v->rows[6].depth, 0);
	waveview_free(v);
	trace_close(t);
}

CASE(what_is_no_save_file_changes_nothing)
{
	struct waveview *v = waveview_new(NULL, 80);
	struct err err = { 0 };
	size_t left_out;

	assert_true(waveview_insert(v, 0, "kept", false, 0));
	assert_false(waveview_gtkw_read(v, "", 0, 80, &left_out, &err));
	assert_false(waveview_gtkw_read(v, "[*]\n@22\n", 8, 80, &left_out, &err));
	assert_false(waveview_gtkw_read(v, "a\0b\n", 4, 80, &left_out, &err));
	assert_int_equal(v->n, 1);
	waveview_free(v);
}

static int before_all(void **state)
{
	seed = 7;
	return 0;
}

CASES_WITHIN(before_all, NULL)
