/* Files in shell commands. A here-document (`cat > x.sv <<'EOF'`, or with tee)
 * contains a whole file and is read. Commands that change files in place (sed -i,
 * mv, patch, a Python script that writes) would have to be run, and nothing from a
 * model is run: shell_changes() recognises them, so the answer can be reported as
 * one that changes files in an unreadable way.
 *
 * This is not a shell: words, quotes and `<<` are searched line by line. A path
 * with a `$` is refused, not expanded.
 */
#include "config.h"

#include "session/answer/answer_shell.h"

#include <string.h>

#include "session/answer/answer_name.h"
#include "session/base/str.h"
#include "session/base/word_table.h"

bool shell_language(struct slice language)
{
	static const char *const names[] = { "bash",	   "sh",  "shell", "console",	    "zsh",
					     "powershell", "cmd", "bat",   "shell-session", "fish",
					     "terminal",   "ps1", NULL };

	return words_has_nocase(names, language.p, language.n);
}

static struct slice word_after(struct slice s)
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

/* "<< 'EOF'": the end mark. */
static bool reads_document(struct slice line, struct shell_document *d)
{
	size_t at = slice_find(line, "<<");
	struct slice s;

	if (at == line.n || slice_starts(slice_from(line, at), "<<<"))
		return false;
	s = slice_from(line, at + 2);
	d->tabs = slice_starts(s, "-");
	d->mark = word_after(d->tabs || slice_starts(s, "~") ? slice_from(s, 1) : s);
	return d->mark.n > 0;
}

/* "cat > x << 'EOF'", "cat <<EOF >x", "tee x << EOF": the file, and the end mark.
 * Appending (>>) is not accepted. */
static bool opens_document(struct slice line, struct shell_document *d)
{
	size_t to = slice_find(line, ">"), tee = slice_find(line, "tee ");

	if (slice_find(line, ">>") < line.n || slice_find(line, "tee -a") < line.n ||
	    (to == line.n && tee == line.n) || !reads_document(line, d))
		return false;
	d->path = word_after(slice_from(line, tee < line.n ? tee + 4 : to + 1));
	return d->path.n > 0 && memchr(d->path.p, '$', d->path.n) == NULL;
}

/* Takes the text of the document off *rest, with its end mark. */
static void take_document(struct slice *rest, struct shell_document *d)
{
	d->text = (struct slice){ rest->p, 0 };
	d->cut = true;
	while (rest->n && d->cut) {
		struct slice line = slice_line(rest);

		d->cut = !slice_equal(slice_trim(line), d->mark);
		d->text.n += d->cut ? line.n : 0;
	}
}

bool shell_document_in(struct slice command, struct slice *rest, struct slice *text)
{
	struct shell_document d;

	if (!reads_document(command, &d))
		return false;
	take_document(rest, &d);
	*text = d.text;
	return true;
}

bool shell_file(struct slice *rest, struct shell_document *d)
{
	while (rest->n)
		if (opens_document(slice_line(rest), d)) {
			take_document(rest, d);
			return true;
		}
	return false;
}

/* "awk ... > x.sv", "mv a.sv b.sv", "ed x.sv", "perl -0pi -e ..."; NULL: none of these. */
static const char *line_changes(struct slice line)
{
	static const char *const verbs[] = { "mv ", "git mv ", "rm ",	 "git rm ", "cp ",
					     "ed ", "ex ",     "patch ", NULL };
	struct slice s = slice_trim(line);
	size_t to = slice_find(s, ">");
	const char *verb;

	if (slice_starts(s, "$ "))
		s = slice_from(s, 2);
	if (slice_starts(s, "perl -") && slice_find(s, "i") < slice_find(s, " -e"))
		return "perl -i";
	if (slice_find(s, "&& mv ") < s.n)
		return "mv";
	if (to < line.n && to < s.n && name_is_verilog(word_after(slice_from(s, to + 1))))
		return ">";
	verb = slice_starts_any(s, verbs);
	return verb && name_is_verilog(word_after(slice_from(s, strlen(verb)))) ? verb : NULL;
}

const char *shell_changes(struct slice text)
{
	static const char *const words[] = {
		"sed -i",	    "perl -pi",	   "perl -i",		"patch -p", "git apply",
		"tee -a ",	    "Set-Content", "Add-Content",	"Out-File", ".write_text(",
		"fs.writeFileSync", "write_file(", "replace(file_path", NULL
	};
	const char *word = slice_finds_any(text, words);

	if (word)
		return word;
	if (slice_find(text, "open(") < text.n &&
	    (slice_find(text, "\"w\")") < text.n || slice_find(text, "'w')") < text.n))
		return "open(..., \"w\")";
	for (struct slice rest = text; rest.n;) {
		const char *how = line_changes(slice_line(&rest));

		if (how)
			return how;
	}
	return slice_find(text, "cat >>") < text.n || (slice_find(text, "echo ") < text.n &&
						       slice_find(text, " >> ") < text.n)
		       ? ">>"
		       : NULL;
}

/* "git apply fix.patch", "patch -p1 < fix.patch": not with a diff of its own. */
static bool applies_file(struct slice line)
{
	struct slice s = slice_trim(line);

	if (slice_starts(s, "$ "))
		s = slice_from(s, 2);
	return (slice_starts(s, "git apply ") || slice_starts(s, "patch ")) &&
	       slice_find(s, "<<") == s.n;
}

bool shell_loses(struct slice commands)
{
	struct str others = STR_INIT;
	struct shell_document d;
	bool yes;

	while (commands.n) {
		struct slice line = slice_line(&commands);

		if (opens_document(line, &d))
			take_document(&commands, &d);
		else if (!applies_file(line))
			str_add(&others, line.p, line.n);
	}
	yes = shell_changes((struct slice){ str_cstr(&others), others.len }) != NULL;
	str_free(&others);
	return yes;
}
