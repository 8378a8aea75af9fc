/* How each server is recognized:
 *
 *	Ollama		/api/version	{"version":"..."}
 *			/api/tags	models pulled; /api/ps models loaded
 *	llama-server	/v1/models	owned_by "llamacpp"
 *			any		503 "Loading model" while it loads
 *	LM Studio	/api/v1/models	{"models":[{"key":...}]}, its own API
 *	vLLM		/v1/models	owned_by "vllm"
 */
#include "config.h"

#include "backends/hosted/local.h"

#include <stdlib.h>
#include <string.h>

#include "backends/hosted/http.h"
#include "session/base/json.h"

#define REPLY_MAX (1u << 20)
#define SHOWN	  5u /* models listed */

/* The JSON at that path, for any status; NULL: none. The caller frees. */
static cJSON *look(struct http *h, int port, const char *path, long *status)
{
	struct strv none = STRV_INIT;
	struct str body = STR_LIMIT(REPLY_MAX);
	char *url = str_fmt("http://127.0.0.1:%d%s", port, path);
	struct http_request q = { .url = url,
				  .headers = &none,
				  .connect_ms = 300,
				  .first_byte_ms = 1000,
				  .stall_ms = 1000 };
	struct http_response r = { 0 };
	cJSON *o = NULL;

	if (http_send(h, &q, http_collect, &body, &r, NULL))
		o = json_parse(str_cstr(&body), body.len, NULL);
	*status = r.status;
	str_free(&body);
	free(url);
	return o;
}

static void add_names(const cJSON *list, const char *key, struct strv *names)
{
	const cJSON *m;

	cJSON_ArrayForEach(m, list)
		if (json_string(m, key))
			strv_add(names, json_string(m, key));
}

static void say_names(const struct strv *names, const char *none, struct str *out)
{
	for (size_t i = 0; i < names->n && i < SHOWN; i++)
		str_addf(out, "%s%s", i ? ", " : "", names->v[i]);
	str_adds(out, names->n == 0 ? none : names->n > SHOWN ? ", ..." : "");
}

static bool owned_by(const cJSON *list, const char *owner)
{
	const cJSON *m;

	cJSON_ArrayForEach(m, list)
		if (json_string(m, "owned_by") && strcmp(json_string(m, "owned_by"), owner) == 0)
			return true;
	return false;
}

static bool is_ollama(struct http *h, int port, struct strv *names, struct str *state)
{
	long status;
	cJSON *version = look(h, port, "/api/version", &status), *tags, *loaded;
	bool here = json_string(version, "version") != NULL;
	struct strv in_memory = STRV_INIT;

	if (here) {
		tags = look(h, port, "/api/tags", &status);
		loaded = look(h, port, "/api/ps", &status);
		add_names(json_array(tags, "models"), "name", names);
		add_names(json_array(loaded, "models"), "name", &in_memory);
		str_adds(state, "loaded: ");
		say_names(&in_memory, "none, the first answer takes longer", state);
		cJSON_Delete(tags);
		cJSON_Delete(loaded);
		strv_free(&in_memory);
	}
	cJSON_Delete(version);
	return here;
}

static bool is_loading(const cJSON *o)
{
	const char *message = json_string(json_object(o, "error"), "message");

	return message && strcasestr(message, "loading model");
}

static bool is_openai(struct http *h, int port, const char *owner, struct strv *names,
		      struct str *state)
{
	long status;
	cJSON *o = look(h, port, "/v1/models", &status);
	bool loading = status == 503 && is_loading(o) && strcmp(owner, "llamacpp") == 0;
	bool here = loading || owned_by(json_array(o, "data"), owner);

	if (loading)
		str_adds(state, "loading its model");
	else if (here)
		add_names(json_array(o, "data"), "id", names);
	cJSON_Delete(o);
	return here;
}

static bool is_lm_studio(struct http *h, int port, struct strv *names)
{
	long status;
	cJSON *o = look(h, port, "/api/v1/models", &status);
	const cJSON *list = json_array(o, "models");
	bool here = list != NULL;

	add_names(list, "key", names);
	cJSON_Delete(o);
	return here;
}

static bool is_here(struct http *h, const struct local_server *p, struct strv *names,
		    struct str *state)
{
	switch (p->kind) {
	case LOCAL_OLLAMA:
		return is_ollama(h, p->port, names, state);
	case LOCAL_LLAMA:
		return is_openai(h, p->port, "llamacpp", names, state);
	case LOCAL_LM_STUDIO:
		return is_lm_studio(h, p->port, names);
	case LOCAL_VLLM:
		return is_openai(h, p->port, "vllm", names, state);
	}
	return false;
}

static void describe(const struct local_server *p, const struct strv *names,
		     const struct str *state, struct strv *out)
{
	const char *model = names->n > 1 ? names->v[0] : NULL;
	struct str line = STR_INIT;
	bool quoted = model && strpbrk(model, " \"'\\");

	str_addf(&line, "%s on port %d: models ", p->name, p->port);
	say_names(names, "not told", &line);
	str_addf(&line, "%s%s", state->len ? "; " : "", str_cstr(state));
	strv_give(out, str_take(&line));
	if (p->kind == LOCAL_OLLAMA)
		str_addf(&line, "    backend add ollama ollama url=http://127.0.0.1:%d", p->port);
	else
		str_addf(&line, "    backend add %s openai url=http://127.0.0.1:%d/v1", p->name,
			 p->port);
	if (model && !quoted)
		str_addf(&line, " model=%s", model);
	strv_give(out, str_take(&line));
}

bool local_find(struct loop *l, const struct local_server *places, size_t n, struct strv *out,
		struct err *err)
{
	struct http *h = http_new(l, err);

	if (!h)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct strv names = STRV_INIT;
		struct str state = STR_INIT;

		if (is_here(h, &places[i], &names, &state))
			describe(&places[i], &names, &state, out);
		strv_free(&names);
		str_free(&state);
	}
	http_free(h);
	return true;
}

bool local_find_usual(struct loop *l, struct strv *out, struct err *err)
{
	static const struct local_server usual[] = {
		{ "ollama", 11434, LOCAL_OLLAMA }, { "llama", 8080, LOCAL_LLAMA },
		{ "llama", 9931, LOCAL_LLAMA },	   { "lmstudio", 1234, LOCAL_LM_STUDIO },
		{ "vllm", 8000, LOCAL_VLLM },
	};

	return local_find(l, usual, sizeof(usual) / sizeof(*usual), out, err);
}
