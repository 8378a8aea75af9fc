/* Exports: what a session says in each format, and that nothing in a session,
 * however hostile, becomes markup, a script, an escape or a record. */
#include "config.h"

#include "tests/lib/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/export/export.h"
#include "session/export/export_html.h"
#include "session/export/story.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/redact.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"
#include "session/tool/wave.h"
#include "session/verdict/diag.h"
#include "tests/lib/tool.h"

#define BASE	 "module a;\n  wire one;\nendmodule\n"
#define PROPOSED "module a;\n  wire one_too;\n  assign b = c;\nendmodule\n"
/* Keys are put together here, so that no scanner takes this file for a leak. */
#define SECRET \
	"ghp"  \
	"_0123456789abcdefghijABCDEFGHIJ012345"

/* What somebody might want to smuggle in. */
#define HOSTILE                                                                        \
	"</script><script>alert(1)</script><img src=x onerror=alert(1)> \" "           \
	"onmouseover=\"alert(1)\" ' <b>b</b> "                                         \
	"<!-- ]]> &lt; ![p](http://evil/p.png) [l](http://evil/) \xe2\x80\xaegnp.exe " \
	"\x1b]0;title\x07 \x1b[2J \xff "                                               \
	"\xc2\x9b"                                                                     \
	"31m ``` \n# injected\n```\n# injected\n</pre></table></title></style>"

struct bench {
	struct loop *loop;
	char *root;
	struct session *s;
	uint64_t now_ms; /* of the next event */
	struct redact *redact;
};

static void begin(struct bench *b)
{
	memset(b, 0, sizeof(*b));
	b->loop = loop_new(NULL);
	b->root = tool_folder();
	tool_write(b->root, "a.sv", BASE);
	b->s = session_open(b->loop, b->root, SESSION_NEW, NULL, NULL);
	assert_non_null(b->s);
	b->now_ms = session_state(b->s)->started_ms + 1000;
	b->redact = redact_new(NULL, "/home/somebody");
}

static void end(struct bench *b)
{
	session_close(b->s);
	loop_free(b->loop);
	redact_free(b->redact);
	tool_folder_remove(b->root);
}

static uint64_t record(struct bench *b, struct event *e)
{
	struct err err = { 0 };
	uint64_t n = 0;

	b->now_ms += 100;
	e->t_ms = b->now_ms;
	if (!session_record(b->s, e, &n, &err))
		fail_msg("%s", err.text);
	return n;
}

static uint64_t ask(struct bench *b, const char *question, const char *answer)
{
	struct event e = { .type = EVENT_ASK };
	uint64_t n;

	e.ask.backend = "fake";
	e.ask.question = (struct bytes){ question, strlen(question) };
	e.ask.prompt = (struct kept){ .data = "the whole request", .len = 17 };
	n = record(b, &e);
	e = (struct event){ .type = EVENT_PIECE };
	e.piece.ask = n;
	e.piece.kind = "text";
	e.piece.text = (struct bytes){ answer, strlen(answer) };
	record(b, &e);
	e = (struct event){ .type = EVENT_ANSWER };
	e.answer.ask = n;
	e.answer.finish = "stop";
	e.answer.model = "gpt";
	e.answer.in = e.answer.out = e.answer.cached = e.answer.reasoning = -1;
	record(b, &e);
	return n;
}

static uint64_t suggest(struct bench *b, uint64_t of, const char *path, const char *base,
			const char *proposed)
{
	struct proposed p = { .ask = of,
			      .path = path,
			      .by = "gpt",
			      .base = { base, strlen(base) },
			      .text = { proposed, strlen(proposed) } };
	uint64_t n;

	assert_true(flow_suggest(b->s, &p, &n, NULL));
	return n;
}

static void decide(struct bench *b, uint64_t n, uint64_t first, uint64_t last, enum decision what)
{
	struct event e = { .type = EVENT_DECIDE };

	e.decide.suggestion = n;
	e.decide.first = first;
	e.decide.last = last;
	e.decide.decision = what;
	record(b, &e);
}

