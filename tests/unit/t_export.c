/* Exports for people: nothing in a session, however hostile, becomes markup, a script
 * or a terminal escape. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/export/export.h"
#include "session/export/export_html.h"
#include "session/export/story.h"
#include "session/journal/event.h"
#include "tests/lib/tool.h"
#include "tests/lib/wave.h"
#include "tests/lib/recorded.h"

/* HTML ------------------------------------------------------------------------- */

static bool is_one_of(const char *const *list, const char *s, size_t len)
{
	for (; *list; list++)
		if (strlen(*list) == len && strncmp(*list, s, len) == 0)
			return true;
	return false;
}

/* One tag, which starts after '<'; returns where it ends. Only what export_html.c writes. */
static const char *check_tag(const char *p)
{
	static const char *const tags[] = {
		"html",	   "head",   "meta",   "link",	  "title",	"style",      "script",
		"body",	   "a",	     "header", "h1",	  "h2",		"h3",	      "h4",
		"p",	   "span",   "i",      "dl",	  "dt",		"dd",	      "div",
		"small",   "nav",    "ul",     "ol",	  "li",		"main",	      "section",
		"svg",	   "text",   "path",   "circle",  "rect",	"g",	      "label",
		"input",   "button", "select", "table",	  "caption",	"thead",      "tbody",
		"tr",	   "th",     "td",     "article", "blockquote", "time",	      "details",
		"summary", "pre",    "code",   "strong",  "figure",	"figcaption", "footer",
		"em",	   "br",     "hr",     NULL
	};
	static const char *const attributes[] = { "lang",
						  "charset",
						  "http-equiv",
						  "content",
						  "name",
						  "rel",
						  "href",
						  "class",
						  "id",
						  "aria-label",
						  "aria-labelledby",
						  "aria-hidden",
						  "aria-live",
						  "aria-pressed",
						  "role",
						  "tabindex",
						  "for",
						  "type",
						  "min",
						  "max",
						  "value",
						  "hidden",
						  "open",
						  "scope",
						  "colspan",
						  "viewBox",
						  "x",
						  "y",
						  "x1",
						  "d",
						  "cx",
						  "cy",
						  "r",
						  "rx",
						  "width",
						  "height",
						  "visibility",
						  "text-anchor",
						  "start",
						  NULL };
	size_t n;

	p += *p == '/';
	n = strcspn(p, " />");
	if (!is_one_of(tags, p, n))
		fail_msg("a tag that is not ours: %.60s", p);
	for (p += n; *p == ' ';) {
		p++;
		n = strcspn(p, " =>");
		if (!is_one_of(attributes, p, n))
			fail_msg("an attribute that is not ours: %.60s", p);
		p += n;
		if (*p != '=')
			continue;
		assert_int_equal(p[1], '"');
		p += 2;
		if (strncmp(p - 6, "href=\"", 6) == 0)
			assert_true(*p == '#' || strncmp(p, "data:,\"", 7) == 0);
		p += strcspn(p, "\"<");
		assert_int_equal(*p, '"');
		p++;
	}
	p += *p == '/';
	assert_int_equal(*p, '>');
	return p + 1;
}

/* Splits like a browser: tags, and the raw text of style and script. */
static void check_html(const struct str *out)
{
	const char *p = str_cstr(out);
	int scripts = 0;

	assert_int_equal(strncmp(p, "<!DOCTYPE html>\n", 16), 0);
	p += 16;
	while ((p = strchr(p, '<'))) {
		bool script = strncmp(p, "<script", 7) == 0, style = strncmp(p, "<style", 6) == 0;

		p = check_tag(p + 1);
		if (script || style) {
			p = strstr(p, script ? "</script" : "</style");
			assert_non_null(p);
			scripts += script;
		}
	}
	assert_int_equal(scripts, 2);
}

CASE(nothing_hostile_becomes_markup)
{
	struct bench b;
	struct str out = STR_INIT;
	const char *data;
	cJSON *v;

	begin(&b);
	hostile(&b);
	print(&b, export_html, &out);
	check_html(&out);
	has(&out, "&lt;img src=x onerror=alert(1)&gt;");
	has(&out, "<span class=\"esc\">\\u202e</span>");
	has(&out, "<span class=\"esc\">\\x1b</span>");
	has(&out, "<span class=\"esc\">\\xff</span>");
	has(&out, "<span class=\"esc\">\\x00</span>");
	lacks(&out, "\xe2\x80\xae");
	lacks(&out, "\x1b");
	has(&out, "default-src 'none'");
	data = strstr(str_cstr(&out), "id=\"data\">");
	assert_non_null(data);
	data += strlen("id=\"data\">");
	v = json_parse(data, (size_t)(strstr(data, "</script>") - data), NULL);
	assert_non_null(v);
	assert_int_equal(cJSON_GetArraySize(json_array(v, "versions")), 1);
	assert_true(cJSON_GetArraySize(json_array(v, "moments")) > 8);
	cJSON_Delete(v);
	str_free(&out);
	end(&b);
}

