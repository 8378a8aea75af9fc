/* FuseSoC cores (CAPI2) and Tiny Tapeout's info.yaml.
 *
 * A core has filesets, and targets that select some. The design is the target
 * `default` (which FuseSoC uses for a core that another one needs), then `lint`
 * and `synth`; files that only other targets name are for tests. Needed cores are
 * looked up in the project by their name without version. Conditions,
 * `tool_verilator ? (x.vlt)`, are evaluated as for linting with Verilator.
 * Sources: fusesoc.readthedocs.io, "CAPI2"; tinytapeout.com, "info.yaml".
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/word_table.h"
#include "session/manifest/manifest_core.h"
#include "session/base/path.h"
#include "session/manifest/manifest_inner.h"
#include "session/text/yaml.h"

/* Conditions ------------------------------------------------------------------------ */

static bool flag_holds(const struct reading *r, const char *flag, size_t len)
{
	static const char *const always[] = { "tool_verilator", "is_toplevel", NULL };
	static const char *const test[] = { "target_sim", NULL };
	static const char *const design[] = { "target_default", "target_lint", NULL };

	return words_has_n(always, flag, len) || words_has_n(r->test ? test : design, flag, len);
}

/* Evaluates the conditions in `a ? (b) c`; the caller frees. */
static char *decided(const struct reading *r, const char *text)
{
	struct str s = STR_INIT;
	const char *p = text;

	while (*p) {
		const char *q = strchr(p, '?'), *open = q ? strchr(q, '(') : NULL,
			   *close = open ? strchr(open, ')') : NULL;
		const char *end = q, *flag;

		if (!close) {
			str_adds(&s, p);
			break;
		}
		while (end > p && end[-1] == ' ')
			end--;
		flag = end;
		while (flag > p && flag[-1] != ' ')
			flag--;
		str_add(&s, p, (size_t)(flag - p));
		if (flag_holds(r, flag + (*flag == '!'), (size_t)(end - flag) - (*flag == '!')) !=
		    (*flag == '!'))
			str_add(&s, open + 1, (size_t)(close - open - 1));
		p = close + 1;
	}
	while (s.len && s.data[s.len - 1] == ' ')
		str_cut(&s, s.len - 1);
	return str_take(&s);
}

/* Adds the words of a list or string, conditions evaluated, from name and name_append. */
static void words_of(const struct reading *r, const cJSON *object, const char *name,
		     struct strv *out)
{
	const char *const endings[] = { "", "_append" };

	for (int e = 0; e < 2; e++) {
		char *whole = str_fmt("%s%s", name, endings[e]);
		const cJSON *list = json_get(object, whole);
		const cJSON *one = cJSON_IsArray(list) ? list->child : list;

		for (; one; one = cJSON_IsArray(list) ? one->next : NULL) {
			char *text = cJSON_IsString(one) ? decided(r, one->valuestring) : NULL;

			for (const char *p = text ? text : ""; *p;) {
				size_t n = strcspn(p, " \t\n");

				if (n)
					strv_addn(out, p, n);
				p += n + (p[n] != '\0');
			}
			free(text);
		}
		free(whole);
	}
}

/* Cores by name ----------------------------------------------------------------------- */

/* "vendor:library:name" of a reference, without operator and version. */
static char *core_name(const char *ref)
{
	struct str s = STR_INIT;
	int colons = 0;

	ref += strspn(ref, "<>=~^ ");
	if (!strchr(ref, ':')) { /* name-1.0, the form before CAPI2 */
		size_t n = strlen(ref), k = n;

		while (k > 0 && strchr("0123456789.-r", ref[k - 1]))
			k--;
		if (k < n && k > 0 && ref[k] == '-')
			n = k;
		return str_fmt("::%.*s", (int)n, ref);
	}
	for (; *ref; ref++) {
		colons += *ref == ':';
		if (colons == 3)
			break;
		str_addc(&s, *ref);
	}
	for (; colons < 2; colons++) /* FuseSoC treats missing parts as empty */
		str_addc(&s, ':');
	return str_take(&s);
}