/* With what flow_apply() records of it. */
static void apply(struct bench *b, uint64_t n)
{
	struct proposal *p = state_proposal(session_state(b->s), n);
	struct event e = { .type = EVENT_APPLY };

	e.apply.suggestion = n;
	e.apply.taken = suggestion_count(p->s, DECISION_TAKEN);
	e.apply.refused = suggestion_count(p->s, DECISION_REFUSED);
	e.apply.open = suggestion_count(p->s, DECISION_OPEN);
	e.apply.how = "review";
	record(b, &e);
}

static void lint(struct bench *b, const char *files, const char *finding)
{
	struct event e = { .type = EVENT_LINT };
	struct diag_list *l = diag_list_new(4);

	if (finding)
		diag_list_add(l,
			      &(struct diag){ .rank = DIAG_RISK,
					      .path = "a.sv",
					      .line = 2,
					      .code = "WIDTH",
					      .text = finding },
			      NULL);
	e.lint.tool = "fake";
	e.lint.files = (struct bytes){ files, strlen(files) };
	e.lint.found = l;
	record(b, &e);
	diag_list_free(l);
}

static uint64_t run(struct bench *b, const char *files)
{
	struct event e = { .type = EVENT_RUN };

	e.run.testbench = "a_tb";
	e.run.engine = "fake";
	e.run.files = (struct bytes){ files, strlen(files) };
	return record(b, &e);
}

static void verdict(struct bench *b, uint64_t n, const char *word, const char *first,
		    const char *wave)
{
	struct event e = { .type = EVENT_VERDICT };

	e.verdict.run = n;
	e.verdict.verdict = word;
	e.verdict.first = (struct bytes){ first, strlen(first) };
	e.verdict.wave = wave;
	e.verdict.first_time = -1;
	e.verdict.checks = strcmp(word, "pass") == 0 ? 7 : -1;
	record(b, &e);
}

static void note(struct bench *b, const char *text)
{
	struct event e = { .type = EVENT_NOTE };

	e.note.text = (struct bytes){ text, strlen(text) };
	record(b, &e);
}

static void consent(struct bench *b, const char *value)
{
	struct event e = { .type = EVENT_SET };

	e.set.name = "consent";
	e.set.value = value;
	record(b, &e);
}

static struct story *tell(struct bench *b)
{
	struct err err = { 0 };
	struct story *s;

	session_flush(b->s);
	s = story_read(session_dir(b->s), b->redact, &err);
	if (!s)
		fail_msg("%s", err.text);
	return s;
}

static const struct export_context plain = { .title = "a project" };

typedef void printer(const struct story *s, const struct export_context *c, struct str *out);

static void print(struct bench *b, printer *p, struct str *out)
{
	struct story *s = tell(b);

	str_clear(out);
	p(s, &plain, out);
	assert_false(memchr(str_cstr(out), '\0', out->len));
	assert_true(utf8_valid(str_cstr(out), out->len));
	story_free(s);
}

static void has(const struct str *out, const char *text)
{
	if (!strstr(str_cstr(out), text))
		fail_msg("it lacks: %s", text);
}

static void lacks(const struct str *out, const char *text)
{
	if (strstr(str_cstr(out), text))
		fail_msg("it holds: %s", text);
}

/* A session in which everything that can be is hostile. */
static void hostile(struct bench *b)
{
	static const char answer[] =
		"Before " HOSTILE "\n```sv\ncode " HOSTILE "\n````\nafter `" HOSTILE;
	uint64_t a = ask(b, HOSTILE, answer), s;
	struct event e = { .type = EVENT_AMEND };
	struct change c = { 0, 0, { "// \0" HOSTILE "\n", sizeof(HOSTILE) + 4 } };

	s = suggest(b, a, "<img src=x onerror=alert(1)>\"'`.sv", BASE,
		    "module a;\n" HOSTILE "\nendmodule\n");
	decide(b, s, 0, 0, DECISION_REFUSED);
	decide(b, s, 1, 1, DECISION_TAKEN);
	e.amend.suggestion = s;
	e.amend.unit = 1;
	e.amend.line = (struct bytes){ "</script><img src=x onerror=alert(2)>", 37 };
	record(b, &e);
	apply(b, s);
	lint(b, "a.sv", HOSTILE);
	verdict(b, run(b, "a.sv"), "fail", HOSTILE, "");
	note(b, HOSTILE);
	e = (struct event){ .type = EVENT_MARK };
	e.mark.name = HOSTILE;
	record(b, &e);
	assert_non_null(edit_open(b->s, "a.sv", false, NULL));
	assert_true(edit_change(b->s, "a.sv", &c, 1, BY_YOU, NULL));
	session_close(b->s); /* waits for the base */
	b->s = session_open(b->loop, b->root, SESSION_FULL, NULL, NULL);
}

