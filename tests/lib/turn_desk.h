/* turn_desk.h - runs a turn of a scripted model on a small design, and keeps its
 * outcome. Include after tests/lib/test.h.
 */
#ifndef POSEDGE_TURN_DESK_H
#define POSEDGE_TURN_DESK_H

#include "session/ask/flow_ask.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/turn/flow_turn.h"
#include "tests/lib/desk.h"
#include "tests/lib/script_backend.h"

static const char design[] = "module q(input clk, output reg o);\n"
			     "  always @(posedge clk) o <= ~o;\n"
			     "endmodule\n";
#define EDIT(id, from, to)                                                                        \
	"c " id " propose_edit {\"path\":\"q.v\",\"search\":\"  always @(posedge clk) o <= " from \
	";\",\"replace\":\"  always @(posedge clk) o <= " to ";\",\"reason\":\"r\"}"

static const char bench[] = "module q_tb;\n  reg clk;\n  wire o;\n  q dut(clk, o);\n"
			    "  initial begin\n    #5 if (o !== 1) $error(\"no\");\n    $finish;\n"
			    "  end\nendmodule\n";

struct outcome {
	struct ask_result r;
	const struct exchange *x;
	struct err err;
	enum turn_end end;
	bool ok;
};

static inline void put_file(struct desk *d, const char *name, const char *text)
{
	char *path = path_join(d->root, name);

	assert_true(file_save(path, text, strlen(text), 0644, NULL));
	free(path);
}

static inline void project(struct desk *d)
{
	put_file(d, "q.v", design);
	put_file(d, "q_tb.v", bench);
}

static inline void begin(struct desk *d, const char *const *rounds, const char *mode)
{
	project(d);
	script_begin(d, rounds, mode);
}

/* Each call is followed by its only result before the next call. */
static inline void assert_paired(const struct exchange *x)
{
	struct strv open = STRV_INIT;

	for (size_t i = 0; i < x->n_parts; i++) {
		const struct exchange_part *p = &x->parts[i];

		if (p->kind == EXCHANGE_CALL)
			strv_add(&open, p->id);
		if (p->kind != EXCHANGE_RESULT)
			continue;
		assert_true(open.n > 0);
		assert_string_equal(open.v[0], p->id);
		strv_drop(&open, 0);
	}
	assert_int_equal(open.n, 0);
	strv_free(&open);
}

static inline void turn(struct desk *d, const struct turn_request *r, struct outcome *o)
{
	memset(o, 0, sizeof(*o));
	o->ok = flow_turn(&d->w, r, &o->r, &o->end, &o->err);
	o->x = o->r.ask ? state_exchange(session_state(d->w.session), o->r.ask) : NULL;
	if (o->x)
		assert_paired(o->x);
	assert_true(script.paired);
}

static inline void ask(struct desk *d, const char *question, struct outcome *o)
{
	turn(d, &(struct turn_request){ .ask = { .question = question } }, o);
}

/* The k-th result of the turn, from 0. */
static const struct exchange_part *result(const struct outcome *o, size_t k)
{
	for (size_t i = 0; i < o->x->n_parts; i++)
		if (o->x->parts[i].kind == EXCHANGE_RESULT && k-- == 0)
			return &o->x->parts[i];
	fail_msg("there are not so many results");
	return NULL;
}

static inline void assert_result(const struct outcome *o, size_t k, bool failed, const char *text)
{
	const struct exchange_part *p = result(o, k);

	if (p->failed != failed || !strstr(str_cstr(&p->text), text))
		fail_msg("result %zu, %s: %s\nlacks: %s", k, p->failed ? "failed" : "done",
			 str_cstr(&p->text), text);
}

#define ROUNDS(...)                                                \
	static const char *const rounds[] = { __VA_ARGS__, NULL }; \
	struct outcome o
#define OVER ask_result_fini(&o.r)

#endif
