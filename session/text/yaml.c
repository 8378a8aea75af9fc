/* Blocks and flow of YAML, on a cursor that yaml_scan.c moves. The column of a
 * line's first character decides where a mapping or sequence ends. `- a: 1` opens a
 * sequence and a mapping in one line: the mapping's column is that of its first
 * key.
 *
 * An alias is a copy, so a few lines could produce billions of values ("billion
 * laughs"): copies count as values, of which YAML_MAX_NODES are allowed.
 */
#include "config.h"

#include "session/text/yaml.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/yaml_inner.h"

#define MAX_MERGED 2000 /* keys that `<<` may add to one mapping */

static cJSON *block(struct yaml *y, int col);
static cJSON *flow(struct yaml *y);

/* Anchors ------------------------------------------------------------------------ */

static size_t count(const cJSON *n)
{
	size_t total = 1;

	/* The recursion is as deep as the tree, which has a limit; an alias at most
	 * doubles that, and what is too large is refused before it is copied. */
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

	while (!yaml_ends_word(y, y->i) && !strchr(",[]{}", y->s[y->i]))
		y->i++;
	return mem_strndup(y->s + from, y->i - from);
}

static cJSON *copy_of(struct yaml *y, const cJSON *n)
{
	cJSON *copy;

	y->nodes += count(n);
	if (y->nodes > YAML_MAX_NODES || y->depth + depth_below(n) > YAML_MAX_DEPTH)
		return yaml_fail(y, "an alias expands to too much");
	copy = cJSON_Duplicate(n, 1);
	if (!copy)
		mem_no_memory();
	free(copy->string); /* the key at its anchor */
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
	return copy || y->failed ? copy : yaml_fail(y, "an alias has no anchor");
}

static void anchor(struct yaml *y, const char *name, const cJSON *n)
{
	if (y->names.n == YAML_MAX_ANCHORS) {
		yaml_fail(y, "it holds too many anchors");
		return;
	}
	y->anchors[y->names.n] = n;
	strv_add(&y->names, name);
}

/* Flow --------------------------------------------------------------------------- */

static void flow_blanks(struct yaml *y)
{
	while (yaml_line_is_over(y) && y->i < y->len)
		y->line_start = ++y->i;
}

static cJSON *flow_scalar(struct yaml *y)
{
	struct str s = STR_INIT;

	if (yaml_at(y, y->i) == '"' || yaml_at(y, y->i) == '\'') {
		if (!yaml_quoted(y, &s)) {
			str_free(&s);
			return NULL;
		}
		return yaml_string(y, &s);
	}
	yaml_plain_line(y, &s, true);
	while (yaml_at(y, y->i) == '\n' && y->i < y->len && s.len) { /* a folded scalar */
		size_t had = s.len;

		flow_blanks(y);
		if (y->i < y->len && !strchr(",[]{}:", y->s[y->i])) {
			str_addc(&s, ' ');
			yaml_plain_line(y, &s, true);
		}
		if (s.len == had)
			break;
	}
	return yaml_string(y, &s);
}

