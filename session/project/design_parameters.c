/* A value is passed on if it is a number or a string literal, and quoted if the
 * parameter is a string. Whether it is a string follows from its declaration: the
 * type, or the default value. IEEE 1800-2017 6.20.2: a parameter without a type
 * has that of its final value, so one whose default is a name or an expression
 * accepts both.
 */
#include "config.h"

#include "session/project/design_parameters.h"
#include "session/output/diag.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/verilog/verilog.h"

static size_t name_len(const char *word)
{
	return strcspn(word, "=");
}

static const struct vparam *param_of(const struct vmodule *m, const char *word)
{
	for (size_t i = 0; m && i < m->n_params; i++)
		if (!m->params[i].local && strlen(m->params[i].name) == name_len(word) &&
		    strncmp(m->params[i].name, word, name_len(word)) == 0)
			return &m->params[i];
	return NULL;
}

static const char *value_of(const char *word)
{
	return word[name_len(word)] ? word + name_len(word) + 1 : "";
}

static bool is_quoted(const char *s)
{
	size_t n = strlen(s);

	return n >= 2 && s[0] == '"' && s[n - 1] == '"';
}

/* True for "8'hff", "'d3", "'1": IEEE 1800-2017 5.7.1. */
static bool is_based(const char *s)
{
	s += strspn(s, "0123456789_");
	if (*s != '\'')
		return false;
	s++;
	if (strlen(s) == 1 && strchr("01xXzZ", *s))
		return true;
	s += *s == 's' || *s == 'S';
	return *s && strchr("bBoOdDhH", *s) && s[1] &&
	       s[1 + strspn(s + 1, "0123456789abcdefABCDEFxXzZ?_")] == '\0';
}

/* True for "-3", "1_000", "2.5e-3", and based numbers. */
static bool is_number(const char *s)
{
	static const char digits[] = "0123456789_";

	s += *s == '-' || *s == '+';
	if (is_based(s))
		return true;
	if (!isdigit((unsigned char)*s))
		return false;
	s += strspn(s, digits);
	if (*s == '.' && isdigit((unsigned char)s[1]))
		s += 1 + strspn(s + 1, digits);
	if ((*s == 'e' || *s == 'E') && s[1]) {
		s += 1 + (s[1] == '-' || s[1] == '+');
		if (!isdigit((unsigned char)*s))
			return false;
		s += strspn(s, digits);
	}
	return *s == '\0';
}

static bool is_string(const struct vparam *p)
{
	return strcmp(p->type, "string") == 0 || p->value[0] == '"';
}

/* True for a string, or a parameter that accepts both. */
static bool may_be_string(const struct vparam *p)
{
	return is_string(p) || (!p->type[0] && !is_number(p->value));
}

/* False if the value does not suit the parameter. */
static bool add_literal(const struct vparam *p, const char *word, struct str *out)
{
	const char *value = value_of(word);

	str_add(out, word, name_len(word));
	str_addc(out, '=');
	if (is_quoted(value) || (is_number(value) && !is_string(p))) {
		str_adds(out, value);
		return true;
	}
	if (!may_be_string(p))
		return false;
	str_addc(out, '"');
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			str_addc(out, '\\');
		str_addc(out, *value);
	}
	str_addc(out, '"');
	return true;
}

void design_parameters(const struct vmodule *top, const struct strv *said, struct strv *out)
{
	for (size_t i = 0; i < said->n; i++) {
		const struct vparam *p = param_of(top, said->v[i]);
		struct str word = STR_INIT;

		if (p && add_literal(p, said->v[i], &word))
			strv_add(out, str_cstr(&word));
		str_free(&word);
	}
}

bool design_parameters_has(const struct vmodule *top, const char *word)
{
	return param_of(top, word) != NULL;
}

void design_parameters_lost(const struct vmodule *top, const struct strv *set, struct strv *notes)
{
	for (size_t i = 0; top && i < set->n; i++) {
		const char *word = set->v[i];
		const struct vparam *p = param_of(top, word);
		struct str literal = STR_INIT;

		if (!p)
			strv_addf(notes, "%s has no parameter %.*s: its value reaches nothing",
				  top->name, (int)name_len(word), word);
		else if (!add_literal(p, word, &literal))
			strv_addf(notes,
				  "the parameter %s of %s is a number: it keeps its own value %s, "
				  "not '%s'",
				  p->name, top->name, p->value, value_of(word));
		str_free(&literal);
	}
}

static bool is_given(const struct vmodule *top, const struct strv *given, const struct vparam *p)
{
	for (size_t k = 0; k < given->n; k++)
		if (param_of(top, given->v[k]) == p)
			return true;
	return false;
}

void design_parameters_empty(const struct vmodule *top, const struct strv *given,
			     struct strv *notes)
{
	for (size_t i = 0; top && i < top->n_params; i++) {
		const struct vparam *p = &top->params[i];

		if (!p->local && strcmp(p->value, "\"\"") == 0 && !is_given(top, given, p))
			strv_addf(notes,
				  "the parameter %s of %s is an empty string: if it names a file, "
				  "`set parameters %s=NAME` does",
				  p->name, top->name, p->name);
	}
}

/* Verilator 5.006: "Parameter without initial value is never given value (IEEE 1800-2017
 * 6.20.1): 'N'". Icarus 11 cannot read such a parameter, whatever it is given. */
static bool is_missed(const struct diag_list *found, const char *name)
{
	char *quoted = str_fmt("'%s'", name);
	bool missed = false;

	for (size_t i = 0; !missed && i < diag_list_len(found); i++) {
		const char *text = diag_list_at(found, i)->text;

		missed =
			str_starts(text, "Parameter without initial value") && strstr(text, quoted);
	}
	free(quoted);
	return missed;
}

void design_parameters_unset(const struct vmodule *top, const struct diag_list *found,
			     struct strv *notes)
{
	for (size_t i = 0; top && found && i < top->n_params; i++) {
		const struct vparam *p = &top->params[i];

		if (!p->local && strcmp(p->type, "type") != 0 && is_missed(found, p->name))
			strv_addf(notes,
				  "the parameter %s of %s has no value: `set parameters %s=VALUE` "
				  "gives it one",
				  p->name, top->name, p->name);
	}
}
