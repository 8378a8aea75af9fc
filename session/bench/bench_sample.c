/* One sample, from a question to its row.
 *
 * In the rounds after a failure the model gets the tools' output, but never the
 * testbench's text. The best round counts for the sample: passing before running,
 * running before building.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/bench/bench_code.h"
#include "session/bench/bench_inner.h"
#include "session/bench/bench_judge.h"
#include "session/bench/bench_whole.h"
#include "session/output/diag.h"

#define TOLD_MAX 3000u /* bytes of tool output for the next round */

/* The sample being made. */
struct sample {
	struct bench_run *run;
	const struct bench_item *it;
	const struct suite_problem *problem;
	const char *dir;
	struct bench_row row;
	struct bench_judged best;
	int best_is; /* score of best; 0: none yet */
	char *no_code, *answer_path, *question_path, *wave_path, *model;
};

/* Code ------------------------------------------------------------------------------- */

static bool code_of_answer(struct sample *s, const char *text, size_t len, struct str *code,
			   struct err *err)
{
	const struct bench_request *r = s->run->r;

	hash_text(text, len, s->row.answer_hash);
	free(s->no_code);
	s->no_code = NULL;
	if (!r->own_rules || r->suite->a_line)
		return r->suite->extract(&r->choice, s->problem, text, len, code, err);
	bench_code(text, len, code, &s->no_code);
	return true;
}

static bool stored_code(struct sample *s, struct str *code, struct err *err)
{
	const struct bench_answer *a = s->it->answer;
	struct str text = STR_INIT;
	bool ok = bench_answer_read(a, &text, err);

	if (ok && a->is_code) {
		hash_text(str_cstr(&text), text.len, s->row.answer_hash);
		str_add(code, str_cstr(&text), text.len);
	} else if (ok) {
		ok = code_of_answer(s, str_cstr(&text), text.len, code, err);
	}
	str_free(&text);
	return ok;
}

/* By the published rules an answer without a fence is code as a whole, even "I think".
 * Only text with a module is built. */
static bool has_code(const struct suite *suite, const struct str *code)
{
	if (suite->judge)
		return code->len && strspn(code->data, " \t\r\n") < code->len;
	return code->len && memmem(code->data, code->len, "module", 6);
}

/* Judging ---------------------------------------------------------------------------- */

static int score(const struct bench_judged *j)
{
	enum verdict v = j->report.result.verdict;

	return j->class_ == '.' || v == VERDICT_PASS		 ? 4
	       : j->report.output_path && *j->report.output_path ? 3
	       : v == VERDICT_BUILD				 ? 2
								 : 1;
}

static void drop_wave(struct sample *s)
{
	struct bench_run *k = s->run;
	char *path;
	struct stat st;

	if (!s->wave_path)
		return;
	path = path_join(k->waves, s->wave_path);
	if (lstat(path, &st) == 0 && unlink(path) == 0)
		k->waves_left += (uint64_t)st.st_size;
	free(path);
	free(s->wave_path);
	s->wave_path = NULL;
}

/* Copies a wave to the kept ones if there is room. */
static void keep_wave(struct sample *s, const char *wave)
{
	struct bench_run *k = s->run;
	const char *dot = strrchr(path_base(wave), '.');
	char *path = str_fmt("%s/%s_sample%02u%s", k->waves, s->problem->name, s->it->sample,
			     dot ? dot : ".vcd");
	struct str text = STR_INIT;
	struct stat st;

	if (stat(wave, &st) == 0 && (uint64_t)st.st_size <= k->waves_left &&
	    file_read(wave, (size_t)st.st_size, &text, NULL) &&
	    file_put(path, str_cstr(&text), text.len, 0644, NULL)) {
		k->waves_left -= text.len;
		s->wave_path = mem_strdup(path_base(path));
	}
	str_free(&text);
	free(path);
}

/* Judges one round and replaces the best if it is better. *passed: no further round
 * is needed. */
static bool judge(struct sample *s, const struct str *code, bool *passed, struct err *err)
{
	struct bench_run *k = s->run;
	struct bench_judged j;
	bool ok = bench_judge(k->w, k->sim, k->r->suite, &k->r->choice, s->problem, str_cstr(code),
			      code->len, s->dir, k->waves && k->waves_left > 0, &j, err);

	*passed = ok && score(&j) == 4;
	if (ok && score(&j) > s->best_is) {
		drop_wave(s); /* the one of an earlier round */
		if (j.wave)
			keep_wave(s, j.wave);
	}
	file_remove_tree(s->dir, NULL);
	if (!ok || score(&j) <= s->best_is) {
		bench_judged_fini(&j);
		return ok;
	}
	bench_judged_fini(&s->best);
	s->best = j;
	s->best_is = score(&j);
	s->row.code = has_code(k->r->suite, code);
	hash_text(str_cstr(code), code->len, s->row.code_hash);
	return true;
}

