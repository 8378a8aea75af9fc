/* Collects comments and finds the one that belongs to a line. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/mem.h"
#include "session/graph/graph_reader.h"

#define ABOVE_MAX 12 /* lines read of a comment above an item */

static bool is_mark(char c)
{
	return c && strchr("/*-=#! \t\r\n", c);
}

/* The marker of an editor's fold. */
static bool is_fold(const char *s)
{
	return memcmp(s, "{{{", 3) == 0 || memcmp(s, "}}}", 3) == 0;
}

static void trim(const char *raw, struct graph_comment *c)
{
	size_t n = 1;

	while (c->len && n) {
		const char *s = raw + c->off;

		n = is_mark(*s) ? 1 : c->len >= 3 && is_fold(s) ? 3 : 0;
		c->off += n;
		c->len -= n;
	}
	for (n = 1; c->len && n; c->len -= n) {
		const char *end = raw + c->off + c->len;

		n = is_mark(end[-1]) ? 1 : c->len >= 3 && is_fold(end - 3) ? 3 : 0;
	}
	if (c->len && raw[c->off] == '`') /* a directive that is commented out */
		c->len = 0;
}

static int lines_in(const char *s, size_t len)
{
	int n = 0;

	for (size_t i = 0; i < len; i++)
		n += s[i] == '\n';
	return n;
}

void graph_comments_init(struct graph_comments *c, const char *raw, size_t len)
{
	enum vlex_state state = VLEX_CODE;
	int line = 1, code_line = 0;

	*c = (struct graph_comments){ .raw = raw };
	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(raw, len, off, &state);
		int more = t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT
				   ? lines_in(raw + t.off, t.len)
				   : 0;

		if (t.kind == VTOKEN_COMMENT) {
			MEM_ROOM(c->v, c->n, c->cap);
			c->v[c->n] = (struct graph_comment){ line, line + more, t.off, t.len,
							     code_line != line };
			trim(raw, &c->v[c->n++]);
		} else if (t.kind != VTOKEN_SPACE) {
			more = lines_in(raw + t.off, t.len);
			code_line = line + more;
		}
		line += more;
		off = t.off + t.len;
	}
}

void graph_comments_fini(struct graph_comments *c)
{
	free(c->v);
	*c = (struct graph_comments){ 0 };
}

/* The first comment that ends at line or below. */
static size_t first_at(const struct graph_comments *c, int line)
{
	size_t lo = 0, hi = c->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (c->v[mid].end_line < line)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void add(const struct graph_comments *c, size_t i, struct str *out)
{
	const char *s = c->raw + c->v[i].off;

	if (out->len && c->v[i].len)
		str_addc(out, ' ');
	for (size_t k = 0; k < c->v[i].len; k++)
		str_addc(out, (unsigned char)s[k] < ' ' ? ' ' : s[k]);
}

/* The first of the comments that end at i and touch the line below. lines: how far up. */
static size_t block_above(const struct graph_comments *c, size_t i, int line, int lines)
{
	int want = line - 1;

	for (; i > 0 && c->v[i - 1].alone && c->v[i - 1].end_line == want && line - want < lines;
	     i--)
		want = c->v[i - 1].line - 1;
	return i;
}

static char *take(struct str *out)
{
	return out->len ? str_take(out) : (str_free(out), mem_strdup(""));
}

char *graph_comment_of(const struct graph_comments *c, int line, bool above_only)
{
	struct str out = STR_LIMIT(GRAPH_DOC_MAX);
	size_t i = first_at(c, line);

	for (size_t k = i; !above_only && k < c->n && c->v[k].line == line; k++)
		if (!c->v[k].alone)
			add(c, k, &out);
	for (size_t k = out.len ? i : block_above(c, i, line, ABOVE_MAX); k < i; k++)
		add(c, k, &out);
	return take(&out);
}

/* File headers ---------------------------------------------------------------------------- */

/* True for a line that begins the licence or history part of a file header. */
static bool ends_head(const char *line, size_t len)
{
	static const char *const words[] = { "copyright", "author",	 "license", "licence",
					     "spdx",	  "redistribut", "$log",    "$id",
					     "revision",  "history",	 "to do:",  "todo" };
	char *lower = mem_strndup(line, len);
	bool ends = false;

	for (char *c = lower; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words) && !ends; i++)
		ends = strstr(lower, words[i]) != NULL;
	free(lower);
	return ends;
}

/* True for a line that describes the file, not its contents. */
static bool is_label(const char *line, size_t len)
{
	static const char *const labels[] = {
		"file:",     "filename:", "file name:",	 "project:",	 "creator:",
		"engineer:", "company:",  "create date", "design name:", "module name:"
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (strlen(labels[i]) <= len &&
		    strncasecmp(line, labels[i], strlen(labels[i])) == 0)
			return true;
	return false;
}

/* Adds the lines of one comment. False: the rest of it is about something else. */
static bool add_lines(const char *s, size_t len, struct str *out)
{
	for (const char *end = s + len; s < end;) {
		const char *lf = memchr(s, '\n', (size_t)(end - s));
		struct graph_comment line = { .len = (size_t)((lf ? lf : end) - s) };

		trim(s, &line);
		if (ends_head(s + line.off, line.len))
			return false;
		if (is_label(s + line.off, line.len))
			line.len = 0;
		if (out->len && line.len)
			str_addc(out, ' ');
		for (size_t i = 0; i < line.len; i++)
			str_addc(out, (unsigned char)s[line.off + i] < ' ' ? ' ' : s[line.off + i]);
		s = lf ? lf + 1 : end;
	}
	return !out->full;
}

/* Adds the first block of comments with useful text that ends above line. */
static void add_head(const struct graph_comments *c, int line, struct str *out)
{
	size_t had = out->len;
	int want = 0;
	bool over = false; /* ignore the rest of this block */

	for (size_t i = 0; i < c->n && c->v[i].alone && c->v[i].end_line < line; i++) {
		if (c->v[i].line > want + 1) {
			if (out->len > had)
				break;
			over = false;
		}
		over = over || !add_lines(c->raw + c->v[i].off, c->v[i].len, out);
		want = c->v[i].end_line;
	}
}

/* The block above the module up to its licence. With whole_file also the head of the
 * file, which says more than a remark above the ports does. */
char *graph_comment_module(const struct graph_comments *c, int line, bool whole_file)
{
	struct str out = STR_LIMIT(GRAPH_DOC_MAX);
	size_t end = first_at(c, line), first = block_above(c, end, line, line);

	for (size_t i = first; i < end; i++)
		if (!add_lines(c->raw + c->v[i].off, c->v[i].len, &out))
			break;
	if (whole_file)
		add_head(c, first < end ? c->v[first].line : line, &out);
	return take(&out);
}
