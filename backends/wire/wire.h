/* wire.h - a wire format: turns a prompt into a request, and bytes into pieces.
 *
 * Map of backends/wire: the formats, pure. Knows no connection and no clock.
 *
 *   wire wire_body wire_both wire_call wire_deep wire_error wire_fill wire_halves
 *   wire_refusal
 *           code shared by the formats
 *   wire_openai_call
 *           tool calls of chat completions
 *   sse     event streams
 *   wire_*  one format each
 *
 * hosted.c feeds it, and any test can. Each format is a
 * const struct wire in its own file (wire_*.c) and handles one event at a time. The
 * shared parts are declared here: splitting a stream, characters cut in two, <think>
 * marks, calls assembled from fragments, errors of all shapes, and the end.
 *
 * A body is classified by its first bytes - events, JSON, or a web page - and not by
 * its Content-Type, which servers and proxies leave out or get wrong.
 */
#ifndef POSEDGE_WIRE_H
#define POSEDGE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backends/wire/sse.h"
#include "session/base/err.h"
#include "session/base/str.h"
#include "session/model/backend.h"

struct cJSON;
struct json_doc;
struct prompt;
struct thoughts;
struct wire_stream;

#define WIRE_CALLS_MAX 64u	   /* calls in one answer */
#define WIRE_ARGS_MAX  (1u << 20)  /* bytes of one call's arguments */
#define WIRE_BODY_MAX  (16u << 20) /* bytes of a body that is not a stream */
#define WIRE_SHOWN     60u	   /* bytes quoted of a body that is not an answer */

/* The options of `backend add`; all borrowed. NULL or 0: not given. */
struct wire_settings {
	const char *model;
	const char *temperature;      /* a number as text */
	const char *reasoning;	      /* a level, "off", or a number of tokens */
	size_t max_output, context;   /* tokens */
	const char *max_tokens_field; /* "max_tokens" or "max_completion_tokens" */
	const char *role;	      /* role of the instructions: "system", "developer" */
	const char *version;	      /* of the API, as a date */
	bool no_stream_options;	      /* do not ask for usage at the end of the stream */
	const char *const
		*fields; /* "FIELD=JSON", overrides our field in the body; NULL-terminated */
};

enum wire_state {
	WIRE_MORE,   /* feed more */
	WIRE_WHOLE,  /* the answer is complete; further input is ignored */
	WIRE_FAILED, /* err says why */
};

struct wire {
	const char *protocol;
	const char *base;	/* default URL */
	const char *key_header; /* header up to the key: "x-api-key: " */
	const char *accept;
	const char *who;  /* the peer in messages: "the program"; NULL: "the server" */
	const char *form; /* a line as the peer should send it; NULL: not for people to write */
	bool lines;	  /* one JSON object a line instead of events */
	bool thinks;	  /* text may begin with thoughts, such as <think>...</think> */
	bool needs_model; /* refuses a request without one */
	bool done_mark;	  /* "[DONE]" marks the end */
	bool strict_end;  /* a finish reason alone does not end the stream */
	/* Behind the base URL, see wire_url(): the path to post to, the list of models, what
	 * a model can do, and the models in memory. NULL: not supported; the last: the server
	 * does not load models by itself, or does not tell. version: of a bare host. */
	const char *version, *ask_path, *models_path, *caps_path, *loaded_path;
	void (*request)(const struct prompt *p, const struct wire_settings *s, struct str *out);
	/* Handles one event: its name ("" if none) and its JSON. */
	enum wire_state (*event)(struct wire_stream *s, const char *name, const struct cJSON *o,
				 struct err *err);
	/* The format for filling a gap, with fill=on, at the same base URL; NULL: not supported. */
	const struct wire *fill;
	/* Adds further headers; NULL: none. */
	void (*headers)(const struct wire_settings *s, struct strv *out);
	/* The names from the JSON of the list of models. */
	void (*models)(const struct cJSON *o, struct strv *names);
	/* The body to post to caps_path; NULL: it is a GET. And the answer. */
	void (*caps_request)(const char *model, struct str *out);
	void (*caps)(const struct cJSON *o, const char *model, struct backend_caps *out);
	/* Whether ours is one of the models in memory. */
	bool (*loaded)(const struct cJSON *o, const char *model);
};

extern const struct wire wire_anthropic, wire_exec, wire_gemini, wire_ollama, wire_openai,
	wire_responses;
extern const struct wire wire_ollama_fill, wire_openai_fill;

/* Reading -------------------------------------------------------------------- */

struct wire_call { /* assembled until it is complete */
	long index;
	char *id, *name;
	struct str args;
	int depth; /* of brackets in args, to see where they are complete */
	bool in_string, escaped, complete;
	size_t last; /* where the last fragment of args begins */
	bool sent;
	char *opaque; /* JSON to be sent back with it, owned; NULL: none */
	const char *opaque_kind;
};