/* Asking ----------------------------------------------------------------------------- */

static char *answer_name(const struct sample *s, unsigned round)
{
	char *more = round > 1 ? str_fmt("_round%u", round) : mem_strdup("");
	char *path = str_fmt("%s/%s_sample%02u%s_response.txt", s->run->kept, s->problem->name,
			     s->it->sample, more);

	free(more);
	return path;
}

/* Uses an answer that an earlier run stored before it ended without writing the row. */
static bool kept_answer(struct sample *s, unsigned round, struct bench_answer_got *got)
{
	char *path = s->run->kept && s->run->r->resume ? answer_name(s, round) : NULL;
	bool is = path && file_exists(path) && file_read(path, SUITE_FILE_MAX, &got->text, NULL);

	got->in = got->out = got->cached = -1;
	got->cost = -1;
	free(path);
	return is;
}

static bool keep_answer(struct sample *s, unsigned round, const struct bench_answer_got *got,
			struct err *err)
{
	char *path = s->run->kept ? answer_name(s, round) : NULL;
	bool ok = !path || file_put(path, str_cstr(&got->text), got->text.len, 0644, err);

	free(s->answer_path);
	s->answer_path = path ? mem_strdup(path_base(path)) : NULL;
	free(path);
	return ok;
}

static void sum(long *total, long more)
{
	if (more >= 0)
		*total = (*total < 0 ? 0 : *total) + more;
}

static void count(struct sample *s, struct bench_answer_got *got)
{
	s->row.rounds++;
	s->row.cut = got->cut;
	s->row.ask_s += (double)got->ms / 1000;
	sum(&s->row.tokens_in, got->in);
	sum(&s->row.tokens_out, got->out);
	sum(&s->row.tokens_cached, got->cached);
	if (got->cost >= 0)
		s->row.cost = (s->row.cost < 0 ? 0 : s->row.cost) + got->cost;
	if (got->model) {
		free(s->model);
		s->model = got->model;
		got->model = NULL;
	}
}

/* Stores the question for readers of the answers, once for all samples of a problem. */
static bool keep_question(struct sample *s, const struct str *text, struct err *err)
{
	char *path;
	bool ok;

	if (!s->run->kept)
		return true;
	path = str_fmt("%s/%s" BENCH_QUESTION, s->run->kept, s->problem->name);
	ok = file_exists(path) || file_put(path, str_cstr(text), text->len, 0644, err);
	s->question_path = mem_strdup(path_base(path));
	free(path);
	return ok;
}

static bool begin_talk(struct sample *s, struct bench_talk *t, struct err *err)
{
	const struct bench_request *r = s->run->r;
	struct str system = STR_INIT, user = STR_INIT, both = STR_INIT;
	bool ok = r->suite->prompt(&r->choice, s->problem, &system, &user, err);

	if (ok) {
		strv_add(&t->texts, str_cstr(&system));
		strv_add(&t->texts, str_cstr(&user));
		str_addf(&both, "%s\n%s", str_cstr(&system), str_cstr(&user));
		hash_text(str_cstr(&both), both.len, s->row.request_hash);
		ok = keep_question(s, &both, err);
	}
	str_free(&system);
	str_free(&user);
	str_free(&both);
	return ok;
}

/* Adds a follow-up question with the kind of failure, from the tools' output. */
static void ask_again(const struct sample *s, const struct bench_answer_got *got,
		      struct bench_talk *t)
{
	const struct run_result *r = &s->best.report.result;
	const struct diag_list *found = s->best.report.found;
	struct str told = STR_LIMIT(TOLD_MAX);

	str_adds(&told, "That does not pass yet.\n");
	if (r->first && *r->first)
		str_addf(&told, "%s\n", r->first);
	for (size_t i = 0; r->verdict == VERDICT_BUILD && i < diag_list_len(found); i++) {
		diag_print(diag_list_at(found, i), &told);
		str_addc(&told, '\n');
	}
	if (r->mismatches > 0)
		str_addf(&told, "%ld of %ld samples differ from what is wanted.\n", r->mismatches,
			 r->samples);
	str_adds(&told, "Give the whole module again, corrected, in the same form.\n");
	strv_add(&t->texts, str_cstr(&got->text));
	strv_add(&t->texts, str_cstr(&told));
	str_free(&told);
}

static bool one_round(struct sample *s, struct bench_talk *t, unsigned round, bool *passed,
		      struct err *err)
{
	struct bench_answer_got got = { 0 };
	struct str code = STR_INIT;
	bool kept = kept_answer(s, round, &got);
	bool ok = kept || bench_ask(s->run->backend, t, &s->run->pace, &got, err);

