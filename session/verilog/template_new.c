/* The files of a new project (new/): a small counter with everything it needs, done
 * properly, to be replaced piece by piece. NAME is a placeholder for the module's
 * name. */
#include "config.h"

#include "session/verilog/template.h"

#include <assert.h>
#include <string.h>

#include "session/base/str.h"
#include "session/verilog/template_inner.h"

static void fill(const char *file, const char *name, struct str *out)
{
	const struct template_file *f = template_files;
	const char *text;

	while (f->name && strcmp(f->name, file) != 0)
		f++;
	assert(f->name);
	text = f->text;
	for (const char *at; (at = strstr(text, "NAME")); text = at + strlen("NAME")) {
		str_add(out, text, (size_t)(at - text));
		str_adds(out, name);
	}
	str_adds(out, text);
}

void template_module(const char *name, enum lang lang, struct str *rtl)
{
	fill(lang == LANG_SV2017 ? "rtl.sv" : "rtl.v", name, rtl);
}

void template_module_testbench(const char *name, enum lang lang, struct str *tb)
{
	fill(lang == LANG_SV2017 ? "tb.sv" : "tb.v", name, tb);
}

void template_spec(const char *name, struct str *out)
{
	fill("spec.md", name, out);
}
