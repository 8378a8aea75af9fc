/* One cursor, which is either inside a line or at the first character of the
 * next line that has content. The column of that character is what tells
 * where a mapping or sequence ends. `- a: 1` opens a sequence and a mapping in
 * one line: the mapping's column is that of its first key. */
#include "config.h"

#include "session/text/yaml.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"

#define MAX_ANCHORS 1000
#define MAX_MERGED  2000 /* keys of one mapping that `<<` names */

struct yaml {
	const char *s;
	size_t len, i;
	size_t line_start;
	int depth;
	size_t nodes;
	struct strv names;		   /* of anchors */
	const cJSON *anchors[MAX_ANCHORS]; /* inside the tree */
	cJSON *merged;			   /* what `<<` named: an anchor may lie in it */
	struct err *err;
	bool failed;
};

static cJSON *block(struct yaml *y, int col);
static cJSON *flow(struct yaml *y);

static cJSON *fail(struct yaml *y, const char *why)
{
	int line = 1;

	for (size_t i = 0; i < y->i && i < y->len; i++)
		line += y->s[i] == '\n';
	if (!y->failed)
		err_set(y->err, ERR_PARSE, "line %d: %s", line, why);
	y->failed = true;
	return NULL;
}

static cJSON *node(struct yaml *y, cJSON *n)
{
	if (++y->nodes > YAML_MAX_NODES && !y->failed) {
		y->failed = true;
		err_set(y->err, ERR_LIMIT, "it holds more than %d values", YAML_MAX_NODES);
	}
	if (!n)
		mem_no_memory();
	return n;
}

static cJSON *string(struct yaml *y, struct str *s)
{
	cJSON *n = node(y, cJSON_CreateString(str_cstr(s)));

	str_free(s);
	return n;
}

