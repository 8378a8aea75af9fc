/* Settings of linters in editors. They name no sources, only what every file is read with:
 *
 *   .svls.toml             [verilog]
 *                          include_paths = ["rtl/inc"]
 *                          defines = ["SYNTHESIS"]
 *   .vscode/settings.json  "verilog.linting.iverilog.arguments": "-I rtl/inc -DWIDE"
 *   veridian.yml           include_dirs: [rtl/inc]
 *
 * Names are relative to the folder that is opened in the editor. Sources: the README files of
 * svls, of the extension "Verilog-HDL/SystemVerilog" and of Veridian.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/manifest/manifest_inner.h"
#include "session/text/yaml.h"

#define BLANKS " \t\r\n"

static void add_define(struct reading *r, const char *text)
{
	reading_add_define(r, text, strlen(text));
}

static void add_arguments(struct reading *r, const char *text)
{
	struct strv words = STRV_INIT;

	strv_split(&words, text, BLANKS);
	reading_args(r, words.v, NULL, words.n);
	strv_free(&words);
}

/* A text, or each of a list of them. */
static void each_text(struct reading *r, const cJSON *v,
		      void (*add)(struct reading *, const char *))
{
	const cJSON *one;

	if (cJSON_IsString(v))
		add(r, v->valuestring);
	cJSON_ArrayForEach(one, (cJSON_IsArray(v) ? v : NULL))
		if (cJSON_IsString(one))
			add(r, one->valuestring);
}

/* The texts of `key = ["a", 'b']`, which may be on several lines. */
static void each_in_toml(struct reading *r, const char *text, const char *key,
			 void (*add)(struct reading *, const char *))
{
	for (const char *p = text; (p = strstr(p, key)) != NULL;) {
		bool first = p == text || strchr(BLANKS, p[-1]);

		p += strlen(key);
		p += strspn(p, BLANKS "=");
		if (!first || *p != '[')
			continue;
		while (*p && *p != ']') {
			const char *end = strchr("\"'", *p) ? strchr(p + 1, *p) : NULL;
			char *one = end ? mem_strndup(p + 1, (size_t)(end - p - 1)) : NULL;

			if (one)
				add(r, one);
			free(one);
			p = end ? end + 1 : *p == '#' ? p + strcspn(p, "\n") : p + 1;
		}
	}
}

/* Adds the text without comments, which VS Code allows in JSON. */
static void without_comments(const char *text, struct str *out)
{
	bool quoted = false;

	while (*text) {
		size_t n = 1;

		if (!quoted && str_starts(text, "//")) {
			text += strcspn(text, "\n");
			continue;
		}
		if (!quoted && str_starts(text, "/*")) {
			const char *end = strstr(text + 2, "*/");

			text = end ? end + 2 : text + strlen(text);
			continue;
		}
		if (*text == '"')
			quoted = !quoted;
		else if (quoted && *text == '\\' && text[1])
			n = 2;
		str_add(out, text, n);
		text += n;
	}
}

/* Names are relative to the folder that these variables stand for. */
static void resolve_folder(struct str *s)
{
	static const char *const variables[] = { "${workspaceFolder}", "${workspaceRoot}" };
	struct str out = STR_INIT;

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const char *text = str_cstr(s), *at;

		for (; (at = strstr(text, variables[i])) != NULL;
		     text = at + strlen(variables[i])) {
			str_add(&out, text, (size_t)(at - text));
			str_addc(&out, '.');
		}
		str_adds(&out, text);
		str_free(s);
		*s = out;
		out = (struct str)STR_INIT;
	}
}

cJSON *reading_vscode(const char *text, struct err *err)
{
	struct str bare = STR_INIT;
	cJSON *all;

	without_comments(text, &bare);
	resolve_folder(&bare);
	all = yaml_parse(str_cstr(&bare), bare.len, err); /* which allows a comma at the end */
	str_free(&bare);
	return all;
}

static void read_settings(struct reading *r, const char *text)
{
	cJSON *all = reading_vscode(text, NULL);
	const cJSON *v;

	cJSON_ArrayForEach(v, (cJSON_IsObject(all) ? all : NULL)) {
		if (!str_starts(v->string, "verilog.linting."))
			continue;
		if (str_ends(v->string, ".arguments"))
			each_text(r, v, add_arguments);
		else if (str_ends(v->string, ".includePath"))
			each_text(r, v, reading_add_include);
	}
	cJSON_Delete(all);
}

static bool read_veridian(struct reading *r, const char *text, size_t len, struct err *err)
{
	cJSON *all = yaml_parse(text, len, err);

	if (!all)
		return err_prefix(err, "%s", r->path);
	each_text(r, json_get(all, "include_dirs"), reading_add_include);
	each_text(r, json_get(json_get(json_get(all, "verilator"), "syntax"), "args"),
		  add_arguments);
	cJSON_Delete(all);
	return true;
}

bool manifest_read_editor(struct reading *r, const char *text, size_t len, struct err *err)
{
	char *folder = path_dir(r->folder);
	bool vscode = strcmp(path_base(r->folder), ".vscode") == 0;

	reading_from_folder(r);
	if (vscode) {
		free(r->base);
		r->base = mem_strdup(folder);
		read_settings(r, text);
	}
	free(folder);
	if (vscode)
		return true;
	if (!str_ends(r->path, ".toml"))
		return read_veridian(r, text, len, err);
	each_in_toml(r, text, "include_paths", reading_add_include);
	each_in_toml(r, text, "defines", add_define);
	return true;
}
