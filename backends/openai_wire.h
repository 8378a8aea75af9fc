/* openai_wire.h - OpenAI chat completions as bytes: what goes out, what comes
 * back. Pure; no connection, no clock.
 *
 * Also spoken by llama.cpp, vLLM, Ollama, LM Studio, OpenRouter and others;
 * where they differ the reader takes all forms seen of them.
 */
#ifndef POSEDGE_OPENAI_WIRE_H
#define POSEDGE_OPENAI_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/model/backend.h"

struct prompt;

/* The differences between servers, as `backend add ... NAME=VALUE` sets them. */
struct openai_quirks {
	const char *max_tokens_field;	/* "max_tokens", "max_completion_tokens" */
	const char *system_role;	/* "system", "developer" */
	bool stream_options;		/* ask for usage at the end */
	const char *temperature;	/* a number as text; NULL: not sent */
};

void openai_body(const struct prompt *p, const char *model, const struct openai_quirks *q, struct str *out);

/* A base URL in any of the forms people write, as the address to post to. */
char *openai_url(const char *base);

enum openai_state {
	OPENAI_MORE,	/* go on feeding */
	OPENAI_WHOLE,	/* [DONE] came: the answer is complete */
	OPENAI_FAILED,	/* err says why */
};

/* Reads the values of SSE data lines. Of several choices it takes the one with
 * index 0. */
struct openai_stream {
	piece_fn *piece;
	void *ctx;
	bool stopped;		/* piece() said so */
	bool started, content_seen, finished;
	bool tools_seen;	/* it calls a tool */
	bool delta_seen;	/* text came as delta: message would say it again */
	enum finish_reason finish;
	struct str held;	/* text that may become a <think> mark */
	enum { THINK_START, THINK_IN, THINK_OVER } think;
	unsigned high;		/* half of a surrogate pair whose rest comes next; 0 */
	bool lost;		/* that rest did not come: U+FFFD stands in front of the next text */
};

/* event: the event's name; "error" makes its data one, whatever its shape. */
enum openai_state openai_stream_data(struct openai_stream *s, const char *event, const char *data, size_t len,
				     struct err *err);

/* What the body of an answer is, by its first bytes and not by its
 * Content-Type, which servers and proxies leave out or get wrong. */
enum openai_body_kind { OPENAI_BODY_UNKNOWN, OPENAI_BODY_STREAM, OPENAI_BODY_JSON, OPENAI_BODY_PAGE };
enum openai_body_kind openai_body_kind(const char *start, size_t len);	/* UNKNOWN: blanks only so far */

/* An answer that came as one JSON object though a stream was asked for. */
enum openai_state openai_whole_answer(struct openai_stream *s, const char *json, size_t len, struct err *err);

/* At the end of the bytes: hands on what was held and FINISH. ERR_NET when
 * neither [DONE] nor a finish reason came. */
bool openai_stream_end(struct openai_stream *s, bool done_seen, struct err *err);
void openai_stream_fini(struct openai_stream *s);

/* The sentence and class for an error status with its body (JSON of any of the
 * shapes seen, HTML, or nothing). *retry: whether trying again may help. */
void openai_explain(long status, const char *body, size_t len, bool *retry, struct err *err);

#endif