/* HTML ------------------------------------------------------------------------- */

static bool is_one_of(const char *const *list, const char *s, size_t len)
{
	for (; *list; list++)
		if (strlen(*list) == len && strncmp(*list, s, len) == 0)
			return true;
	return false;
}

/* One tag, which starts behind '<'; returns where it ends. Only what export_html.c writes. */
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

/* As a browser cuts it: tags, and the raw text of style and script. */
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

static void nothing_hostile_becomes_markup(void **state)
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

static void markdown_of_an_answer_becomes_elements(void **state)
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

/* A reference is copied wherever it is used. */
static void prose_does_not_explode(void **state)
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

/* A file that is compiled in is itself, whatever signs it holds. */
static void the_pages_files_are_compiled_in_as_they_are(void **state)
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

static void the_policy_names_this_style_and_this_script(void **state)
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

static void nothing_hostile_leaves_its_fence(void **state)
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

static void the_cast_holds_only_our_escapes_and_short_pauses(void **state)
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

static void an_answer_comes_in_its_pieces(void **state)
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

/* Training ---------------------------------------------------------------------------- */

static cJSON *only_record(const struct str *out)
{
	const char *lf = strchr(str_cstr(out), '\n');
	cJSON *v;

	assert_non_null(lf);
	assert_int_equal(lf[1], '\0');
	v = json_parse(str_cstr(out), (size_t)(lf - str_cstr(out)), NULL);
	assert_non_null(v);
	return v;
}

static size_t train(struct bench *b,
		    size_t (*p)(const struct story *, const struct export_context *, struct str *),
		    struct str *out)
{
	struct story *s = tell(b);
	size_t n;

	str_clear(out);
	n = p(s, &plain, out);
	story_free(s);
	return n;
}

/* Unit 0: a line in place of one; unit 1: one more. */
static void pairs_are_what_was_written_against_what_was_proposed(void **state)
{
	struct bench b;
	struct str out = STR_INIT;
	struct event e = { .type = EVENT_AMEND };
	const cJSON *lines;
	uint64_t s;
	cJSON *v;

	begin(&b);
	s = suggest(&b, ask(&b, "two wires", "here"), "a.sv", BASE, PROPOSED);
	e.amend.suggestion = s;
	e.amend.unit = 0;
	e.amend.line = (struct bytes){ "  wire mine;", 12 };
	record(&b, &e);
	decide(&b, s, 0, 0, DECISION_TAKEN);
	decide(&b, s, 1, 1, DECISION_REFUSED);
	apply(&b, s);
	lint(&b, "b.sv\na.sv", "wide");
	assert_int_equal(train(&b, export_pairs, &out), 0); /* nobody consented */
	assert_int_equal(out.len, 0);
	consent(&b, "yes");
	assert_int_equal(train(&b, export_pairs, &out), 1);
	v = only_record(&out);
	assert_string_equal(json_string(v, "prompt"), "the whole request");
	assert_string_equal(json_string(v, "question"), "two wires");
	assert_string_equal(json_string(v, "base"), BASE);
	assert_string_equal(json_string(v, "rejected"), PROPOSED);
	assert_string_equal(json_string(v, "chosen"), "module a;\n  wire mine;\nendmodule\n");
	assert_true(json_bool(v, "consent", false));
	assert_int_equal(json_uint(json_object(v, "lint"), "risks", 9), 1);
	assert_true(cJSON_IsNull(json_get(v, "simulation")));
	assert_int_equal(json_uint(v, "rewritten", 9), 1);
	lines = json_array(v, "lines");
	assert_int_equal(cJSON_GetArraySize(lines), 3);
	assert_string_equal(json_string(cJSON_GetArrayItem(lines, 1), "decision"), "rewritten");
	assert_string_equal(json_string(cJSON_GetArrayItem(lines, 1), "was"), "  wire one_too;");
	assert_string_equal(json_string(cJSON_GetArrayItem(lines, 2), "decision"), "refused");
	cJSON_Delete(v);
	assert_int_equal(train(&b, export_sft, &out), 0); /* not taken whole */
	consent(&b, "no");
	assert_int_equal(train(&b, export_pairs, &out), 0);
	str_free(&out);
	end(&b);
}