static bool flow_colon(struct yaml *y)
{
	flow_blanks(y);
	if (yaml_at(y, y->i) != ':' || y->i >= y->len)
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

/* `a: b` as an element of a list is a mapping with one key. */
static cJSON *flow_pair(struct yaml *y, cJSON *key)
{
	cJSON *map = yaml_node(y, cJSON_CreateObject()), *value = flow(y);

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
	value = flow_colon(y) && yaml_at(y, y->i) != ',' && yaml_at(y, y->i) != '}'
			? flow(y)
			: yaml_node(y, cJSON_CreateNull());
	if (value)
		put(into, cJSON_IsString(n) ? n->valuestring : "", value);
	cJSON_Delete(n);
	return value;
}

static cJSON *flow_many(struct yaml *y)
{
	bool map = y->s[y->i++] == '{';
	char close = map ? '}' : ']';
	cJSON *n = yaml_node(y, map ? cJSON_CreateObject() : cJSON_CreateArray());

	while (!y->failed) {
		flow_blanks(y);
		if (y->i >= y->len) {
			yaml_fail(y, "a bracket is not closed");
		} else if (y->s[y->i] == close) {
			y->i++;
			break;
		} else if (y->s[y->i] == ',') {
			y->i++;
		} else if (strchr("]}:", y->s[y->i])) {
			yaml_fail(y, "a bracket or colon is out of place");
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
		return yaml_fail(y, "it is nested too deeply");
	if (yaml_at(y, y->i) == '*')
		n = alias(y);
	else if (yaml_at(y, y->i) == '[' || yaml_at(y, y->i) == '{')
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
	return yaml_at(y, y->i) == '-' && yaml_ends_word(y, y->i + 1);
}

/* Offset of the colon of a key that begins here; 0 if it is not a key. */
static size_t key_end(const struct yaml *y)
{
	size_t i = y->i;
	char q = yaml_at(y, i);

	if (q == '"' || q == '\'') {
		for (i++; i < y->len && y->s[i] != q && y->s[i] != '\n'; i++)
			i += q == '"' && y->s[i] == '\\';
		for (i++; i < y->len && yaml_blank(y->s[i]);)
			i++;
		return i < y->len && y->s[i] == ':' && yaml_ends_word(y, i + 1) ? i : 0;
	}
	if (q == '[' || q == '{' || q == '|' || q == '>')
		return 0;
	for (; i < y->len && y->s[i] != '\n'; i++) {
		if (y->s[i] == '#' && i > y->i && yaml_blank(y->s[i - 1]))
			return 0;
		if (y->s[i] == ':' && yaml_ends_word(y, i + 1))
			return i;
	}
	return 0;
}

/* Reads anchors and tags before a value; returns the anchor's name, which the
 * caller frees. */
static char *properties(struct yaml *y)
{
	char *name = NULL;

	while (yaml_at(y, y->i) == '&' || yaml_at(y, y->i) == '!') {
		char *word = NULL;
		bool is_anchor = y->s[y->i] == '&';

		word = anchor_name(y);
		if (is_anchor) {
			free(name);
			name = word;
		} else {
			free(word);
		}
		yaml_skip_blanks(y);
	}
	return name;
}

/* The value after `key:` or `-`, in a mapping or sequence at column col. */
static cJSON *value(struct yaml *y, int col, bool in_map)
{
	char *name;
	cJSON *n;
	int in;

	yaml_skip_blanks(y);
	name = properties(y);
	if (yaml_line_is_over(y)) {
		in = yaml_next(y);
		if (in > col || (in_map && in == col && is_item(y)))
			n = block(y, in);
		else
			n = yaml_node(y, cJSON_CreateNull());
	} else if (yaml_at(y, y->i) == '|' || yaml_at(y, y->i) == '>') {
		n = yaml_literal(y, col);
	} else if (in_map) {
		n = yaml_at(y, y->i) == '*' || strchr("[{\"'", yaml_at(y, y->i))
			    ? flow(y)
			    : yaml_plain(y, col);
	} else {
		n = block(y, yaml_column(y));
	}
	if (n && name)
		anchor(y, name, n);
	free(name);
	return n;
}

static cJSON *sequence(struct yaml *y, int col)
{
	cJSON *list = yaml_node(y, cJSON_CreateArray());

	do {
		cJSON *n;

		y->i++;
		n = value(y, col, false);
		if (n)
			cJSON_AddItemToArray(list, n);
	} while (!y->failed && yaml_next(y) == col && is_item(y));
	return list;
}

/* `<<` adds the keys that the mapping does not have itself. */
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
				yaml_fail(y, "a mapping is merged from too many keys");
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
		yaml_quoted(y, &s);
	else
		str_add(&s, y->s + y->i, colon - y->i);
	while (s.len && yaml_blank(s.data[s.len - 1]))
		str_cut(&s, s.len - 1);
	y->i = colon + 1;
	return str_take(&s);
}

static cJSON *mapping(struct yaml *y, int col)
{
	cJSON *map = yaml_node(y, cJSON_CreateObject());
	bool merged = false;
	size_t colon;

	while (!y->failed && (colon = key_end(y)) > 0) {
		char *k = key(y, colon);
		cJSON *v = value(y, col, true);

		merged = merged || strcmp(k, "<<") == 0;
		if (v)
			put(map, k, v);
		free(k);
		if (y->failed || yaml_next(y) != col)
			break;
		if (!key_end(y) || is_item(y))
			yaml_fail(y, "a key was expected");
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
		return yaml_fail(y, "it is nested too deeply");
	name = properties(y);
	if (is_item(y))
		n = sequence(y, col);
	else if (yaml_at(y, y->i) == '?' && yaml_ends_word(y, y->i + 1))
		n = yaml_fail(y, "keys with ? are not understood");
	else if (key_end(y))
		n = mapping(y, col);
	else if (yaml_at(y, y->i) == '*' || strchr("[{\"'", yaml_at(y, y->i)))
		n = flow(y);
	else
		n = yaml_plain(y, col > 0 ? col - 1 : 0);
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
	y->merged = yaml_node(y, cJSON_CreateArray());
	while (y->i < len &&
	       (text[y->i] == '%' || (len - y->i >= 3 && memcmp(text + y->i, "---", 3) == 0))) {
		while (y->i < len && text[y->i] != '\n') /* directives and the document marker */
			y->i++;
		y->line_start = y->i += y->i < len;
	}
	col = yaml_next(y);
	n = col < 0 ? yaml_node(y, cJSON_CreateNull()) : block(y, col);
	if (!y->failed && yaml_next(y) >= 0)
		yaml_fail(y, "a line is not indented as those before it");
	if (y->failed) {
		cJSON_Delete(n);
		n = NULL;
	}
	cJSON_Delete(y->merged);
	strv_free(&y->names);
	free(y);
	return n;
}
