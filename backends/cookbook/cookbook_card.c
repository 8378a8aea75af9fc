/* A card of the cookbook is `NAME/card.md`: lines `key: value`, an empty line, then
 * Markdown sections. The files are compiled in, so a broken card is a build error, not
 * a user error: the tests read all cards, and this parser ignores unknown lines.
 *
 * A design is made from its card by replacing the number after each `parameter NAME =`
 * or `localparam NAME =` (number_at). All other text is copied unchanged, which
 * preserves the comments and layout of the checked original.
 */
#include "config.h"

#include "backends/cookbook/cookbook_card.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

/* The text of a file of the library; NULL: none. */
static const char *file_text(const char *path)
{
	for (const struct cookbook_file *f = cookbook_files; f->path; f++)
		if (strcmp(f->path, path) == 0)
			return f->text;
	return NULL;
}

const char *cookbook_text(const struct cookbook_card *c, const char *what, enum lang lang)
{
	char *path = str_fmt("%s/%s.%s", c->folder, what, lang == LANG_SV2017 ? "sv" : "v");
	const char *text = file_text(path);

	free(path);
	return text;
}

const char *cookbook_message(const char *code)
{
	char *path = str_fmt("messages/%s.md", code);
	const char *text = file_text(path);

	free(path);
	return text;
}

static char *trimmed(const char *s, size_t len)
{
	while (len && isspace((unsigned char)*s))
		s++, len--;
	while (len && isspace((unsigned char)s[len - 1]))
		len--;
	return mem_strndup(s, len);
}

static void add_list(struct strv *l, const char *s, size_t len, const char *separators)
{
	for (size_t i = 0; i < len;) {
		size_t n = 0;
		char *item;

		while (i + n < len && !strchr(separators, s[i + n]))
			n++;
		item = trimmed(s + i, n);
		if (*item)
			strv_give(l, item);
		else
			free(item);
		i += n + 1;
	}
}

/* "WIDTH 8 1..64 width, bit, bits" */
static void add_param(struct cookbook_card *c, const char *s, size_t len)
{
	char *line = mem_strndup(s, len);
	char name[64];
	long initial, least, most;
	int used = 0;

	if (sscanf(line, "%63s %ld %ld..%ld %n", name, &initial, &least, &most, &used) >= 4) {
		struct cookbook_param *p;

		c->params = mem_realloc(c->params, (c->n_params + 1) * sizeof(*c->params));
		p = &c->params[c->n_params++];
		*p = (struct cookbook_param){ mem_strdup(name), initial,  least, most, false,
					      COOKBOOK_PLAIN,	STRV_INIT };
		add_list(&p->words, line + used, strlen(line + used), ",");
	}
	free(line);
}

/* "DEPTH pow2" */
static void add_rule(struct cookbook_card *c, const char *s, size_t len)
{
	static const char *const rules[] = {
		[COOKBOOK_PLAIN] = "",	      [COOKBOOK_BAUD] = "baud",
		[COOKBOOK_RATIO] = "ratio",   [COOKBOOK_TIME] = "time",
		[COOKBOOK_STATES] = "states", [COOKBOOK_LINES] = "lines",
		[COOKBOOK_CHOICE] = "choice",
	};
	char *line = mem_strndup(s, len), name[64], rule[16];

	if (sscanf(line, "%63s %15s", name, rule) == 2)
		for (size_t i = 0; i < c->n_params; i++) {
			struct cookbook_param *p = &c->params[i];

			if (strcmp(p->name, name) != 0)
				continue;
			p->pow2 = p->pow2 || strcmp(rule, "pow2") == 0;
			for (size_t k = 0; k < sizeof(rules) / sizeof(*rules); k++)
				if (strcmp(rule, rules[k]) == 0)
					p->rule = (enum cookbook_rule)k;
		}
	free(line);
}