/* Finds the value of `name:` without parsing all of the YAML. */
static char *name_in(const char *text)
{
	for (const char *p = text; p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL) {
		const char *v;
		size_t n;

		if (!str_starts(p, "name"))
			continue;
		v = p + 4 + strspn(p + 4, " \t");
		if (*v != ':')
			continue;
		v += 1 + strspn(v + 1, " \t\"'");
		n = strcspn(v, " \t\"'#\r\n");
		return mem_strndup(v, n);
	}
	return NULL;
}

static void index_core(struct manifest_cores *c, const char *ref, const char *path)
{
	strv_give(&c->names, core_name(ref));
	strv_add(&c->paths, path);
}

/* Indexes the names that a core provides in addition (virtual:); the first provider wins. */
static void index_virtual(struct manifest_cores *c, const char *text, const char *path)
{
	const char *p = str_starts(text, "virtual:") ? text : strstr(text, "\nvirtual:");

	p = p ? strchr(p + 1, '\n') : NULL;
	while (p && c->names.n < MANIFEST_MAX_READ) {
		size_t in = strspn(++p, " ");
		char *ref;

		if (p[in] != '-' || p[in + 1] != ' ')
			return;
		p += in + 2 + strspn(p + in + 2, " \"'");
		ref = mem_strndup(p, strcspn(p, " \"'#\r\n"));
		index_core(c, ref, path);
		free(ref);
		p = strchr(p, '\n');
	}
}

static void index_cores(struct reading *r, struct manifest_cores *c)
{
	c->known = true;
	for (size_t i = 0; i < r->tree->n && c->names.n < MANIFEST_MAX_READ; i++) {
		struct str text = STR_INIT;
		char *ref;

		if (!str_ends(r->tree->paths[i], ".core") ||
		    !r->tree->read(r->tree->ctx, r->tree->paths[i], MANIFEST_MAX_TEXT, &text, NULL))
			continue;
		ref = name_in(str_cstr(&text));
		if (ref)
			index_core(c, ref, r->tree->paths[i]);
		free(ref);
		index_virtual(c, str_cstr(&text), r->tree->paths[i]);
		str_free(&text);
	}
}

void manifest_cores_fini(struct manifest_cores *c)
{
	strv_free(&c->names);
	strv_free(&c->paths);
}

static void need(struct reading *r, const char *ref)
{
	char *name = core_name(ref);
	bool found = false;

	if (!r->cores->known)
		index_cores(r, r->cores);
	for (size_t i = 0; i < r->cores->names.n && !found; i++) {
		found = strcmp(r->cores->names.v[i], name) == 0;
		if (found && strcmp(r->cores->paths.v[i], r->path) != 0)
			reading_include(r, r->cores->paths.v[i], MANIFEST_CORE, NULL);
	}
	if (!found)
		reading_note(r, "it needs the core %s, which is not in the project", ref);
	free(name);
}

/* Filesets ----------------------------------------------------------------------------- */

static void add_include_file(struct reading *r, const char *path, const char *include_path)
{
	char *folder = include_path ? NULL : path_dir(path);

	reading_add_path(r, path, MANIFEST_HEADER);
	if (include_path)
		reading_add_include(r, include_path);
	else
		reading_add_once(r, &r->out->include_dirs, folder, strlen(folder));
	free(folder);
}

