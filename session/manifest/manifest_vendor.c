/* Project files of FPGA vendors that list files in XML: Gowin (.gprj), Lattice
 * Diamond and Radiant (.ldf, .rdf), Xilinx ISE (.xise), Efinix Efinity (.xml).
 *
 * None of the formats is published; this is what the tools write:
 *
 *   Gowin    <File path="src/a.v" type="file.verilog" enable="1"/>
 *   Lattice  <Implementation title="impl1"> <Options top="m"/>
 *              <Source name="a.v" type_short="Verilog" excluded="TRUE" syn_sim="SimOnly">
 *                <Options top_module="m" VerilogStandard="System Verilog"/>
 *   ISE      <file xil_pn:name="a.v" xil_pn:type="FILE_VERILOG">
 *              <association xil_pn:name="Implementation"/>
 *            <property xil_pn:name="Implementation Top" xil_pn:value="Module|m"/>
 *   Efinity  <efx:project><efx:design_info def_veri_version="sv_09">
 *              <efx:top_module name="m"/>
 *              <efx:design_file name="a.v" version="default"/>
 *            <efx:sim_info><efx:sim_file name="a_tb.v"/>
 *            <efx:synthesis><efx:param name="include" value="inc"/>
 *              <efx:defmacro name="FAST" value="1"/>
 *
 * Of several implementations in a Lattice project only the default one is read. A
 * file of an ISE project that is only associated with simulation is a test.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"
#include "session/text/xml.h"

struct vendor {
	struct reading *r;
	char *chosen; /* Lattice: the default implementation; NULL: the first */
	bool counts;  /* inside that one */
	bool seen;
	char *file; /* the current file; NULL: none */
	bool sv, header, left_out;
	bool builds, simulates; /* ISE: steps that use the file */
	bool all_sv;		/* Efinity: default for files without a version */
};

static bool is(const char *a, const char *b)
{
	return a && strcmp(a, b) == 0;
}

static void begin_file(struct vendor *v, const char *name)
{
	free(v->file);
	v->file = mem_strdup(name);
	v->sv = v->header = v->left_out = v->builds = v->simulates = false;
}

static void end_file(struct vendor *v)
{
	enum manifest_role role;

	if (!v->file)
		return;
	role = v->header ? MANIFEST_HEADER : reading_role(v->file);
	v->r->sv = v->sv;
	v->r->test = v->simulates && !v->builds;
	if (!v->left_out && (reading_is_hdl(v->file) || v->header))
		reading_add(v->r, v->file, role);
	v->r->sv = v->r->test = false;
	free(v->file);
	v->file = NULL;
}

#define BLANKS " ,;\t\n" /* between words */

static void add_top(struct vendor *v, const char *name)
{
	if (name && name[0])
		reading_add_top(v->r, name);
}

static bool parse(struct vendor *v, const char *text, size_t len,
		  void (*start)(void *, const char *, const char *const *),
		  void (*end)(void *, const char *), struct err *err)
{
	const struct xml_events to = { start, end, NULL, v };
	struct reading *r = v->r;
	bool ok;

	reading_from_folder(r);
	ok = xml_parse(text, len, &to, err);
	free(v->file);
	free(v->chosen);
	r->test = r->sv = false;
	return ok || err_prefix(err, "%s", r->path);
}

/* Gowin ------------------------------------------------------------------------------------ */

static void gowin_start(void *ctx, const char *name, const char *const *attrs)
{
	struct vendor *v = ctx;
	const char *path = xml_attr(attrs, "path"), *enable = xml_attr(attrs, "enable");

	if (strcmp(name, "File") != 0 || !path)
		return;
	begin_file(v, path);
	v->left_out = is(enable, "0") || is(enable, "false");
}

static void gowin_end(void *ctx, const char *name)
{
	if (strcmp(name, "File") == 0)
		end_file(ctx);
}

bool manifest_read_gowin(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct vendor v = { .r = r };

	return parse(&v, text, len, gowin_start, gowin_end, err);
}

/* Lattice ---------------------------------------------------------------------------------- */

static void lattice_options(struct vendor *v, const char *const *attrs)
{
	const char *top = xml_attr(attrs, "top"), *standard = xml_attr(attrs, "VerilogStandard");

	if (v->file) {
		v->sv = v->sv || (standard && strstr(standard, "System Verilog"));
		if (!v->left_out)
			add_top(v, xml_attr(attrs, "top_module"));
		return;
	}
	add_top(v, top);
	reading_each(v->r, xml_attr(attrs, "VERILOG_DIRECTIVES"), BLANKS, reading_add_define);
	reading_each(v->r, xml_attr(attrs, "HDL_PARAM"), BLANKS, reading_add_parameter);
	reading_each(v->r, xml_attr(attrs, "include path"), BLANKS, reading_add_folder);
	reading_each(v->r, xml_attr(attrs, "include_path"), BLANKS, reading_add_folder);
}

