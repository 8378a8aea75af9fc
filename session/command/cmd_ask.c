/* ask, btw and fix: print a model's proposal as a diff. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/ask/ask_backend.h"
#include "session/ask/ask_named.h"
#include "session/ask/flow_ask.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/review/proposals.h"
#include "session/turn/call_words.h"
#include "session/turn/flow_fix.h"
#include "session/turn/flow_turn.h"
#include "session/workbench/workbench.h"

/* The file whose suggestion has that part of the answer; NULL: none. */
static const char *shown_in(const struct place_result *placed, const char *part)
{
	for (size_t i = 0; placed->n && i < placed->taken.n; i++)
		if (strcmp(placed->taken.v[i], part) == 0)
			return placed->taken_in.v[i];
	return NULL;
}

/* Prints the answer; a part that a suggestion shows as a diff is replaced by the name of its
 * file. Everything else stays visible: commands, examples, changes that could not be
 * placed. */
static void print_words(const struct workbench *w, uint64_t ask, const struct place_result *placed)
{
	const struct exchange *x = state_exchange(session_state(w->session), ask);
	struct str words = STR_INIT;
	struct answer_parts parts;
	const char *before = NULL;
	size_t said = 0;

	if (!x)
		return;
	call_words(x, &words);
	answer_parse(str_cstr(&words), words.len, &parts);
	for (size_t i = 0; i < parts.n; i++) {
		const struct answer_part *p = &parts.v[i];
		struct str text = STR_INIT;
		const char *file;

		answer_part_print(p, &text);
		file = shown_in(placed, str_cstr(&text));
		if (file && !(before && strcmp(file, before) == 0))
			report_text(&w->out, "%s(%s)\n", said++ ? "\n" : "", file);
		else if (!file && text.len && p->kind != PART_REASONING)
			report_text(&w->out, "%s%s\n", said++ ? "\n" : "", str_cstr(&text));
		before = text.len ? file : before;
		str_free(&text);
	}
	answer_parts_fini(&parts);
	str_free(&words);
}

/* The answer as it arrives */

/* The part of an answer that was printed. It cannot be taken back: if a secret is
 * found in it later, the output continues after it. */
struct watch {
	const struct workbench *w;
	struct str shown;
	struct loop_timer *tick;
	uint64_t since_ms;
	size_t words;
};

static void watch_live(void *ctx, uint64_t ask, const char *text, size_t len, size_t words)
{
	struct watch *v = ctx;
	const struct exchange *x = state_exchange(session_state(v->w->session), ask);
	struct str all = STR_INIT;
	size_t same = 0;

	v->words = words;
	if (x)
		str_add(&all, str_cstr(&x->answer), x->answer.len);
	str_add(&all, text, len);
	while (same < all.len && same < v->shown.len && all.data[same] == v->shown.data[same])
		same++;
	if (same < v->shown.len)
		same = v->shown.len < all.len ? v->shown.len : all.len;
	if (same < all.len) {
		v->w->out.live(v->w->out.ctx, all.data + same, all.len - same, NULL);
		str_free(&v->shown);
		v->shown = all;
	} else {
		str_free(&all);
	}
}

/* Shows seconds, and words of reasoning, until there is something to read. */
static void watch_tick(void *ctx)
{
	struct watch *v = ctx;
	char *status =
		v->words ? str_fmt("(%llu s, %zu words so far)",
				   (unsigned long long)(loop_now_ms(v->w->loop) - v->since_ms) /
					   1000,
				   v->words)
			 : str_fmt("(%llu s)",
				   (unsigned long long)(loop_now_ms(v->w->loop) - v->since_ms) /
					   1000);

	if (v->shown.len == 0) {
		v->w->out.live(v->w->out.ctx, "", 0, status);
		loop_timer_set(v->tick, 1000);
	}
	free(status);
}

static void watch_begin(struct watch *v, struct workbench *w, struct ask_request *r)
{
	*v = (struct watch){ .w = w };
	if (!w->out.live)
		return;
	v->tick = loop_timer_new(w->loop, watch_tick, v);
	v->since_ms = loop_now_ms(w->loop);
	loop_timer_set(v->tick, 1000);
	r->live = watch_live;
	r->ctx = v;
}

/* True if the answer was shown already. */
static bool watch_end(struct watch *v)
{
	bool any = v->shown.len > 0;

	loop_timer_free(v->tick);
	if (v->w->out.live)
		v->w->out.live(v->w->out.ctx, "\n", any && v->shown.data[v->shown.len - 1] != '\n',
			       NULL);
	str_free(&v->shown);
	return any;
}

static bool show_fix(struct cmd_call *c, struct ask_request *r, struct err *err)
{
	struct str question = STR_INIT, nothing = STR_INIT;
	bool ok = flow_fix_question(c->w, r->backend, &question, &nothing, err);

	r->question = str_cstr(&question);
	if (ok && question.len)
		ok = context_show(c, r, err);
	else if (ok)
		report_text(&c->w->out, "%s\n", str_cstr(&nothing));
	str_free(&nothing);
	str_free(&question);
	return ok;
}

