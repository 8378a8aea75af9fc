/* The cursor of the YAML reader. It is either inside a line or at the first
 * character of the next line with content, whose column determines what it
 * belongs to. Scalars are all read as strings: a project file's 1.0 may be a
 * version.
 */
#include "config.h"

#include "session/text/yaml_inner.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/text/yaml.h"

cJSON *yaml_fail(struct yaml *y, const char *why)
{
	int line = 1;

	for (size_t i = 0; i < y->i && i < y->len; i++)
		line += y->s[i] == '\n';
	if (!y->failed)
		err_set(y->err, ERR_PARSE, "line %d: %s", line, why);
	y->failed = true;
	return NULL;
}

cJSON *yaml_node(struct yaml *y, cJSON *n)
{
	if (++y->nodes > YAML_MAX_NODES && !y->failed) {
		y->failed = true;
		err_set(y->err, ERR_LIMIT, "it holds more than %d values", YAML_MAX_NODES);
	}
	if (!n)
		mem_no_memory();
	return n;
}

cJSON *yaml_string(struct yaml *y, struct str *s)
{
	cJSON *n = yaml_node(y, cJSON_CreateString(str_cstr(s)));

	str_free(s);
	return n;
}

char yaml_at(const struct yaml *y, size_t i)
{
	return i < y->len ? y->s[i] : '\n';
}

bool yaml_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

bool yaml_ends_word(const struct yaml *y, size_t i)
{
	return i >= y->len || yaml_blank(y->s[i]) || y->s[i] == '\n';
}

void yaml_skip_blanks(struct yaml *y)
{
	while (y->i < y->len && yaml_blank(y->s[y->i]))
		y->i++;
}

bool yaml_line_is_over(struct yaml *y)
{
	yaml_skip_blanks(y);
	if (yaml_at(y, y->i) == '#' && (y->i == y->line_start || yaml_blank(y->s[y->i - 1])))
		while (y->i < y->len && y->s[y->i] != '\n')
			y->i++;
	return y->i >= y->len || y->s[y->i] == '\n';
}

static bool document_ends(const struct yaml *y)
{
	const char *p = y->s + y->i;

	return y->len - y->i >= 3 && y->i == y->line_start &&
	       (memcmp(p, "---", 3) == 0 || memcmp(p, "...", 3) == 0) &&
	       yaml_ends_word(y, y->i + 3);
}

int yaml_next(struct yaml *y)
{
	while (yaml_line_is_over(y)) {
		if (y->i >= y->len)
			return -1;
		y->line_start = ++y->i;
	}
	if (document_ends(y)) {
		y->len = y->i;
		return -1;
	}
	return (int)(y->i - y->line_start);
}

int yaml_column(const struct yaml *y)
{
	return (int)(y->i - y->line_start);
}

static void fold(struct yaml *y, struct str *out)
{
	int empty = 0;

	while (out->len && yaml_blank(out->data[out->len - 1]))
		str_cut(out, out->len - 1);
	while (y->i < y->len && (y->s[y->i] == '\n' || yaml_blank(y->s[y->i]))) {
		if (y->s[y->i] == '\n') {
			empty++;
			y->line_start = y->i + 1;
		}
		y->i++;
	}
	if (empty <= 1)
		str_addc(out, ' ');
	for (; empty > 1; empty--)
		str_addc(out, '\n');
}

static void escape(struct yaml *y, struct str *out)
{
	static const char from[] = "ntr0\"\\/ e", to[] = "\n\t\r\0\"\\/ \x1b";
	char c = yaml_at(y, y->i);
	const char *p = strchr(from, c);

	if (c == '\n') { /* a backslash at the end continues the line */
		while (y->i < y->len && (y->s[y->i] == '\n' || yaml_blank(y->s[y->i])))
			y->i++;
		return;
	}
	if (p && *p && to[p - from])
		str_addc(out, to[p - from]);
	else
		str_addc(out, c); /* project files do not use \x41 and the like */
	y->i++;
}

bool yaml_quoted(struct yaml *y, struct str *out)
{
	char q = y->s[y->i++];

	while (y->i < y->len) {
		char c = y->s[y->i];

		if (c == '\n') {
			fold(y, out);
			continue;
		}
		y->i++;
		if (c == q && q == '\'' && yaml_at(y, y->i) == '\'') {
			str_addc(out, '\'');
			y->i++;
		} else if (c == q) {
			return true;
		} else if (c == '\\' && q == '"') {
			escape(y, out);
		} else {
			str_addc(out, c);
		}
	}
	yaml_fail(y, "a quote is not closed");
	return false;
}

void yaml_plain_line(struct yaml *y, struct str *out, bool in_flow)
{
	while (y->i < y->len && y->s[y->i] != '\n') {
		char c = y->s[y->i];

		if (c == '#' && y->i > 0 && yaml_blank(y->s[y->i - 1]))
			break;
		if (in_flow && strchr(",[]{}", c))
			break;
		if (in_flow && c == ':' &&
		    (yaml_ends_word(y, y->i + 1) || strchr(",[]{}", yaml_at(y, y->i + 1))))
			break;
		str_addc(out, c);
		y->i++;
	}
	while (out->len && yaml_blank(out->data[out->len - 1]))
		str_cut(out, out->len - 1);
}

cJSON *yaml_plain(struct yaml *y, int col)
{
	struct str s = STR_INIT;

	for (;;) {
		size_t i, start;
		int in;

		yaml_plain_line(y, &s, false);
		i = y->i;
		start = y->line_start;
		in = yaml_next(y);
		if (in <= col) {
			y->i = i; /* yaml_next() starts again there */
			y->line_start = start;
			return yaml_string(y, &s);
		}
		str_addc(&s, ' ');
	}
}

cJSON *yaml_literal(struct yaml *y, int col)
{
	struct str s = STR_INIT;
	bool folded = y->s[y->i] == '>';
	size_t in = 0;

	while (y->i < y->len && y->s[y->i] != '\n')
		y->i++;
	while (y->i < y->len) {
		size_t begin = y->i + 1, end = begin, n = 0;

		while (begin + n < y->len && y->s[begin + n] == ' ')
			n++;
		while (end < y->len && y->s[end] != '\n')
			end++;
		if (begin + n < end && (int)n <= col)
			break;
		if (begin + n < end && in == 0)
			in = n;
		if (in && s.len)
			str_addc(&s, folded ? ' ' : '\n');
		if (end - begin > in && in)
			str_add(&s, y->s + begin + in, end - begin - in);
		y->line_start = begin;
		y->i = end;
	}
	return yaml_string(y, &s);
}