void core_add_file(struct reading *r, const char *name, const struct core_file *t)
{
	static const char *const data[] = { "user", "mem", "data", "hex" };
	const char *type = t->type ? t->type : "";
	bool sv = str_starts(type, "systemVerilog"), hdl = sv || str_starts(type, "verilog");
	enum manifest_role role = str_starts(type, "vhdl") ? MANIFEST_VHDL : reading_role(name);
	bool is_data = role == MANIFEST_DATA;
	char *path;

	for (size_t i = 0; i < sizeof(data) / sizeof(*data); i++)
		is_data = is_data || strcmp(type, data[i]) == 0;
	if (!hdl && !is_data && role != MANIFEST_VHDL && (type[0] || !reading_is_hdl(name)))
		return; /* a script, constraints, C++ */
	path = reading_file(r, name);
	if (!path)
		return;
	r->sv = sv;
	if (t->include)
		add_include_file(r, path, t->include_path);
	else
		reading_add_path(r, path,
				 is_data && !hdl		? MANIFEST_DATA
				 : hdl && role == MANIFEST_DATA ? MANIFEST_SOURCE
								: role);
	r->sv = false;
	free(path);
}

void core_file_read(struct core_file *t, const cJSON *object)
{
	const char *include = json_string(object, "is_include_file");

	if (json_string(object, "file_type"))
		t->type = json_string(object, "file_type");
	if (include)
		t->include = strcmp(include, "true") == 0;
	if (json_string(object, "include_path"))
		t->include_path = json_string(object, "include_path");
}

static void add_files(struct reading *r, const cJSON *files, const struct core_file *usual)
{
	const cJSON *entry;

	cJSON_ArrayForEach(entry, files) {
		struct core_file t = *usual;
		const char *text = cJSON_IsObject(entry) && entry->child ? entry->child->string
				   : cJSON_IsString(entry)		 ? entry->valuestring
									 : NULL;
		char *name = text ? decided(r, text) : NULL;

		if (cJSON_IsObject(entry) && entry->child)
			core_file_read(&t, entry->child);
		if (name && name[0])
			core_add_file(r, name, &t);
		free(name);
	}
}

static void add_fileset(struct reading *r, const cJSON *core, const char *name)
{
	const cJSON *set = json_get(json_get(core, "filesets"), name);
	struct core_file usual = { 0 };
	struct strv needs = STRV_INIT;
	char *part = str_fmt("fileset %s", name);

	r->part = part;
	if (!set)
		reading_note(r, "there is no such fileset");
	core_file_read(&usual, set);
	words_of(r, set, "depend", &needs);
	for (size_t i = 0; i < needs.n; i++)
		need(r, needs.v[i]);
	add_files(r, json_get(set, "files"), &usual);
	add_files(r, json_get(set, "files_append"), &usual);
	strv_free(&needs);
	r->part = NULL;
	free(part);
}

/* Targets ------------------------------------------------------------------------------ */

static const char *plain_value(const cJSON *param, const char *given)
{
	const char *v = given ? given : json_string(param, "default");

	if (v && strcmp(v, "true") == 0)
		return "1";
	return v && strcmp(v, "false") == 0 ? "0" : v;
}

static bool has_name(const struct strv *l, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < l->n; i++)
		if (strncmp(l->v[i], name, n) == 0 && (l->v[i][n] == '=' || l->v[i][n] == '\0'))
			return true;
	return false;
}

void core_add_parameter(struct reading *r, const cJSON *core, const char *text)
{
	size_t n = strcspn(text, "=");
	char *name = mem_strndup(text, n);
	const cJSON *param = json_get(json_get(core, "parameters"), name);
	const char *type = json_string(param, "paramtype"),
		   *value = plain_value(param, text[n] ? text + n + 1 : NULL);
	bool quoted = value && type && strcmp(type, "vlogparam") == 0 &&
		      json_string(param, "datatype") &&
		      strcmp(json_string(param, "datatype"), "str") == 0;
	char *both = value ? str_fmt(quoted ? "%s=\"%s\"" : "%s=%s", name, value) : NULL;

	if (!type || !both)
		; /* has no value, so it is not set */
	else if (strcmp(type, "vlogdefine") == 0 && !has_name(&r->out->defines, name))
		reading_add_define(r, both, strlen(both));
	else if (strcmp(type, "vlogparam") == 0 && !r->test && !has_name(&r->out->parameters, name))
		reading_add_parameter(r, both, strlen(both));
	else if (strcmp(type, "plusarg") == 0) {
		char *plus = str_fmt("+%s", both);

		reading_add_once(r, &r->out->plusargs, plus, strlen(plus));
		free(plus);
	}
	free(both);
	free(name);
}

