#include "config.h"

#include "session/answer/answer_form.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"

#define MAX_EDITS 200
#define MAX_NESTING 4	/* of objects that hold edits */

/* *** Begin Patch */

static const char begin_patch[] = "*** Begin Patch", end_patch[] = "*** End Patch", move_to[] = "*** Move to: ";
static const char update_file[] = "*** Update File: ", add_file[] = "*** Add File: ", delete_file[] = "*** Delete File: ";

bool form_patch_starts(struct slice line)
{
	line = slice_trim(line);
	return slice_starts(line, begin_patch) || slice_starts(line, update_file) || slice_starts(line, add_file);
}

static bool file_line(struct slice line, const char *word, struct slice *path)
{
	line = slice_trim(line);
	if (!slice_starts(line, word))
		return false;
	*path = slice_trim(slice_from(line, strlen(word)));
	return true;
}

static void add_head(struct str *diff, struct slice from, struct slice to)
{
	str_addf(diff, "--- %.*s\n+++ %.*s\n", (int)from.n, from.p, (int)to.n, to.p);
}

static void add_rename(struct str *diff, struct slice from, struct slice to)
{
	str_addf(diff, "diff --git a/%.*s b/%.*s\nrename from %.*s\nrename to %.*s\n", (int)from.n, from.p, (int)to.n, to.p,
		 (int)from.n, from.p, (int)to.n, to.p);
}

static bool ends_file(struct slice line)
{
	line = slice_trim(line);
	return slice_starts(line, end_patch) || form_patch_starts(line) || slice_starts(line, delete_file);
}

/* The lines of a file up to the next one's; all: of a new one, which has no @@. */
static size_t take_lines(struct slice *rest, bool all, struct str *body)
{
	size_t n = 0;

	while (rest->n) {
		struct slice ahead = *rest, line = slice_line(&ahead), bare = slice_chomp(line);

		if (ends_file(line))
			break;
		*rest = ahead;
		if (slice_starts(line, "*** End of File") || (all && !slice_starts(line, "+")))
			continue;
		/* "@@ class X" only says where to look. */
		if (slice_starts(line, "@@") && !slice_starts(line, "@@ -"))
			bare.n = 2;
		str_add(body, bare.p, bare.n);
		str_addc(body, '\n');
		n++;
	}
	return n;
}

bool form_patch_file(struct slice *rest, struct slice *path, struct str *diff, bool *cut)
{
	static const struct slice null = { "/dev/null", 9 };
	struct slice to;
	struct str body = STR_INIT;

	*cut = false;
	while (rest->n) {
		struct slice line = slice_line(rest);

		if (slice_starts(slice_trim(line), end_patch))
			return false;
		if (file_line(line, update_file, path)) {
			struct slice ahead = *rest;

			if (file_line(slice_line(&ahead), move_to, &to)) {
				*rest = ahead;
				add_rename(diff, *path, to);
				add_head(diff, *path, to);
				*path = to;
			} else {
				add_head(diff, *path, *path);
			}
			if (take_lines(rest, false, &body) && !slice_starts((struct slice){ body.data, body.len }, "@@"))
				str_adds(diff, "@@\n");
		} else if (file_line(line, add_file, path)) {
			size_t n = take_lines(rest, true, &body);

			add_head(diff, null, *path);
			str_addf(diff, "@@ -0,0 +1,%zu @@\n", n);
		} else if (file_line(line, delete_file, path)) {
			add_head(diff, *path, null);
		} else {
			continue;
		}
		str_add(diff, body.data, body.len);
		str_free(&body);
		*cut = rest->n == 0;
		return true;
	}
	*cut = true;
	return false;
}

/* JSON */

static const char *one_string(const cJSON *o, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (json_string(o, names[i]))
			return json_string(o, names[i]);
	return NULL;
}

#define ONE_STRING(o, names) one_string(o, names, sizeof(names) / sizeof((names)[0]))

static void read_edit(const cJSON *o, const char *path, struct form_edits *out)
{
	static const char *const olds[] = { "old_string", "old_str", "oldText", "old_text", "search", "find", "old", "original" };
	static const char *const news[] = { "new_string", "new_str", "newText", "new_text", "replace", "replacement", "new",
					    "updated" };
	static const char *const wholes[] = { "content", "contents", "file_text", "code" };
	const char *before = ONE_STRING(o, olds), *after = ONE_STRING(o, news), *whole = ONE_STRING(o, wholes);

	if (out->n == MAX_EDITS || !((before && after) || (path && whole)))
		return;
	out->v = mem_realloc(out->v, (out->n + 1) * sizeof(*out->v));
	out->v[out->n++] = (struct form_edit){ .path = path ? mem_strdup(path) : NULL,
					       .search = before && after ? mem_strdup(before) : NULL,
					       .text = mem_strdup(before && after ? after : whole) };
}

/* An object or a list of them; depth is limited, so this ends. */
static void read_json(const cJSON *j, const char *path, int depth, struct form_edits *out)
{
	static const char *const paths[] = { "path", "file_path", "filePath", "file", "filename", "filepath", "target_file" };
	const cJSON *child;

	if (depth > MAX_NESTING)
		return;
	if (cJSON_IsObject(j)) {
		path = ONE_STRING(j, paths) ? ONE_STRING(j, paths) : path;
		read_edit(j, path, out);
	} else if (!cJSON_IsArray(j)) {
		return;
	}
	cJSON_ArrayForEach(child, j)
		read_json(child, path, depth + 1, out);
}

bool form_json(struct slice text, struct form_edits *out)
{
	struct slice s = slice_trim(text);
	cJSON *j;

	*out = (struct form_edits){ 0 };
	if (s.n == 0 || (s.p[0] != '{' && s.p[0] != '['))
		return false;
	j = json_parse(s.p, s.n, NULL);
	if (j)
		read_json(j, NULL, 0, out);
	cJSON_Delete(j);
	return out->n > 0;
}

void form_edits_fini(struct form_edits *e)
{
	for (size_t i = 0; i < e->n; i++) {
		free(e->v[i].path);
		free(e->v[i].search);
		free(e->v[i].text);
	}
	free(e->v);
	*e = (struct form_edits){ 0 };
}

/* Marks that are left over */

static bool edit_tag(struct slice line)
{
	static const char *const words[] = { "file", "edit", "diff", "patch", "replace", "tool", "function", "invoke", "write" };
	struct slice s = slice_trim(line), name;

	if (slice_starts(s, "*** ") && slice_find(s, " File: ") < s.n)
		return true;
	if (!slice_starts(s, "<") || s.n < 3)
		return false;
	name = slice_from(s, 1);
	name.n = slice_word(name);
	if (name.n == 0 || name.n == s.n - 1 || !strchr("> ", s.p[1 + name.n]))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_find(name, words[i]) < name.n)
			return true;
	return false;
}

bool form_left_over(struct slice prose)
{
	while (prose.n)
		if (edit_tag(slice_line(&prose)))
			return true;
	return false;
}
