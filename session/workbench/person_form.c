/* A form as a series of cards.
 *
 *	message, field 1 --> field 2 --> ... --> "send NAME=..., ...?" --> accept
 *	     |			|		      |
 *	     +------------------+---- no answer ------+--------------> cancel; decline
 *
 * Nothing is sent before the last card, which shows everything.
 */
#include "config.h"

#include "session/workbench/person_form.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/workbench/report.h"

#define TEXT_MAX   600u /* displayed bytes of a message or a description */
#define VALUE_MAX  200u /* of an option, and of a value in the last card */
#define ANSWER_MAX 4000u

enum field_kind { FIELD_TEXT, FIELD_NUMBER, FIELD_INTEGER, FIELD_YES_NO, FIELD_ONE, FIELD_SOME };

struct field {
	const char *name; /* from the schema */
	const cJSON *schema;
	enum field_kind kind;
	bool needed;
	struct strv shown;    /* options as displayed */
	struct strv values;   /* ONE and SOME: the value of each option */
	struct str suggested; /* the default as it would be typed; "": none */
	char *required;	      /* the typed answer that is to become a requirement; may be NULL */
};

static const char leave_out[] = "(leave it out)";

/* Reading the form -------------------------------------------------------------------- */

/* Appends one line of visible characters. */
static void add_line(struct str *out, const char *text, size_t max)
{
	size_t len = strlen(text), keep = len > max ? utf8_valid_prefix(text, max) : len;
	struct str s = STR_INIT;

	utf8_show(text, keep, &s);
	for (size_t i = 0; i < s.len; i++)
		str_addc(out, (unsigned char)s.data[i] < 0x20 ? ' ' : s.data[i]);
	if (keep < len)
		str_adds(out, " ...");
	str_free(&s);
}

static bool add_option(struct field *f, const char *value, const char *title)
{
	struct str line = STR_INIT;

	if (!value || f->values.n == FORM_OPTIONS_MAX || strlen(value) > VALUE_MAX)
		return false;
	add_line(&line, title ? title : value, VALUE_MAX);
	strv_give(&f->shown, str_take(&line));
	strv_add(&f->values, value);
	return true;
}

/* Reads "enum", with or without titles, or a list of "const" and "title". */
static bool read_options(struct field *f, const cJSON *schema)
{
	const cJSON *list = json_array(schema, "enum"), *titles = json_array(schema, "enumNames");
	const cJSON *title = titles ? titles->child : NULL, *o;

	if (list) {
		cJSON_ArrayForEach(o, list) {
			if (!cJSON_IsString(o) ||
			    !add_option(f, o->valuestring,
					cJSON_IsString(title) ? title->valuestring : NULL))
				return false;
			title = title ? title->next : NULL;
		}
		return list->child != NULL;
	}
	list = json_array(schema, "oneOf");
	if (!list)
		list = json_array(schema, "anyOf");
	if (list)
		cJSON_ArrayForEach(o, list)
			if (!add_option(f, json_string(o, "const"), json_string(o, "title")))
				return false;
	return list && list->child;
}

static bool has_options(const cJSON *schema)
{
	return json_get(schema, "enum") || json_get(schema, "oneOf") || json_get(schema, "anyOf");
}

static bool is_required(const cJSON *schema, const char *name)
{
	const cJSON *list = json_array(schema, "required"), *r;

	if (list)
		cJSON_ArrayForEach(r, list)
			if (cJSON_IsString(r) && strcmp(r->valuestring, name) == 0)
				return true;
	return false;
}

/* False: of an unknown kind. */
static bool read_field(struct field *f, const cJSON *form, const cJSON *schema)
{
	const char *type = json_string(schema, "type");

	*f = (struct field){ .name = schema->string,
			     .schema = schema,
			     .needed = is_required(form, schema->string) };
	if (!type || strlen(f->name) > VALUE_MAX)
		return false;
	if (strcmp(type, "string") == 0 && has_options(schema)) {
		f->kind = FIELD_ONE;
		return read_options(f, schema);
	}
	if (strcmp(type, "array") == 0) {
		f->kind = FIELD_SOME;
		return read_options(f, json_object(schema, "items"));
	}
	if (strcmp(type, "boolean") == 0) {
		f->kind = FIELD_YES_NO;
		strv_add(&f->shown, "yes");
		strv_add(&f->shown, "no");
		return true;
	}
	f->kind = strcmp(type, "number") == 0	 ? FIELD_NUMBER
		  : strcmp(type, "integer") == 0 ? FIELD_INTEGER
						 : FIELD_TEXT;
	return f->kind != FIELD_TEXT || strcmp(type, "string") == 0;
}

