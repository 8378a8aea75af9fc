/* Models name a block's file in many ways, and write many words that look like a file
 * name.
 *
 * In an info string a path is a word that looks like one or follows a key such as file=.
 * In a line of prose only known extensions count, so "e.g." and "u0.full" are not files;
 * a line with two different names gives none. A line is GIVEN a file if its other words
 * only announce a name ("File:", "Save this as"), and otherwise MENTIONED, which is
 * weaker: the sentence may be about another file. A path that leads out of the project is
 * still recognised, because otherwise it could not be refused.
 */
#include "config.h"

#include "session/answer/answer_name.h"

#include <string.h>

#include "session/base/str.h"
#include "session/base/utf8.h"

#define MAX_PATH_LEN	  1000
#define MAX_COMMENT_LINES 12
#define MAX_LINE_LEN	  2000 /* a longer line names no file */

static const char *const verilog_endings[] = { "v", "sv", "vh", "svh" };

/* Extensions that count in a sentence, where "e.g." and "u0.full" are not files. */
static const char *const other_endings[] = {
	"c",	"cc",	"cfg", "cpp", "csv", "f",    "gtkw", "h",   "hex",  "hpp", "ini",
	"json", "lpf",	"mem", "md",  "mk",  "pcf",  "py",   "qsf", "rst",  "sdc", "sh",
	"tcl",	"toml", "txt", "ucf", "vhd", "vhdl", "vlt",  "xdc", "yaml", "yml",
};

static bool one_of(struct slice s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_is_nocase(s, list[i]))
			return true;
	return false;
}

#define ONE_OF(s, list) one_of(s, list, sizeof(list) / sizeof((list)[0]))

static struct slice base_name(struct slice path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/' || path.p[i - 1] == '\\')
			return slice_from(path, i);
	return path;
}

static struct slice ending(struct slice path)
{
	struct slice base = base_name(path);

	for (size_t i = base.n; i > 0; i--)
		if (base.p[i - 1] == '.')
			return slice_from(base, i);
	return slice_from(base, base.n);
}

struct slice name_stem(struct slice path)
{
	struct slice base = base_name(path);
	struct slice end = ending(path);

	if (end.n && end.n < base.n)
		base.n -= end.n + 1;
	return base;
}

bool name_is_verilog(struct slice path)
{
	return ONE_OF(ending(path), verilog_endings);
}

bool name_is_header(struct slice path)
{
	struct slice e = ending(path);

	return slice_is_nocase(e, "vh") || slice_is_nocase(e, "svh");
}

static bool known_file(struct slice s)
{
	struct slice base = base_name(s), end = ending(s);

	/* Each word of an answer comes here, and few have a dot: that is asked first. */
	if (end.n > 0 && end.n < base.n && name_stem(s).n > 0 &&
	    (name_is_verilog(s) || ONE_OF(end, other_endings)))
		return true;
	return slice_is_nocase(base, "makefile");
}

/* True for a path that leads out of the project; it must be recognised to be refused. */
static bool leads_out(struct slice s)
{
	return s.n > 1 &&
	       (slice_starts(s, "../") || slice_starts(s, "..\\") || slice_starts(s, "~/") ||
		(s.p[0] == '.' && s.p[1] != '/' && memchr(s.p, '/', s.n)) ||
		(s.p[0] == '/' && s.p[1] != '/' && s.p[1] != '*'));
}

static bool path_like(struct slice s)
{
	if (s.n == 0 || s.n > MAX_PATH_LEN || slice_starts(s, "//"))
		return false;
	return known_file(s) || leads_out(s) ||
	       (memchr(s.p, '/', s.n) && ending(s).n > 0 && base_name(s).n > 0 &&
		slice_find(s, "://") == s.n);
}

static bool path_byte(char c)
{
	return slice_word((struct slice){ &c, 1 }) == 1 || c == '.' || c == '/' || c == '-' ||
	       c == '+' || c == '~' || c == '\\' || (unsigned char)c >= 0x80;
}

