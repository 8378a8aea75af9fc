/* Foreign formats of edits are rewritten into ours and then parsed: a patch
 * starting with *** Begin Patch becomes a unified diff without line numbers. JSON
 * is in answer_json.c.
 *
 * Arguments are recognised by their names alone, because models mix the names of
 * several tools.
 */
#include "config.h"

#include "session/answer/answer_form.h"

#include <string.h>

#include "session/text/python_call.h"

/* *** Begin Patch */

static const char begin_patch[] = "*** Begin Patch", end_patch[] = "*** End Patch",
		  move_to[] = "*** Move to: ";
static const char update_file[] = "*** Update File: ", add_file[] = "*** Add File: ",
		  delete_file[] = "*** Delete File: ";

bool form_patch_starts(struct slice line)
{
	line = slice_trim(line);
	return slice_starts(line, begin_patch) || slice_starts(line, update_file) ||
	       slice_starts(line, add_file);
}

static bool file_line(struct slice line, const char *word, struct slice *path)
{
	line = slice_trim(line);
	if (!slice_starts(line, word))
		return false;
	*path = slice_trim(slice_from(line, strlen(word)));
	if (path->n > 4 && memcmp(path->p + path->n - 4, " ***", 4) == 0)
		*path = slice_trim((struct slice){ path->p, path->n - 4 });
	return true;
}

static void add_head(struct str *diff, struct slice from, struct slice to)
{
	str_addf(diff, "--- %.*s\n+++ %.*s\n", (int)from.n, from.p, (int)to.n, to.p);
}

static void add_rename(struct str *diff, struct slice from, struct slice to)
{
	str_addf(diff, "diff --git a/%.*s b/%.*s\nrename from %.*s\nrename to %.*s\n", (int)from.n,
		 from.p, (int)to.n, to.p, (int)from.n, from.p, (int)to.n, to.p);
}

static bool ends_file(struct slice line)
{
	line = slice_trim(line);
	return slice_starts(line, end_patch) || form_patch_starts(line) ||
	       slice_starts(line, delete_file);
}

/* Takes the lines of a new file up to the next file's, and returns their number. Models forget
 * the + of empty lines, or of all. Another line without one makes the patch invalid. */
static size_t take_new_lines(struct slice *rest, struct str *body)
{
	struct slice text = { rest->p, 0 }, ahead = *rest, line;
	bool plus = false;
	size_t n = 0;

	while (rest->n && !ends_file(line = slice_line(&ahead))) {
		*rest = ahead;
		plus |= slice_starts(line, "+");
		text.n += slice_starts(line, "*** End of File") ? 0 : line.n;
	}
	while (text.n && slice_space(text.p[text.n - 1]))
		text.n--;
	for (; text.n; n++) {
		line = slice_chomp(slice_line(&text));
		str_adds(body, !plus || line.n == 0 ? "+" : "");
		str_add(body, line.p, line.n);
		str_addc(body, '\n');
	}
	return n;
}

/* Takes the lines of an update up to the next file. */
static void take_lines(struct slice *rest, struct str *body)
{
	while (rest->n) {
		struct slice ahead = *rest, line = slice_line(&ahead), bare = slice_chomp(line);

		if (ends_file(line))
			break;
		*rest = ahead;
		if (slice_starts(line, "*** End of File"))
			continue;
		/* "@@ class X" is only a hint where to look; of several the last is nearest. */
		if (slice_starts(line, "@@") && slice_starts(ahead, "@@"))
			continue;
		str_add(body, bare.p, bare.n);
		str_addc(body, '\n');
	}
}