static void free_fields(struct field *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		strv_free(&v[i].shown);
		strv_free(&v[i].values);
		str_free(&v[i].suggested);
		free(v[i].required);
	}
}

/* For these a typed number is the value, not the number of an option. */
static bool is_number(enum field_kind k)
{
	return k == FIELD_NUMBER || k == FIELD_INTEGER;
}

/* Answers ------------------------------------------------------------------------------- */

/* The value of a displayed option, whose words may be in another case; NULL: there is no such
 * option. */
static const char *value_of(const struct field *f, const char *shown)
{
	const char *found = NULL;

	for (size_t i = 0; i < f->values.n; i++)
		if (strcmp(f->shown.v[i], shown) == 0 || strcmp(f->values.v[i], shown) == 0)
			return f->values.v[i];
		else if (!found && strcasecmp(f->shown.v[i], shown) == 0)
			found = f->values.v[i];
	return found;
}

static int atoi_2(const char *digits)
{
	return (digits[0] - '0') * 10 + (digits[1] - '0');
}

static cJSON *number_of(const struct field *f, const char *answer, struct str *why)
{
	char *end;
	double n = strtod(answer, &end), least = json_number(f->schema, "minimum", -HUGE_VAL),
	       most = json_number(f->schema, "maximum", HUGE_VAL);

	if (end == answer || end[strspn(end, " \t")] || !isfinite(n) ||
	    (f->kind == FIELD_INTEGER && (n != floor(n) || fabs(n) > 9007199254740992.0)))
		str_adds(why, f->kind == FIELD_INTEGER ? "a whole number is wanted"
						       : "a number is wanted");
	else if (n < least || n > most)
		str_addf(why, "from %g to %g is wanted", least, most);
	else
		return cJSON_CreateNumber(n);
	return NULL;
}

/* shape: 'd' is a digit; others stand for themselves. Returns what follows; NULL: it
 * does not fit. */
static const char *has_shape(const char *s, const char *shape)
{
	for (; *shape; shape++, s++)
		if (*shape == 'd' ? *s < '0' || *s > '9' : *s != *shape)
			return NULL;
	return s;
}