/* filesets only; also tops and sized macros; everything */
enum target_use { NEEDED, SIZES, WHOLE };

/* True for a macro with a value, as opposed to a switch for one tool. */
static bool is_size(const cJSON *core, const char *text)
{
	char *name = mem_strndup(text, strcspn(text, "="));
	const cJSON *param = json_get(json_get(core, "parameters"), name);
	const char *use = json_string(param, "paramtype"), *type = json_string(param, "datatype");

	free(name);
	return use && strcmp(use, "vlogdefine") == 0 && type && strcmp(type, "bool") != 0;
}

static void add_target(struct reading *r, const cJSON *core, const cJSON *target,
		       enum target_use use)
{
	struct strv sets = STRV_INIT, params = STRV_INIT, tops = STRV_INIT;

	words_of(r, target, "filesets", &sets);
	for (size_t i = 0; i < sets.n; i++)
		add_fileset(r, core, sets.v[i]);
	if (use != NEEDED)
		words_of(r, target, "parameters", &params);
	if (use != NEEDED)
		words_of(r, target, "toplevel", &tops);
	for (size_t i = 0; i < params.n; i++)
		if (use == WHOLE || is_size(core, params.v[i]))
			core_add_parameter(r, core, params.v[i]);
	for (size_t i = 0; i < tops.n; i++)
		if (!strv_has(&r->out->tops, tops.v[i]))
			reading_add_top(r, tops.v[i]);
	strv_free(&sets);
	strv_free(&params);
	strv_free(&tops);
}

static bool for_design(const cJSON *targets, const cJSON *target)
{
	static const char *const names[] = { "default", "lint", "synth", "syn" };
	bool any = false;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(target->string, names[i]) == 0)
			return true;
		any = any || json_get(targets, names[i]);
	}
	return !any && target == targets->child;
}

/* True for simulations, by name or tool. Other targets are boards, formal proofs
 * and the like, each with its own top and cells. */
static bool for_test(const cJSON *target)
{
	static const char *const words[] = { "sim", "tb", "test" };
	static const char *const tools[] = { "icarus", "verilator", "modelsim", "xcelium",
					     "vcs",    "xsim",	    "ghdl",	"rivierapro" };
	const char *tool = json_string(target, "default_tool");

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(target->string, words[i]))
			return true;
	for (size_t i = 0; i < sizeof(tools) / sizeof(*tools); i++)
		if ((tool && strcmp(tool, tools[i]) == 0) ||
		    json_get(json_get(target, "tools"), tools[i]))
			return true;
	return false;
}

static void note_fileset(struct reading *r, const cJSON *set, struct strv *files)
{
	static const char *const lists[] = { "files", "files_append" };

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		const cJSON *entry;

		cJSON_ArrayForEach(entry, json_get(set, lists[i])) {
			const char *text = cJSON_IsObject(entry) && entry->child
						   ? entry->child->string
					   : cJSON_IsString(entry) ? entry->valuestring
								   : NULL;
			char *name = text ? decided(r, text) : NULL,
			     *path = name && reading_is_hdl(name) ? reading_file(r, name) : NULL;

			if (path)
				strv_give(files, path);
			free(name);
		}
	}
}