static void prose_is(const char *markdown, const char *html)
{
	struct str out = STR_INIT;

	html_prose(&out, markdown, strlen(markdown));
	assert_string_equal(str_cstr(&out), html);
	str_free(&out);
}

CASE(markdown_of_an_answer_becomes_elements)
{
	prose_is("# A\nb `rst_n` **c**\nd\n",
		 "<p class=\"head\">A</p>\n<p>b <code>rst_n</code> <strong>c</strong>\nd</p>\n");
	prose_is("- a\n- b\n\n3. c\n",
		 "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>\n");
	prose_is("- a\n\n- b\n", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n");
	prose_is("| a | y |\n|---|---|\n| 0 | 1 |\n",
		 "<p class=\"rows\">| a | y |\n|---|---|\n| 0 | 1 |</p>\n");
	prose_is("&#27;&lt;\n", "<p><span class=\"esc\">\\x1b</span>&lt;</p>\n");
	prose_is("q_next and a_b_c stay\n", "<p>q_next and a_b_c stay</p>\n");
	prose_is("<b>x</b> & [y](javascript:z)\n",
		 "<p>&lt;b&gt;x&lt;/b&gt; &amp; y (javascript:z)</p>\n");
}

/* A reference is copied to wherever it is used. */
CASE(prose_does_not_explode)
{
	struct str in = STR_INIT, out = STR_INIT;

	str_adds(&in, "[a]: ");
	for (int i = 0; i < 100000; i++)
		str_addc(&in, 'u');
	str_adds(&in, "\n\n");
	for (int i = 0; i < 100000; i++)
		str_adds(&in, i % 100 ? "[a] " : "[a]\n\n");
	html_prose(&out, str_cstr(&in), in.len);
	assert_true(out.len < 2 * in.len);
	/* Also without a blank line, and on one line. */
	for (size_t i = 0; i < in.len; i++)
		if (in.data[i] == '\n' && i > 100010)
			in.data[i] = ' ';
	str_clear(&out);
	html_prose(&out, str_cstr(&in), in.len);
	assert_true(out.len < 2 * in.len);
	str_free(&in);
	str_free(&out);
}

/* A file that is compiled in is unchanged, whatever characters it has. */
CASE(the_pages_files_are_compiled_in_as_they_are)
{
	const struct {
		const char *name, *text;
	} files[] = {
		{ "replay.html", export_page_replay },
		{ "script.js", export_page_script },
		{ "style.css", export_page_style },
	};

	for (size_t i = 0; i < 3; i++) {
		char *path = str_fmt("%s/session/export/page/%s",
				     getenv("srcdir") ? getenv("srcdir") : "..", files[i].name);
		struct str text = STR_INIT;

		assert_true(file_read(path, 0, &text, NULL));
		assert_string_equal(str_cstr(&text), files[i].text);
		str_free(&text);
		free(path);
	}
}

CASE(the_policy_names_this_style_and_this_script)
{
	struct bench b;
	struct str out = STR_INIT;
	const char *p;
	int n = 0;

	begin(&b);
	print(&b, export_html, &out);
	check_html(&out); /* also of a session in which nothing happened */
	for (p = str_cstr(&out); (p = strstr(p, "'sha256-")); p++, n++)
		assert_int_equal(strcspn(p + 8, "'"), 44);
	assert_int_equal(n, 2);
	lacks(&out, "unsafe");
	lacks(&out, "http://");
	lacks(&out, "https://");
	str_free(&out);
	end(&b);
}

/* Markdown ------------------------------------------------------------------------ */

/* Walks the fences as CommonMark does. */
static void check_markdown(const struct str *out)
{
	size_t width = 0;

	for (const char *p = str_cstr(out); *p; p += strcspn(p, "\n"), p += *p == '\n') {
		size_t marks = strspn(p, "`"), n = strcspn(p, "\n");

		if (width == 0 && marks >= 3) {
			width = marks;
		} else if (width && marks >= width && marks == n) {
			width = 0;
		} else if (width == 0) {
			assert_int_not_equal(strncmp(p, "# injected", 10), 0);
			for (size_t i = 0; i < n; i++)
				if (p[i] == '<' && !memchr(p, '`', n))
					fail_msg("markup: %.*s", (int)n, p);
			if (strncmp(p, "> ", 2) == 0)
				for (size_t i = 1; i < n; i++)
					assert_false(p[i] == '[' && p[i - 1] != '\\' &&
						     !memchr(p, '`', n));
		}
	}
	assert_int_equal(width, 0);
}

CASE(nothing_hostile_leaves_its_fence)
{
	struct bench b;
	struct str out = STR_INIT;

	begin(&b);
	hostile(&b);
	print(&b, export_markdown, &out);
	check_markdown(&out);
	has(&out, "&lt;img src=x");
	lacks(&out, "\x1b");
	lacks(&out, "\xe2\x80\xae");
	has(&out, "rewritten + </script><img src=x onerror=alert(2)>");
	str_free(&out);
	end(&b);
}

/* Cast ------------------------------------------------------------------------------ */

static void check_escapes(const char *s)
{
	for (; (s = strchr(s, '\x1b')); s++) {
		size_t n = strspn(s + 2, "0123456789;");

		assert_int_equal(s[1], '[');
		assert_int_equal(s[2 + n], 'm');
	}
}

CASE(the_cast_holds_only_our_escapes_and_short_pauses)
{
	struct bench b;
	struct str out = STR_INIT;
	double last = 0;
	int line = 0, markers = 0;

	begin(&b);
	b.now_ms += 3600000; /* an hour goes by */
	hostile(&b);
	print(&b, export_cast, &out);
	for (const char *p = str_cstr(&out); *p; p += strcspn(p, "\n") + 1, line++) {
		cJSON *v = json_parse(p, strcspn(p, "\n"), NULL);

		assert_non_null(v);
		if (line == 0) {
			assert_int_equal(json_uint(v, "version", 0), 2);
			assert_true(json_uint(v, "width", 0) > 0 && json_uint(v, "height", 0) > 0);
		} else {
			double t = cJSON_GetArrayItem(v, 0)->valuedouble;
			const char *kind = cJSON_GetArrayItem(v, 1)->valuestring,
				   *text = cJSON_GetArrayItem(v, 2)->valuestring;

			assert_int_equal(cJSON_GetArraySize(v), 3);
			assert_true(t >= last && t <= last + 2.0001);
			last = t;
			markers += strcmp(kind, "m") == 0;
			assert_true(strcmp(kind, "m") == 0 || strcmp(kind, "o") == 0);
			assert_null(strcmp(kind, "m") == 0 ? strchr(text, '\x1b') : NULL);
			check_escapes(text);
			lacks(&(struct str){ .data = (char *)text, .len = strlen(text) },
			      "\xc2\x9b");
		}
		cJSON_Delete(v);
	}
	assert_int_equal(markers, 4); /* the question, the verdict, the note, the mark */
	str_free(&out);
	end(&b);
}

CASE(an_answer_comes_in_its_pieces)
{
	struct bench b;
	struct story *s;
	struct event e = { .type = EVENT_PIECE };
	size_t upto[4] = { 0 }, n = 0;

	begin(&b);
	e.piece.ask = ask(&b, "q",
			  "one ghp"
			  "_0123456789abcde");
	e.piece.kind = "text";
	e.piece.text = (struct bytes){ "fghijABCDEFGHIJ012345 two ", 26 };
	record(&b, &e);
	e.piece.text = (struct bytes){ "three", 5 };
	record(&b, &e);
	s = tell(&b);
	assert_string_equal(str_cstr(&s->asks[0].answer), "one [redacted] two three");
	for (size_t i = 0; i < s->n_moments; i++)
		if (s->moments[i].type == EVENT_PIECE)
			upto[n++] = s->moments[i].upto;
	assert_int_equal(n, 3);
	assert_int_equal(upto[0], strlen("one [redacted]"));
	assert_int_equal(upto[1], strlen("one [redacted] two "));
	assert_int_equal(upto[2], strlen("one [redacted] two three"));
	story_free(s);
	end(&b);
}

static char *asked_for; /* the path that open_trace was called with */

static bool open_fake(struct loop *l, const char *path, struct trace **out, struct err *err)
{
	struct wave *w = wave_new();
	size_t clk = wave_add_signal(
		w, &(struct wave_signal){ .scope = "tb", .name = "clk", .width = 1 }, -1);
	size_t q = wave_add_signal(w,
				   &(struct wave_signal){ .scope = "tb",
							  .name = "</text><script>",
							  .width = 8,
							  .msb = 7,
							  .has_range = true },
				   -1);

	free(asked_for);
	asked_for = strdup(path);
	for (uint64_t t = 0; t < 40; t++) {
		wave_change(w, clk, t, t % 2 ? "1" : "0", 1);
		wave_change(w, q, t, t < 9 ? "x" : t < 20 ? "1010" : "1", t < 9 || t >= 20 ? 1 : 4);
	}
	wave_set_end(w, 40);
	*out = trace_of_wave(w);
	return true;
}

CASE(waves_are_drawn_or_said_to_be_missing)
{
	const struct export_context c = { .title = "t", .open_trace = open_fake };
	static const struct {
		const char *wave;
		bool read;
		const char *said;
	} cases[] = {
		{ "", false, "No waves were recorded." },
		{ "runs/9/wave.vcd", false, "the file is not there any more" },
		{ "../../../a.sv", false, "missing" },
		{ "/etc/passwd", false, "missing" },
		{ "journal.jsonl", true, "<svg viewBox=\"0 0 960" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct bench b;
		struct str out = STR_INIT;
		struct story *s;

		begin(&b);
		verdict(&b, run(&b, "a.sv"), "pass", "", cases[i].wave);
		s = tell(&b);
		free(asked_for);
		asked_for = NULL;
		export_html(s, &c, &out);
		has(&out, cases[i].said);
		assert_int_equal(asked_for != NULL, cases[i].read);
		if (cases[i].read) {
			has(&out, "&lt;/text&gt;&lt;script&gt;");
			has(&out, "class=\"unknown\"");
			has(&out, ">8&#39;h0a<");
			check_html(&out);
		}
		story_free(s);
		str_free(&out);
		end(&b);
	}
	free(asked_for);
}