static void what_was_left_open_goes_on_in_the_same_pair(void **state)
{
	struct bench b;
	struct str out = STR_INIT;
	uint64_t a, s;
	cJSON *v;

	begin(&b);
	consent(&b, "yes");
	a = ask(&b, "q", "here");
	s = suggest(&b, a, "a.sv", BASE, PROPOSED);
	decide(&b, s, 0, 0, DECISION_TAKEN);
	apply(&b, s);
	s = suggest(&b, a, "a.sv", "module a;\n  wire one_too;\nendmodule\n", PROPOSED);
	assert_int_equal(train(&b, export_pairs, &out), 0); /* nothing refused so far */
	assert_int_equal(train(&b, export_sft, &out), 0);   /* and not all of it taken */
	decide(&b, s, 0, 0, DECISION_REFUSED);
	apply(&b, s);
	assert_int_equal(train(&b, export_pairs, &out), 1);
	v = only_record(&out);
	assert_string_equal(json_string(v, "base"), BASE);
	assert_string_equal(json_string(v, "rejected"), PROPOSED);
	assert_string_equal(json_string(v, "chosen"), "module a;\n  wire one_too;\nendmodule\n");
	assert_int_equal(cJSON_GetArraySize(json_array(v, "lines")), 3);
	cJSON_Delete(v);
	str_free(&out);
	end(&b);
}

/* A file changed underneath: what was decided went on in another suggestion. */
static void what_was_replaced_counts_for_nothing(void **state)
{
	struct bench b;
	struct str out = STR_INIT;
	struct event e = { .type = EVENT_APPLY };
	struct story *s;
	uint64_t a, n;

	begin(&b);
	consent(&b, "yes");
	a = ask(&b, "q", "here");
	n = suggest(&b, a, "a.sv", BASE, PROPOSED);
	decide(&b, n, 0, 0, DECISION_TAKEN);
	decide(&b, n, 1, 1, DECISION_REFUSED);
	e.apply.suggestion = n;
	e.apply.open = 2;
	e.apply.how = "merged with what changed since";
	record(&b, &e);
	n = suggest(&b, a, "a.sv", "// mine\n" BASE, "// mine\n" PROPOSED);
	decide(&b, n, 0, 0, DECISION_TAKEN);
	decide(&b, n, 1, 1, DECISION_REFUSED);
	apply(&b, n);
	assert_int_equal(train(&b, export_pairs, &out), 1);
	s = tell(&b);
	assert_int_equal(s->suggestions[0].taken + s->suggestions[0].refused, 0);
	assert_int_equal(s->suggestions[1].taken, 1);
	assert_true(s->suggestions[1].rest_of == STORY_NONE);
	story_free(s);
	str_free(&out);
	end(&b);
}

