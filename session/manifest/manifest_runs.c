/* What the calls of tools in a description have in common: each call has its own defines,
 * each run of a simulation its own plusargs and parameters, and only what all of them
 * give counts for the project.
 *
 *     iverilog -DA=1 -DB=2 x.v      B=2 is for some of its runs only and is left out
 *     iverilog -DA=1 y.v
 *     vsim -gW=8 tb +n=4            the parameter W=8 and the plusarg +n=4
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/path.h"
#include "session/base/str.h"
#include "session/manifest/manifest_inner.h"
#include "session/manifest/shell.h"

bool reading_names_tool(const char *word, const char *tool)
{
	const char *base = path_base(word);
	size_t n = strlen(tool);

	base += base[0] == SHELL_UNKNOWN || base[0] == '@'; /* $(PREFIX)iverilog, @iverilog */
	/* Matches iverilog-12 and verilator_bin, but not vlog2html. */
	return strncmp(base, tool, n) == 0 && (base[n] == '\0' || base[n] == '-' || base[n] == '_');
}

void reading_share(struct reading *r, size_t before, struct strv *common, struct strv *now,
		   const char *what)
{
	int line = r->line;

	r->line = 0; /* one note for all lines */
	for (size_t i = 0; i < common->n + now->n; i++) {
		const char *v = i < common->n ? common->v[i] : now->v[i - common->n];

		if (before && !(strv_has(common, v) && strv_has(now, v)))
			reading_note(r, "the %s %s is for some of its runs only and is left out",
				     what, v);
	}
	r->line = line;
	for (size_t i = common->n; before && i-- > 0;)
		if (!strv_has(now, common->v[i]))
			strv_drop(common, i);
	for (size_t i = 0; !before && i < now->n; i++)
		strv_add(common, now->v[i]);
}

/* The plusarg that word i gives to the simulation, or NULL: "+n=1", but no option of a tool;
 * xsim has "-testplusarg n=1". *own: to be freed. */
static const char *plusarg_of(char *const *words, size_t i, char **own)
{
	const char *w = words[i];

	*own = NULL;
	if (shell_unknown(w) || str_ends(w, "="))
		return NULL;
	if (strcmp(words[i - 1], "-testplusarg") == 0)
		return *own = str_fmt("+%s", w);
	return w[0] == '+' && (isalpha((unsigned char)w[1]) || w[1] == '_') &&
			       !str_starts(w, "+acc") && !str_starts(w, "+verilator+")
		       ? w
		       : NULL;
}

/* The parameter of vsim's "-gW=8", "-G/tb/W=8" and of xelab's "-generic_top W=8", or NULL. */
static const char *generic_of(char *const *words, size_t i)
{
	const char *eq = strchr(words[i], '='), *name = words[i] + 2;

	if (strcmp(words[i - 1], "-generic_top") == 0 || strcmp(words[i - 1], "--generic_top") == 0)
		return eq && eq > words[i] && !shell_unknown(words[i]) ? words[i] : NULL;
	if (!reading_names_tool(words[0], "vsim") || !eq || shell_unknown(words[i]) ||
	    (!str_starts(words[i], "-g") && !str_starts(words[i], "-G")))
		return NULL;
	for (const char *c = name; c < eq; c++)
		name = *c == '/' ? c + 1 : name;
	return name < eq && (isalpha((unsigned char)*name) || *name == '_') ? name : NULL;
}

void reading_simulation(struct reading *r, char *const *words, size_t n)
{
	struct strv plusargs = STRV_INIT, generics = STRV_INIT;

	for (size_t i = 1; i < n; i++) {
		const char *generic = generic_of(words, i);
		char *own;
		const char *plusarg = plusarg_of(words, i, &own);

		if (plusarg)
			strv_add(&plusargs, plusarg);
		if (generic)
			strv_add(&generics, generic);
		free(own);
	}
	/* Vivado has a tool for each half of it. */
	if (!reading_names_tool(words[0], "xelab"))
		reading_share(r, r->runs++, &r->common_plusargs, &plusargs, "plusarg");
	if (!reading_names_tool(words[0], "xsim"))
		reading_share(r, r->elaborations++, &r->common_generics, &generics, "parameter");
	strv_free(&plusargs);
	strv_free(&generics);
}

void reading_commands_end(struct reading *r)
{
	for (size_t i = 0; i < r->common_defines.n; i++)
		reading_add_define(r, r->common_defines.v[i], strlen(r->common_defines.v[i]));
	for (size_t i = 0; i < r->common_parameters.n; i++)
		reading_add_parameter(r, r->common_parameters.v[i],
				      strlen(r->common_parameters.v[i]));
	for (size_t i = 0; i < r->common_generics.n; i++)
		reading_add_parameter(r, r->common_generics.v[i], strlen(r->common_generics.v[i]));
	for (size_t i = 0; i < r->common_plusargs.n; i++)
		reading_add_once(r, &r->out->plusargs, r->common_plusargs.v[i],
				 strlen(r->common_plusargs.v[i]));
	strv_free(&r->common_defines);
	strv_free(&r->common_parameters);
	strv_free(&r->common_generics);
	strv_free(&r->common_plusargs);
}