static bool fix(struct cmd_call *c, const struct turn_request *turn, struct ask_result *result,
		struct err *err)
{
	struct fix_result f;
	bool ok = flow_fix(c->w, turn, &f, err);

	if (ok && f.end == FIX_NOTHING)
		report_text(&c->w->out, "%s\n", str_cstr(&f.said));
	else if (f.said.len)
		report_note(&c->w->out, "%s", str_cstr(&f.said));
	if (ok && f.end == FIX_UNSOLVED)
		c->status = CMD_FOUND;
	*result = f.asked;
	str_free(&f.said);
	return ok;
}

/* Fills r from the options. *rel: the file of --file, which the caller frees. */
static bool read_options(struct cmd_call *c, struct ask_request *r, char **rel, struct err *err)
{
	const char *file = cmd_opt(c, "--file"), *role = cmd_opt(c, "--role");

	if (file && !workplace_path(&c->w->place, file, rel, err))
		return false;
	r->forced_path = *rel;
	r->fresh = cmd_opt(c, "--fresh") != NULL;
	r->backend = cmd_opt(c, "--backend");
	if (role && !r->backend)
		r->backend = ask_backend_role(c->w->options, role);
	return !role || r->backend ||
	       err_set(err, ERR_USAGE, "ask --role %s: ask, fix, plan or judge", role);
}

static void print_placed(struct cmd_call *c, const struct ask_result *result)
{
	const struct place_result *placed = &result->placed;

	proposals_print(c->w, placed);
	if (result->lacking.len) {
		report_note(&c->w->out, "%s", str_cstr(&result->lacking));
		c->status = CMD_FOUND;
	}
	if (placed->refused.n || !proposals_whole(c->w->session, placed))
		c->status = placed->n ? CMD_TROUBLE : CMD_FOUND; /* a part was placed, or nothing */
}

static bool send_and_print(struct cmd_call *c, struct ask_request *r, bool apply, struct err *err)
{
	struct workbench *w = c->w;
	struct turn_request turn = { .ask = *r };
	struct ask_result result;
	enum turn_end end = TURN_DONE;
	struct watch watch;
	bool ok, read;

	watch_begin(&watch, w, &turn.ask);
	ok = r->fix	 ? fix(c, &turn, &result, err)
	     : r->beside ? flow_ask(w, &turn.ask, &result, err)
			 : flow_turn(w, &turn, &result, &end, err);
	read = watch_end(&watch);
	if (result.ask && !read)
		print_words(w, result.ask, &result.placed);
	print_placed(c, &result);
	if (end == TURN_BOUND)
		c->status = CMD_TROUBLE; /* the reason was printed as a note */
	if (ok && apply && result.placed.n)
		ok = proposals_apply_linted(w, &result.placed, err);
	else if (ok && apply && result.placed.refused.n == 0)
		report_note(&w->out, "--apply: there was nothing to write");
	ask_result_fini(&result);
	return ok;
}

static bool ask_and_print(struct cmd_call *c, struct ask_request *r, struct err *err)
{
	bool show = cmd_opt(c, "--show"), apply = cmd_opt(c, "--apply") && !show;
	char *rel = NULL;
	/* Applying needs the complete state, and nobody else may change it meanwhile. */
	bool ok = read_options(c, r, &rel, err) &&
		  (!apply || workbench_session(c->w, SESSION_FULL, err));

	if (ok && show)
		ok = r->fix ? show_fix(c, r, err) : context_show(c, r, err);
	else if (ok)
		ok = send_and_print(c, r, apply, err);
	free(rel);
	return ok;
}

static bool ask_words(struct cmd_call *c, bool beside, struct err *err)
{
	struct str question = STR_INIT;
	struct ask_request r = { .beside = beside };
	struct ask_named named = { 0 };
	bool ok = cmd_question(c, &question, err) &&
		  ask_named_read(c->w, str_cstr(&question), cmd_opt(c, "--fresh") != NULL, &named,
				 err);

	r.question = str_cstr(&question);
	r.pieces = named.v;
	r.n_pieces = named.n;
	ok = ok && ask_and_print(c, &r, err);
	ask_named_fini(&named);
	str_free(&question);
	return ok;
}

bool cmd_ask(struct cmd_call *c, struct err *err)
{
	return ask_words(c, false, err);
}

/* Outside the conversation: the answer remains text. */
bool cmd_btw(struct cmd_call *c, struct err *err)
{
	return ask_words(c, true, err);
}

/* fix: first looks for failures, so there may be nothing to do. */
bool cmd_fix(struct cmd_call *c, struct err *err)
{
	struct ask_request r = { .fix = true };

	if (cmd_opt(c, "--apply") && !workbench_session(c->w, SESSION_FULL, err))
		return false;
	return ask_and_print(c, &r, err);
}