/* The files of each target, whether it is taken or not: a board has a clock of its own. */
static void note_targets(struct reading *r, const cJSON *core)
{
	struct manifest *m = r->out;
	struct manifest_target *v = NULL;
	size_t n = 0, cap = 0, notes = m->notes.n;
	const cJSON *t;

	cJSON_ArrayForEach(t, json_get(core, "targets")) {
		struct manifest_target target = { .path = NULL };
		struct strv sets = STRV_INIT;

		words_of(r, t, "filesets", &sets);
		for (size_t i = 0; i < sets.n; i++)
			note_fileset(r, json_get(json_get(core, "filesets"), sets.v[i]),
				     &target.files);
		strv_free(&sets);
		if (target.files.n == 0)
			continue;
		target.path = mem_strdup(r->path);
		MEM_PUSH(v, n, cap, target);
	}
	manifest_add_targets(m, v, n);
	free(v);
	while (m->notes.n > notes) /* on boards that are not taken, or said before */
		strv_drop(&m->notes, m->notes.n - 1);
}

/* `default` comes first; for a core that another one needs, it is the only one. */
static void add_targets(struct reading *r, const cJSON *core)
{
	const cJSON *targets = json_get(core, "targets"), *t;
	const cJSON *first = json_get(targets, "default");
	struct strv left = STRV_INIT;

	if (first)
		add_target(r, core, first, r->above ? NEEDED : WHOLE);
	cJSON_ArrayForEach(t, targets) {
		if (t == first || !for_design(targets, t) || (r->above && first))
			continue;
		/* `lint` and `synth` often set SYNTHESIS, which a simulation must
		 * not have, so their switches are only used if there is no
		 * default target. */
		add_target(r, core, t, r->above ? NEEDED : first ? SIZES : WHOLE);
	}
	if (r->above)
		return;
	cJSON_ArrayForEach(t, targets) {
		if (t == first || for_design(targets, t))
			continue;
		r->test = for_test(t);
		if (r->test)
			add_target(r, core, t, WHOLE);
		else
			strv_add(&left, t->string);
		r->test = false;
	}
	if (left.n)
		reading_note(r, "its target%s %s%s not taken: for a board or another tool",
			     left.n == 1 ? "" : "s", left.v[0],
			     left.n == 1 ? " is" : " and others are");
	strv_free(&left);
}

bool manifest_read_core(struct reading *r, const char *text, size_t len, struct err *err)
{
	cJSON *core;

	while (len && (*text == '\n' || *text == ' ' || *text == '\r' || *text == '#')) {
		size_t n = *text == '#' ? strcspn(text, "\n") : 1;

		text += n;
		len -= n;
	}
	if (len < 5 || strncmp(text, "CAPI=", 5) != 0)
		return true; /* another format with this extension */
	core = yaml_parse(text, len, err);
	if (!core)
		return err_prefix(err, "%s", r->path);
	reading_from_folder(r);
	if (json_object(core, "generate"))
		reading_note(r, "files made by its generators are missing: generators are not run");
	add_targets(r, core);
	note_targets(r, core);
	cJSON_Delete(core);
	return true;
}

/* Tiny Tapeout ---------------------------------------------------------------------------- */

bool manifest_read_info(struct reading *r, const char *text, size_t len, struct err *err)
{
	cJSON *info = yaml_parse(text, len, err);
	const cJSON *project = json_get(info, "project"),
		    *files = json_get(project, "source_files"), *f;
	char *src = strcmp(r->folder, ".") == 0 ? mem_strdup("src") : str_fmt("%s/src", r->folder);

	if (!info) {
		free(src);
		return err_prefix(err, "%s", r->path);
	}
	free(r->base);
	r->base = tree_has_dir(r->tree, src) ? src : mem_strdup(r->folder);
	if (r->base != src)
		free(src);
	cJSON_ArrayForEach(f, files) {
		if (cJSON_IsString(f))
			reading_add(r, f->valuestring, reading_role(f->valuestring));
	}
	if (json_string(project, "top_module") && files)
		reading_add_top(r, json_string(project, "top_module"));
	cJSON_Delete(info);
	return true;
}