static bool is_day(const char *s)
{
	int month = atoi_2(s + 5), day = atoi_2(s + 8);

	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* RFC 3339: 2026-05-01T10:00:00Z, with a fraction or another zone. */
static bool is_moment(const char *s)
{
	const char *rest = has_shape(s, "dddd-dd-ddTdd:dd:dd");

	if (!rest || !is_day(s) || atoi_2(s + 11) > 23 || atoi_2(s + 14) > 59)
		return false;
	if (*rest == '.')
		rest += 1 + strspn(rest + 1, "0123456789");
	if (strcmp(rest, "Z") == 0)
		return true;
	s = *rest == '+' || *rest == '-' ? has_shape(rest + 1, "dd:dd") : NULL;
	return s && !*s;
}

/* The formats of the protocol, as far as a typing mistake shows; others are free. */
static bool fits_format(const char *format, const char *s)
{
	const char *at = strchr(s, '@'), *colon = strchr(s, ':');
	bool one_word = s[0] && !s[strcspn(s, " \t")];

	if (strcmp(format, "email") == 0)
		return one_word && at && at > s && at[1] && !strchr(at + 1, '@');
	if (strcmp(format, "uri") == 0)
		return one_word && colon && colon > s && colon[1];
	if (strcmp(format, "date") == 0)
		return has_shape(s, "dddd-dd-dd") && !s[10] && is_day(s);
	return strcmp(format, "date-time") != 0 || is_moment(s);
}

static cJSON *text_of(const struct field *f, const char *answer, struct str *why)
{
	static const char *const examples[][2] = { { "email", "me@example.org" },
						   { "uri", "https://example.org/a" },
						   { "date", "2026-05-01" },
						   { "date-time", "2026-05-01T10:00:00Z" } };
	double least = json_number(f->schema, "minLength", 0),
	       most = json_number(f->schema, "maxLength", ANSWER_MAX);
	const char *format = json_string(f->schema, "format");
	double chars = 0;

	for (const char *p = answer; *p; p++)
		chars += ((unsigned char)*p & 0xc0) != 0x80;
	if (strlen(answer) > ANSWER_MAX || chars < least || chars > most)
		str_addf(why, "%g to %g characters are wanted", least, most);
	else if (!format || fits_format(format, answer))
		return cJSON_CreateString(answer);
	for (size_t i = 0; why->len == 0 && i < sizeof(examples) / sizeof(*examples); i++)
		if (strcmp(format, examples[i][0]) == 0)
			str_addf(why, "something like %s is wanted", examples[i][1]);
	return NULL;
}

/* NULL if there are too few or too many of them. */
static cJSON *enough_of(const struct field *f, cJSON *list, struct str *why)
{
	double least = json_number(f->schema, "minItems", 0),
	       most = json_number(f->schema, "maxItems", FORM_OPTIONS_MAX),
	       n = cJSON_GetArraySize(list);

	if (n >= least && n <= most)
		return list;
	str_addf(why, "%g to %g of them are wanted", least, most);
	cJSON_Delete(list);
	return NULL;
}

static bool is_in(const cJSON *list, const char *value)
{
	const cJSON *o;

	cJSON_ArrayForEach(o, list)
		if (strcmp(o->valuestring, value) == 0)
			return true;
	return false;
}

/* Parses "red, blue", or the numbers of options. */
static cJSON *some_of(const struct field *f, const char *answer, struct str *why)
{
	cJSON *out = cJSON_CreateArray();

	for (const char *p = answer; *p;) {
		size_t n = strcspn(p, ",");
		const char *from = p + strspn(p, " ");
		size_t len = (size_t)(p + n - from) > n ? 0 : (size_t)(p + n - from);
		struct str word = STR_INIT;
		unsigned long number;
		const char *value;
		char *end;

		str_add(&word, from, len);
		while (word.len && word.data[word.len - 1] == ' ')
			str_cut(&word, word.len - 1);
		number = strtoul(str_cstr(&word), &end, 10);
		value = number >= 1 && number <= f->values.n && !*end
				? f->values.v[number - 1]
				: value_of(f, str_cstr(&word));
		if (!value) {
			str_adds(why, "no such choice: ");
			add_line(why, str_cstr(&word), VALUE_MAX);
			cJSON_Delete(out);
			out = NULL;
		} else if (!is_in(out, value)) {
			cJSON_AddItemToArray(out, cJSON_CreateString(value));
		}
		str_free(&word);
		if (!out)
			return NULL;
		p += n + (p[n] == ',');
	}
	return enough_of(f, out, why);
}

static cJSON *read_answer(const struct field *f, const char *answer, struct str *why)
{
	switch (f->kind) {
	case FIELD_NUMBER:
	case FIELD_INTEGER:
		return number_of(f, answer, why);
	case FIELD_YES_NO:
		return cJSON_CreateBool(strcmp(answer, "yes") == 0);
	case FIELD_ONE:
		return cJSON_CreateString(value_of(f, answer));
	case FIELD_SOME:
		return some_of(f, answer, why);
	default:
		return text_of(f, answer, why);
	}
}

/* Appends a value as it would be typed: an option by its title, or by its number if that
 * would be read otherwise. */
static void add_typed(const struct field *f, const char *value, struct str *out)
{
	for (size_t i = 0; i < f->values.n; i++) {
		const char *shown = f->shown.v[i];

		if (strcmp(f->values.v[i], value) != 0)
			continue;
		if (strchr(shown, ',') || (shown[0] >= '0' && shown[0] <= '9'))
			str_addf(out, "%zu", i + 1);
		else
			str_adds(out, shown);
		return;
	}
	str_adds(out, value); /* no such choice, which is found out when it is read */
}

/* Reads the default, if it is a valid answer that can be shown as it is. */
static void read_suggestion(struct field *f)
{
	const cJSON *given = json_get(f->schema, "default"), *o;
	struct str typed = STR_INIT, shown = STR_INIT, why = STR_INIT;
	cJSON *value = NULL;

	if (f->kind == FIELD_YES_NO && cJSON_IsBool(given))
		str_adds(&typed, cJSON_IsTrue(given) ? "yes" : "no");
	else if (f->kind == FIELD_SOME && cJSON_IsArray(given))
		cJSON_ArrayForEach(o, given) {
			str_adds(&typed, typed.len ? ", " : "");
			add_typed(f, cJSON_IsString(o) ? o->valuestring : "", &typed);
		}
	else if (is_number(f->kind) && cJSON_IsNumber(given))
		str_addf(&typed, "%.15g", given->valuedouble);
	else if (cJSON_IsString(given) && (f->kind == FIELD_TEXT || f->kind == FIELD_ONE))
		str_adds(&typed, given->valuestring);
	add_line(&shown, str_cstr(&typed), VALUE_MAX);
	if (typed.len && strcmp(str_cstr(&shown), str_cstr(&typed)) == 0 &&
	    (f->kind != FIELD_ONE || value_of(f, str_cstr(&typed))) &&
	    (value = read_answer(f, str_cstr(&typed), &why)))
		str_adds(&f->suggested, str_cstr(&typed));
	cJSON_Delete(value);
	str_free(&typed);
	str_free(&shown);
	str_free(&why);
}

/* Asking -------------------------------------------------------------------------------- */

/* An option by its title. */
static const char *shown_suggestion(const struct field *f)
{
	for (size_t i = 0; f->kind == FIELD_ONE && i < f->values.n; i++)
		if (strcmp(f->values.v[i], str_cstr(&f->suggested)) == 0)
			return f->shown.v[i];
	return str_cstr(&f->suggested);
}

static void describe(const struct field *f, struct str *out)
{
	static const char *const kinds[] = { "text",	  "number", "whole number",
					     "yes or no", "one of", "some of, with commas" };
	const char *title = json_string(f->schema, "title"),
		   *about = json_string(f->schema, "description");

	add_line(out, title && title[0] ? title : f->name, VALUE_MAX);
	str_addf(out, " (%s", kinds[f->kind]);
	if (f->suggested.len)
		str_addf(out, ", suggested: %s", shown_suggestion(f));
	if (!f->needed)
		str_adds(out, is_number(f->kind) ? ", - leaves it out" : ", may be left out");
	str_addc(out, ')');
	if (about && about[0]) {
		str_adds(out, ": ");
		add_line(out, about, TEXT_MAX);
	}
}

/* NULL with err: no answer. */
static char *ask(const struct report *r, const char *from, const struct str *text,
		 const struct field *f, bool *required, struct err *err)
{
	struct strv options = STRV_INIT;
	struct person_question q = { .from = from,
				     .text = str_cstr(text),
				     .required = r->require ? required : NULL };
	char *answer;

	strv_addall(&options, &f->shown);
	if (f->kind == FIELD_TEXT && f->suggested.len)
		strv_add(&options, str_cstr(&f->suggested));
	if (!f->needed)
		strv_add(&options, leave_out);
	q.options = options.v;
	q.n = options.n;
	q.free_text = f->kind != FIELD_YES_NO && f->kind != FIELD_ONE;
	if (is_number(f->kind))
		q.n = 0;
	answer = r->question(r->ctx, &q, err);
	strv_free(&options);
	return answer;
}

/* Adds the answer to content, unless it is left out. False: the user does not answer. */
static bool fill(const struct report *r, const char *from, const char *before, struct field *f,
		 cJSON *content)
{
	struct str why = STR_INIT;
	bool done = false, answers = true;

	for (unsigned i = 0; i < FORM_TRIES && !done && answers; i++) {
		struct str text = STR_INIT;
		struct err err;
		cJSON *value = NULL;
		bool required = false;
		char *answer;

		str_addf(&text, "%s%s", before, why.len ? str_cstr(&why) : "");
		str_adds(&text, why.len ? "; " : "");
		describe(f, &text);
		str_clear(&why);
		answer = ask(r, from, &text, f, &required, &err);
		answers = answer != NULL;
		done = answers && !f->needed &&
		       (strcmp(answer, leave_out) == 0 ||
			(is_number(f->kind) && strcmp(answer, "-") == 0));
		if (answers && !done && (value = read_answer(f, answer, &why))) {
			cJSON_AddItemToObject(content, f->name, value);
			f->required = required ? mem_strdup(answer) : NULL;
			done = true;
		}
		free(answer);
		str_free(&text);
	}
	str_free(&why);
	return done;
}

static bool confirm(const struct report *r, const char *from, const char *before,
		    const cJSON *content, bool *cancelled)
{
	static char send[] = "send it", decline[] = "decline";
	char *const options[] = { send, decline };
	struct str text = STR_INIT, json = STR_INIT;
	struct person_question q = { .from = from, .options = options, .n = 2 };
	struct err err;
	char *answer;
	bool yes;

	assert(r->question);
	json_print(&json, content);
	str_adds(&text, before);
	str_adds(&text, content->child ? "this would be sent: " : "say yes to that?");
	if (content->child)
		add_line(&text, str_cstr(&json), ANSWER_MAX);
	q.text = str_cstr(&text);
	answer = r->question(r->ctx, &q, &err);
	*cancelled = !answer;
	yes = answer && strcmp(answer, send) == 0;
	free(answer);
	str_free(&json);
	str_free(&text);
	return yes;
}

/* Proposes what was sent as requirements, with the form's message, because a
 * field's name alone says little. */
static void require(const struct report *r, const char *from, const char *message,
		    const struct field *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *title = json_string(v[i].schema, "title");
		struct str about = STR_INIT;

		if (!v[i].required)
			continue;
		title = title && title[0] ? title : v[i].name;
		if (message && message[0]) {
			add_line(&about, message, TEXT_MAX);
			str_adds(&about, " (");
			add_line(&about, title, VALUE_MAX);
			str_addc(&about, ')');
		} else {
			add_line(&about, title, VALUE_MAX);
		}
		r->require(r->ctx, from, str_cstr(&about), v[i].required);
		str_free(&about);
	}
}

