/* What all exports share: no secrets, the fate of each line, damaged sessions. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/export/export.h"
#include "session/export/story.h"
#include "session/journal/edit.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "tests/lib/tool.h"
#include "tests/lib/recorded.h"

CASE(no_export_holds_a_secret)
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

CASE(lines_say_what_became_of_them_and_when)
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

/* Several documents are edited at once; their bases are recorded after that, in
 * whichever order the disk had them. */
CASE(each_of_several_files_has_its_versions)
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

CASE(reports_say_how_many_lines_nobody_read)
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

CASE(reports_name_the_sessions_beside_and_before)
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

CASE(a_damaged_journal_is_told_up_to_the_damage)
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
