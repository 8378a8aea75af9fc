/* Builds requests: a JSON object written in a fixed order, so that providers recognize
 * a cached prefix. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/model/prompt.h"

void body_begin(struct wire_body *b, const struct wire_settings *s, struct str *out)
{
	*b = (struct wire_body){ .out = out, .fields = s->fields };
	str_addc(out, '{');
}

static void put_name(struct wire_body *b, const char *name, size_t len)
{
	strv_addf(&b->keys, "%s%.*s", str_cstr(&b->path), (int)len, name);
	if (b->some)
		str_addc(b->out, ',');
	b->some = true;
	json_quote(b->out, name, len);
	str_addc(b->out, ':');
}

/* True if the person has a field at that path, or, with '.', in an object there. */
static bool has_field(const struct wire_body *b, const char *name, char end)
{
	size_t path = b->path.len, n = strlen(name);

	for (const char *const *f = b->fields; f && *f; f++)
		if (strncmp(*f, str_cstr(&b->path), path) == 0 &&
		    strncmp(*f + path, name, n) == 0 && (*f)[path + n] == end)
			return true;
	return false;
}

bool body_key(struct wire_body *b, const char *name)
{
	if (has_field(b, name, '=') || has_field(b, name, '.'))
		return false;
	put_name(b, name, strlen(name));
	return true;
}

void body_raw(struct wire_body *b, const char *name, const char *json)
{
	if (json && body_key(b, name))
		str_adds(b->out, json);
}

void body_text(struct wire_body *b, const char *name, const char *text)
{
	if (text && body_key(b, name))
		json_quote(b->out, text, strlen(text));
}

size_t wire_most(const struct prompt *p, const struct wire_settings *s)
{
	return p->max_output_tokens ? p->max_output_tokens : s->max_output;
}

void body_number(struct wire_body *b, const char *name, size_t n)
{
	if (n && body_key(b, name))
		str_addf(b->out, "%zu", n);
}

bool body_open(struct wire_body *b, const char *name)
{
	if (has_field(b, name, '='))
		return false;
	put_name(b, name, strlen(name));
	str_addc(b->out, '{');
	str_addf(&b->path, "%s.", name);
	b->some = false;
	return true;
}

/* Adds an object that the request lacks, with the members that the user configured. */
static void put_object(struct wire_body *b, const char *name, size_t len)
{
	char *object = mem_strndup(name, len), *key = str_fmt("%s%s", str_cstr(&b->path), object);

	if (!strv_has(&b->keys, key) && body_open(b, object))
		body_close(b);
	free(key);
	free(object);
}

/* Adds the person's fields of this object, and objects within it that only they have;
 * "null" only removes ours. */
static void put_fields(struct wire_body *b)
{
	for (const char *const *f = b->fields; f && *f; f++) {
		const char *equals = strchr(*f, '='), *name, *dot;

		if (strncmp(*f, str_cstr(&b->path), b->path.len) != 0 || !equals ||
		    strcmp(equals, "=null") == 0)
			continue;
		name = *f + b->path.len;
		dot = memchr(name, '.', (size_t)(equals - name)); /* no path has an equals sign */
		if (dot) {
			put_object(b, name, (size_t)(dot - name));
		} else {
			put_name(b, name, (size_t)(equals - name));
			str_adds(b->out, equals + 1);
		}
	}
}

void body_close(struct wire_body *b)
{
	size_t n;

	put_fields(b);
	str_addc(b->out, '}');
	n = b->path.len - 1;
	while (n && b->path.data[n - 1] != '.')
		n--;
	str_cut(&b->path, n);
	b->some = true;
}

void body_end(struct wire_body *b)
{
	put_fields(b);
	str_addc(b->out, '}');
	str_free(&b->path);
	strv_free(&b->keys);
}

bool wire_has(const struct prompt_message *m, unsigned kinds)
{
	for (size_t i = 0; i < m->n; i++)
		if (kinds & 1u << m->parts[i].kind)
			return true;
	return false;
}

const char *wire_role(const struct prompt_message *m, const char *system)
{
	return m->role == ROLE_SYSTEM ? system : m->role == ROLE_USER ? "user" : "assistant";
}

void wire_results(const struct prompt_message *m, const char *key, bool named, struct str *out)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i];

		if (p->kind != PROMPT_RESULT)
			continue;
		json_next(out);
		str_adds(out, "{\"role\":\"tool\"");
		json_add_text(out, key, named ? p->name : p->id);
		json_add(out, "content", p->text, p->len);
		str_addc(out, '}');
	}
}

void wire_text_part(const struct prompt_part *p, const char *type, struct str *out)
{
	str_addf(out, "{\"type\":\"%s\"", type);
	json_add(out, "text", p->text, p->len);
	str_addc(out, '}');
}

