/* hours_job ROOT [HOURS [WORDS]]: writes a session like one of HOURS (8) hours of
 * steady work, without waves, and measures its folder.
 *
 * Each minute, WORDS (20) words of five letters and a space are typed, letter by
 * letter, into a file that grows to a few hundred lines; every half minute a lint has
 * new findings, every two minutes the file is saved, every four a testbench runs and
 * prints 100 lines, every ten a question with spec and file (12 KB) is asked and
 * answered with a suggestion whose lines are all decided. Prints the size of the
 * folder, the journal, the snapshot and all other files in bytes, and the number of
 * events. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/journal/sessions.h"
#include "session/journal/suggestion.h"
#include "session/text/text.h"
#include "session/output/diag.h"

#define PATH "rtl/fifo.sv"

static struct session *s;
static unsigned minute;

static void check(bool ok, const struct err *err)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", err->text);
	exit(2);
}

static uint64_t record(struct event e)
{
	struct err err;
	uint64_t n;

	check(session_record(s, &e, &n, &err), &err);
	return n;
}

/* Types at the cursor, which moves on from line to line and wraps to the top. */
static void type_letters(unsigned count)
{
	static const char words[] = "assign next = count + width; always begin if else ";
	static size_t at = 40;
	struct err err;

	for (unsigned i = 0; i < count; i++) {
		size_t len = text_len(session_doc(s, PATH)->text);
		bool end = i % 40 == 39;
		struct change c = { at < len ? at : len,
				    0,
				    { end ? "\n" : words + i % (sizeof(words) - 1), 1 } };

		if (len > 16000) /* from here on, each letter replaces one */
			c.removed = 1;
		check(edit_change(s, PATH, &c, 1, BY_YOU, &err), &err);
		at = at + 1 < 15000 ? at + 1 : 40;
	}
}

static void lint(unsigned which)
{
	struct diag_list *l = diag_list_new(10);
	struct diag d = { .rank = DIAG_RISK,
			  .path = PATH,
			  .col = 9,
			  .code = "WIDTHEXPAND",
			  .text = "Operator ASSIGN expects 8 bits on the Assign RHS, but Assign "
				  "RHS's VARREF 'next' generates 4 bits.",
			  .context = "  assign count = next;" };

	for (unsigned i = 0; i < 1 + which % 4; i++) {
		d.line = (int)(which + i * 7);
		diag_list_add(l, &d, NULL);
	}
	record((struct event){
		.type = EVENT_LINT,
		.lint = { .tool = "verilator", .files = { PATH, sizeof(PATH) - 1 }, .found = l } });
	diag_list_free(l);
}

static void run(void)
{
	struct event e = { .type = EVENT_RUN,
			   .run = { .testbench = "fifo_tb",
				    .engine = "verilator",
				    .files = { PATH "\ntb/fifo_tb.sv", sizeof(PATH) + 13 } } };
	struct str out = STR_INIT;
	struct err err;
	char hash[HASH_HEX + 1], *dir, *path, *name;
	uint64_t n = record(e);

	for (int i = 0; i < 100; i++)
		str_addf(&out, "[%d] minute %u: count is %d, next is %d\n", i * 10, minute, i,
			 i + 1);
	hash_text(out.data, out.len, hash);
	name = str_fmt("runs/%llu/output.txt", (unsigned long long)n);
	dir = str_fmt("%s/runs/%llu", session_dir(s), (unsigned long long)n);
	path = path_join(session_dir(s), name);
	check(file_make_dirs(dir, 0700, &err) && file_save(path, out.data, out.len, 0600, &err),
	      &err);
	record((struct event){
		.type = EVENT_VERDICT,
		.verdict = { .run = n,
			     .verdict = "fail",
			     .output = name,
			     .output_hash = hash,
			     .output_len = out.len,
			     .failures = 1,
			     .checks = 41,
			     .first_time = 310,
			     .first = { "fifo_tb.sv:31: count is 3, not 4", 32 } } });
	str_free(&out);
	free(path);
	free(dir);
	free(name);
}