	if (ok) {
		s->row.stage = "code";
		count(s, &got);
		ok = keep_answer(s, round, &got, err) &&
		     code_of_answer(s, str_cstr(&got.text), got.text.len, &code, err) &&
		     judge(s, &code, passed, err);
	}
	if (ok && !*passed)
		ask_again(s, &got, t);
	str_free(&code);
	bench_answer_got_fini(&got);
	return ok;
}

static bool ask(struct sample *s, struct err *err)
{
	unsigned most = s->run->r->rounds ? s->run->r->rounds : 1;
	unsigned first = s->run->r->seed;
	struct bench_talk talk = { STRV_INIT, first ? first + s->row.sample - 1 : 0 };
	bool passed = false;
	bool ok = begin_talk(s, &talk, err);

	s->row.seed = talk.seed;
	s->row.backend = bench_backend_name(s->run->backend);
	s->row.model = bench_backend_model(s->run->backend);
	for (unsigned i = 1; ok && !passed && i <= most; i++)
		ok = one_round(s, &talk, i, &passed, err);
	if (s->model)
		s->row.model = s->model;
	strv_free(&talk.texts);
	return ok;
}

/* Samples judged by their suite --------------------------------------------------------- */

static bool whole(struct sample *s, struct err *err)
{
	struct bench_run *k = s->run;
	struct bench_whole t = { .w = k->w,
				 .choice = &k->r->choice,
				 .problem = s->problem,
				 .dir = s->dir,
				 .rounds = k->r->rounds,
				 .solve = k->r->solve,
				 .judged.class_ = '?',
				 .got = { .in = -1, .out = -1, .cached = -1, .cost = -1 } };
	bool ok;

	suite_no_figures(t.judged.figures);
	if (k->backend) {
		t.backend = bench_backend_entry(k->backend);
		s->row.backend = bench_backend_name(k->backend);
		s->row.model = bench_backend_model(k->backend);
	}
	ok = k->r->suite->whole(&t, err);
	file_remove_tree(s->dir, NULL);
	if (t.asked) {
		hash_text(str_cstr(&t.got.text), t.got.text.len, s->row.answer_hash);
		count(s, &t.got);
		s->row.rounds = t.asked;
		ok = keep_answer(s, 1, &t.got, ok ? err : NULL) && ok;
		s->row.model = s->model ? s->model : s->row.model;
	}
	s->best = t.judged;
	s->best_is = ok;
	s->row.code = ok && !t.said;
	s->no_code = t.said;
	bench_answer_got_fini(&t.got);
	return ok;
}

/* The row ---------------------------------------------------------------------------- */

static bool make(struct sample *s, struct err *err)
{
	struct str code = STR_INIT;
	bool ok, passed;

	if (s->run->r->suite->whole)
		return whole(s, err);
	if (s->run->backend)
		return ask(s, err);
	ok = s->it->answer
		     ? stored_code(s, &code, err)
		     : s->run->r->suite->reference(&s->run->r->choice, s->problem, &code, err);
	ok = ok && judge(s, &code, &passed, err);
	str_free(&code);
	return ok;
}

bool bench_sample(struct bench_worker *wk, const struct bench_item *it, struct err *err)
{
	struct bench_run *k = wk->run;
	struct sample s = { .run = k,
			    .it = it,
			    .problem = &k->problems.v[it->problem],
			    .dir = wk->dir,
			    .row = BENCH_ROW_INIT };
	struct err why = { 0 };
	bool ok;

	s.row.suite = k->r->suite->name;
	s.row.task = k->r->choice.task;
	s.row.problem = s.problem->name;
	s.row.category = s.problem->category;
	s.row.sample = it->sample;
	s.row.setup = k->r->setup;
	s.row.tools = k->tools;
	s.row.stage = "answer";
	ok = make(&s, &why);
	if (s.best_is)
		bench_judged_row(&s.best, &s.row);
	if (!ok)
		s.row.error = why.text;
	if (!ok && s.best_is == 0)
		s.row.class_ = '?';
	if (s.no_code)
		s.row.first = s.no_code;
	s.row.answer_path = s.answer_path;
	s.row.question_path = s.question_path;
	s.row.wave_path = s.wave_path;
	if (why.code == ERR_CANCELLED || why.code == ERR_CONSENT || why.code == ERR_AUTH)
		ok = (*err = why, false);
	else
		ok = bench_add_row(k, &s.row, err);
	bench_judged_fini(&s.best);
	free(s.no_code);
	free(s.answer_path);
	free(s.question_path);
	free(s.wave_path);
	free(s.model);
	return ok;
}
