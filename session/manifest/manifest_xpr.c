/* Vivado's project file: file sets with their files and tops.
 *
 * The format is not published; this is what Vivado 2015 to 2023 write: <FileSet
 * Type="DesignSrcs"> contains <File Path="$PPRDIR/..."> with <Attr>s, and
 * <Config><Option Name="TopModule" Val="..."/>. $PPRDIR is the project's folder,
 * $PSRCDIR the folder NAME.srcs in it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/manifest_inner.h"
#include "session/text/xml.h"

struct xpr {
	struct reading *r;
	char *srcs;  /* NAME.srcs */
	bool counts; /* inside a set that is read */
	char *file;  /* the current file; NULL: none */
	bool left_out, sv, header;
	size_t cores; /* IP cores, whose files Vivado generates */
};

/* Expands the path variables; the caller frees. */
static char *real_name(const struct xpr *x, const char *path)
{
	if (str_starts(path, "$PPRDIR/"))
		return mem_strdup(path + 8);
	if (str_starts(path, "$PSRCDIR/"))
		return str_fmt("%s/%s", x->srcs, path + 9);
	return mem_strdup(path);
}

static void add_dir(struct xpr *x, const char *name)
{
	char *real = real_name(x, name);

	reading_add_include(x->r, real);
	free(real);
}

static void option(struct xpr *x, const char *name, const char *value)
{
	if (strcmp(name, "TopModule") == 0 && value[0])
		reading_add_top(x->r, value);
	else if (strcmp(name, "VerilogDefine") == 0)
		reading_each(x->r, value, " ", reading_add_define);
	else if (strcmp(name, "VerilogDir") == 0)
		add_dir(x, value);
	else if (strcmp(name, "Generic") == 0 && !x->r->test)
		reading_each(x->r, value, " ", reading_add_parameter);
}

static void on_start(void *ctx, const char *name, const char *const *attrs)
{
	struct xpr *x = ctx;
	const char *type = xml_attr(attrs, "Type"), *path = xml_attr(attrs, "Path");
	const char *what = xml_attr(attrs, "Name"), *value = xml_attr(attrs, "Val");

	if (strcmp(name, "FileSet") == 0) {
		x->r->test = type && strcmp(type, "SimulationSrcs") == 0;
		x->counts = x->r->test || (type && strcmp(type, "DesignSrcs") == 0);
	} else if (strcmp(name, "File") == 0 && path && x->counts) {
		free(x->file);
		x->file = real_name(x, path);
		x->left_out = x->sv = x->header = false;
	} else if (strcmp(name, "FileInfo") == 0) {
		const char *speaks = xml_attr(attrs, "SFType");

		x->sv = x->file && speaks && strcmp(speaks, "SVerilog") == 0;
		x->header = x->file && speaks && strcmp(speaks, "VHeader") == 0;
	} else if (strcmp(name, "Attr") == 0 && what && value && x->file) {
		x->left_out =
			x->left_out ||
			((strcmp(what, "UserDisabled") == 0 || strcmp(what, "AutoDisabled") == 0) &&
			 strcmp(value, "1") == 0);
	} else if (strcmp(name, "Option") == 0 && what && value && x->counts) {
		option(x, what, value);
	}
}

static void on_end(void *ctx, const char *name)
{
	struct xpr *x = ctx;

	if (strcmp(name, "FileSet") == 0) {
		x->counts = x->r->test = false;
	} else if (strcmp(name, "File") == 0 && x->file) {
		enum manifest_role role = x->header ? MANIFEST_HEADER : reading_role(x->file);

		x->cores += str_ends(x->file, ".xci") || str_ends(x->file, ".bd");
		x->r->sv = x->sv;
		if (!x->left_out && (reading_is_hdl(x->file) || role != MANIFEST_SOURCE) &&
		    !str_ends(x->file, ".xdc"))
			reading_add(x->r, x->file, role);
		x->r->sv = false;
		free(x->file);
		x->file = NULL;
	}
}

bool manifest_read_xpr(struct reading *r, const char *text, size_t len, struct err *err)
{
	const char *base = path_base(r->path);
	struct xpr x = { .r = r, .srcs = str_fmt("%.*s.srcs", (int)(strlen(base) - 4), base) };
	const struct xml_events to = { on_start, on_end, NULL, &x };
	bool ok;

	reading_from_folder(r);
	ok = xml_parse(text, len, &to, err);
	r->test = r->sv = false;
	if (x.cores)
		reading_note(r, "%zu block%s of Vivado %s made by it and not in the project",
			     x.cores, x.cores == 1 ? "" : "s", x.cores == 1 ? "is" : "are");
	free(x.file);
	free(x.srcs);
	return ok || err_prefix(err, "%s", r->path);
}