/* Taken whole, linted with one risk or none, and run: so many of 10 checks failed. */
static void a_step(struct bench *b, const char *path, const char *base, const char *text,
		   const char *risk, const char *word, uint64_t failures)
{
	uint64_t s = suggest(b, ask(b, "q", "here"), path, base, text);
	struct change c = { .removed = strlen(base), .ins = { text, strlen(text) } };
	struct event e = { .type = EVENT_VERDICT };
	struct suggestion *units = state_proposal(session_state(b->s), s)->s;

	decide(b, s, 0, suggestion_count(units, DECISION_OPEN) - 1, DECISION_TAKEN);
	assert_non_null(edit_open(b->s, path, false, NULL));
	assert_true(
		edit_change(b->s, path, &c, 1, (struct edit_by){ EDIT_BY_SUGGESTION, s }, NULL));
	apply(b, s);
	lint(b, path, risk);
	e.verdict.run = run(b, path);
	e.verdict.verdict = word;
	e.verdict.first_time = -1;
	e.verdict.checks = failures < 10 ? 10 : -1;
	e.verdict.failures = failures;
	record(b, &e);
}

static void a_score_is_traced_back_from_the_end(void **state)
{
	static const char *const texts[] = { BASE, "module a;\n  wire two;\nendmodule\n",
					     "module a;\n  wire three;\nendmodule\n",
					     "module a; // SPDX-License-Identifier: MIT\n"
					     "  wire three;\nendmodule\n" };
	static const double score[] = { 0.29, 0.72, 1 }, traced[] = { 0.575, 0.86, 1 };
	struct bench b;
	struct str out = STR_INIT;
	const cJSON *steps;
	cJSON *v;

	begin(&b);
	tool_write(b.root, "b.sv", BASE);
	a_step(&b, "a.sv", texts[0], texts[1], "wide", "fail", 10);
	consent(&b, "yes");
	assert_int_equal(train(&b, export_repairs, &out), 0);	  /* one step is no repair */
	a_step(&b, "b.sv", texts[0], texts[1], NULL, "fail", 10); /* another file's */
	a_step(&b, "a.sv", texts[1], texts[2], NULL, "fail", 4);
	assert_int_equal(train(&b, export_repairs, &out), 1);
	v = only_record(&out);
	assert_false(json_bool(v, "repaired", true));
	cJSON_Delete(v);
	a_step(&b, "a.sv", texts[2], texts[3], NULL, "pass", 0);
	a_step(&b, "a.sv", texts[3], texts[1], NULL, "fail",
	       10); /* after it passed: another chain */
	assert_int_equal(train(&b, export_repairs, &out), 1);
	v = only_record(&out);
	assert_true(json_bool(v, "repaired", false));
	assert_string_equal(json_string(v, "base"), texts[0]);
	assert_string_equal(json_string(v, "licence"), "MIT");
	assert_string_equal(json_string(json_object(v, "tools"), "simulator"), "fake");
	steps = json_array(v, "steps");
	assert_int_equal(cJSON_GetArraySize(steps), 3);
	for (int i = 0; i < 3; i++) {
		const cJSON *x = cJSON_GetArrayItem(steps, i);

		assert_string_equal(json_string(x, "written"), texts[i + 1]);
		assert_true(fabs(json_get(x, "score")->valuedouble - score[i]) < 1e-9);
		assert_true(fabs(json_get(x, "traced")->valuedouble - traced[i]) < 1e-9);
	}
	cJSON_Delete(v);
	consent(&b, "no");
	assert_int_equal(train(&b, export_repairs, &out), 0);
	str_free(&out);
	end(&b);
}

static uint64_t taken_whole(struct bench *b)
{
	uint64_t s = suggest(b, ask(b, "q", "here"), "a.sv", BASE, PROPOSED);

	decide(b, s, 0, 1, DECISION_TAKEN);
	apply(b, s);
	return s;
}

