/* moments_job ROOT [EVENTS [FILE [FILES]]]: writes a session of EVENTS events in FILES
 * (1 to 6; 6) files, as long work leaves it, and goes to a thousand of its moments,
 * also reading the text of FILE (f0.sv to f5.sv) if given. Prints the time to open it,
 * then the median, the 99th percentile and the maximum of going to a moment, all in
 * ms. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/journal/moments.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/output/diag.h"
#include "tests/lib/dice.h"

#define SEEKS 1000

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void record(struct session *s, struct event e, uint64_t *n)
{
	struct err err;

	if (!session_record(s, &e, n, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	if (session_state(s)->n % 1000 == 0)
		session_flush(s);
}

static void ask(struct session *s, const char *text)
{
	struct event e = { .type = EVENT_ASK,
			   .ask = { .backend = "m",
				    .model = "m",
				    .question = { "make the reset asynchronous", 27 } } };
	struct unit units[8];
	struct suggestion *sug = suggestion_new("f0.sv", false, "a\nb\n", 4, "a\nB\n", 4);
	uint64_t n, suggestion;

	e.ask.prompt = (struct kept){ .data = text, .len = 3000 };
	record(s, e, &n);
	for (int i = 0; i < 8; i++)
		record(s,
		       (struct event){ .type = EVENT_PIECE, .piece = { n, "text", { text, 400 } } },
		       NULL);
	record(s,
	       (struct event){ .type = EVENT_ANSWER,
			       .answer = { .ask = n,
					   .finish = "stop",
					   .in = 900,
					   .out = 700,
					   .cached = -1,
					   .reasoning = -1 } },
	       NULL);
	for (size_t i = 0; i < suggestion_units(sug); i++)
		units[i] = *suggestion_unit(sug, i);
	e = (struct event){ .type = EVENT_SUGGEST };
	e.suggest.ask = n;
	e.suggest.path = "f0.sv";
	e.suggest.base = (struct bytes){ "a\nb\n", 4 };
	e.suggest.proposed = (struct bytes){ "a\nB\n", 4 };
	e.suggest.units = units;
	e.suggest.n_units = suggestion_units(sug);
	record(s, e, &suggestion);
	record(s,
	       (struct event){ .type = EVENT_DECIDE,
			       .decide = { suggestion, 0, 0, DECISION_TAKEN } },
	       NULL);
	record(s, (struct event){ .type = EVENT_APPLY, .apply = { suggestion, 1, 0, 0, "keys" } },
	       NULL);
	suggestion_free(sug);
}

static void lint(struct session *s)
{
	struct diag_list *l = diag_list_new(10);
	struct diag d = { .rank = DIAG_RISK,
			  .path = "f0.sv",
			  .line = 7,
			  .col = 1,
			  .code = "WIDTH",
			  .text = "Operator ASSIGN expects 8 bits on the Assign RHS" };

	for (unsigned i = roll(5); i > 0; i--)
		diag_list_add(l, &d, NULL);
	record(s, (struct event){ .type = EVENT_LINT, .lint = { .tool = "verilator", .found = l } },
	       NULL);
	diag_list_free(l);
}

static void make(struct session *s, uint64_t events, unsigned files)
{
	const struct blobs *b = session_blobs(s);
	char *text = mem_alloc(4096), path[16], hash[HASH_HEX + 1];

	for (int i = 0; i < 4096; i++)
		text[i] = i % 60 == 59 ? '\n' : (char)('a' + i % 26);
	hash_text(text, 4096, hash);
	b->put(b->ctx, hash, text, 4096, NULL);
	for (unsigned i = 0; i < files; i++) {
		snprintf(path, sizeof(path), "f%u.sv", i);
		record(s, (struct event){ .type = EVENT_OPEN, .open = { path, 4096, 1 } }, NULL);
		record(s, (struct event){ .type = EVENT_BASE, .base = { path, hash, 4096, true } },
		       NULL);
	}
	while (session_state(s)->n < events) {
		unsigned what = roll(300);

		snprintf(path, sizeof(path), "f%u.sv", roll(files));
		if (what == 0) {
			ask(s, text);
		} else if (what < 20) {
			lint(s);
		} else if (what < 30) {
			record(s, (struct event){ .type = EVENT_SAVE, .save = { path, "", 1, 1 } },
			       NULL);
		} else {
			struct change c = { roll(4000), 0, { text + roll(26), 1 } };
			struct event e = { .type = EVENT_EDIT, .edit = { path, BY_YOU, &c, 1 } };

			record(s, e, NULL);
		}
	}
	free(text);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

int main(int argc, char **argv)
{
	static double took[SEEKS];
	struct err err;
	struct loop *l = loop_new(&err);
	struct session *s;
	struct moments *m;
	char *id;
	double t, first;

	if (argc < 2 || !file_make_dirs(argv[1], 0700, &err))
		return 2;
	s = session_open(l, argv[1], SESSION_NEW, NULL, &err);
	make(s, argc > 2 ? strtoull(argv[2], NULL, 10) : 100000,
	     argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 6);
	id = mem_strdup(session_id(s));
	session_close(s);
	t = now_ms();
	m = moments_open(argv[1], id, &err);
	first = now_ms() - t;
	for (int i = 0; m && i < SEEKS; i++) {
		uint64_t to = roll((unsigned)moments_count(m) + 1);

		t = now_ms();
		if (!moments_go(m, to, &err) ||
		    (to > 10 && argc > 3 && !moments_doc(m, argv[3], &err)))
			return 2;
		took[i] = now_ms() - t;
	}
	qsort(took, SEEKS, sizeof(*took), by_size);
	printf("%.0f %.2f %.2f %.2f\n", first, took[SEEKS / 2], took[SEEKS * 99 / 100],
	       took[SEEKS - 1]);
	moments_close(m);
	free(id);
	loop_free(l);
	return 0;
}