static bool drive(struct slice s)
{
	return s.n > 2 && ((s.p[0] >= 'A' && s.p[0] <= 'Z') || (s.p[0] >= 'a' && s.p[0] <= 'z')) &&
	       s.p[1] == ':' && (s.p[2] == '\\' || s.p[2] == '/') &&
	       !(s.n > 3 && s.p[2] == '/' && s.p[3] == '/');
}

bool name_has_drive(const char *path)
{
	return drive(slice_of(path));
}

char *name_normalize(struct slice path)
{
	struct str s = STR_INIT;

	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] == '\\' && i + 1 < path.n && strchr("_*-.+~", path.p[i + 1]) &&
		    slice_find(path, "\\..") == path.n)
			continue;
		str_addc(&s, path.p[i] == '\\' ? '/' : path.p[i]);
	}
	return str_take(&s);
}

bool name_is_verilog_language(struct slice language)
{
	static const char *const names[] = {
		"",    "verilog", "systemverilog", "sv",  "v",	       "svh",  "vh",
		"hdl", "rtl",	  "text",	   "txt", "plaintext", "code", "suggestion"
	};
	struct slice s = language;

	while (s.n && strchr("0123456789-_ .", s.p[s.n - 1])) /* a year after it */
		s.n--;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is_nocase(language, names[i]) || (i && slice_is_nocase(s, names[i])))
			return true;
	return slice_is_nocase(s, "system-verilog") || slice_is_nocase(s, "system verilog") ||
	       slice_is_nocase(s, "verilog-hdl");
}

/* Info strings */

