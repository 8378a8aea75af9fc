/* Testbenches that are not Verilog. */
#include "config.h"

#include "tests/lib/case.h"

#include "session/manifest/foreign.h"
#include "tests/lib/manifest.h"

static void found(const struct table_file *files, const char *want)
{
	struct table t;
	struct foreign_list l;
	struct str out = STR_INIT;

	table_init(&t, files);
	foreign_find(&l, &t.tree);
	for (size_t i = 0; i < l.n; i++)
		str_addf(&out, "%s\n", l.v[i].sentence);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	foreign_list_fini(&l);
}

#define COCOTB                                                                           \
	"import cocotb\nfrom cocotb.triggers import Timer\n\n@cocotb.test()\nasync def " \
	"full(dut):\n    pass\n"

CASE(cocotb_is_found_with_its_makefile)
{
	const struct table_file f[] = {
		{ "rtl/fifo.v", "" },
		{ "test/Makefile", "SIM ?= icarus\nTOPLEVEL_LANG = verilog\nTOPLEVEL := fifo # the "
				   "design\nMODULE = test_fifo\n" },
		{ "test/helpers.py", "import cocotb\n" },
		{ "test/test_fifo.py", COCOTB },
		{ 0 },
	};

	found(f, "test/test_fifo.py is a cocotb testbench of fifo: `testbench add NAME cmd:\"make "
		 "-C test\" results=test/results.xml` "
		 "in .posedgerc lets `sim NAME` run it\n");
}

CASE(without_a_makefile_pytest_runs_it)
{
	const struct table_file f[] = { { "alu.sv", "" }, { "test_alu.py", COCOTB }, { 0 } };

	found(f, "test_alu.py is a cocotb testbench of alu: `testbench add NAME cmd:\"python3 -m "
		 "pytest --junitxml=results.xml test_alu.py\" "
		 "results=results.xml` in .posedgerc lets `sim NAME` run it\n");
}

CASE(programs_for_verilator_are_found)
{
	const struct table_file f[] = {
		{ "sim/lib.cpp", "#include \"Vtop.h\"\nvoid tick(Vtop *t) {}\n" },
		{ "sim/main.cpp", "#include <verilated.h>\n#include \"Vtop.h\"\n#include "
				  "\"Vtop___024root.h\"\nint main(int argc, char **argv) {}\n" },
		{ "sim/sc.cc",
		  "#include <systemc.h>\n#include \"Vtop.h\"\nint sc_main(int, char **) {}\n" },
		{ "tool/main.cpp", "#include \"Vector.hpp\"\n#include \"V.h\"\nint main() {}\n" },
		{ 0 },
	};

	found(f, "sim/main.cpp is a C++ testbench for Verilator of top: `testbench add NAME "
		 "cmd:\"COMMAND\"` in .posedgerc lets `sim NAME` run it\n"
		 "sim/sc.cc is a SystemC testbench of top: `testbench add NAME cmd:\"COMMAND\"` in "
		 ".posedgerc lets `sim NAME` run it\n");
}

CASE(others_are_told_apart)
{
	const struct table_file f[] = {
		{ "Makefile", "all:\n\ttrue\ntesting:\n\nsim := 1\ncheck: all\n\ttrue\n" },
		{ "a.py", "from myhdl import Cosimulation\n" },
		{ "b.py", "# import cocotb and cocotb.test\nprint('cocotb')\n" },
		{ "run.py", "from vunit import VUnit\nVUnit.from_argv()\n" },
		{ "with blank/test_x.py", COCOTB },
		{ 0 },
	};

	found(f, "with blank/test_x.py is a cocotb testbench: `testbench add NAME cmd:\"COMMAND\"` "
		 "in .posedgerc lets `sim NAME` run it\n"
		 "a.py is a MyHDL testbench: `testbench add NAME cmd:\"make check\"` in .posedgerc "
		 "lets `sim NAME` run it\n"
		 "run.py is a VUnit script: `testbench add NAME cmd:\"python3 run.py "
		 "--xunit-xml=results.xml\" results=results.xml` "
		 "in .posedgerc lets `sim NAME` run it\n"
		 "Makefile is a Makefile with a target for tests: `testbench add NAME cmd:\"make "
		 "check\"` in .posedgerc lets `sim NAME` run it\n");
}
