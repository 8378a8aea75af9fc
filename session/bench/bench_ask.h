/* bench_ask.h - asks a backend one question of a suite, as published.
 *
 * No session, project or file is sent along, because the model alone is compared. A
 * server may reject frequent requests; then all jobs wait together (struct
 * bench_pace), so a rate limit causes delays, not failures.
 */
#ifndef POSEDGE_BENCH_ASK_H
#define POSEDGE_BENCH_ASK_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct backend_entry;
struct workbench;

#define BENCH_TRIES	 8u	    /* attempts per question if server or network fail */
#define BENCH_PAUSE_MS	 1000u	    /* pause before the second attempt; doubles each time */
#define BENCH_ANSWER_MAX (4u << 20) /* bytes; a longer answer counts as truncated */

/* When the next request may be sent; shared by all jobs of a run. */
struct bench_pace {
	uint64_t every_ms; /* between two requests; 0: no limit */
	uint64_t next;	   /* on the clock of loop_now_ms(): no request earlier */
};

/* The open backend of a run. */
struct bench_backend;

/* name NULL: the configured one. temperature NULL: as in its entry. */
struct bench_backend *bench_backend_open(struct workbench *w, const char *name,
					 const char *temperature, struct err *err);
void bench_backend_close(struct bench_backend *b); /* NULL is fine */
const struct backend_entry *bench_backend_entry(const struct bench_backend *b);
const char *bench_backend_name(const struct bench_backend *b);
const char *bench_backend_model(const struct bench_backend *b); /* "": the server's choice */

/* A conversation: system prompt, then questions and answers in turn, ending with a question. */
struct bench_talk {
	struct strv texts;
	unsigned seed; /* for the model's random choices; 0: none */
};

struct bench_answer_got {
	struct str text;
	char *model; /* as reported by the server; NULL */
	bool cut;
	uint64_t ms;
	long in, out, cached; /* tokens; -1: not reported */
	double cost;	      /* -1: unknown */
};

/* In a task. False: the answer is not complete; err has the reason. */
bool bench_ask(struct bench_backend *b, const struct bench_talk *t, struct bench_pace *pace,
	       struct bench_answer_got *out, struct err *err);
void bench_answer_got_fini(struct bench_answer_got *a);

#endif