static char at(const struct yaml *y, size_t i)
{
	return i < y->len ? y->s[i] : '\n';
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool ends_word(const struct yaml *y, size_t i)
{
	return i >= y->len || blank(y->s[i]) || y->s[i] == '\n';
}

static void skip_blanks(struct yaml *y)
{
	while (y->i < y->len && blank(y->s[y->i]))
		y->i++;
}

/* At the end of a line but for blanks and a comment. */
static bool line_is_over(struct yaml *y)
{
	skip_blanks(y);
	if (at(y, y->i) == '#' && (y->i == y->line_start || blank(y->s[y->i - 1])))
		while (y->i < y->len && y->s[y->i] != '\n')
			y->i++;
	return y->i >= y->len || y->s[y->i] == '\n';
}

static bool document_ends(const struct yaml *y)
{
	const char *p = y->s + y->i;

	return y->len - y->i >= 3 && y->i == y->line_start &&
	       (memcmp(p, "---", 3) == 0 || memcmp(p, "...", 3) == 0) && ends_word(y, y->i + 3);
}

/* Goes to the next content; its column, or -1 at the end. */
static int next(struct yaml *y)
{
	while (line_is_over(y)) {
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

static int column(const struct yaml *y)
{
	return (int)(y->i - y->line_start);
}

/* Scalars ------------------------------------------------------------------------ */

static void fold(struct yaml *y, struct str *out)
{
	int empty = 0;

	while (out->len && blank(out->data[out->len - 1]))
		str_cut(out, out->len - 1);
	while (y->i < y->len && (y->s[y->i] == '\n' || blank(y->s[y->i]))) {
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
	char c = at(y, y->i);
	const char *p = strchr(from, c);

	if (c == '\n') { /* the line goes on */
		while (y->i < y->len && (y->s[y->i] == '\n' || blank(y->s[y->i])))
			y->i++;
		return;
	}
	if (p && *p && to[p - from])
		str_addc(out, to[p - from]);
	else
		str_addc(out, c); /* \x41 and the like are in no project file */
	y->i++;
}

static bool quoted(struct yaml *y, struct str *out)
{
	char q = y->s[y->i++];

	while (y->i < y->len) {
		char c = y->s[y->i];

		if (c == '\n') {
			fold(y, out);
			continue;
		}
		y->i++;
		if (c == q && q == '\'' && at(y, y->i) == '\'') {
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
	fail(y, "a quote is not closed");
	return false;
}

/* Up to the end of the line, a comment, `: ` or, in flow, a bracket. */
static void plain_line(struct yaml *y, struct str *out, bool in_flow)
{
	while (y->i < y->len && y->s[y->i] != '\n') {
		char c = y->s[y->i];

		if (c == '#' && y->i > 0 && blank(y->s[y->i - 1]))
			break;
		if (in_flow && strchr(",[]{}", c))
			break;
		if (in_flow && c == ':' &&
		    (ends_word(y, y->i + 1) || strchr(",[]{}", at(y, y->i + 1))))
			break;
		str_addc(out, c);
		y->i++;
	}
	while (out->len && blank(out->data[out->len - 1]))
		str_cut(out, out->len - 1);
}

/* Goes on in lines that are further in than col. */
static cJSON *plain(struct yaml *y, int col)
{
	struct str s = STR_INIT;

	for (;;) {
		size_t i, start;
		int in;

		plain_line(y, &s, false);
		i = y->i;
		start = y->line_start;
		in = next(y);
		if (in <= col) {
			y->i = i; /* next() is asked again there */
			y->line_start = start;
			return string(y, &s);
		}
		str_addc(&s, ' ');
	}
}

/* `|` or `>`: the lines that are further in than col. */
static cJSON *literal(struct yaml *y, int col)
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
	return string(y, &s);
}

/* Anchors ------------------------------------------------------------------------ */

static size_t count(const cJSON *n)
{
	size_t total = 1;

	/* As deep as the tree, which has its limit; each alias adds at most as
	 * much again, and what is too large is refused before it is copied. */
	for (const cJSON *c = n->child; c && total <= YAML_MAX_NODES; c = c->next)
		total += count(c);
	return total;
}

static int depth_below(const cJSON *n)
{
	int deepest = 0;

	for (const cJSON *c = n->child; c; c = c->next) {
		int d = 1 + depth_below(c);

		if (d > deepest)
			deepest = d;
	}
	return deepest;
}

static char *anchor_name(struct yaml *y)
{
	size_t from = ++y->i;

	while (!ends_word(y, y->i) && !strchr(",[]{}", y->s[y->i]))
		y->i++;
	return mem_strndup(y->s + from, y->i - from);
}

static cJSON *copy_of(struct yaml *y, const cJSON *n)
{
	cJSON *copy;

	y->nodes += count(n);
	if (y->nodes > YAML_MAX_NODES || y->depth + depth_below(n) > YAML_MAX_DEPTH)
		return fail(y, "what an alias stands for is too large");
	copy = cJSON_Duplicate(n, 1);
	if (!copy)
		mem_no_memory();
	free(copy->string); /* the key it had where it was anchored */
	copy->string = NULL;
	return copy;
}

static cJSON *alias(struct yaml *y)
{
	char *name = anchor_name(y);
	cJSON *copy = NULL;

	for (size_t i = y->names.n; i-- > 0 && !copy && !y->failed;)
		if (strcmp(y->names.v[i], name) == 0)
			copy = copy_of(y, y->anchors[i]);
	free(name);
	return copy || y->failed ? copy : fail(y, "an alias has no anchor");
}

static void anchor(struct yaml *y, const char *name, const cJSON *n)
{
	if (y->names.n == MAX_ANCHORS) {
		fail(y, "it holds too many anchors");
		return;
	}
	y->anchors[y->names.n] = n;
	strv_add(&y->names, name);
}

/* Flow --------------------------------------------------------------------------- */

static void flow_blanks(struct yaml *y)
{
	while (line_is_over(y) && y->i < y->len)
		y->line_start = ++y->i;
}

static cJSON *flow_scalar(struct yaml *y)
{
	struct str s = STR_INIT;

	if (at(y, y->i) == '"' || at(y, y->i) == '\'') {
		if (!quoted(y, &s)) {
			str_free(&s);
			return NULL;
		}
		return string(y, &s);
	}
	plain_line(y, &s, true);
	while (at(y, y->i) == '\n' && y->i < y->len && s.len) { /* folded */
		size_t had = s.len;

		flow_blanks(y);
		if (y->i < y->len && !strchr(",[]{}:", y->s[y->i])) {
			str_addc(&s, ' ');
			plain_line(y, &s, true);
		}
		if (s.len == had)
			break;
	}
	return string(y, &s);
}

static bool flow_colon(struct yaml *y)
{
	flow_blanks(y);
	if (at(y, y->i) != ':' || y->i >= y->len)
		return false;
	y->i++;
	flow_blanks(y);
	return true;
}

static void put(cJSON *map, const char *key, cJSON *value)
{
	if (!cJSON_AddItemToObject(map, key, value))
		mem_no_memory();
}

/* `a: b` as an element of a list is a mapping of one. */
static cJSON *flow_pair(struct yaml *y, cJSON *key)
{
	cJSON *map = node(y, cJSON_CreateObject()), *value = flow(y);

	if (value)
		put(map, cJSON_IsString(key) ? key->valuestring : "", value);
	cJSON_Delete(key);
	return map;
}

static cJSON *flow_entry(struct yaml *y, cJSON *into, bool map)
{
	cJSON *n = flow(y), *value;

	if (!n || !map) {
		if (n && flow_colon(y))
			n = flow_pair(y, n);
		if (n)
			cJSON_AddItemToArray(into, n);
		return n;
	}
	value = flow_colon(y) && at(y, y->i) != ',' && at(y, y->i) != '}'
			? flow(y)
			: node(y, cJSON_CreateNull());
	if (value)
		put(into, cJSON_IsString(n) ? n->valuestring : "", value);
	cJSON_Delete(n);
	return value;
}

static cJSON *flow_many(struct yaml *y)
{
	bool map = y->s[y->i++] == '{';
	char close = map ? '}' : ']';
	cJSON *n = node(y, map ? cJSON_CreateObject() : cJSON_CreateArray());

	while (!y->failed) {
		flow_blanks(y);
		if (y->i >= y->len) {
			fail(y, "a bracket is not closed");
		} else if (y->s[y->i] == close) {
			y->i++;
			break;
		} else if (y->s[y->i] == ',') {
			y->i++;
		} else if (strchr("]}:", y->s[y->i])) {
			fail(y, "a bracket or colon is out of place");
		} else {
			flow_entry(y, n, map);
		}
	}
	return n;
}

static cJSON *flow(struct yaml *y)
{
	cJSON *n;

	flow_blanks(y);
	if (y->failed || ++y->depth > YAML_MAX_DEPTH)
		return fail(y, "it is nested too deeply");
	if (at(y, y->i) == '*')
		n = alias(y);
	else if (at(y, y->i) == '[' || at(y, y->i) == '{')
		n = flow_many(y);
	else
		n = flow_scalar(y);
	y->depth--;
	if (y->failed) {
		cJSON_Delete(n);
		n = NULL;
	}
	return n;
}

/* Blocks -------------------------------------------------------------------------- */

static bool is_item(const struct yaml *y)
{
	return at(y, y->i) == '-' && ends_word(y, y->i + 1);
}

/* Where the colon of a key that begins here stands; 0: it is none. */
static size_t key_end(const struct yaml *y)
{
	size_t i = y->i;
	char q = at(y, i);

	if (q == '"' || q == '\'') {
		for (i++; i < y->len && y->s[i] != q && y->s[i] != '\n'; i++)
			i += q == '"' && y->s[i] == '\\';
		for (i++; i < y->len && blank(y->s[i]);)
			i++;
		return i < y->len && y->s[i] == ':' && ends_word(y, i + 1) ? i : 0;
	}
	if (q == '[' || q == '{' || q == '|' || q == '>')
		return 0;
	for (; i < y->len && y->s[i] != '\n'; i++) {
		if (y->s[i] == '#' && i > y->i && blank(y->s[i - 1]))
			return 0;
		if (y->s[i] == ':' && ends_word(y, i + 1))
			return i;
	}
	return 0;
}

/* Anchors and tags before a value. The caller frees. */
static char *properties(struct yaml *y)
{
	char *name = NULL;

	while (at(y, y->i) == '&' || at(y, y->i) == '!') {
		char *word = NULL;
		bool is_anchor = y->s[y->i] == '&';

		word = anchor_name(y);
		if (is_anchor) {
			free(name);
			name = word;
		} else {
			free(word);
		}
		skip_blanks(y);
	}
	return name;
}

/* What stands behind `key:` or `-`, in a mapping or sequence at column col. */
static cJSON *value(struct yaml *y, int col, bool in_map)
{
	char *name;
	cJSON *n;
	int in;

	skip_blanks(y);
	name = properties(y);
	if (line_is_over(y)) {
		in = next(y);
		if (in > col || (in_map && in == col && is_item(y)))
			n = block(y, in);
		else
			n = node(y, cJSON_CreateNull());
	} else if (at(y, y->i) == '|' || at(y, y->i) == '>') {
		n = literal(y, col);
	} else if (in_map) {
		n = at(y, y->i) == '*' || strchr("[{\"'", at(y, y->i)) ? flow(y) : plain(y, col);
	} else {
		n = block(y, column(y));
	}
	if (n && name)
		anchor(y, name, n);
	free(name);
	return n;
}

static cJSON *sequence(struct yaml *y, int col)
{
	cJSON *list = node(y, cJSON_CreateArray());

	do {
		cJSON *n;

		y->i++;
		n = value(y, col, false);
		if (n)
			cJSON_AddItemToArray(list, n);
	} while (!y->failed && next(y) == col && is_item(y));
	return list;
}

/* `<<` brings in what the mapping does not say itself. */
static void merge_in(struct yaml *y, cJSON *map)
{
	cJSON *from = cJSON_DetachItemFromObjectCaseSensitive(map, "<<");
	const cJSON *one = cJSON_IsArray(from) ? from->child : from;
	int merged = 0;

	for (; one && !y->failed; one = cJSON_IsArray(from) ? one->next : NULL) {
		for (const cJSON *c = cJSON_IsObject(one) ? one->child : NULL; c && !y->failed;
		     c = c->next) {
			cJSON *copy;

			if (++merged > MAX_MERGED)
				fail(y, "a mapping is merged from too many keys");
			else if (!json_get(map, c->string) && (copy = copy_of(y, c)))
				put(map, c->string, copy);
		}
	}
	if (from)
		cJSON_AddItemToArray(y->merged, from);
}

static char *key(struct yaml *y, size_t colon)
{
	struct str s = STR_INIT;

	if (y->s[y->i] == '"' || y->s[y->i] == '\'')
		quoted(y, &s);
	else
		str_add(&s, y->s + y->i, colon - y->i);
	while (s.len && blank(s.data[s.len - 1]))
		str_cut(&s, s.len - 1);
	y->i = colon + 1;
	str_adds(&s, "");
	return s.data ? str_take(&s) : mem_strdup("");
}

static cJSON *mapping(struct yaml *y, int col)
{
	cJSON *map = node(y, cJSON_CreateObject());
	bool merged = false;
	size_t colon;

	while (!y->failed && (colon = key_end(y)) > 0) {
		char *k = key(y, colon);
		cJSON *v = value(y, col, true);

		merged = merged || strcmp(k, "<<") == 0;
		if (v)
			put(map, k, v);
		free(k);
		if (y->failed || next(y) != col)
			break;
		if (!key_end(y) || is_item(y))
			fail(y, "a key was expected");
	}
	if (merged && !y->failed)
		merge_in(y, map);
	return map;
}

static cJSON *block(struct yaml *y, int col)
{
	cJSON *n;
	char *name;

	if (++y->depth > YAML_MAX_DEPTH)
		return fail(y, "it is nested too deeply");
	name = properties(y);
	if (is_item(y))
		n = sequence(y, col);
	else if (at(y, y->i) == '?' && ends_word(y, y->i + 1))
		n = fail(y, "keys with ? are not understood");
	else if (key_end(y))
		n = mapping(y, col);
	else if (at(y, y->i) == '*' || strchr("[{\"'", at(y, y->i)))
		n = flow(y);
	else
		n = plain(y, col > 0 ? col - 1 : 0);
	if (n && name)
		anchor(y, name, n);
	free(name);
	y->depth--;
	return n;
}

cJSON *yaml_parse(const char *text, size_t len, struct err *err)
{
	struct yaml *y = mem_zalloc(sizeof(*y));
	cJSON *n = NULL;
	int col;

	y->s = text;
	y->len = len;
	y->err = err;
	y->merged = node(y, cJSON_CreateArray());
	while (y->i < len &&
	       (text[y->i] == '%' || (len - y->i >= 3 && memcmp(text + y->i, "---", 3) == 0))) {
		while (y->i < len && text[y->i] != '\n') /* before the document */
			y->i++;
		y->line_start = y->i += y->i < len;
	}
	col = next(y);
	n = col < 0 ? node(y, cJSON_CreateNull()) : block(y, col);
	if (!y->failed && next(y) >= 0)
		fail(y, "a line is not indented as those before it");
	if (y->failed) {
		cJSON_Delete(n);
		n = NULL;
	}
	cJSON_Delete(y->merged);
	strv_free(&y->names);
	free(y);
	return n;
}