static void completions_passed_or_were_linted_clean(void **state)
{
	static const struct {
		const char *lint_of, *finding, *run_of, *verdict, *because;
	} cases[] = {
		{ NULL, NULL, NULL, NULL, NULL },
		{ "a.sv", NULL, NULL, NULL, "lint clean" },
		{ "b.sv", NULL, NULL, NULL, NULL },
		{ "a.sv", "wide", NULL, NULL, NULL },
		{ "a.sv", "wide", "a.sv", "pass", "simulation passed" },
		{ "a.sv", NULL, "a.sv", "fail", NULL },
		{ "a.sv", NULL, "a.sv", "none", "lint clean" },
		{ NULL, NULL, "b.sv", "pass", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct bench b;
		struct str out = STR_INIT;

		begin(&b);
		consent(&b, "yes");
		taken_whole(&b);
		if (cases[i].lint_of)
			lint(&b, cases[i].lint_of, cases[i].finding);
		if (cases[i].run_of)
			verdict(&b, run(&b, cases[i].run_of), cases[i].verdict, "", "");
		assert_int_equal(train(&b, export_sft, &out), cases[i].because ? 1 : 0);
		if (cases[i].because) {
			cJSON *v = only_record(&out);

			assert_string_equal(json_string(v, "because"), cases[i].because);
			assert_string_equal(json_string(v, "completion"), PROPOSED);
			cJSON_Delete(v);
		}
		str_free(&out);
		end(&b);
	}
}

static void a_verdict_on_another_text_is_not_its(void **state)
{
	struct bench b;
	struct change c = { 0, 0, { "// mine\n", 8 } };
	struct story *s;
	uint64_t early;

	begin(&b);
	early = run(&b, "a.sv"); /* began before the text was written */
	taken_whole(&b);
	verdict(&b, early, "pass", "", "");
	assert_non_null(edit_open(b.s, "a.sv", false, NULL));
	assert_true(edit_change(b.s, "a.sv", &c, 1, BY_YOU, NULL));
	verdict(&b, run(&b, "a.sv"), "pass", "", "");
	lint(&b, "a.sv", NULL);
	s = tell(&b);
	assert_true(s->suggestions[0].run == STORY_NONE);
	assert_true(s->suggestions[0].lint == STORY_NONE);
	story_free(s);
	end(&b);
}

/* All formats ---------------------------------------------------------------------------- */

static void no_export_holds_a_secret(void **state)
{
	static const char key[] = "-----BEGIN RSA "
				  "PRIVATE KEY-----\nMIIabcdefgh\nijklmnop\n-----END RSA "
				  "PRIVATE KEY-----\n";
	struct bench b;
	struct str out = STR_INIT, proposed = STR_INIT;
	struct change c = { 0, 0, { "// " SECRET "\n", sizeof(SECRET) + 3 } };
	printer *const printers[] = { export_html, export_markdown, export_cast };
	uint64_t s;

	begin(&b);
	consent(&b, "yes");
	str_addf(&proposed, "module a;\n%s  wire w;\nendmodule\n", key);
	s = suggest(&b, ask(&b, "why " SECRET " /home/somebody/x", "so " SECRET), "a.sv", BASE,
		    str_cstr(&proposed));
	decide(&b, s, 0, 2, DECISION_TAKEN);
	decide(&b, s, 3, 3, DECISION_REFUSED);
	apply(&b, s);
	lint(&b, "a.sv", SECRET);
	verdict(&b, run(&b, "a.sv"), "fail", SECRET, "");
	note(&b, SECRET);
	assert_non_null(edit_open(b.s, "a.sv", false, NULL));
	assert_true(edit_change(b.s, "a.sv", &c, 1, BY_YOU, NULL));
	session_close(b.s);
	b.s = session_open(b.loop, b.root, SESSION_FULL, NULL, NULL);
	for (size_t i = 0; i < sizeof(printers) / sizeof(*printers); i++) {
		print(&b, printers[i], &out);
		has(&out, "[redacted]");
		lacks(&out, "ghp_");
		lacks(&out, "MIIabc");
		lacks(&out, "ijklmnop");
		lacks(&out, "/home/somebody");
	}
	assert_int_equal(train(&b, export_pairs, &out), 1);
	lacks(&out, "ghp_");
	lacks(&out, "ijklmnop");
	str_free(&out);
	str_free(&proposed);
	end(&b);
}

static void lines_say_what_became_of_them_and_when(void **state)
{
	struct bench b;
	struct story *s;
	const struct story_suggestion *x;
	struct event e = { .type = EVENT_AMEND };
	uint64_t n, taken_ms;

	begin(&b);
	n = suggest(&b, ask(&b, "q", "a"), "a.sv", BASE, PROPOSED);
	e.amend.suggestion = n;
	e.amend.line = (struct bytes){ "  wire mine;", 12 };
	record(&b, &e);
	e = (struct event){ .type = EVENT_SPLIT, .split = { n, 0 } };
	record(&b, &e); /* now three: one out, two in */
	decide(&b, n, 1, 2, DECISION_TAKEN);
	taken_ms = b.now_ms;
	decide(&b, n, 0, 0, DECISION_REFUSED);
	decide(&b, n, 2, 2, DECISION_OPEN);
	apply(&b, n);
	s = tell(&b);
	x = &s->suggestions[0];
	assert_int_equal(x->lines.n, 5);
	assert_int_equal(x->lines.v[0].sign, ' ');
	assert_string_equal(str_cstr(&x->lines.v[1].text), "  wire one;");
	assert_int_equal(x->lines.v[1].decision, DECISION_REFUSED);
	assert_int_equal(x->lines.v[2].decision, DECISION_TAKEN);
	assert_int_equal(x->lines.v[2].t_ms, taken_ms);
	assert_int_equal(x->lines.v[2].new_no, 2);
	assert_true(x->lines.v[2].edited);
	assert_string_equal(str_cstr(&x->lines.v[2].was), "  wire one_too;");
	assert_int_equal(x->lines.v[3].decision, DECISION_OPEN);
	assert_int_equal(x->lines.v[3].t_ms, 0);
	assert_int_equal(x->lines.v[4].old_no, 3);
	assert_int_equal(x->lines.v[4].new_no, 4);
	assert_string_equal(str_cstr(&x->written),
			    "module a;\n  wire one;\n  wire mine;\nendmodule\n");
	assert_int_equal(x->edited, 1);
	story_free(s);
	end(&b);
}

/* Waves ------------------------------------------------------------------------------------ */

static char *asked_for; /* the path that read_wave was called with */

static bool read_fake(const char *path, size_t max_changes, struct wave **out, struct err *err)
{
	struct wave *w = wave_new(max_changes);
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
	*out = w;
	return true;
}

/* Several documents are edited at once; their bases are recorded behind that, in
 * whichever order the disk had them. */
static void each_of_several_files_has_its_versions(void **state)
{
	static const char *const paths[] = { "a.sv", "b.sv", "c.sv" };
	struct change c = { 0, 0, { "// mine\n", 8 } };
	struct bench b;
	struct story *s;

	begin(&b);
	tool_write(b.root, "b.sv", "module b;\nendmodule\n");
	tool_write(b.root, "c.sv", "module c;\nendmodule\n");
	for (int i = 0; i < 3; i++)
		assert_non_null(edit_open(b.s, paths[i], false, NULL));
	for (int i = 0; i < 3; i++)
		assert_true(edit_change(b.s, paths[i], &c, 1, BY_YOU, NULL));
	for (int i = 0; i < 3; i++)
		while (!session_doc(b.s, paths[i])->base_hash[0])
			loop_turn(b.loop, true);
	session_flush(b.s);
	s = story_read(session_dir(b.s), b.redact, NULL);
	assert_non_null(s);
	assert_int_equal(s->n_versions, 3);
	for (int i = 0; i < 3; i++) {
		size_t of = 0;

		for (size_t k = 0; k < s->n_versions; k++)
			of += strcmp(s->versions[k].path, paths[i]) == 0;
		assert_int_equal(of, 1);
		assert_memory_equal(str_cstr(&s->versions[i].text), "// mine\n", 8);
	}
	story_free(s);
	end(&b);
}

static void waves_are_drawn_or_said_to_be_missing(void **state)
{
	const struct export_context c = { .title = "t", .read_wave = read_fake };
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

static void both_reports(struct bench *b, const char *text, bool there)
{
	static printer *const printers[] = { export_html, export_markdown };

	for (size_t i = 0; i < 2; i++) {
		struct str out = STR_INIT;

		print(b, printers[i], &out);
		if (there)
			has(&out, text);
		else
			lacks(&out, text);
		str_free(&out);
	}
}

static void reports_say_how_many_lines_nobody_read(void **state)
{
	struct bench b;
	uint64_t n;

	begin(&b);
	n = suggest(&b, 0, "a.sv", BASE, PROPOSED);
	decide(&b, n, 0, 1, DECISION_TAKEN);
	record(&b, &(struct event){ .type = EVENT_APPLY, .apply = { n, 2, 0, 0, "review", 2 } });
	both_reports(&b, "unread", false);
	n = suggest(&b, 0, "a.sv", BASE, PROPOSED);
	decide(&b, n, 0, 1, DECISION_TAKEN);
	record(&b, &(struct event){ .type = EVENT_APPLY, .apply = { n, 2, 0, 0, "review", 1 } });
	both_reports(&b, ", 1 of the taken unread", true);
	end(&b);
}

static void reports_name_the_sessions_beside_and_before(void **state)
{
	struct bench b;
	struct session *first;
	char *fork = NULL;
	struct err err;

	begin(&b);
	both_reports(&b, "beside", false);
	first = b.s;
	b.s = session_open(b.loop, b.root, SESSION_APPEND, NULL, NULL);
	assert_non_null(b.s);
	assert_string_equal(session_state(b.s)->neighbour, session_id(first));
	both_reports(&b, "beside", true);
	both_reports(&b, session_id(first), true);
	session_close(first);
	session_flush(b.s);
	if (!session_fork(b.root, session_id(b.s), 1, &fork, &err))
		fail_msg("%s", err.text);
	session_close(b.s);
	b.s = session_open(b.loop, b.root, SESSION_FULL, fork, NULL);
	both_reports(&b, "goes on from", true);
	free(fork);
	end(&b);
}

static void a_damaged_journal_is_told_up_to_the_damage(void **state)
{
	struct bench b;
	struct story *s;
	struct str text = STR_INIT;
	char *path;

	begin(&b);
	note(&b, "good");
	session_flush(b.s);
	path = path_join(session_dir(b.s), "journal.jsonl");
	assert_true(file_read(path, 0, &text, NULL));
	str_adds(&text, "{\"n\":3,\"t\":1,\"type\":\"note\",\"text\":\"forged\",\"sum\":\"00\"}\n");
	assert_true(file_save(path, text.data, text.len, 0600, NULL));
	s = tell(&b);
	assert_int_equal(s->lost.n, 1);
	assert_int_equal(s->n_moments, 2);
	assert_string_equal(str_cstr(&s->moments[1].text), "note: good");
	story_free(s);
	str_free(&text);
	free(path);
	end(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_hostile_becomes_markup),
		cmocka_unit_test(markdown_of_an_answer_becomes_elements),
		cmocka_unit_test(prose_does_not_explode),
		cmocka_unit_test(the_pages_files_are_compiled_in_as_they_are),
		cmocka_unit_test(the_policy_names_this_style_and_this_script),
		cmocka_unit_test(nothing_hostile_leaves_its_fence),
		cmocka_unit_test(the_cast_holds_only_our_escapes_and_short_pauses),
		cmocka_unit_test(an_answer_comes_in_its_pieces),
		cmocka_unit_test(pairs_are_what_was_written_against_what_was_proposed),
		cmocka_unit_test(a_score_is_traced_back_from_the_end),
		cmocka_unit_test(what_was_left_open_goes_on_in_the_same_pair),
		cmocka_unit_test(what_was_replaced_counts_for_nothing),
		cmocka_unit_test(completions_passed_or_were_linted_clean),
		cmocka_unit_test(a_verdict_on_another_text_is_not_its),
		cmocka_unit_test(no_export_holds_a_secret),
		cmocka_unit_test(lines_say_what_became_of_them_and_when),
		cmocka_unit_test(each_of_several_files_has_its_versions),
		cmocka_unit_test(waves_are_drawn_or_said_to_be_missing),
		cmocka_unit_test(reports_say_how_many_lines_nobody_read),
		cmocka_unit_test(reports_name_the_sessions_beside_and_before),
		cmocka_unit_test(a_damaged_journal_is_told_up_to_the_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
