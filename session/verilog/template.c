/* The purpose of a port is guessed from its name alone, as a source does not say
 * which input is the clock. A name is split into parts ("i_Clk_50" into i, clk,
 * 50), so that "sysclk" and "clk50" are clocks and "clken" is not. Generated
 * signals are declared in the design's language, and a name that the module
 * already uses is changed until it is free.
 */
#include "config.h"

#include "session/verilog/template.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/word_table.h"
#include "session/verilog/template_inner.h"

/* Names --------------------------------------------------------------------- */

void template_name(const char *name, struct str *out)
{
	str_adds(out, name);
	if (name[0] == '\\')
		str_addc(out, ' ');
}

static bool taken(const struct vmodule *m, const char *name)
{
	for (size_t i = 0; i < m->n_params; i++)
		if (strcmp(m->params[i].name, name) == 0)
			return true;
	return vmodule_port(m, name) != NULL;
}

char *template_free_name(const struct vmodule *m, const char *name)
{
	char *s = mem_strdup(name);

	while (taken(m, s)) {
		char *longer = str_fmt("%s_", s);

		free(s);
		s = longer;
	}
	return s;
}

/* What a name says ------------------------------------------------------------ */

#define MAX_PARTS 8

struct parts {
	char text[64]; /* the name in lower case, underscores replaced by NUL */
	const char *v[MAX_PARTS];
	size_t n;
};

/* Splits "i_Clk_50" into "i", "clk", "50". A name too long for a clock has no parts. */
static void split(const char *name, struct parts *out)
{
	size_t len = strlen(name);

	out->n = 0;
	if (len >= sizeof(out->text))
		return;
	for (size_t i = 0; i <= len; i++)
		out->text[i] = name[i] == '_' ? '\0' : (char)tolower((unsigned char)name[i]);
	for (size_t i = 0; i < len && out->n < MAX_PARTS; i += strlen(out->text + i) + 1)
		if (out->text[i])
			out->v[out->n++] = out->text + i;
}

static bool one_bit_input(const struct vport *p)
{
	return p->dir == VPORT_INPUT && !strchr(p->type, '[') && !p->dims[0] &&
	       template_shape(p) == SHAPE_BITS;
}

/* True for "sysclk", "clk50", "ck", but not "clken" or "tck". */
static bool says_clock(const char *word)
{
	static const char *const words[] = { "clk", "clock" };

	for (size_t i = 0; i < 2; i++) {
		const char *at = strstr(word, words[i]);

		if (at &&
		    at[strlen(words[i]) + strspn(at + strlen(words[i]), "0123456789mhz")] == '\0')
			return true;
	}
	return strcmp(word, "ck") == 0;
}

bool template_is_clock(const struct vport *p)
{
	static const char *const others[] = { "en",    "ena",	"enable", "sel", "select", "div",
					      "ratio", "valid", "gate",	  "cnt", "count",  "rate",
					      "freq",  "stop",	"ok",	  NULL };
	struct parts parts;
	bool clock = false;

	if (!one_bit_input(p))
		return false;
	split(p->name, &parts);
	for (size_t i = 0; i < parts.n; i++) {
		if (words_has(others, parts.v[i]))
			return false;
		clock |= says_clock(parts.v[i]);
	}
	return clock;
}

/* True for "rst", "areset", "nrst", "resetn", "rstb", but not "first". low: it
 * has the n or b. */
static bool says_reset(const char *word, bool *low)
{
	static const char *const words[] = { "reset", "rst" };
	static const char *const before[] = { "",  "a",	 "s",  "n", "an", "sys", "async", "w",
					      "r", "wr", "rd", "p", "h",  "por", NULL };

	for (size_t i = 0; i < 2; i++) {
		const char *at = strstr(word, words[i]);
		const char *rest = at ? at + strlen(words[i]) : NULL;
		char front[8];

		if (!at || (size_t)(at - word) >= sizeof(front))
			continue;
		memcpy(front, word, (size_t)(at - word));
		front[at - word] = '\0';
		if (!words_has(before, front))
			continue;
		if (strcmp(rest, "n") == 0 || strcmp(rest, "b") == 0)
			*low = true;
		else if (*rest && !isdigit((unsigned char)*rest))
			continue;
		*low |= strcmp(front, "n") == 0 || strcmp(front, "an") == 0;
		return true;
	}
	return false;
}