struct wire_stream {
	const struct wire *wire;
	piece_fn *piece;
	void *ctx;
	enum wire_state state;
	struct err err;
	bool stopped; /* piece() returned false */
	bool started, content_seen;
	bool delta_seen;    /* text came in deltas: ignore a later copy of the whole text */
	bool thoughts_seen; /* the same of reasoning */
	bool text_done;	    /* a part came whole: its item repeats it */
	bool refused;	    /* the text is a refusal */
	bool item_seen;	    /* an item came whole: ignore a later copy of everything */
	bool finished;	    /* a finish reason was seen */
	bool goes_on;	    /* content came after one */
	enum finish_reason finish;
	struct usage usage;
	bool has_usage;
	struct wire_call *calls;
	size_t n_calls, cap_calls;
	/* Splitting bytes into events. */
	enum { WIRE_UNKNOWN, WIRE_STREAM, WIRE_JSON, WIRE_PAGE } kind;
	struct str plain; /* body that is not, or not yet known to be, a stream */
	struct str first; /* the first WIRE_SHOWN bytes */
	bool any_event;
	bool over; /* the input is: what is read now is its rest */
	struct sse sse;
	struct str line;
	struct json_doc *doc; /* the event that is looked at; NULL before the first */
	/* The text so far: pieces of it, bytes, and a hash, to know it when it is repeated. */
	size_t texts, text_len;
	uint64_t text_hash;
	/* Characters and marks cut by a slice. */
	struct str held; /* text that may be the start of a mark */
	enum { THINK_START, THINK_IN, THINK_OVER_SOON, THINK_OVER } think;
	const struct thoughts *marks; /* around the thoughts */
	unsigned high; /* first half of a surrogate pair, waiting for the second; 0: none */
	bool lost;     /* the second half never came: the next text starts with U+FFFD */
	/* The current block or item, where the format needs it. */
	struct str block, signature;
	bool block_cut; /* more came than is kept */
	char *block_kind;
	bool echo; /* its reasoning has to be sent back */
	/* Items of reasoning to be sent back: a JSON list so far, and the item that is being
	 * joined from fragments, with its text. */
	struct str details, detail_text;
	struct cJSON *detail;
	size_t details_bytes;
};

void wire_begin(struct wire_stream *s, const struct wire *w, piece_fn *piece, void *ctx);

/* False: no more input is wanted. */
bool wire_feed(struct wire_stream *s, const char *bytes, size_t len);

/* The server has left the stream open after its finish reason, which then ends it. */
void wire_settle(struct wire_stream *s);

/* At the end of the input, whoever ended it: delivers held text, calls, usage and
 * FINISH. False: ERR_NET and others; ERR_CANCELLED when piece() returned false. */
bool wire_end(struct wire_stream *s, struct err *err);

/* Sets s->err: the body ended before the answer was complete. */
void wire_broken(struct wire_stream *s);

/* After the connection was lost: delivers held text, but no FINISH. */
void wire_cut(struct wire_stream *s);
void wire_fini(struct wire_stream *s);

/* Joins characters that the server cut between this event and the one before it. True: out
 * has the event's new text. */
bool wire_mend_halves(struct wire_stream *s, const char *data, size_t len, struct str *out);

/* Appends an event with the arguments of its calls as strings. False: it has none, or none
 * that is an object or a list; out is unchanged. */
bool wire_quote_arguments(const char *data, size_t len, struct str *out);

/* For wire_*.c: deliver the content of an event. NULL texts are ignored. */
void wire_give(struct wire_stream *s, const struct piece *p); /* after a START */
void wire_start(struct wire_stream *s, const char *model); /* only the first non-empty one counts */
void wire_text(struct wire_stream *s, const char *text);
void wire_reasoning(struct wire_stream *s, const char *text);
void wire_opaque(struct wire_stream *s, const char *kind, const struct cJSON *o);
void wire_finish(struct wire_stream *s, enum finish_reason f);
void wire_usage(struct wire_stream *s, long in, long out, long cached,
		long reasoning); /* -1: unchanged */

void wire_written(struct wire_stream *s, long n); /* tokens written to a cache; -1: unchanged */

/* The call with that index, created if missing. NULL: too many calls. The first
 * non-empty id and name are kept. */
struct wire_call *wire_call(struct wire_stream *s, long index, const char *id, const char *name);
bool wire_call_args(struct wire_stream *s, struct wire_call *c, const char *text, size_t len);
void wire_call_end(struct wire_stream *s, struct wire_call *c);

/* A complete call, with its arguments as a JSON value or as a string of JSON. */
bool wire_call_whole(struct wire_stream *s, const char *id, const char *name,
		     const struct cJSON *args);

/* A count or an index sent by a server, 0 to 10^9; `otherwise` if it is anything else. */
long wire_number(const struct cJSON *o, const char *key, long otherwise);
long wire_count(const struct cJSON *o, const char *key); /* the same; -1 if it is anything else */

/* What a format calls the reasons for the end of an answer. */
struct wire_reason {
	const char *name; /* NULL: the end of the list */
	enum finish_reason f;
};

/* Regardless of case: some servers write theirs in capitals. FINISH_OTHER: it is in no row. */
enum finish_reason wire_reason_find(const struct wire_reason *all, const char *name);