static void header_line(struct cookbook_card *c, const char *s, size_t len)
{
	const char *colon = memchr(s, ':', len);
	size_t key = colon ? (size_t)(colon - s) : 0, rest = colon ? len - key - 1 : 0;
	const char *value = colon ? colon + 1 : s;

	while (rest && *value == ' ')
		value++, rest--;
	if (key == 5 && memcmp(s, "title", 5) == 0)
		c->title = trimmed(value, rest);
	else if (key == 6 && memcmp(s, "module", 6) == 0)
		c->module = trimmed(value, rest);
	else if (key == 5 && memcmp(s, "names", 5) == 0)
		add_list(&c->names, value, rest, ";");
	else if (key == 5 && memcmp(s, "words", 5) == 0)
		add_list(&c->words, value, rest, ",");
	else if (key == 3 && memcmp(s, "not", 3) == 0)
		add_list(&c->unlike, value, rest, ",");
	else if (key == 3 && memcmp(s, "has", 3) == 0)
		add_list(&c->has, value, rest, ",");
	else if (key == 7 && memcmp(s, "pattern", 7) == 0 && !c->pattern)
		c->pattern = trimmed(value, rest);
	else if (key == 5 && memcmp(s, "param", 5) == 0)
		add_param(c, value, rest);
	else if (key == 4 && memcmp(s, "rule", 4) == 0)
		add_rule(c, value, rest);
}

static void read_card(struct cookbook_card *c, const char *folder, size_t len, const char *text)
{
	memset(c, 0, sizeof(*c));
	c->folder = mem_strndup(folder, len);
	while (*text && *text != '\n') {
		size_t n = strcspn(text, "\n");

		header_line(c, text, n);
		text += n + (text[n] == '\n');
	}
	c->body = text + (*text == '\n');
	if (!c->title)
		c->title = mem_strdup(c->folder);
	if (!c->module)
		c->module = mem_strdup(c->folder);
}

void cookbook_init(struct cookbook *c)
{
	*c = (struct cookbook){ 0 };
	for (const struct cookbook_file *f = cookbook_files; f->path; f++) {
		const char *slash = strchr(f->path, '/');

		if (!slash || strcmp(slash, "/card.md") != 0)
			continue;
		c->v = mem_realloc(c->v, (c->n + 1) * sizeof(*c->v));
		read_card(&c->v[c->n++], f->path, (size_t)(slash - f->path), f->text);
	}
}

void cookbook_fini(struct cookbook *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct cookbook_card *card = &c->v[i];

		for (size_t k = 0; k < card->n_params; k++) {
			free(card->params[k].name);
			strv_free(&card->params[k].words);
		}
		free(card->params);
		strv_free(&card->names);
		strv_free(&card->words);
		strv_free(&card->unlike);
		strv_free(&card->has);
		free(card->folder);
		free(card->title);
		free(card->module);
		free(card->pattern);
	}
	free(c->v);
	*c = (struct cookbook){ 0 };
}

void cookbook_section(const struct cookbook_card *c, const char *heading, struct str *out)
{
	char *mark = str_fmt("## %s\n", heading);
	const char *start = strstr(c->body, mark), *end;

	if (start) {
		start += strlen(mark);
		start += strspn(start, "\n");
		end = strstr(start, "\n## ");
		str_add(out, start, end ? (size_t)(end + 1 - start) : strlen(start));
	}
	free(mark);
}

/* Offset of the number in a line that sets parameter name; 0: it is not such a line. */
static size_t number_at(const char *line, size_t len, const char *name)
{
	size_t n = strlen(name), i = strspn(line, " \t");

	if (i >= len ||
	    (strncmp(line + i, "parameter", 9) != 0 && strncmp(line + i, "localparam", 10) != 0))
		return 0;
	for (; i + n < len; i++) {
		size_t k = i + n;

		if (strncmp(line + i, name, n) != 0 || isalnum((unsigned char)line[i - 1]) ||
		    line[i - 1] == '_')
			continue;
		while (k < len && line[k] == ' ')
			k++;
		if (k >= len || line[k] != '=')
			continue;
		k++;
		while (k < len && line[k] == ' ')
			k++;
		return k < len && isdigit((unsigned char)line[k]) ? k : 0;
	}
	return 0;
}

void cookbook_instantiate(const struct cookbook_card *c, const struct cookbook_value *values,
			  const char *text, struct str *out)
{
	while (*text) {
		size_t len = strcspn(text, "\n"), at = 0, which = 0;

		for (; which < c->n_params && !at; which++)
			at = number_at(text, len, c->params[which].name);
		if (at) {
			size_t digits = strspn(text + at, "0123456789_");

			str_add(out, text, at);
			str_addf(out, "%ld", values[which - 1].value);
			str_add(out, text + at + digits, len - at - digits);
		} else {
			str_add(out, text, len);
		}
		text += len;
		if (*text)
			str_addc(out, *text++);
	}
}