bool template_is_reset(const struct vport *p, bool *low)
{
	static const char *const others[] = { "val",  "value",	"data", "cnt", "count",
					      "addr", "vector", "done", "en",  NULL };
	static const char *const marks[] = { "n", "b", "ni", "l", "low", NULL };
	struct parts parts;
	bool reset = false;

	*low = false;
	if (!one_bit_input(p))
		return false;
	split(p->name, &parts);
	for (size_t i = 0; i < parts.n; i++) {
		if (words_has(others, parts.v[i]))
			return false;
		if (says_reset(parts.v[i], low))
			reset = true;
		else
			*low |= words_has(marks, parts.v[i]) && (reset || i == 0);
	}
	return reset;
}

/* Types --------------------------------------------------------------------- */

static const char *skip_word(const char *type, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(type, word, n) != 0 || isalnum((unsigned char)type[n]) || type[n] == '_' ||
	    type[n] == '$')
		return NULL;
	type += n;
	while (*type == ' ')
		type++;
	return type;
}

/* Skips keywords that only say how it is driven: "wire", "var", "reg". */
static const char *bare_type(const char *type)
{
	static const char *const words[] = { "const",	"var",	"wire", "tri",	 "tri0",
					     "tri1",	"wand", "wor",	"uwire", "supply0",
					     "supply1", "reg",	"logic" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const char *rest = skip_word(type, words[i]);

		if (rest) {
			type = rest;
			i = (size_t)-1;
		}
	}
	return type;
}

static bool is_range(const char *type)
{
	return type[0] == '\0' || type[0] == '[' || skip_word(type, "signed") ||
	       skip_word(type, "unsigned");
}

enum port_shape template_shape(const struct vport *p)
{
	static const char *const numbers[] = { "int",	  "integer", "byte", "shortint",
					       "longint", "time",    "bit" };
	static const char *const reals[] = { "real", "shortreal", "realtime" };
	const char *type = bare_type(p->type);

	if (p->dir == VPORT_INTERFACE)
		return SHAPE_INTERFACE;
	if (is_range(type) || skip_word(type, "bit"))
		return SHAPE_BITS;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (skip_word(type, numbers[i]))
			return SHAPE_NUMBER;
	for (size_t i = 0; i < sizeof(reals) / sizeof(*reals); i++)
		if (skip_word(type, reals[i]))
			return SHAPE_NUMBER;
	return SHAPE_NAMED;
}

static const char *keyword_for(const struct vport *p, enum lang lang, bool driven, const char *type)
{
	if (p->dir == VPORT_INOUT)
		return is_range(type) ? "wire" : "wire ";
	if (!is_range(type))
		return "";
	if (lang == LANG_SV2017)
		return "logic";
	return driven ? "reg" : "wire";
}

void template_declare(const struct vport *p, enum lang lang, bool driven, struct str *out)
{
	const char *type = bare_type(p->type);
	const char *keyword;

	/* Verilog-2001 has no typed wires: an output integer becomes 32 bits. */
	if (lang != LANG_SV2017 && !driven && !is_range(type))
		type = skip_word(type, "time") ? "[63:0]" : "signed [31:0]";
	keyword = keyword_for(p, lang, driven, type);
	str_addf(out, "%s%s%s ", keyword, keyword[0] && type[0] ? " " : "", type);
	template_name(p->name, out);
	if (p->dims[0])
		str_addf(out, " %s", p->dims);
}

/* Instances ------------------------------------------------------------------- */

static void connect(const char *indent, const char *name, bool last, struct str *out)
{
	str_addf(out, "%s    .", indent);
	template_name(name, out);
	str_addc(out, '(');
	template_name(name, out);
	str_adds(out, last ? ")\n" : "),\n");
}

void template_connect(const struct vmodule *m, const char *instance, const char *indent,
		      struct str *out)
{
	size_t left = 0;

	str_adds(out, indent);
	template_name(m->name, out);
	for (size_t i = 0; i < m->n_params; i++)
		left += !m->params[i].local;
	if (left) {
		str_adds(out, m->name[0] == '\\' ? "#(\n" : " #(\n");
		for (size_t i = 0; i < m->n_params; i++)
			if (!m->params[i].local)
				connect(indent, m->params[i].name, --left == 0, out);
		str_addf(out, "%s)", indent);
	}
	str_addc(out, ' ');
	template_name(instance, out);
	if (m->n_ports == 0) {
		str_adds(out, " ();\n");
		return;
	}
	str_adds(out, " (\n");
	for (size_t i = 0; i < m->n_ports; i++)
		connect(indent, m->ports[i].name, i + 1 == m->n_ports, out);
	str_addf(out, "%s);\n", indent);
}

void template_instance(const struct vmodule *m, enum lang lang, struct str *out)
{
	bool escaped = m->name[0] == '\\';
	char *name = str_fmt("%su_%s", escaped ? "\\" : "", m->name + escaped);

	template_connect(m, name, "", out);
	free(name);
}