/* Fails the stream with the error that the server reported. */
enum wire_state wire_fail(const struct wire_stream *s, const char *text, struct err *err);

/* True if we made the id up because the server gave none. */
bool wire_id_is_ours(const char *id);

/* Errors ---------------------------------------------------------------------- */

/* The message of an error object in any known shape; NULL: it is not an error object. */
const char *wire_error_text(const struct cJSON *o);

/* False: the code of an event means success (0, 200, "ok"), or is not a code. */
bool wire_code_fails(const struct cJSON *code);

/* The text of the value of an "error" member, whatever its shape. */
const char *wire_error_words(const struct cJSON *e);

/* True if an error says that the model or the server does not support tools. o: the
 * error as JSON, NULL if it was none; text: its message. */
bool wire_takes_no_tools(const struct cJSON *o, const char *text);

/* Sets err for an error status with its body (JSON in any known shape, HTML, or
 * nothing). *retry: whether another attempt may succeed. *after_s: the delay, if the
 * body has one; else unchanged. */
void wire_explain(long status, const char *body, size_t len, bool *retry, double *after_s,
		  struct err *err);

/* Requests -------------------------------------------------------------------- */

/* Writes a JSON object. A field that the person set by its path ("options.num_ctx")
 * replaces ours, or is added, with the objects that it needs. */
struct wire_body {
	struct str *out;
	const char *const *fields;
	struct str path;  /* "options." */
	struct strv keys; /* paths of all members written */
	bool some;	  /* the innermost object is not empty */
};

void body_begin(struct wire_body *b, const struct wire_settings *s, struct str *out);
void body_end(struct wire_body *b);
/* Writes the name and colon. False: the person has a value for it, or fields of an object in
 * its place, which are written instead. */
bool body_key(struct wire_body *b, const char *name);
void body_raw(struct wire_body *b, const char *name, const char *json);	 /* NULL: skipped */
void body_text(struct wire_body *b, const char *name, const char *text); /* NULL: skipped */
void body_number(struct wire_body *b, const char *name, size_t n);	 /* 0: skipped */
/* Begins a nested object, to which the person's fields are added. */
bool body_open(struct wire_body *b, const char *name);
void body_close(struct wire_body *b);

/* Limit of output tokens: the prompt's, else the backend's; 0: neither has one. */
size_t wire_most(const struct prompt *p, const struct wire_settings *s);

/* Shared by a protocol's chat format and its format for filling a gap. */
enum finish_reason wire_openai_finish(const char *reason);
void wire_openai_usage_wanted(struct wire_body *b, const struct wire_settings *s);
void wire_openai_usage(struct wire_stream *s, const struct cJSON *o); /* o may have "usage" */
/* Uses the same context size as a chat about p; otherwise the server would reload the model. */
void wire_ollama_options(struct wire_body *b, const struct prompt *p, const struct wire_settings *s,
			 size_t output);
/* Call after an event's text: returns WIRE_WHOLE, with usage and reason, if it was the
 * last one. */
enum wire_state wire_ollama_end(struct wire_stream *s, const struct cJSON *o);

struct prompt_message;

/* The role in the words that most formats use; system: that of the instructions. */
const char *wire_role(const struct prompt_message *m, const char *system);

/* The results of tools as messages of their own, each with the call's id, or with the name of
 * the tool, as key. */
void wire_results(const struct prompt_message *m, const char *key, bool named, struct str *out);

/* {"type":TYPE,"text":...} */
struct prompt_part;
void wire_text_part(const struct prompt_part *p, const char *type, struct str *out);

/* The text parts of a turn, concatenated, as a JSON string. */
void wire_joined(const struct prompt_message *m, struct str *out);
/* kinds: bits 1u << enum prompt_part_kind */
bool wire_has(const struct prompt_message *m, unsigned kinds);

/* A list of tools such as {"type":"function","function":{...}}. `before` and `after`
 * surround each one. */
void wire_tools(const struct prompt *p, const char *before, const char *schema, const char *after,
		struct str *out);

/* A call's arguments as a JSON object, whatever the model wrote; quoted: as a string
 * holding that object. */
void wire_arguments(const char *text, size_t len, struct str *out);
void wire_arguments_quoted(const char *text, size_t len, struct str *out);

/* A URL from a base URL in any form that people write, which may end in path or a path to
 * post to already; a bare host gets the version. In path "*" stands for the model, and a
 * query comes after "?", before that of base. w: the format of chats, also for the path of
 * its fill. The caller frees. */
char *wire_url(const struct wire *w, const char *path, const char *base, const char *model);

/* data[].id from a list of models; and for one model the limits that vLLM, OpenRouter
 * and llama-server add to its entry. */
void wire_models_data(const struct cJSON *o, struct strv *names);
void wire_caps_data(const struct cJSON *o, const char *model, struct backend_caps *out);

/* True if the level of reasoning is a number of tokens. */
bool wire_is_number(const char *text);
bool wire_is_off(const char *level);

#endif
