#include "config.h"

#include "session/answer/answer_shell.h"

#include <string.h>

bool shell_language(struct slice language)
{
	static const char *const names[] = { "bash",	      "sh",	    "shell",	"console",
					     "zsh",	      "powershell", "cmd",	"bat",
					     "shell-session", "fish",	    "terminal", "ps1" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is_nocase(language, names[i]))
			return true;
	return false;
}

static struct slice word_behind(struct slice s)
{
	struct slice w;
	size_t n = 0;

	s = slice_from(s, slice_indent(s));
	if (s.n && (s.p[0] == '"' || s.p[0] == '\'')) {
		const char *end = memchr(s.p + 1, s.p[0], s.n - 1);

		return end ? (struct slice){ s.p + 1, (size_t)(end - s.p) - 1 }
			   : slice_from(s, s.n);
	}
	while (n < s.n && !strchr(" \t\r\n<>|;&", s.p[n]))
		n++;
	w = (struct slice){ s.p, n };
	return w;
}

/* "cat > x << 'EOF'", "cat <<EOF >x", "tee x << EOF": the file, and the word that
 * ends it. What is appended is no file. */
static bool opens_document(struct slice line, struct slice *path, struct slice *mark)
{
	size_t at = slice_find(line, "<<"), to, tee = slice_find(line, "tee ");
	struct slice s;

	if (at == line.n || slice_find(line, ">>") < line.n ||
	    slice_find(line, "tee -a") < line.n || slice_starts(slice_from(line, at), "<<<"))
		return false;
	s = slice_from(line, at + 2);
	*mark = word_behind(slice_starts(s, "-") || slice_starts(s, "~") ? slice_from(s, 1) : s);
	to = slice_find(line, ">");
	if (to == line.n && tee == line.n)
		return false;
	*path = word_behind(slice_from(line, to < line.n ? to + 1 : tee + 4));
	return mark->n > 0 && path->n > 0 && memchr(path->p, '$', path->n) == NULL;
}

bool shell_file(struct slice *rest, struct slice *path, struct slice *text, bool *cut)
{
	struct slice mark;

	while (rest->n)
		if (opens_document(slice_line(rest), path, &mark)) {
			*text = (struct slice){ rest->p, 0 };
			*cut = true;
			while (rest->n && *cut) {
				struct slice line = slice_line(rest), s = slice_trim(line);

				*cut = !(s.n == mark.n && memcmp(s.p, mark.p, s.n) == 0);
				text->n += *cut ? line.n : 0;
			}
			return true;
		}
	return false;
}

const char *shell_changes(struct slice text)
{
	static const char *const words[] = { "sed -i",		 "perl -pi",	     "perl -i",
					     "patch -p",	 "git apply",	     "tee -a ",
					     "Set-Content",	 "Add-Content",	     "Out-File",
					     ".write_text(",	 "fs.writeFileSync", "write_file(",
					     "replace(file_path" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_find(text, words[i]) < text.n)
			return words[i];
	if (slice_find(text, "open(") < text.n &&
	    (slice_find(text, "\"w\")") < text.n || slice_find(text, "'w')") < text.n))
		return "open(..., \"w\")";
	return slice_find(text, "cat >>") < text.n || (slice_find(text, "echo ") < text.n &&
						       slice_find(text, " >> ") < text.n)
		       ? ">>"
		       : NULL;
}
