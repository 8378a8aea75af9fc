/* Files that a suggestion renames or removes. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/moved.h"
#include "session/journal/state.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_rewind.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"
#include "tests/lib/desk.h"

static uint64_t rename_to(struct session *s, const char *from, const char *to, const char *base,
			  const char *text)
{
	struct proposed p = { .path = from,
			      .moves = to,
			      .by = "test",
			      .base = { base, strlen(base) },
			      .text = { text, strlen(text) } };
	uint64_t n;

	assert_true(flow_suggest(s, &p, &n, NULL));
	return n;
}

/* The first was already renamed when the second cannot be written. */
IN_TASK(a_rename_is_taken_back_with_the_rest)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct proposed p = {
		.path = "three.sv", .by = "test", .new_file = true, .text = { "c\n", 2 }
	};
	char *blocked = path_join(d->root, "three.sv"), *to = path_join(d->root, "lib/two.sv");
	struct applied done[2];
	uint64_t v[2];
	struct err err;

	tool_write(d->root, "one.sv", "a\nb\n");
	v[0] = rename_to(s, "one.sv", "lib/two.sv", "a\nb\n", "a\nc\n");
	assert_true(flow_suggest(s, &p, &v[1], NULL));
	assert_true(flow_take_open(s, v[0], NULL) && flow_take_open(s, v[1], NULL));
	assert_non_null(edit_open(s, "three.sv", true, NULL));
	assert_true(file_make_dirs(blocked, 0755, NULL));
	assert_false(flow_apply_together(s, v, 2, "test", NULL, done, &err));
	holds(d, "one.sv", "a\nb\n");
	assert_false(file_exists(to));
	assert_false(doc_unsaved(session_doc(s, "one.sv")) ||
		     doc_unsaved(session_doc(s, "lib/two.sv")));
	assert_int_equal(rmdir(blocked), 0);
	assert_true(flow_apply_together(s, v, 2, "test", NULL, done, &err));
	assert_true(done[0].moved && done[0].saved && !done[1].moved);
	holds(d, "one.sv", "(none)");
	holds(d, "lib/two.sv", "a\nc\n");
	free(blocked);
	free(to);
}

IN_TASK(a_rename_is_rewound_and_back)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct rewound out;
	struct applied done;
	uint64_t n, then, after;

	tool_write(d->root, "one.sv", "a\nb\n");
	n = rename_to(s, "one.sv", "two.sv", "a\nb\n", "a\nc\n");
	assert_true(flow_take_open(s, n, NULL));
	then = session_state(s)->n;
	assert_true(flow_apply_decided(s, n, &done, NULL));
	after = session_state(s)->n;
	for (int i = 0; i < 2; i++) {
		assert_true(flow_rewind(s, then, &out, NULL));
		assert_int_equal(out.files, 2);
		rewound_fini(&out);
		holds(d, "one.sv", "a\nb\n");
		holds(d, "two.sv", "(none)");
		assert_true(flow_rewind(s, after, &out, NULL));
		rewound_fini(&out);
		holds(d, "one.sv", "(none)");
		holds(d, "two.sv", "a\nc\n");
	}
}

/* Undone and redone separately, one of the two names always is a file. */
IN_TASK(one_of_two_names_is_always_a_file)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct change typed = { 0, 0, { "// mine\n", 8 } };
	struct applied done;
	struct doc *one, *two;
	uint64_t n;

	tool_write(d->root, "one.sv", "a\nb\n");
	n = rename_to(s, "one.sv", "two.sv", "a\nb\n", "a\nc\n");
	assert_true(flow_take_open(s, n, NULL) && flow_apply_decided(s, n, &done, NULL));
	assert_true(edit_change(s, "two.sv", &typed, 1, BY_YOU, NULL));
	n = rename_to(s, "two.sv", "one.sv", "// mine\na\nc\n", "// mine\na\nd\n");
	assert_true(flow_take_open(s, n, NULL) && flow_apply_decided(s, n, &done, NULL));
	assert_true(edit_undo(s, "one.sv", NULL)); /* two.sv is the file again */
	assert_true(edit_undo(s, "one.sv", NULL)); /* two.sv was typed into: both are */
	assert_true(edit_redo(s, "two.sv", NULL)); /* one.sv alone */
	assert_true(edit_redo(s, "one.sv", NULL));
	one = edit_open(s, "one.sv", true, NULL);
	two = edit_open(s, "two.sv", true, NULL);
	assert_true(moved_no_file(session_state(s), one));
	assert_false(moved_no_file(session_state(s), two));
	assert_int_equal(text_len(two->text), 4); /* as that rename left it */
}

