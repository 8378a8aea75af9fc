/* Commands in a README or another text in Markdown: a hint for a project that says
 * nothing else about itself.
 *
 *     ```sh                                    a fence; one that names another language,
 *     $ cd sim                                 as ```verilog, is passed over
 *     $ iverilog -g2012 -I ../inc -o tb \
 *         ../rtl/alu.v alu_tb.v
 *     PASS                                     output, if a line of the fence has a prompt
 *     ```
 *
 * An indented block is like a fence. What is left is shell text with the lines where
 * they were; of it, only `cd`, `export` and calls of tools count. A file that is named
 * and not there is no news: such texts describe any machine.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/base/word_table.h"
#include "session/manifest/manifest_inner.h"

static bool is_shell(const char *tag, size_t len)
{
	static const char *const tags[] = { "",	     "sh",	"bash", "shell", "console",
					    "zsh",   "text",	"txt",	"plain", "cmd",
					    "batch", "session", NULL };

	return words_has_nocase(tags, tag, len);
}

struct page {
	const char *at, *end; /* of the line */
	bool fenced, shell, prompts;
	char mark;    /* of the fence */
	bool goes_on; /* the last kept line ended in a backslash */
	struct str out;
};

/* Length of "$ ", "> " or "% " at the start of a command; 0: there is none. */
static size_t prompt(const char *s, const char *end)
{
	return end - s > 2 && strchr("$>%", s[0]) && s[1] == ' ' ? 2 : 0;
}

/* True if a line of the fence that starts behind this one has a prompt. */
static bool has_prompts(const char *at, const char *text_end, char mark)
{
	const char fence[] = { mark, mark, mark, '\0' };

	while (at < text_end) {
		const char *end = memchr(at, '\n', (size_t)(text_end - at));

		end = end ? end : text_end;
		while (at < end && isblank((unsigned char)*at))
			at++;
		if (end - at >= 3 && memcmp(at, fence, 3) == 0)
			return false;
		if (prompt(at, end))
			return true;
		at = end + 1;
	}
	return false;
}

/* True for a line that opens or closes a fence. */
static bool fence(struct page *p, const char *s, const char *text_end)
{
	bool marks = p->end - s >= 3 && (*s == '`' || *s == '~') && s[1] == *s && s[2] == *s;
	const char *tag = s;
	size_t n = 0;

	if (!marks || (p->fenced && *s != p->mark))
		return false;
	while (tag < p->end && *tag == *s)
		tag++;
	while (tag < p->end && isblank((unsigned char)*tag))
		tag++;
	while (tag + n < p->end && (isalnum((unsigned char)tag[n]) || tag[n] == '+'))
		n++;
	p->fenced = !p->fenced;
	p->mark = *s;
	p->shell = is_shell(tag, n);
	p->prompts = p->fenced && p->shell && has_prompts(p->end + 1, text_end, *s);
	p->goes_on = false;
	return true;
}

static void keep(struct page *p, const char *s)
{
	const char *end = p->end;
	size_t n = prompt(s, end);

	if (p->prompts && !n && !p->goes_on)
		return;
	s += p->goes_on ? 0 : n;
	while (end > s && isspace((unsigned char)end[-1]))
		end--;
	str_add(&p->out, s, (size_t)(end - s));
	p->goes_on = end > s && end[-1] == '\\';
}

/* True if a call of a tool may be in the line. */
static bool is_command(const char *s, size_t len)
{
	static const char *const words[] = { "cd ",   "export ", "iverilog", "verilator",
					     "vlog",  "vcs",	 "xrun",     "yosys",
					     "slang", "sv2v",	 "xvlog" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (memmem(s, len, words[i], strlen(words[i])))
			return true;
	return false;
}

bool manifest_read_readme(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct page p = { .out = STR_LIMIT(MANIFEST_MAX_TEXT) };
	const char *text_end = text + len;

	for (p.at = text; p.at < text_end; p.at = p.end + 1) {
		const char *s = p.at;

		p.end = memchr(p.at, '\n', (size_t)(text_end - p.at));
		p.end = p.end ? p.end : text_end;
		while (s < p.end && isblank((unsigned char)*s))
			s++;
		str_addc(&p.out, '\n'); /* the shell counts the lines from 0 */
		if (fence(&p, s, text_end))
			continue;
		if (p.fenced ? p.shell : s - p.at >= 4 || *p.at == '\t' || p.goes_on) {
			if (p.goes_on || is_command(s, (size_t)(p.end - s)))
				keep(&p, s);
		}
	}
	r->quiet = true;
	reading_command(r, str_cstr(&p.out));
	r->quiet = false;
	reading_commands_end(r);
	str_free(&p.out);
	return true;
}
