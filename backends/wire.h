/* wire.h - what a wire format is: a request from a prompt, pieces from bytes.
 *
 * Pure: no connection, no clock. hosted.c brings the bytes, and any test can.
 * Each format is a const struct wire in a file of its own (wire_*.c) that reads
 * one event at a time; what they share is here: taking a stream apart, half
 * characters, <think> marks, calls gathered from fragments, errors of all
 * shapes, and the end.
 *
 * A body is judged by its first bytes and not by its Content-Type, which
 * servers and proxies leave out or get wrong: events, JSON, or a web page.
 */
#ifndef POSEDGE_WIRE_H
#define POSEDGE_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "backends/sse.h"
#include "session/base/err.h"
#include "session/base/str.h"
#include "session/model/backend.h"

struct cJSON;
struct prompt;
struct wire_stream;

#define WIRE_CALLS_MAX 64u	   /* calls in one answer */
#define WIRE_ARGS_MAX  (1u << 20)  /* bytes of the arguments of one */
#define WIRE_BODY_MAX  (16u << 20) /* of a body that is no stream */
#define WIRE_SHOWN     60u	   /* bytes of what is no answer */

/* What `backend add` said; all is borrowed. NULL and 0: not given. */
struct wire_settings {
	const char *model;
	const char *temperature;      /* a number as text */
	const char *reasoning;	      /* a level, "off", or a number of tokens */
	size_t max_output, context;   /* tokens */
	const char *max_tokens_field; /* "max_tokens", "max_completion_tokens" */
	const char *role;	      /* of instructions: "system", "developer" */
	const char *version;	      /* of the interface, as a date */
	bool no_stream_options;	      /* do not ask for usage at the end */
	const char *const
		*fields; /* "FIELD=JSON", put into the body in place of ours; NULL-terminated */
};

enum wire_state {
	WIRE_MORE,   /* go on feeding */
	WIRE_WHOLE,  /* the answer is complete; what still comes is ignored */
	WIRE_FAILED, /* err says why */
};

struct wire {
	const char *protocol;
	const char *base;	/* the address that is asked when none is given */
	const char *key_header; /* what stands in front of the key: "x-api-key: " */
	const char *accept;
	const char *who;  /* speaks it: "the program"; NULL: "the server" */
	bool lines;	  /* a JSON object on each line, in place of events */
	bool thinks;	  /* text may begin with <think>...</think> */
	bool needs_model; /* refuses a request without one */
	bool done_mark;	  /* "[DONE]" ends it */
	bool strict_end;  /* a reason for the end is not the end */
	/* The address to post to, from one in any of the forms people write. */
	char *(*url)(const char *base, const char *model);
	void (*request)(const struct prompt *p, const struct wire_settings *s, struct str *out);
	/* One event: its name ("" without one) and its JSON. */
	enum wire_state (*event)(struct wire_stream *s, const char *name, const struct cJSON *o,
				 struct err *err);
	/* The format in which it fills a gap, with fill=on; NULL: there is none. */
	const struct wire *fill;
	/* Further headers; NULL: none. */
	void (*headers)(const struct wire_settings *s, struct strv *out);
	/* The address of the list of models, and its names from that. NULL: there is none. */
	char *(*models_url)(const char *base);
	void (*models)(const struct cJSON *o, struct strv *names);
	/* The address that tells what a model can do, what is posted there ("": it is
	 * read), and the answer. NULL: there is none. */
	char *(*caps_url)(const char *base, const char *model);
	void (*caps_request)(const char *model, struct str *out);
	void (*caps)(const struct cJSON *o, const char *model, struct backend_caps *out);
};

extern const struct wire wire_anthropic, wire_exec, wire_gemini, wire_ollama, wire_openai,
	wire_responses;
extern const struct wire wire_ollama_fill, wire_openai_fill;

/* Reading -------------------------------------------------------------------- */

struct wire_call { /* gathered until it is whole */
	long index;
	char *id, *name;
	struct str args;
	bool sent;
};

struct wire_stream {
	const struct wire *wire;
	piece_fn *piece;
	void *ctx;
	enum wire_state state;
	struct err err;
	bool stopped; /* piece() said so */
	bool started, content_seen;
	bool delta_seen; /* text came piece by piece: a repetition of all of it does not count */
	bool refused;	 /* what it says is that it will not answer */
	bool item_seen;	 /* something came whole: a repetition of all does not count */
	bool finished;	 /* a reason for its end came */
	enum finish_reason finish;
	struct usage usage;
	bool has_usage;
	struct wire_call *calls;
	size_t n_calls, cap_calls;
	/* From bytes to events. */
	enum { WIRE_UNKNOWN, WIRE_STREAM, WIRE_JSON, WIRE_PAGE } kind;
	struct str plain; /* what is no stream, or not known yet to be one */
	struct str first; /* the first WIRE_SHOWN bytes */
	bool any_event;
	struct sse sse;
	struct str line;
	/* Characters and marks that are cut. */
	struct str held; /* text that may become a <think> mark */
	enum { THINK_START, THINK_IN, THINK_OVER } think;
	unsigned high; /* half of a surrogate pair whose rest comes next; 0 */
	bool lost;     /* that rest did not come: U+FFFD stands in front of the next text */
	/* The block or item that is being read, as its format needs. */
	struct str block, signature;
	bool block_cut; /* more of it came than is kept */
	char *block_kind;
	bool echo; /* its reasoning is to be sent back */
};

void wire_begin(struct wire_stream *s, const struct wire *w, piece_fn *piece, void *ctx);

/* False: nothing more is wanted. */
bool wire_feed(struct wire_stream *s, const char *bytes, size_t len);

/* At the end of the bytes, whoever ended them: hands on what was held, calls,
 * usage, FINISH. False: ERR_NET and others, ERR_CANCELLED when piece() stopped
 * it. */