/* The old file is removed only after the new one is written, whichever is saved. */
IN_TASK(a_rename_of_unsaved_text_is_saved_as_one)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct change typed = { 0, 0, { "// mine\n", 8 } };
	static const char *const sides[] = { "one.sv", "two.sv" };
	struct applied done;

	tool_write(d->root, "one.sv", "a\nb\n");
	for (int i = 0; i < 2; i++) {
		uint64_t n;

		assert_non_null(edit_open(s, "one.sv", false, NULL));
		assert_true(edit_change(s, "one.sv", &typed, 1, BY_YOU, NULL));
		n = rename_to(s, "one.sv", "two.sv", "// mine\na\nb\n", "// mine\na\nc\n");
		assert_true(flow_take_open(s, n, NULL) && flow_apply_decided(s, n, &done, NULL));
		assert_true(done.moved && !done.saved);
		holds(d, "one.sv", "a\nb\n");
		holds(d, "two.sv", "(none)");
		assert_true(edit_save(s, sides[i], false, NULL));
		holds(d, "one.sv", "(none)");
		holds(d, "two.sv", "// mine\na\nc\n");
		assert_true(edit_undo(s, sides[1 - i], NULL));
		assert_true(edit_save(s, sides[i], false, NULL));
		holds(d, "one.sv", "// mine\na\nb\n");
		holds(d, "two.sv", "(none)");
		assert_false(doc_unsaved(session_doc(s, "one.sv")) ||
			     doc_unsaved(session_doc(s, "two.sv")));
		assert_true(edit_redo(s, sides[i], NULL) && edit_undo(s, sides[i], NULL));
		assert_false(doc_unsaved(session_doc(s, "one.sv")) ||
			     doc_unsaved(session_doc(s, "two.sv")));
		assert_true(edit_undo(s, "one.sv", NULL) && edit_save(s, "one.sv", false, NULL));
		holds(d, "one.sv", "a\nb\n");
	}
}

/* Whatever is typed before the new file is saved, saving it removes the old one. */
IN_TASK(a_rename_is_saved_as_one_with_what_was_typed_since)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct change typed = { 0, 0, { "// mine\n", 8 } };
	struct applied done;
	uint64_t n;

	tool_write(d->root, "one.sv", "a\n");
	n = rename_to(s, "one.sv", "two.sv", "a\n", "a\n");
	assert_true(flow_take_open(s, n, NULL) && flow_apply_decided(s, n, &done, NULL));
	assert_true(edit_undo(s, "two.sv", NULL) && edit_save(s, "one.sv", false, NULL));
	holds(d, "one.sv", "a\n");
	holds(d, "two.sv", "(none)");
	assert_true(edit_redo(s, "two.sv", NULL) &&
		    edit_change(s, "two.sv", &typed, 1, BY_YOU, NULL));
	assert_true(edit_save(s, "two.sv", false, NULL));
	holds(d, "one.sv", "(none)");
	holds(d, "two.sv", "// mine\na\n");
}

/* A journal may contain anything. */
IN_TASK(a_move_to_no_path_of_the_project_is_refused)
{
	static const char *const to[] = { "../two.sv", "rtl/x/../two.sv", "/two.sv", "./two.sv" };
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);

	for (size_t i = 0; i < sizeof(to) / sizeof(*to); i++) {
		struct proposed p = { .path = "one.sv",
				      .moves = to[i],
				      .by = "test",
				      .base = { "a\n", 2 },
				      .text = { "a\n", 2 } };
		struct err err;

		assert_false(flow_suggest(s, &p, NULL, &err));
		assert_int_equal(err.code, ERR_PARSE);
	}
}

/* A file that appeared at the new place, on disk or unsaved, is not overwritten. */
IN_TASK(nothing_is_moved_over_what_is_there)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct change typed = { 0, 0, { "mine\n", 5 } };
	struct applied done;
	struct err err;
	uint64_t n;

	tool_write(d->root, "one.sv", "");
	n = rename_to(s, "one.sv", "two.sv", "", "");
	assert_true(flow_take_open(s, n, NULL));
	assert_non_null(edit_open(s, "two.sv", true, NULL));
	assert_true(edit_change(s, "two.sv", &typed, 1, BY_YOU, NULL));
	assert_false(flow_apply_decided(s, n, &done, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_true(edit_undo(s, "two.sv", NULL));
	tool_write(d->root, "two.sv", "theirs\n");
	assert_false(flow_apply_decided(s, n, &done, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	holds(d, "two.sv", "theirs\n");
	holds(d, "one.sv", "");
}

/* A file that changes on disk while it is renamed stays. */
IN_TASK(a_file_that_changed_on_disk_is_not_removed)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct applied done;
	struct err err;
	uint64_t n;

	tool_write(d->root, "one.sv", "a\n");
	assert_non_null(edit_open(s, "one.sv", false, NULL));
	n = rename_to(s, "one.sv", "two.sv", "a\n", "a\n");
	assert_true(flow_take_open(s, n, NULL));
	tool_write(d->root, "one.sv", "from another program\n");
	assert_false(flow_apply_decided(s, n, &done, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	holds(d, "one.sv", "from another program\n");
	holds(d, "two.sv", "(none)");
	assert_int_equal(state_proposal(session_state(s), n)->state, PROPOSAL_OPEN);
}