static cJSON *outcome(const char *action)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "action", action);
	return o;
}

/* False: not a form that can be shown. */
static bool read_fields(const cJSON *params, struct field *v, size_t *n)
{
	const cJSON *form = json_object(params, "requestedSchema"),
		    *fields = json_object(form, "properties");
	const char *mode = json_string(params, "mode");

	if (mode && strcmp(mode, "form") != 0)
		return false;
	for (const cJSON *f = fields ? fields->child : NULL; f; f = f->next)
		if (*n == FORM_FIELDS_MAX || !read_field(&v[(*n)++], form, f))
			return false;
	for (size_t i = 0; i < *n; i++)
		read_suggestion(&v[i]);
	return true;
}

cJSON *form_ask(const struct report *r, const char *from, const cJSON *params)
{
	const char *message = json_string(params, "message");
	struct field v[FORM_FIELDS_MAX] = { 0 };
	struct str before = STR_INIT;
	cJSON *content = cJSON_CreateObject(), *out = NULL;
	bool cancelled = false;
	size_t n = 0;

	if (!r->question) {
		out = outcome("decline");
	} else if (!read_fields(params, v, &n)) {
		report_note(r, "%s asks for what posedge does not put to you: declined", from);
		out = outcome("decline");
	}
	if (message && message[0]) {
		add_line(&before, message, TEXT_MAX);
		str_adds(&before, " -- ");
	}
	for (size_t i = 0; !out && i < n; i++)
		if (!fill(r, from, i ? "" : str_cstr(&before), &v[i], content))
			out = outcome("cancel");
	if (!out && confirm(r, from, n ? "" : str_cstr(&before), content, &cancelled)) {
		out = outcome("accept");
		cJSON_AddItemToObject(out, "content", content);
		content = NULL;
		require(r, from, message, v, n);
	}
	if (!out)
		out = outcome(cancelled ? "cancel" : "decline");
	cJSON_Delete(content);
	free_fields(v, FORM_FIELDS_MAX);
	str_free(&before);
	return out;
}