void wire_joined(const struct prompt_message *m, struct str *out)
{
	struct str all = STR_INIT;

	for (size_t i = 0; i < m->n; i++)
		if (m->parts[i].kind == PROMPT_TEXT)
			str_add(&all, m->parts[i].text, m->parts[i].len);
	json_quote(out, str_cstr(&all), all.len);
	str_free(&all);
}

void wire_tools(const struct prompt *p, const char *before, const char *schema, const char *after,
		struct str *out)
{
	str_addc(out, '[');
	for (size_t i = 0; i < p->n_tools; i++) {
		const struct prompt_tool *t = &p->tools[i];

		json_next(out);
		str_adds(out, before);
		json_add_text(out, "name", t->name);
		json_add_text(out, "description", t->description);
		str_addf(out, ",\"%s\":%s%s", schema, t->schema, after);
	}
	str_addc(out, ']');
}

void wire_arguments(const char *text, size_t len, struct str *out)
{
	cJSON *o = json_parse(text, len, NULL);

	if (cJSON_IsObject(o))
		json_print(out, o);
	else
		str_adds(out, "{}");
	cJSON_Delete(o);
}

void wire_arguments_quoted(const char *text, size_t len, struct str *out)
{
	cJSON *o = json_parse_strict(text, len, NULL);

	/* Unchanged, so that the server's cache matches. */
	json_quote(out, cJSON_IsObject(o) ? text : "{}", cJSON_IsObject(o) ? len : 2);
	cJSON_Delete(o);
}

/* The path without its query; "*" becomes the model, percent-encoded. */
static void put_path(const char *path, const char *model, struct str *out)
{
	for (; *path && *path != '?'; path++) {
		if (*path != '*') {
			str_addc(out, *path);
			continue;
		}
		if (model && str_starts(model, "models/") && str_ends(str_cstr(out), "/models/"))
			model += strlen("models/");
		for (const char *c = model ? model : ""; *c; c++)
			str_addf(out,
				 isalnum((unsigned char)*c) || strchr("-._~/@", *c) ? "%c"
										    : "%%%02X",
				 (unsigned char)*c);
	}
}

/* Cuts the first of the paths that the URL ends with. */
static void cut_path(struct str *url, const char *const *paths, const char *model)
{
	bool cut = false;

	for (; *paths && !cut; paths++) {
		struct str path = STR_INIT;

		put_path(*paths, model, &path);
		cut = str_ends(str_cstr(url), str_cstr(&path));
		if (cut)
			str_cut(url, url->len - path.len);
		str_free(&path);
	}
}

char *wire_url(const struct wire *w, const char *path, const char *base, const char *model)
{
	/* The path of a chat is longer than that of a gap, and may end like it. */
	const char *const paths[] = { w->ask_path, path, w->fill ? w->fill->ask_path : NULL, NULL };
	size_t n = strcspn(base, "?#");
	const char *asked = base[n] == '?' ? base + n + 1 : "";
	const char *mark = strchr(path, '?'), *query = mark ? mark + 1 : "";
	struct str url = STR_INIT, full = STR_INIT;
	const char *host;

	put_path(path, model, &full);
	while (n && base[n - 1] == '/')
		n--;
	str_add(&url, base, n);
	cut_path(&url, paths, model);
	host = strstr(str_cstr(&url), "://");
	if (!strchr(host ? host + 3 : str_cstr(&url), '/'))
		str_adds(&url, w->version);
	str_addf(&url, "%s%s%s%s%s", str_cstr(&full), *asked || *query ? "?" : "", query,
		 *asked && *query ? "&" : "", asked);
	str_free(&full);
	return str_take(&url);
}

void wire_models_data(const cJSON *o, struct strv *names)
{
	const cJSON *list = json_array(o, "data"), *m;

	cJSON_ArrayForEach(m, list)
		if (json_string(m, "id"))
			strv_add(names, json_string(m, "id"));
}

static size_t tokens_of(const cJSON *o, const char *key)
{
	unsigned long long n = json_uint(o, key, 0);

	return n < 1000000000 ? (size_t)n : 0;
}

void wire_caps_data(const cJSON *o, const char *model, struct backend_caps *out)
{
	static const char *const names[] = { "max_model_len", "context_length",
					     "max_context_length" };
	const cJSON *list = json_array(o, "data"), *m, *meta;

	cJSON_ArrayForEach(m, list) {
		const char *id = json_string(m, "id");

		/* llama-server answers to any name with its only model. */
		if (!id || (model && strcmp(id, model) != 0 && cJSON_GetArraySize(list) > 1))
			continue;
		for (size_t i = 0; i < sizeof(names) / sizeof(*names) && !out->context; i++)
			out->context = tokens_of(m, names[i]);
		meta = json_object(m, "meta");
		if (!out->context)
			out->context = tokens_of(meta, "n_ctx");
		return;
	}
}

bool wire_is_number(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

bool wire_is_off(const char *level)
{
	return strcmp(level, "off") == 0 || strcmp(level, "none") == 0;
}
