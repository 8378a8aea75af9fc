/* The protocol between posedge and a program of the person: one JSON object in, one
 * JSON object a line out.
 *
 *   in   {"question":"...","model":"...","max_output":4096,"seed":1,
 *         "messages":[{"role":"system","content":"..."},...],"tools":[...]}
 *        for a gap, with fill=on: "fill":{"before":"...","behind":"..."}
 *   out  {"text":"..."}              any number of times
 *        {"reasoning":"..."}
 *        {"model":"NAME"}
 *        {"call":{"id":"...","name":"...","arguments":{...}}}
 *        {"opaque":{...}}            sent back with the next turn
 *        {"usage":{"in":1,"out":2,"cached":0,"reasoning":0}}
 *        {"finish":"stop"}           or length, tools, filter, pause
 *        {"error":"..."}             ends the answer
 *
 * A line may have several members. A message has "calls", "results" and "opaque" in
 * addition to its content where there are any. The answer ends with the program: see
 * exec.c.
 */
#include "config.h"

#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/model/prompt.h"

#define OPAQUE "exec/opaque"

/* The request ---------------------------------------------------------------------- */

static void put_value(const struct prompt_part *p, struct str *out)
{
	switch (p->kind) {
	case PROMPT_IMAGE:
		str_addf(out, "{\"type\":\"%s\",\"base64\":\"", p->name);
		base64_encode(p->text, p->len, out);
		str_adds(out, "\"}");
		break;
	case PROMPT_CALL:
	case PROMPT_RESULT:
		str_addc(out, '{');
		json_add_text(out, "id", p->id);
		json_add_text(out, "name", p->name);
		if (p->kind == PROMPT_CALL) {
			str_adds(out, ",\"arguments\":");
			wire_arguments(p->text, p->len, out);
		} else {
			json_add(out, "text", p->text, p->len);
		}
		str_adds(out, p->failed ? ",\"failed\":true}" : "}");
		break;
	default:
		str_add(out, p->text, p->len);
	}
}

static void put_list(const struct prompt_message *m, enum prompt_part_kind kind, const char *name,
		     struct str *out)
{
	bool some = false;

	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i];

		if (p->kind != kind || (kind == PROMPT_OPAQUE && strcmp(p->name, OPAQUE) != 0))
			continue;
		str_addf(out, some ? "," : ",\"%s\":[", name);
		some = true;
		put_value(p, out);
	}
	str_adds(out, some ? "]" : "");
}

static void put_message(const struct prompt_message *m, struct str *out)
{
	json_next(out);
	str_addf(out, "{\"role\":\"%s\",\"content\":", wire_role(m, "system"));
	wire_joined(m, out);
	put_list(m, PROMPT_IMAGE, "images", out);
	put_list(m, PROMPT_CALL, "calls", out);
	put_list(m, PROMPT_RESULT, "results", out);
	put_list(m, PROMPT_OPAQUE, "opaque", out);
	str_addc(out, '}');
}

static void request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	struct wire_body b;

	body_begin(&b, s, out);
	body_text(&b, "question", p->question);
	body_text(&b, "model", s->model);
	body_number(&b, "max_output", wire_most(p, s));
	body_number(&b, "seed", p->seed);
	body_text(&b, "reasoning", p->reasoning ? p->reasoning : s->reasoning);
	if (p->fill && body_key(&b, "fill")) {
		str_addc(out, '{');
		json_add(out, "before", p->fill->before, p->fill->n_before);
		json_add(out, "behind", p->fill->behind, p->fill->n_behind);
		str_addc(out, '}');
	}
	if (p->n_tools && body_key(&b, "tools"))
		wire_tools(p, "{", "schema", "}", out);
	if (body_key(&b, "messages")) {
		str_addc(out, '[');
		for (size_t i = 0; i < p->n; i++)
			put_message(&p->messages[i], out);
		str_addc(out, ']');
	}
	body_end(&b);
	str_addc(out, '\n');
}

/* The answer ----------------------------------------------------------------------- */

static enum wire_state take_finish(struct wire_stream *s, const char *reason, struct err *err)
{
	for (int f = FINISH_STOP; f <= FINISH_OTHER; f++)
		if (strcmp(finish_name((enum finish_reason)f), reason) == 0) {
			wire_finish(s, (enum finish_reason)f);
			return WIRE_WHOLE;
		}
	err_set(err, ERR_PARSE, "finish %.40s: stop, length, tools, filter or pause was expected",
		reason);
	return WIRE_FAILED;
}

/* Users write these programs, so a member of the wrong type is an error that names
 * it. null counts as missing. */
static bool is_line(const cJSON *o, struct err *err)
{
	static const struct {
		const char *name;
		int type; /* of cJSON; 0: any */
	} known[] = { { "text", cJSON_String },
		      { "reasoning", cJSON_String },
		      { "model", cJSON_String },
		      { "finish", cJSON_String },
		      { "call", cJSON_Object },
		      { "usage", cJSON_Object },
		      { "opaque", 0 } };
	bool any = false;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		const cJSON *v = json_get(o, known[i].name);

		any |= v != NULL;
		if (v && known[i].type && !cJSON_IsNull(v) && (v->type & 0xff) != known[i].type)
			return err_set(err, ERR_PARSE, "%s: %s was expected", known[i].name,
				       known[i].type == cJSON_String ? "a string" : "an object");
	}
	if (json_object(o, "call") && !json_string(json_object(o, "call"), "name"))
		return err_set(err, ERR_PARSE, "call: it has no name");
	return any || err_set(err, ERR_PARSE,
			      "a line holds none of text, reasoning, model, call, opaque, usage, "
			      "finish, error");
}

static enum wire_state event(struct wire_stream *s, const char *name, const cJSON *o,
			     struct err *err)
{
	const cJSON *call = json_object(o, "call"), *opaque = json_get(o, "opaque"),
		    *u = json_object(o, "usage");

	if (!is_line(o, err))
		return WIRE_FAILED;
	wire_start(s, json_string(o, "model"));
	wire_reasoning(s, json_string(o, "reasoning"));
	wire_text(s, json_string(o, "text"));
	if (opaque)
		wire_opaque(s, OPAQUE, opaque);
	if (call && !wire_call_whole(s, json_string(call, "id"), json_string(call, "name"),
				     json_get(call, "arguments")))
		return WIRE_FAILED;
	if (u) {
		wire_usage(s, wire_count(u, "in"), wire_count(u, "out"), wire_count(u, "cached"),
			   wire_count(u, "reasoning"));
		wire_written(s, wire_count(u, "written"));
	}
	return json_string(o, "finish") ? take_finish(s, json_string(o, "finish"), err) : WIRE_MORE;
}

const struct wire wire_exec = {
	.protocol = "exec",
	.who = "the program",
	.form = "{\"text\":\"...\"}",
	.lines = true,
	.request = request,
	.event = event,
};
