/* Explains why no testbench was found.
 *
 * A file may contain one that was not seen: below an `ifdef whose macro only some script
 * defines, or in the macros of a library (VUnit's `TEST_SUITE) whose header is not in the
 * project. The candidate is a module without ports that its file does not instantiate, or a
 * file in which no line is active.
 */
#include "config.h"

#include "session/project/design_none.h"

#include <stdlib.h>

#include "session/base/str.h"
#include "session/project/project.h"
#include "session/verilog/lang.h"
#include "session/verilog/verilog.h"

static bool may_hold_one(const struct project_file *f)
{
	const struct voutline *o = f->outline;

	if (!o || f->header)
		return false;
	for (size_t i = 0; i < o->n; i++)
		if (o->modules[i].kind == VUNIT_MODULE && o->modules[i].n_ports == 0 &&
		    !voutline_instantiates(o, o->modules[i].name))
			return true;
	return o->kind == VFILE_DEAD;
}

/* NULL: nothing; the caller frees. */
static char *lacks(const struct project_file *f)
{
	const struct voutline *o = f->outline;

	for (size_t i = 0; i < o->n_included; i++)
		if (!o->included[i].path && !o->included[i].nested)
			return str_fmt("%s:%d includes %s, which is not in the project", f->path,
				       o->included[i].line, o->included[i].name);
	for (size_t i = 0; i < o->n_uses; i++)
		if (o->uses[i].asked)
			return str_fmt("%s:%d asks for %s, which nothing defines: `set defines %s` "
				       "does",
				       f->path, o->uses[i].line, o->uses[i].name, o->uses[i].name);
	return NULL;
}

static char *candidate_lacks(const struct project *p)
{
	char *what = NULL;

	for (size_t i = 0; !what && i < project_files(p); i++)
		if (may_hold_one(project_file(p, i)))
			what = lacks(project_file(p, i));
	return what;
}

static const char *in_vhdl(const struct project *p)
{
	size_t n;
	const struct project_left *left = project_left_out(p, &n);

	for (size_t i = 0; i < n; i++)
		if (lang_file(left[i].path) == LANG_FILE_VHDL)
			return left[i].path;
	return NULL;
}

/* "tb.v is UTF-16 text (save it as UTF-8)": a file that no tool here reads may hold it.
 * NULL: there is none; the caller frees. */
static char *unreadable(const struct project *p)
{
	for (size_t i = 0; i < project_files(p); i++) {
		const struct project_file *f = project_file(p, i);
		const char *why = f->outline ? voutline_unreadable(f->outline) : NULL;

		if (why)
			return str_fmt("%s is %s", f->path, why);
	}
	return NULL;
}

bool design_none(const struct project *p, struct err *err)
{
	const char *vhdl = in_vhdl(p);
	char *what = vhdl ? NULL : candidate_lacks(p);

	if (!vhdl && !what)
		what = unreadable(p);

	if (vhdl)
		err_set(err, ERR_USAGE,
			"there is no testbench in Verilog here, and VHDL such as %s cannot be "
			"simulated",
			vhdl);
	else if (what)
		err_set(err, ERR_USAGE, "there is no testbench here. %s", what);
	else
		err_set(err, ERR_USAGE,
			"there is no testbench here; `posedge testbench MODULE` makes one");
	free(what);
	return false;
}
