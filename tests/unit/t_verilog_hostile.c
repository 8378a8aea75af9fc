/* Broken, endless and non-Verilog text, and the whole public benchmark. */
#include "config.h"

#include "tests/lib/case.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "tests/lib/outlines.h"
#include "tests/lib/random_verilog.h"

CASE(unterminated_text_spoils_only_what_is_near)
{
	outlines("module a(input x, output [3:0\nmodule b(input y);\n c u(.z(\nendmodule\nmodule "
		 "d(input w; e v(); endmodule",
		 "a()(in |x|;)\nb()(in |y|;) c:u\nd()(in |w|;) e:v\n");
	outlines("module a #(parameter W = (3 ; x u(); endmodule (* keep ; module b; /* ",
		 "a(|W|(3;)() x:u\nb()()\n");
	outlines("module a; function f; input b; x u(); endmodule module c(p); input p; endmodule",
		 "a()()\nc()(in |p|;)\n");
	outlines("module", "");
	outlines("module m(input logic", "m()()\n");
	outlines("endmodule : x endclass module m \"", "m()()\n");
}

/* Ten megabytes of each; if one were quadratic, the alarm would go off. */
CASE(hostile_text_takes_linear_time)
{
	static const char *const bits[] = { "module ",
					    "(",
					    "module a(",
					    "module a b ",
					    "(* ",
					    "(*/**/",
					    "a b(",
					    "a #(",
					    "`include \"",
					    "`define \\\n",
					    "input a,",
					    "a::b ",
					    "module m(a,b,c,d);",
					    "[",
					    "endmodule ",
					    "parameter ",
					    "/*",
					    "\"",
					    "\\",
					    "begin : ",
					    "module a;module b;",
					    "module m(input [1:0] a, b",
					    "x y(),",
					    "class c;",
					    "#(",
					    "function ",
					    "bind ",
					    ".",
					    "`a(",
					    "'" };
	size_t len = 10u << 20;
	char *text = mem_alloc(len);

	alarm(300);
	for (size_t i = 0; i < sizeof(bits) / sizeof(*bits); i++) {
		size_t n = strlen(bits[i]);
		struct voutline o;

		for (size_t off = 0; off < len; off++)
			text[off] = bits[i][off % n];
		voutline_init(&o, text, len);
		assert_true(o.n <= 10000);
		voutline_fini(&o);
	}
	alarm(0);
	free(text);
}

/* One long type for many ports must not be copied over and over. */
CASE(a_small_text_makes_no_large_outline)
{
	struct str text = STR_INIT;
	struct voutline o;
	size_t bytes = 0;

	for (int m = 0; m < 300; m++) {
		str_addf(&text, "module m%d(input [", m);
		for (int i = 0; i < 5000; i++)
			str_addc(&text, '1');
		str_adds(&text, ":0] a");
		for (int i = 0; i < 3000; i++)
			str_adds(&text, ",a");
		str_adds(&text, "); endmodule\n");
	}
	voutline_init(&o, text.data, text.len);
	assert_int_equal(o.n, 300);
	for (size_t i = 0; i < o.n; i++)
		for (size_t k = 0; k < o.modules[i].n_ports; k++)
			bytes += strlen(o.modules[i].ports[k].type);
	assert_true(bytes <= 17 * text.len + (1u << 20));
	voutline_fini(&o);
	str_free(&text);
}

CASE(any_bytes_have_an_outline)
{
	char text[300];

	for (unsigned seed = 0; seed < test_rounds(5000); seed++) {
		struct voutline o;

		random_text(seed * 7 + 1, text, sizeof(text));
		voutline_init(&o, text, sizeof(text));
		voutline_fini(&o);
	}
}

static char *eval_dir(void)
{
	const char *set = getenv("POSEDGE_VERILOG_EVAL"), *srcdir = getenv("srcdir");
	char *base =
		set ? mem_strdup(set) : str_fmt("%s/../shared/verilog-eval", srcdir ? srcdir : ".");
	char *dir = str_fmt("%s/spec-to-rtl", base);

	free(base);
	return dir;
}

static void check_reference(const char *path, const struct voutline *o)
{
	const struct vmodule *m = voutline_module(o, "RefModule");

	if (o->n != 1 || !m || m->n_ports == 0 || m->end_line == 0 || m->n_instances != 0)
		fail_msg("%s: %zu units", path, o->n);
}

static void check_testbench(const char *path, const struct voutline *o)
{
	const struct vmodule *tb = voutline_module(o, "tb");
	bool ref = false, top = false;

	for (size_t i = 0; tb && i < tb->n_instances; i++) {
		ref |= strcmp(tb->instances[i].module, "RefModule") == 0;
		top |= strcmp(tb->instances[i].module, "TopModule") == 0;
	}
	if (!tb || !vmodule_is_testbench(tb) || !ref || !top || tb->end_line == 0 ||
	    tb->n_instances != 3 || !o->systemverilog)
		fail_msg("%s: tb %p ref %d top %d", path, (const void *)tb, ref, top);
	for (size_t i = 0; i < o->n; i++)
		if (&o->modules[i] != tb && vmodule_is_testbench(&o->modules[i]))
			fail_msg("%s: %s is no testbench", path, o->modules[i].name);
}

CASE(the_public_benchmark_is_understood)
{
	char *dir = eval_dir();
	DIR *d = opendir(dir);
	struct dirent *e;
	int refs = 0, tests = 0;

	if (!d) {
		free(dir);
		skip();
	}
	while ((e = readdir(d))) {
		char *path = path_join(dir, e->d_name);
		struct str text = STR_INIT;
		struct voutline o;
		struct err err;

		if (str_ends(path, ".sv")) {
			assert_true(file_read(path, 0, &text, &err));
			voutline_init(&o, text.data, text.len);
			if (str_ends(path, "_ref.sv")) {
				check_reference(path, &o);
				refs++;
			} else if (str_ends(path, "_test.sv")) {
				check_testbench(path, &o);
				tests++;
			}
			voutline_fini(&o);
			str_free(&text);
		}
		free(path);
	}
	closedir(d);
	free(dir);
	assert_int_equal(refs, 156);
	assert_int_equal(tests, 156);
}