static bool in(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static struct slice strip(struct slice s, const char *set)
{
	while (s.n && in(s.p[0], set))
		s = slice_from(s, 1);
	while (s.n && in(s.p[s.n - 1], set))
		s.n--;
	return s;
}

static struct slice quoted(struct slice *rest)
{
	char quote = rest->p[0];
	const char *end = memchr(rest->p + 1, quote, rest->n - 1);
	struct slice s = slice_from(*rest, 1);

	if (end)
		s.n = (size_t)(end - s.p);
	*rest = slice_from(*rest, s.n + 1 + (end != NULL));
	return s;
}

static struct slice take_token(struct slice *rest)
{
	struct slice s;

	*rest = slice_from(*rest, slice_indent(*rest));
	if (rest->n && (rest->p[0] == '"' || rest->p[0] == '\''))
		return quoted(rest);
	s = *rest;
	for (s.n = 0; s.n < rest->n && !in(rest->p[s.n], " \t=\"'"); s.n++)
		;
	*rest = slice_from(*rest, s.n);
	return s;
}

static bool path_key(struct slice key)
{
	static const char *const keys[] = { "title",	"filename", "file", "path",
					    "filepath", "name",	    "src" };

	return ONE_OF(key, keys);
}

/* "12:18:rtl/x.sv", as some editors name lines of a file: the path; empty: other text. */
static struct slice after_range(struct slice t)
{
	for (int i = 0; i < 2; i++) {
		size_t n = 0;

		while (n < t.n && t.p[n] >= '0' && t.p[n] <= '9')
			n++;
		if (n == 0 || n == t.n || t.p[n] != ':')
			return (struct slice){ t.p, 0 };
		t = slice_from(t, n + 1);
	}
	return t;
}

/* The file of "rtl/x.sv:9-12", "rtl/x.sv:9" or "rtl/x.sv#L9-L12". */
static struct slice before_range(struct slice t)
{
	struct slice file = t;

	while (file.n && in(file.p[file.n - 1], "0123456789-L"))
		file.n--;
	if (file.n < 2 || file.n == t.n || !in(file.p[file.n - 1], ":#"))
		return t;
	file.n--;
	return path_like(file) ? file : t;
}

void name_from_info(struct slice info, struct slice *language, struct slice *path)
{
	static const char marks[] = "{}()[],;:*`<>.#";
	struct slice none = { info.p, 0 };
	bool first = true;

	*language = *path = none;
	if (info.n > MAX_LINE_LEN)
		return;
	while (info = slice_from(info, slice_indent(info)), info.n) {
		struct slice t = take_token(&info);
		const char *colon;

		if (info.n && info.p[0] == '=') {
			struct slice value;

			info = slice_from(info, 1);
			value = take_token(&info);
			t = path_key(strip(t, marks)) ? value : none;
		} else if (first && drive(t)) {
			;
		} else if (first && t.n && t.p[0] >= '0' && t.p[0] <= '9' && after_range(t).n) {
			t = after_range(t);
		} else if (first && (colon = t.n ? memchr(t.p, ':', t.n) : NULL) &&
			   path_like((struct slice){ t.p, (size_t)(colon - t.p) })) {
			t.n = (size_t)(colon - t.p);
		} else if (first && colon) {
			*language = strip((struct slice){ t.p, (size_t)(colon - t.p) }, marks);
			t = slice_from(t, (size_t)(colon - t.p) + 1);
		} else if (first && (!path_like(t) || slice_is(t, "makefile"))) {
			*language = strip(t, marks);
			t = none;
		}
		first = false;
		t = before_range(strip(t, "{}()[],;:*`<>#"));
		if (path->n == 0 && path_like(t))
			*path = t;
	}
}

/* Lines above a block */

/* Words that only announce a file name. */
static bool says_file(struct slice word)
{
	static const char *const words[] = {
		"file",	     "filename", "path",   "name",     "new",	 "modified", "updated",
		"update",    "changed",	 "create", "edit",     "step",	 "source",   "module",
		"testbench", "design",	 "rtl",	   "tb",       "strong", "b",	     "code",
		"h1",	     "h2",	 "h3",	   "h4",       "datei",	 "fichier",  "archivo",
		"arquivo",   "文件",	 "文件名", "ファイル", "файл"
	};

	return ONE_OF(word, words);
}

static size_t foreign_length(struct slice s)
{
	size_t n = 1;

	while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* Letters of scripts that put no blanks between words, and symbols: a name in a
 * sentence ends there. Latin, Greek and Cyrillic letters may continue a name. */
static bool foreign_byte(char c)
{
	return (unsigned char)c >= 0xe0;
}

/* Without Markdown's other emphasis: "__rtl/x.sv__". */
static struct slice without_emphasis(struct slice t)
{
	while (t.n > 2 && t.p[0] == '_' && t.p[t.n - 1] == '_')
		t = (struct slice){ t.p + 1, t.n - 2 };
	return t;
}

/* The ASCII name in t without such characters around it: "tb/x.v" for
 * "以下是tb/x.v的内容". A name in such a script counts only if it is all of t. */
static struct slice ascii_name(struct slice t)
{
	struct slice best = { t.p, 0 };

	if (path_like(t) && known_file(t))
		best = t;
	for (size_t i = 0; i < t.n;) {
		struct slice run = slice_from(t, i);

		run.n = 0;
		while (i + run.n < t.n && !foreign_byte(t.p[i + run.n]))
			run.n++;
		i += run.n ? run.n : foreign_length(slice_from(t, i));
		run = strip(run, "-");
		while (run.n && run.p[run.n - 1] == '.')
			run.n--;
		if (run.n < t.n && path_like(run))
			return run;
	}
	return best.n ? best : t;
}

static bool sign(unsigned cp)
{
	return (cp >= 0x2000 && cp < 0x2c00) || (cp >= 0x3000 && cp <= 0x3020) ||
	       (cp >= 0xfe00 && cp <= 0xfe0f) || (cp >= 0xff00 && cp <= 0xff20) || cp >= 0x1f000;
}

/* True for symbols only ("：", a pictogram), possibly with a word that only
 * announces a name. */
static bool says_nothing(struct slice s)
{
	struct slice word = { s.p, 0 };
	bool began = false;

	for (size_t i = 0; i < s.n;) {
		unsigned cp = 0;
		size_t n = utf8_decode(s.p + i, s.n - i, &cp);

		n = n ? n : 1;
		if (!sign(cp)) {
			word.p = began ? word.p : s.p + i;
			began = true;
			word.n = (size_t)(s.p + i + n - word.p);
		}
		i += n;
	}
	word = strip(word, "-+./~0123456789");
	return word.n == 0 || says_file(word);
}

enum name_kind name_from_line(struct slice line, struct slice *path)
{
	size_t others = 0;

	*path = slice_from(line, line.n);
	line = slice_trim(line);
	if (line.n > MAX_LINE_LEN)
		return NAME_NONE;
	for (size_t i = 0; i < line.n;) {
		struct slice t = { line.p + i, 0 }, whole;
		bool tag = i > 0 && line.p[i - 1] == '<'; /* </details> */

		if (drive(slice_from(line, i)) && (i == 0 || !path_byte(line.p[i - 1])))
			t.n = 2;
		while (i + t.n < line.n && path_byte(line.p[i + t.n]))
			t.n++;
		i += t.n ? t.n : 1;
		while (t.n && in(t.p[t.n - 1], ".-"))
			t.n--;
		t = without_emphasis(t);
		whole = t;
		t = ascii_name(t);
		others += !says_nothing((struct slice){ whole.p, (size_t)(t.p - whole.p) });
		others += !says_nothing(slice_from(whole, (size_t)(t.p - whole.p) + t.n));
		if (path_like(t) && !(tag && t.p[0] == '/')) {
			if (path->n && (path->n != t.n || memcmp(path->p, t.p, t.n) != 0)) {
				path->n = 0;
				return NAME_NONE;
			}
			*path = t;
		} else {
			others += !says_nothing(t);
		}
	}
	if (path->n == 0)
		return NAME_NONE;
	return others == 0 ? NAME_GIVEN : NAME_MENTIONED;
}

/* The comment at the start of a block */

static bool comment_text(struct slice line, bool *within, struct slice *text)
{
	line = slice_trim(line);
	if (!*within && !slice_starts(line, "//") && !slice_starts(line, "/*") &&
	    !slice_starts(line, "#") && !slice_starts(line, "--"))
		return false;
	if (slice_starts(line, "/*"))
		*within = true;
	if (slice_find(line, "*/") < line.n)
		*within = false;
	*text = slice_trim(strip(line, "/*#-= \t!"));
	return true;
}

static bool path_then_nothing(struct slice s, struct slice *path)
{
	struct slice t = s;

	t.n = 0;
	if (s.n && in(s.p[0], "`\"'<")) {
		s = slice_from(s, 1);
		t = (struct slice){ s.p, 0 };
	}
	while (t.n < s.n && path_byte(s.p[t.n]))
		t.n++;
	s = slice_trim(slice_from(s, t.n));
	if (!path_like(t) || (s.n && (slice_word(s) > 0 || s.p[0] == '.')))
		return false;
	*path = t;
	return true;
}

bool name_from_comment(struct slice code, struct slice *path)
{
	bool within = false, first = true;

	for (int i = 0; i < MAX_COMMENT_LINES && code.n; i++) {
		struct slice line = slice_line(&code), text, key;

		if (slice_blank(line))
			continue;
		if (line.n > MAX_LINE_LEN || !comment_text(line, &within, &text))
			return false;
		if (text.n == 0)
			continue;
		key = (struct slice){ text.p, slice_word(text) };
		if (slice_is_nocase(key, "file") || slice_is_nocase(key, "filename") ||
		    slice_is_nocase(key, "filepath") || slice_is_nocase(key, "path")) {
			struct slice rest = slice_trim(slice_from(text, key.n));

			if (slice_starts(rest, "name"))
				rest = slice_trim(slice_from(rest, 4));
			if (rest.n && in(rest.p[0], ":=") &&
			    path_then_nothing(slice_trim(slice_from(rest, 1)), path))
				return true;
		}
		/* Trimming removed the leading slash of an absolute path; a path
		 * that leads out is refused later anyway. */
		if (first && path_then_nothing(text, path))
			return true;
		first = false;
	}
	return false;
}