static void lattice_start(void *ctx, const char *name, const char *const *attrs)
{
	struct vendor *v = ctx;
	const char *source = xml_attr(attrs, "name"),
		   *chosen = xml_attr(attrs, "default_implementation");

	if (chosen && !v->chosen) {
		v->chosen = mem_strdup(chosen);
	} else if (strcmp(name, "Implementation") == 0) {
		v->counts = v->chosen ? is(xml_attr(attrs, "title"), v->chosen) : !v->seen;
		v->seen = true;
	} else if (strcmp(name, "Source") == 0 && source && v->counts) {
		const char *speaks = xml_attr(attrs, "type_short"),
			   *when = xml_attr(attrs, "syn_sim");

		begin_file(v, source);
		v->left_out = is(xml_attr(attrs, "excluded"), "TRUE");
		v->sv = is(speaks, "SystemVerilog");
		v->simulates = is(when, "SimOnly");
	} else if (strcmp(name, "Options") == 0 && v->counts) {
		lattice_options(v, attrs);
	}
}

static void lattice_end(void *ctx, const char *name)
{
	struct vendor *v = ctx;

	if (strcmp(name, "Implementation") == 0)
		v->counts = false;
	else if (strcmp(name, "Source") == 0)
		end_file(v);
}

bool manifest_read_lattice(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct vendor v = { .r = r };

	return parse(&v, text, len, lattice_start, lattice_end, err);
}

/* ISE -------------------------------------------------------------------------------------- */

static void ise_property(struct vendor *v, const char *name, const char *value)
{
	const char *bar = strrchr(value, '|');

	if (strcmp(name, "Implementation Top") == 0)
		add_top(v, bar ? bar + 1 : value);
	else if (strcmp(name, "Verilog Include Directories") == 0)
		reading_each(v->r, value, BLANKS, reading_add_folder);
	else if (strcmp(name, "Verilog Macros") == 0)
		reading_each(v->r, value, BLANKS, reading_add_define);
}

static void ise_start(void *ctx, const char *element, const char *const *attrs)
{
	struct vendor *v = ctx;
	const char *name = xml_attr(attrs, "xil_pn:name"), *type = xml_attr(attrs, "xil_pn:type");
	const char *value = xml_attr(attrs, "xil_pn:value");

	if (!name)
		return;
	if (strcmp(element, "file") == 0 && type &&
	    (str_starts(type, "FILE_VERILOG") || strcmp(type, "FILE_VHDL") == 0)) {
		begin_file(v, name);
	} else if (strcmp(element, "association") == 0) {
		v->builds = v->builds || strcmp(name, "Implementation") == 0;
		v->simulates = v->simulates || strstr(name, "Simulation") != NULL;
	} else if (strcmp(element, "property") == 0 && value) {
		ise_property(v, name, value);
	}
}

static void ise_end(void *ctx, const char *name)
{
	if (strcmp(name, "file") == 0)
		end_file(ctx);
}

bool manifest_read_ise(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct vendor v = { .r = r };

	return parse(&v, text, len, ise_start, ise_end, err);
}

/* Efinity ---------------------------------------------------------------------------------- */

static bool is_sv(const char *version)
{
	return version && str_starts(version, "sv_");
}

static void efinity_file(struct vendor *v, const char *name, const char *version, bool test)
{
	begin_file(v, name);
	v->sv = is_sv(version) || (v->all_sv && !(version && str_starts(version, "verilog")));
	v->simulates = test;
	end_file(v);
}

static void efinity_start(void *ctx, const char *element, const char *const *attrs)
{
	struct vendor *v = ctx;
	const char *name = xml_attr(attrs, "name"), *value = xml_attr(attrs, "value"),
		   *version = xml_attr(attrs, "version");

	if (strcmp(element, "efx:design_info") == 0)
		v->all_sv = is_sv(xml_attr(attrs, "def_veri_version"));
	if (!name)
		return;
	if (strcmp(element, "efx:top_module") == 0) {
		add_top(v, name);
	} else if (strcmp(element, "efx:design_file") == 0 ||
		   strcmp(element, "efx:sim_file") == 0) {
		efinity_file(v, name, version, strcmp(element, "efx:sim_file") == 0);
	} else if (strcmp(element, "efx:param") == 0 && value && value[0] && is(name, "include")) {
		reading_add_include(v->r, value);
	} else if (strcmp(element, "efx:defmacro") == 0) {
		char *define = value && value[0] ? str_fmt("%s=%s", name, value) : mem_strdup(name);

		reading_add_define(v->r, define, strlen(define));
		free(define);
	}
}

static void efinity_end(void *ctx, const char *name)
{
}

bool manifest_read_efinity(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct vendor v = { .r = r };

	if (!strstr(text, "<efx:project")) /* any other XML */
		return true;
	return parse(&v, text, len, efinity_start, efinity_end, err);
}
