/* In HDLxGraph's list a block has no name, only its code, which was formatted
 * differently. So a line counts as part of the block if it is inside an occurrence of
 * the code, ignoring all blanks on both sides.
 */
#include "config.h"

#include "session/bench/search_list.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"

/* Reading ------------------------------------------------------------------------------ */

static bool add(struct search_list *l, struct search_item i, struct err *err)
{
	if (l->n == SEARCH_LIST_MAX)
		return err_set(err, ERR_LIMIT, "at most %u descriptions are in one file",
			       SEARCH_LIST_MAX);
	if (i.words && strlen(i.words) > SEARCH_WORDS_MAX)
		return err_set(err, ERR_LIMIT, "a description has at most %u bytes",
			       SEARCH_WORDS_MAX);
	if (i.code && strlen(i.code) > SEARCH_CODE_MAX)
		return err_set(err, ERR_LIMIT, "the code of a block has at most %u bytes",
			       SEARCH_CODE_MAX);
	l->v = mem_realloc(l->v, (l->n + 1) * sizeof(*l->v));
	l->v[l->n++] = (struct search_item){ mem_strdup(i.words), mem_strdup(i.module),
					     mem_strdup(i.signal), mem_strdup(i.block),
					     mem_strdup(i.code) };
	return true;
}

/* "fifo::count" also names the module. */
static bool add_signal(struct search_list *l, const cJSON *one, const char *module, struct err *err)
{
	const char *name = json_string(one, "signal"), *colons = name ? strstr(name, "::") : NULL;
	char *of = colons ? mem_strndup(name, (size_t)(colons - name)) : NULL;
	bool ok = add(l,
		      (struct search_item){ .words = (char *)json_string(one, "description"),
					    .module = of ? of : (char *)module,
					    .signal = (char *)(colons ? colons + 2 : name) },
		      err);

	free(of);
	return ok;
}

static bool add_block(struct search_list *l, const cJSON *one, const char *module, struct err *err)
{
	return add(l,
		   (struct search_item){ .words = (char *)json_string(one, "description"),
					 .module = (char *)module,
					 .code = (char *)json_string(one, "code") },
		   err);
}

static bool add_module(struct search_list *l, const cJSON *one, struct err *err)
{
	const char *module = json_string(one, "module_id");
	const char *words = json_string(one, "module_description");
	const cJSON *of;
	bool ok = !words ||
		  add(l, (struct search_item){ .words = (char *)words, .module = (char *)module },
		      err);

	cJSON_ArrayForEach(of, json_array(one, "block_descriptions"))
		ok = ok && add_block(l, of, module, err);
	cJSON_ArrayForEach(of, json_array(one, "signal_descriptions"))
		ok = ok && add_signal(l, of, module, err);
	return ok;
}

static bool add_any(struct search_list *l, const cJSON *one, struct err *err)
{
	const char *module = json_string(one, "module");

	if (json_string(one, "module_id"))
		return add_module(l, one, err);
	if (json_string(one, "code"))
		return add_block(l, one, module, err);
	if (json_string(one, "signal"))
		return add_signal(l, one, module, err);
	return add(l,
		   (struct search_item){ .words = (char *)json_string(one, "description"),
					 .module = (char *)module,
					 .block = (char *)json_string(one, "block") },
		   err);
}

bool search_list_read(const char *text, size_t len, struct search_list *out, struct err *err)
{
	cJSON *all = json_parse(text, len, err);
	const cJSON *one;
	bool ok = all && (cJSON_IsArray(all) ||
			  err_set(err, ERR_PARSE, "it is not an array of descriptions"));

	*out = (struct search_list){ 0 };
	if (ok)
		cJSON_ArrayForEach(one, all)
			ok = ok && add_any(out, one, err);
	cJSON_Delete(all);
	if (!ok)
		search_list_fini(out);
	return ok;
}

void search_list_fini(struct search_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].words);
		free(l->v[i].module);
		free(l->v[i].signal);
		free(l->v[i].block);
		free(l->v[i].code);
	}
	free(l->v);
	*l = (struct search_list){ 0 };
}

const char *search_item_kind(const struct search_item *i)
{
	return i->signal ? "signal" : i->block || i->code ? "block" : "module";
}

/* Code --------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
	return isspace((unsigned char)c);
}

/* Number of bytes of text from at on that match code, ignoring blanks; 0: no match. */
static size_t matches(const char *code, const char *text, size_t len, size_t at)
{
	size_t i = at;

	for (; *code; code++) {
		if (is_blank(*code))
			continue;
		while (i < len && is_blank(text[i]))
			i++;
		if (i == len || text[i] != *code)
			return 0;
		i++;
	}
	return i - at;
}

bool search_code_has(const char *code, const char *text, size_t len, int line)
{
	int at_line = 1;

	while (is_blank(*code))
		code++;
	for (size_t i = 0; *code && i < len && at_line <= line; i++) {
		size_t n = text[i] == *code ? matches(code, text, len, i) : 0;
		int last = at_line;

		for (size_t k = i; k < i + n; k++)
			last += text[k] == '\n';
		if (n && line >= at_line && line <= last)
			return true;
		at_line += text[i] == '\n';
	}
	return false;
}