/* True if the lines of an update take nothing away and quote nothing. */
static bool only_adds(struct slice body)
{
	bool any = false;

	while (body.n) {
		struct slice line = slice_line(&body);

		if (!slice_starts(line, "+") && !slice_starts(line, "@@"))
			return false;
		any |= slice_starts(line, "+");
	}
	return any;
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
				take_lines(rest, &body);
			} else {
				take_lines(rest, &body);
				if (only_adds((struct slice){ body.data,
							      body.len })) /* it may be new */
					str_addf(diff, "+++ %.*s\n", (int)path->n, path->p);
				else
					add_head(diff, *path, *path);
			}
			if (body.len && !slice_starts((struct slice){ body.data, body.len }, "@@"))
				str_adds(diff, "@@\n");
		} else if (file_line(line, add_file, path)) {
			size_t n = take_new_lines(rest, &body);

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

/* Names of arguments */

#define MAX_NAMES 20

static const char *const keys[][MAX_NAMES] = {
	[FORM_PATH] = { "path", "file_path", "filePath", "file", "filename", "filepath",
			"target_file", "fileName", "file_name", "TargetFile" },
	[FORM_OLD] = { "old_string", "old_str", "oldText", "old_text", "search", "find", "old",
		       "original", "oldString", "TargetContent", "old_code", "old_content" },
	[FORM_NEW] = { "new_string", "new_str", "newText", "new_text", "replace", "replacement",
		       "new", "updated", "newString", "ReplacementContent", "new_code",
		       "new_content" },
	[FORM_WHOLE] = { "file_content", "fileContent", "content", "contents", "file_text", "code",
			 "code_edit", "CodeEdit" },
	[FORM_DIFF] = { "diff", "patch" },
	[FORM_ALL] = { "replace_all", "replaceAll", "allow_multiple" },
};

enum form_key form_key(struct slice name)
{
	for (enum form_key key = FORM_PATH; key <= FORM_ALL; key++)
		for (size_t i = 0; form_key_name(key, i); i++)
			if (slice_is(name, keys[key][i]))
				return key;
	return FORM_NONE;
}

const char *form_key_name(enum form_key key, size_t n)
{
	return n < MAX_NAMES ? keys[key][n] : NULL;
}

/* Left-over marks */

/* "<|python_tag|>{...}<|eom_id|>", "[TOOL_CALLS][{...}]": special tokens around a
 * call that the server treated as text. */
struct slice form_bare(struct slice text)
{
	struct slice s = slice_trim(text), call = slice_from(s, slice_find(s, "|>"));
	size_t open = 0, end = s.n;

	if (slice_starts(s, "[TOOL_CALLS]"))
		return slice_trim(slice_from(s, 12));
	if (!slice_starts(s, "<|"))
		return s;
	call = slice_from(call, call.n ? 2 : 0);
	if (python_call_begins(call))
		return (struct slice){ call.p, slice_find(call, "<|") };
	while (open < s.n && s.p[open] != '{' && s.p[open] != '[')
		open++;
	while (end > open && s.p[end - 1] != '}' && s.p[end - 1] != ']')
		end--;
	return open < 200 && end > open ? (struct slice){ s.p + open, end - open } : s;
}

static bool edit_tag(struct slice line)
{
	static const char *const words[] = { "file",	 "edit",     "diff",   "patch", "replace",
					     "tool",	 "function", "invoke", "write", "insert_",
					     "execute_", "command",  NULL };
	struct slice s = slice_trim(line), name;

	if (slice_starts(s, "*** ") && slice_find(s, " File: ") < s.n)
		return true;
	if (slice_starts(s, "Action Input:") || slice_starts(s, "<\xef\xbd\x9ctool"))
		return true;
	if (!slice_starts(s, "<") || s.n < 3)
		return false;
	name = slice_from(s, 1);
	name.n = slice_word(name);
	if (name.n == 0 || name.n == s.n - 1 || !strchr("> =", s.p[1 + name.n]))
		return false;
	return slice_finds_any(name, words);
}

bool form_has_markup(struct slice prose)
{
	struct slice s = form_bare(prose);

	if (s.n > 2 && (slice_starts(s, "{") || slice_starts(s, "[{")) &&
	    strchr("}]", s.p[s.n - 1]) && slice_find(s, "\":") < s.n)
		return true; /* all of the prose is JSON */
	while (prose.n)
		if (edit_tag(slice_line(&prose)))
			return true;
	return false;
}