bool wire_end(struct wire_stream *s, struct err *err);

/* Sets s->err for a body that ended before its answer did. */
void wire_broken(struct wire_stream *s);

/* After a connection was lost: what was held, and no FINISH. */
void wire_cut(struct wire_stream *s);
void wire_fini(struct wire_stream *s);

/* For wire_*.c: what an event holds. NULL texts are nothing. */
void wire_start(struct wire_stream *s, const char *model); /* the first that is not empty */
void wire_text(struct wire_stream *s, const char *text);
void wire_reasoning(struct wire_stream *s, const char *text);
void wire_opaque(struct wire_stream *s, const char *kind, const struct cJSON *o);
void wire_finish(struct wire_stream *s, enum finish_reason f);
void wire_usage(struct wire_stream *s, long in, long out, long cached,
		long reasoning); /* -1: as before */

void wire_written(struct wire_stream *s, long n); /* tokens, into a cache; -1: as before */

/* The call of that index; a new one if there is none. NULL: too many. id and
 * name are set by the first that are not empty. */
struct wire_call *wire_call(struct wire_stream *s, long index, const char *id, const char *name);
bool wire_call_args(struct wire_stream *s, struct wire_call *c, const char *text, size_t len);
void wire_call_end(struct wire_stream *s, struct wire_call *c);

/* A whole one, with its arguments as JSON, or as a text of JSON. */
bool wire_call_whole(struct wire_stream *s, const char *id, const char *name,
		     const struct cJSON *args);

/* A count or an index from a server: 0 to 10^9; otherwise for anything else. */
long wire_number(const struct cJSON *o, const char *key, long otherwise);

/* Fails the stream with what the server reports. */
enum wire_state wire_fail(const struct wire_stream *s, const char *text, struct err *err);

/* Whether an id was made up here because the server gave none. */
bool wire_id_is_ours(const char *id);

/* Errors ---------------------------------------------------------------------- */

/* The message of an error object in any of the shapes seen; NULL: it is not one. */
const char *wire_error_text(const struct cJSON *o);

/* The words of what stands for an error, whatever its shape. */
const char *wire_error_words(const struct cJSON *e);

/* Whether an error says that the model, or the server, takes no tools. o: the error as it
 * came, NULL where it was no JSON; text: its message. */
bool wire_takes_no_tools(const struct cJSON *o, const char *text);

/* The sentence and class for an error status with its body (JSON of any of the
 * shapes seen, HTML, or nothing). *retry: whether trying again may help.
 * *after_s: when, if the body tells; else it stays. */
void wire_explain(long status, const char *body, size_t len, bool *retry, double *after_s,
		  struct err *err);

/* Requests -------------------------------------------------------------------- */

/* A JSON object being written. Where the person set a field, by its path
 * ("options.num_ctx"), theirs stands in place of ours. */
struct wire_body {
	struct str *out;
	const char *const *fields;
	struct str path; /* "options." */
	bool some;	 /* in the innermost object */
};

void body_begin(struct wire_body *b, const struct wire_settings *s, struct str *out);
void body_end(struct wire_body *b);
/* Writes the name and colon; false: the person's own stands there. */
bool body_key(struct wire_body *b, const char *name);
void body_raw(struct wire_body *b, const char *name, const char *json);	 /* NULL: nothing */
void body_text(struct wire_body *b, const char *name, const char *text); /* NULL: nothing */
void body_number(struct wire_body *b, const char *name, size_t n);	 /* 0: nothing */
bool body_open(struct wire_body *b, const char *name);			 /* an object in it */
void body_close(struct wire_body *b);

/* How many tokens an answer may have: as the prompt says, else the backend; 0: nobody does. */
size_t wire_most(const struct prompt *p, const struct wire_settings *s);

/* What a protocol's chat and its filling of a gap have in common. */
enum finish_reason wire_openai_finish(const char *reason);
void wire_openai_usage_wanted(struct wire_body *b, const struct wire_settings *s);
void wire_openai_usage(struct wire_stream *s, const struct cJSON *o); /* o: with "usage", or not */
/* With the context that a chat about p has, or the server would load the model anew. */
void wire_ollama_options(struct wire_body *b, const struct prompt *p, const struct wire_settings *s,
			 size_t output);
/* After what an event says: WIRE_WHOLE with usage and reason if it is the last one. */
enum wire_state wire_ollama_end(struct wire_stream *s, const struct cJSON *o);

/* The text parts of a turn, one after the other, as a JSON string. */
struct prompt_message;
void wire_joined(const struct prompt_message *m, struct str *out);
bool wire_has(const struct prompt_message *m, unsigned kinds); /* of 1u << enum prompt_part_kind */

/* {"type":"function","function":{...}} and the like: a list of tools. before
 * is put before each one, `after` follows it. */
void wire_tools(const struct prompt *p, const char *before, const char *schema, const char *after,
		struct str *out);

/* Arguments as an object, whatever the model wrote; quoted: as a string that
 * holds that object. */
void wire_arguments(const char *text, size_t len, struct str *out);
void wire_arguments_quoted(const char *text, size_t len, struct str *out);

/* base with path after it, less what it has of that already; a bare host gets
 * version first; the query of base stays, and query is added to it (NULL: none). */
char *wire_url(const char *base, const char *version, const char *path, const char *query);

/* data[].id of a list of models; and of one of them what vLLM, OpenRouter and
 * llama-server tell beside it. */
void wire_models_data(const struct cJSON *o, struct strv *names);
void wire_caps_data(const struct cJSON *o, const char *model, struct backend_caps *out);

/* Whether a level of reasoning is a number of tokens. */
bool wire_is_number(const char *text);
bool wire_is_off(const char *level);

#endif
