/* Detects code in an answer from which no file was read. Models wrap code in JSON
 * strings, HTML, quotes or base64. Guessing a file from these would too often be
 * wrong, so they are only recognised; the caller then reports code in an unreadable
 * form instead of "no code".
 *
 * A module counts if its header is complete (name, parameters, ports, `;`), an
 * `endmodule` follows and no `...` is in between; tags and escaped line endings are
 * skipped. JSON counts if a key is the name of a Verilog file, or if it has one key
 * for a path and one for a text. All scans are bounded (MAX_*), because prose may
 * be full of braces.
 */
#include "config.h"

#include "session/answer/answer_hidden.h"

#include <string.h>

#include "session/answer/answer_form.h"
#include "session/answer/answer_name.h"

#define MAX_LOOKS 200	/* headers and objects that are examined */
#define MAX_HEAD  20000 /* bytes of each */
#define MAX_TAG	  200

/* Modules ------------------------------------------------------------------------------- */

/* Skips tags, and line endings as written in strings. */
static struct slice skip_gap(struct slice s)
{
	while (s.n) {
		size_t n = slice_indent(s);
		const char *end;

		if (n == 0 && strchr("\r\n`*", s.p[0]))
			n = 1;
		if (n == 0 && s.n > 1 && s.p[0] == '\\' && strchr("nrt", s.p[1]))
			n = 2;
		if (n == 0 && s.n > 1 && s.p[0] == '<' &&
		    (s.p[1] == '/' || slice_word(slice_from(s, 1)))) {
			end = memchr(s.p, '>', s.n < MAX_TAG ? s.n : MAX_TAG);
			n = end ? (size_t)(end - s.p) + 1 : 0;
		}
		if (n == 0)
			break;
		s = slice_from(s, n);
	}
	return s;
}

/* The text after the brackets that s begins with; empty if they are not closed. */
static struct slice skip_brackets(struct slice s)
{
	size_t depth = 0, most = s.n < MAX_HEAD ? s.n : MAX_HEAD;

	for (size_t i = 0; i < most; i++) {
		depth += s.p[i] == '(';
		if (s.p[i] == ')' && --depth == 0)
			return slice_from(s, i + 1);
	}
	return slice_from(s, s.n);
}

/* True if a header follows "module": name, parameters, ports, ";". */
static bool is_head(struct slice s, struct slice *name)
{
	struct slice after = skip_gap(s);

	if (after.p == s.p)
		return false;
	*name = (struct slice){ after.p, slice_word(after) };
	if (name->n == 0 || (name->p[0] >= '0' && name->p[0] <= '9'))
		return false;
	s = skip_gap(slice_from(after, name->n));
	if (s.n && s.p[0] == '#')
		s = skip_gap(skip_brackets(skip_gap(slice_from(s, 1))));
	if (s.n && s.p[0] == '(')
		s = skip_gap(skip_brackets(s));
	return s.n && s.p[0] == ';';
}

/* True at the start of a word; the n of \n is not part of a word. */
static bool begins_word(struct slice text, size_t at)
{
	return at == 0 || slice_word((struct slice){ text.p + at - 1, 1 }) == 0 ||
	       (at > 1 && text.p[at - 2] == '\\' && strchr("nrt", text.p[at - 1]));
}

struct slice hidden_module(struct slice text)
{
	struct slice rest = text, name;

	for (size_t n = 0; n < MAX_LOOKS; n++) {
		size_t at = slice_find(rest, "module"), end;
		struct slice after;

		if (at == rest.n)
			break;
		after = slice_from(rest, at + strlen("module"));
		if (begins_word(text, (size_t)(rest.p - text.p) + at) && is_head(after, &name)) {
			end = slice_find(after, "endmodule");
			after.n = end < after.n ? end : 0;
			if (after.n && slice_find(after, "...") == after.n &&
			    slice_find(after, "\xe2\x80\xa6") == after.n)
				return name;
		}
		rest = slice_from(rest, at + strlen("module"));
	}
	return (struct slice){ text.p, 0 };
}

/* JSON ---------------------------------------------------------------------------------- */

/* The quoted string at the start of s, with either kind of quotes; empty: none, or
 * not closed. */
static struct slice quoted(struct slice s)
{
	for (size_t i = 1; i < s.n && strchr("\"'", s.p[0]); i += s.p[i] == '\\' ? 2 : 1)
		if (s.p[i] == s.p[0])
			return (struct slice){ s.p + 1, i - 1 };
	return (struct slice){ s.p, 0 };
}

static struct slice skip_blanks(struct slice s)
{
	while (s.n && strchr(" \t\r\n", s.p[0]))
		s = slice_from(s, 1);
	return s;
}

/* Results of scanning an object. */
struct seen {
	bool keyed, named; /* a key is a Verilog file; or the value of a path key is one */
	bool path, text;   /* there are keys for a path and for a file's text */
};

static void see(struct seen *seen, struct slice key, struct slice after)
{
	enum form_key kind = form_key(key);

	after = skip_blanks(after);
	if (after.n == 0 || after.p[0] != ':')
		return;
	seen->keyed |= name_is_verilog(key);
	seen->path |= kind == FORM_PATH;
	seen->text |= kind != FORM_PATH && kind != FORM_NONE;
	if (kind == FORM_PATH)
		seen->named |= name_is_verilog(quoted(skip_blanks(slice_from(after, 1))));
}

/* Reads the object *s up to its end or the end of the text. */
static enum hidden_json scan(struct slice *s, struct seen *seen)
{
	size_t depth = 0;

	while (s->n) {
		struct slice word = quoted(*s);
		size_t n = 1;

		if (strchr("\"'", s->p[0])) {
			n = word.n + 2;
			if (word.p == s->p)
				break; /* the string is cut off */
			see(seen, word, slice_from(*s, n));
		}
		depth += s->p[0] == '{' || s->p[0] == '[';
		depth -= s->p[0] == '}' || s->p[0] == ']';
		*s = slice_from(*s, n);
		if (depth == 0)
			return HIDDEN_BROKEN;
	}
	*s = slice_from(*s, s->n);
	return HIDDEN_CUT;
}

enum hidden_json hidden_json(struct slice text)
{
	for (size_t n = 0; text.n && n < MAX_LOOKS; n++) {
		const char *open = memchr(text.p, '{', text.n);
		struct slice inner;
		struct seen seen = { 0 };
		enum hidden_json found;

		if (!open)
			break;
		text = slice_from(text, (size_t)(open - text.p));
		inner = skip_blanks(slice_from(text, 1));
		if (inner.n == 0 || !strchr("\"'", inner.p[0])) {
			text = slice_from(text, 1);
			continue;
		}
		found = scan(&text, &seen);
		if (seen.keyed || (seen.path && seen.text) || (seen.named && found == HIDDEN_CUT))
			return found;
	}
	return HIDDEN_NONE;
}

/* Base64 -------------------------------------------------------------------------------- */

bool hidden_base64(struct slice text)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	bool named = false, encoded = false;
	struct slice path;

	while (text.n) {
		struct slice line = slice_line(&text), word;

		named |= name_from_line(line, &path) != NAME_NONE && name_is_verilog(path);
		while ((word = slice_token(&line)).n) {
			size_t n = 0, upper = 0;

			for (; n < word.n && word.p[n] && strchr(digits, word.p[n]); n++)
				upper += word.p[n] >= 'A' && word.p[n] <= 'Z';
			encoded |= word.n >= 60 && n == word.n && upper > 5;
		}
	}
	return named && encoded;
}