static void ask(void)
{
	struct str prompt = STR_INIT, base = STR_INIT, proposed = STR_INIT;
	struct event e = { .type = EVENT_ASK,
			   .ask = { .backend = "gpt",
				    .model = "m",
				    .question = { "make the reset asynchronous", 27 } } };
	struct suggestion *sug;
	struct unit *units;
	uint64_t n;

	text_get_all(session_doc(s, PATH)->text, &base);
	str_add(&proposed, base.data, base.len / 3);
	for (int i = 0; i < 30; i++)
		str_addf(&proposed, "  always_ff @(posedge clk) q%d_%u <= d%d;\n", i, minute, i);
	str_add(&proposed, base.data + base.len / 2, base.len - base.len / 2);
	for (int i = 0; i < 80; i++)
		str_addf(&prompt, "- R%d the requirement number %d of this design\n", i, i);
	str_add(&prompt, base.data, base.len < 8000 ? base.len : 8000);
	e.ask.prompt = (struct kept){ .data = prompt.data, .len = prompt.len };
	n = record(e);
	for (int i = 0; i < 40; i++) /* one every 250 ms */
		record((struct event){ .type = EVENT_PIECE,
				       .piece = { n, "text", { proposed.data + i * 50, 50 } } });
	record((struct event){ .type = EVENT_ANSWER,
			       .answer = { .ask = n,
					   .finish = "stop",
					   .in = 4000,
					   .out = 900,
					   .cached = -1,
					   .reasoning = -1 } });
	sug = suggestion_new(PATH, false, base.data, base.len, proposed.data, proposed.len);
	units = mem_calloc(suggestion_units(sug), sizeof(*units));
	e = (struct event){ .type = EVENT_SUGGEST };
	e.suggest.ask = n;
	e.suggest.path = PATH;
	e.suggest.base = (struct bytes){ base.data, base.len };
	e.suggest.proposed = (struct bytes){ proposed.data, proposed.len };
	e.suggest.n_units = suggestion_units(sug);
	for (size_t i = 0; i < e.suggest.n_units; i++)
		units[i] = *suggestion_unit(sug, i);
	e.suggest.units = units;
	n = record(e);
	for (size_t i = 0; i < e.suggest.n_units; i++)
		record((struct event){
			.type = EVENT_DECIDE,
			.decide = { n, i, i, i % 3 ? DECISION_TAKEN : DECISION_REFUSED } });
	record((struct event){ .type = EVENT_APPLY, .apply = { n, 1, 1, 0, "review", 1 } });
	free(units);
	suggestion_free(sug);
	str_free(&base);
	str_free(&proposed);
	str_free(&prompt);
}

static unsigned long long size_of(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	struct stat st = { 0 };

	if (stat(path, &st) < 0)
		st.st_size = 0;
	free(path);
	return (unsigned long long)st.st_size;
}

int main(int argc, char **argv)
{
	unsigned hours = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 8;
	unsigned words = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 20;
	struct err err;
	struct loop *l = loop_new(&err);
	struct session_info info;
	unsigned long long journal, snapshot;
	char *id, *dir;

	check(argc > 1 && file_make_dirs(argv[1], 0700, &err), &err);
	s = session_open(l, argv[1], SESSION_NEW, NULL, &err);
	check(s && edit_open(s, PATH, true, &err), &err);
	for (minute = 0; minute < hours * 60; minute++) {
		type_letters(words * 3);
		lint(2 * minute);
		type_letters(words * 3);
		lint(2 * minute + 1);
		if (minute % 2 == 0)
			record((struct event){ .type = EVENT_SAVE,
					       .save = { PATH, "", 16000, 1 } });
		if (minute % 4 == 0)
			run();
		if (minute % 10 == 9)
			ask();
		loop_turn(l, false);
	}
	id = mem_strdup(session_id(s));
	dir = mem_strdup(session_dir(s));
	session_close(s);
	check(session_info(l, argv[1], id, &info, &err), &err);
	journal = size_of(dir, "journal.jsonl");
	snapshot = size_of(dir, "snapshot.json");
	printf("%llu %llu %llu %llu %llu\n", (unsigned long long)info.bytes, journal, snapshot,
	       (unsigned long long)info.bytes - journal - snapshot,
	       (unsigned long long)info.events);
	session_info_fini(&info);
	free(dir);
	free(id);
	loop_free(l);
	return 0;
}
